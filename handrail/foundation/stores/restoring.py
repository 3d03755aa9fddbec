"""Restoring: open, verify, put back, bring up to date, and replay what must not come back."""

import json
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.db import connections

from handrail.foundation.lifecycle.erasing import erase_again
from handrail.foundation.stores import dumps, sealing
from handrail.foundation.stores.backups import FORMAT, Manifest, digest
from handrail.foundation.stores.erasures import Entries
from handrail.foundation.stores.faults import StoreFault
from handrail.foundation.stores.upgrades import bring_up_to_date, unknown_migrations


@dataclass(frozen=True)
class Restored:
    manifests: list[Manifest]
    erased_again: int


def restore(files: dict[str, Path], *, key_path: Path, workplace: Path, erased: Entries) -> Restored:
    """Put backups back: `files` maps each store to its sealed file. Verifies every file before it touches anything.

    erased: the ledger from beside the backups; whoever is in it, or in a restored store's own, is erased again.
    """
    for store in files:
        if not dumps.is_empty(store):
            dumps.load(store, Path())  # refuses, saying why
    manifests = []
    with tempfile.TemporaryDirectory(dir=workplace, prefix=".unfinished-") as unpacked:
        copies = {}
        for store, path in files.items():
            copies[store] = Path(unpacked) / store
            manifests.append(_opened(store, path, copies[store], key_path))
        for manifest in manifests:
            rows = dumps.load(manifest.store, copies[manifest.store])
            if rows != manifest.rows:
                raise StoreFault(f"The restored “{manifest.store}” does not hold the rows that its manifest lists.")
    bring_up_to_date(back_up=lambda: None)
    return Restored(manifests, len(erase_again(erased)))


def _opened(store: str, path: Path, copy: Path, key_path: Path) -> Manifest:
    """Unseal one file and hold it against its manifest; the copy of the database ends up at `copy`."""
    archive = copy.with_suffix(".tar")
    sealing.unseal(path, archive, key_path)
    try:
        with tarfile.open(archive, "r:") as tar:
            manifest = Manifest(**json.loads(_member(tar, "manifest.json", path).read()))
            source = _member(tar, "database", path)
            with open(copy, "wb") as out:
                while block := source.read(1 << 20):
                    out.write(block)
    except (tarfile.TarError, ValueError, TypeError) as error:
        raise StoreFault(f"{path.name} is not a backup of Handrail ({error}).") from error
    finally:
        archive.unlink(missing_ok=True)
    _check(manifest, store, path, copy)
    return manifest


def _member(tar: tarfile.TarFile, name: str, path: Path):  # type: ignore[no-untyped-def]
    try:
        member = tar.extractfile(name)
    except KeyError:
        member = None
    if member is None:
        raise StoreFault(f"{path.name} is not a backup of Handrail: it holds no {name}.")
    return member


def _check(manifest: Manifest, store: str, path: Path, copy: Path) -> None:
    if manifest.format != FORMAT or (newer := unknown_migrations(manifest.migrations)):
        named = f" (it has {newer[0]})" if manifest.format == FORMAT else ""
        raise StoreFault(f"{path.name} was made by a newer Handrail, {manifest.handrail}{named}. Install that first.")
    if manifest.store != store:
        raise StoreFault(f"{path.name} is a backup of “{manifest.store}”, not of “{store}”.")
    if manifest.engine != connections[store].vendor:
        raise StoreFault(
            f"{path.name} was made on {manifest.engine}; this installation uses {connections[store].vendor}. "
            "Restore to the same kind of database."
        )
    if manifest.sha256 != digest(copy):
        raise StoreFault(f"{path.name} is damaged: its database does not match its manifest.")
