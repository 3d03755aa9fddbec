"""One database into one file and back: VACUUM INTO for SQLite, pg_dump's custom format for PostgreSQL."""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from handrail.foundation.stores.faults import StoreFault


def dump(alias: str, target: Path) -> dict[str, int]:
    """Write a consistent copy of the database to `target`; returns its tables with the number of rows in each."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        return _dump_sqlite(file_of(alias), target)
    return _dump_postgres(alias, target)


def load(alias: str, source: Path) -> dict[str, int]:
    """Put the copy into this database, which must be empty; returns its tables with the number of rows in each."""
    if not is_empty(alias):
        raise StoreFault(
            f"The database “{alias}” already holds something. Restore into an empty place: another data folder or "
            "database (HANDRAIL_DATA_DIR, DATABASE_URL, KEYSTORE_URL)."
        )
    connection = connections[alias]
    connection.close()
    if connection.vendor == "sqlite":
        return _load_sqlite(source, file_of(alias))
    _run("pg_restore", alias, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(source))
    return _row_counts(alias)


def is_empty(alias: str) -> bool:
    connection = connections[alias]
    if connection.vendor == "sqlite" and not file_of(alias).exists():
        return True
    return not connection.introspection.table_names()


def file_of(alias: str) -> Path:
    """The file of an SQLite store."""
    return Path(connections[alias].settings_dict["NAME"])


def _dump_sqlite(source: Path, target: Path) -> dict[str, int]:
    with closing(sqlite3.connect(source, timeout=60)) as database:
        database.execute("VACUUM INTO ?", [str(target)])
    os.chmod(target, 0o600)
    return _checked_sqlite(target)


def _load_sqlite(source: Path, target: Path) -> dict[str, int]:
    counts = _checked_sqlite(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (f"{target}-wal", f"{target}-shm"):
        Path(leftover).unlink(missing_ok=True)
    arriving = target.with_name(f".{target.name}.arriving")
    shutil.copyfile(source, arriving)
    os.chmod(arriving, 0o600)
    with open(arriving, "rb") as written:
        os.fsync(written.fileno())
    os.replace(arriving, target)
    return counts


def _checked_sqlite(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as database:
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise StoreFault(f"{path.name} is damaged: {verdict}")
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        tables = [name for (name,) in database.execute(names)]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(tables)}  # noqa: S608


def _dump_postgres(alias: str, target: Path) -> dict[str, int]:
    """Dump from an exported snapshot, so that the rows counted are the rows dumped."""
    connection = connections[alias]
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        counts = _row_counts(alias)
        _run(
            "pg_dump",
            alias,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={target}",
        )
    os.chmod(target, 0o600)
    return counts


def _row_counts(alias: str) -> dict[str, int]:
    connection = connections[alias]
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            counts[name] = cursor.fetchone()[0]
    return counts


def _run(program: str, alias: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes through the environment, not the command line."""
    where: dict[str, Any] = connections[alias].settings_dict
    if shutil.which(program) is None:
        raise StoreFault(f"{program} is not on the PATH. Install PostgreSQL's client programs of the server's version.")
    known = {"PGHOST": where["HOST"], "PGPORT": where["PORT"], "PGUSER": where["USER"], "PGPASSWORD": where["PASSWORD"]}
    environment = {**os.environ, **{name: str(value) for name, value in known.items() if value}}
    command = [program, f"--dbname={where['NAME']}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StoreFault(f"{program} failed: {' '.join(done.stderr.split())[:400]}")


def on_postgres(alias: str) -> bool:
    return connections[alias].vendor == "postgresql"


def server_version(alias: str) -> int:
    """The major version of the PostgreSQL server behind a store."""
    connection: Any = connections[alias]
    return int(connection.pg_version) // 10_000


def pg_dump_version() -> int | None:
    """The major version of the pg_dump that a backup would use; None where there is none that runs."""
    found = shutil.which("pg_dump")
    return _version_of(found, os.stat(found).st_mtime_ns) if found else None


@cache
def _version_of(program: str, changed: int) -> int | None:
    """Asked once for each program: a page shows it too."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return None
    numbers = re.search(r"(\d+)", done.stdout)
    return int(numbers[1]) if numbers and not done.returncode else None


def place_of(alias: str) -> str:
    """Where a store is, in words for whoever runs it; never its password."""
    where: dict[str, Any] = connections[alias].settings_dict
    if connections[alias].vendor == "sqlite":
        return str(file_of(alias))
    return f"PostgreSQL database {where['NAME']} on {where['HOST'] or 'this machine'}"
