"""Backups are encrypted with age to a key whose secret half the installation need not hold."""

import os
from pathlib import Path

import pyrage
from django.conf import settings

from handrail.foundation.stores.faults import StoreFault

KEY_FILE = "backup-key.txt"


def local_key_path() -> Path:
    return Path(settings.DATA_DIR) / KEY_FILE


def recipient() -> pyrage.x25519.Recipient:
    """The operator's public key, or that of a key kept in the data folder (`handrail check` says what that means)."""
    if settings.BACKUP_RECIPIENT:
        try:
            return pyrage.x25519.Recipient.from_str(settings.BACKUP_RECIPIENT)
        except pyrage.RecipientError as error:
            raise StoreFault("HANDRAIL_BACKUP_RECIPIENT is not an age public key (age1…).") from error
    path = local_key_path()
    if not path.exists():
        identity = pyrage.x25519.Identity.generate()
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(
                f"# The secret key of this installation's backups. public key: {identity.to_public()}\n{identity}\n"
            )
    return _identities(path)[0].to_public()


def seal(source: Path, target: Path) -> None:
    with open(source, "rb") as plain, open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        pyrage.encrypt_io(plain, out, [recipient()])
        out.flush()
        os.fsync(out.fileno())


def unseal(source: Path, target: Path, key_path: Path) -> None:
    try:
        with open(source, "rb") as sealed, open(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
            pyrage.decrypt_io(sealed, out, _identities(key_path))
    except FileNotFoundError as error:
        raise StoreFault(f"{error.filename} is not there.") from error
    except (pyrage.DecryptError, OSError) as error:  # the latter when it is cut short, or the disk is full
        raise StoreFault(f"{source.name} does not open with the key in {key_path.name}: {error}.") from error


def _identities(path: Path) -> list[pyrage.x25519.Identity]:
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except FileNotFoundError as error:
        raise StoreFault(f"The key file {path} is not there. Name it with --key.") from error
    except (pyrage.IdentityError, UnicodeDecodeError) as error:
        raise StoreFault(f"{path} is not an age key file (AGE-SECRET-KEY-1…).") from error
    if not found:
        raise StoreFault(f"{path} holds no age secret key.")
    return found
