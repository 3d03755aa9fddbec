"""Making a backup: each store in a sealed file of its own, with a manifest that says what must be in it."""

import hashlib
import json
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections

from handrail import __version__
from handrail.foundation import clock
from handrail.foundation.stores import dumps, sealing
from handrail.foundation.stores.erasures import write_ledger
from handrail.foundation.stores.upgrades import applied_migrations

PREFIXES = {"default": "handrail", "keystore": "keystore"}
# Erasing a person deletes their share of the key, so a copy of the key store must not outlive the promise.
KEPT = {"default": timedelta(days=90), "keystore": timedelta(days=30)}
FORMAT = 1
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Manifest:
    format: int
    store: str
    made_at: str
    handrail: str
    engine: str
    migrations: list[str]
    rows: dict[str, int]
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Backup:
    store: str
    path: Path
    made_at: datetime


def folder() -> Path:
    return Path(settings.DATA_DIR) / "backups"


def make_backup(target: Path | None = None) -> list[Backup]:
    """Back both stores up into `target` (or the data folder's `backups`). Each file appears whole or not at all.

    The database goes first: a person who joins in between then has a spare share of a key, never a missing one.
    """
    target = target or folder()
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = clock.now().astimezone(UTC).replace(microsecond=0)
    made = []
    for store, prefix in PREFIXES.items():
        path = target / f"{prefix}-{now.strftime(STAMP)}.age"
        with tempfile.TemporaryDirectory(dir=target, prefix=".unfinished-") as workplace:
            sealed = _sealed(store, now, Path(workplace))
            sealed.replace(path)
        made.append(Backup(store, path, now))
    write_ledger(target)
    return made


def _sealed(store: str, now: datetime, workplace: Path) -> Path:
    copy, archive, sealed = workplace / "database", workplace / "archive.tar", workplace / "archive.age"
    rows = dumps.dump(store, copy)
    manifest = Manifest(
        format=FORMAT,
        store=store,
        made_at=now.isoformat(),
        handrail=__version__,
        engine=connections[store].vendor,
        migrations=applied_migrations(store),
        rows=rows,
        bytes=copy.stat().st_size,
        sha256=digest(copy),
    )
    (workplace / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1))
    with tarfile.open(archive, "w") as tar:
        tar.add(workplace / "manifest.json", "manifest.json")
        tar.add(copy, "database")
    sealing.seal(archive, sealed)
    return sealed


def digest(path: Path) -> str:
    with open(path, "rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def backups_made(target: Path | None = None) -> list[Backup]:
    """The backups in the folder, newest first."""
    found = []
    for store, prefix in PREFIXES.items():
        for path in (target or folder()).glob(f"{prefix}-*.age"):
            try:
                made_at = datetime.strptime(path.stem.removeprefix(f"{prefix}-"), STAMP).replace(tzinfo=UTC)
            except ValueError:
                continue
            found.append(Backup(store, path, made_at))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def prune_backups() -> list[Path]:
    """Delete what is older than its store's time; the newest of each store always stays."""
    now = clock.now()
    gone = []
    for store, kept in KEPT.items():
        for backup in [backup for backup in backups_made() if backup.store == store][1:]:
            if now - backup.made_at > kept:
                backup.path.unlink(missing_ok=True)
                gone.append(backup.path)
    return gone


def newest_keystore_backup(target: Path) -> Path | None:
    """The newest goes with any backup of the database: it lacks nobody but those who were erased since."""
    return next((backup.path for backup in backups_made(target) if backup.store == "keystore"), None)
