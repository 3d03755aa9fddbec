"""Where an uploaded file waits until it is loaded: in the data folder, for the program only, under a random name."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from handrail.formats.people import MAXIMUM_BYTES
from handrail.foundation.access.refusal import Refused

CHUNK = 1 << 20


def folder() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def path_of(stored_name: str) -> Path:
    return folder() / stored_name


def keep(chunks: Iterable[bytes]) -> tuple[str, str]:
    """Write the chunks to a new file; (its name, its SHA-256). Refuses what is too large without keeping it."""
    folder().mkdir(parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.people"
    digest, size = hashlib.sha256(), 0
    handle = os.open(path_of(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > MAXIMUM_BYTES:
                break
            digest.update(chunk)
            out.write(chunk)
    if size > MAXIMUM_BYTES:
        forget(name)
        limit = MAXIMUM_BYTES // CHUNK
        raise Refused(
            _("The file is larger than %(limit)s MB. Split it and load the parts in turn.") % {"limit": limit}
        )
    return name, digest.hexdigest()


def digest_of(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def forget(stored_name: str) -> None:
    if stored_name:
        path_of(stored_name).unlink(missing_ok=True)


def forget_older_than(seconds: float, now: float) -> int:
    """Delete files that nobody came back to; how many."""
    old = [path for path in folder().glob("*.people") if now - path.stat().st_mtime > seconds]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
