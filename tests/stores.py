"""Both databases as a first start makes them, made once: the tests and the drills begin with copies.

Making them takes some ten seconds, which every worker and every drill would spend again. `python -m tests.stores` makes
them unless they are there; they are made anew when any app's migrations have changed, and whatever a copy should still
lack is migrated when it is used.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "stores-of-tests"
PRINT = FOLDER / "made-from"  # a fingerprint
SETTINGS, PACKAGES = ROOT / "handrail" / "config" / "settings.py", ROOT / "requirements" / "run.txt"
FILES = {"default": "handrail.sqlite3", "keystore": "keystore.sqlite3"}


def in_memory(alias: str) -> sqlite3.Connection:
    """This alias's database in memory, under the name Django's tests give it; there as long as this is open."""
    held = sqlite3.connect(f"file:memorydb_{alias}?mode=memory&cache=shared", uri=True, check_same_thread=False)
    with contextlib.closing(sqlite3.connect(_made() / FILES[alias])) as source:
        source.backup(held)
    return held


def in_folder(folder: Path) -> None:
    """Copies for an installation whose data is there."""
    for name in FILES.values():
        shutil.copy(_made() / name, folder / name)


def key_store_on_postgres() -> None:
    """The key store's database under the name Django's tests give it, made as a first start makes it.

    Django's own set-up would walk through every other app's migrations there too, each of which makes nothing.
    """
    from django.db import connections

    connection = connections["keystore"]
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = connection.creation._create_test_db(verbosity=0, autoclobber=True)
    _migrate_key_store()
    connection.close()
    connection.settings_dict["NAME"] = name


def _migrate_key_store() -> None:
    from django.core.management import call_command

    call_command("migrate", "keystore", database="keystore", interactive=False, verbosity=0)
    # Django's test set-up asks every store for every app's migrations, also for those that make nothing there.
    call_command("migrate", database="keystore", fake=True, verbosity=0)


def _made() -> Path:
    if not _fresh():
        subprocess.run([sys.executable, "-W", "ignore", "-m", "tests.stores"], cwd=ROOT, check=True, timeout=300)
    return FOLDER


def _fresh() -> bool:
    return PRINT.exists() and PRINT.read_text() == _fingerprint()


def _fingerprint() -> str:
    """Of our migrations, of which apps there are and, in the pinned packages, of everybody else's migrations."""
    found = hashlib.sha256()
    for path in [*sorted(ROOT.glob("handrail/**/migrations/*.py")), SETTINGS, PACKAGES]:
        found.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of two workers one makes them
        if not _fresh():
            _make()


def _make() -> None:
    for name in [name for name in os.environ if name.startswith(("HANDRAIL_", "DJANGO_")) or name.endswith("_URL")]:
        del os.environ[name]
    os.environ.update(
        HANDRAIL_MODE="demo",
        HANDRAIL_SECRET_KEY="a-secret-of-the-tests-and-nothing-else-0123456789",
        HANDRAIL_DATA_DIR=str(FOLDER),
    )
    from handrail.commands.django_setup import set_up_django

    set_up_django()
    from django.db import connections

    from handrail.foundation.stores.upgrades import bring_up_to_date

    for path in FOLDER.glob("*.sqlite3*"):
        path.unlink()
    bring_up_to_date(back_up=lambda: None)
    _migrate_key_store()
    connections.close_all()
    for name in FILES.values():
        with contextlib.closing(sqlite3.connect(FOLDER / name)) as store:
            store.execute("PRAGMA journal_mode=DELETE")  # a database in memory cannot be a copy of one with a log
    PRINT.write_text(_fingerprint())


if __name__ == "__main__":
    main()
