"""What is private is found nowhere: not in the database, its WAL, the key store, backups, logs, mail, jobs or sessions.

Canaries go in through the pages' own forms (see canaries/planting.py, where further pages are added in a few lines),
in a program of its own with its databases in files. A control shows that the search sees what is there.
"""

import base64
import json
import os
import random
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.integration.canaries.finding import Finder, spellings
from tests.integration.canaries.planting import PLANTERS

ROOT = Path(__file__).resolve().parents[2]
KEPT_IN = (
    "copies/handrail.sqlite3-wal.copied",
    "copies/keystore.sqlite3-wal.copied",
    "dump-default.sqlite3",
    "dump-keystore.sqlite3",
    "dump-default.sqlite3:mail_outboxmessage",
    "dump-default.sqlite3:django_tasks_database_dbtaskresult",
    "dump-default.sqlite3:audit_event",
    "dump-default.sqlite3:django_session",
    "dump-default.sqlite3:vault_carriedform",
    "dump-default.sqlite3:pairings_pairing",
    "dump-keystore.sqlite3:keystore_namedkey",
    "program.log",
    "temporary/left-over",
)


def lay_databases(folder: Path) -> None:
    """The tests' own databases, just migrated, as files."""
    folder.mkdir()
    for alias, name in (("default", "handrail"), ("keystore", "keystore")):
        connection = connections[alias]
        path = folder / f"{name}.sqlite3"
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            path.write_bytes(connection.connection.serialize())


def planted_in(folder: Path, tmp_path: Path, how_many: int) -> dict[str, Any]:
    planted = tmp_path / "planted.json"
    command = [sys.executable, "-m", "tests.integration.canaries.planting", str(folder), str(planted), str(how_many)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    with open(folder / "program.log", "wb") as log:
        ended = subprocess.run(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, timeout=600)
    assert ended.returncode == 0, (folder / "program.log").read_text()[-3000:]
    return json.loads(planted.read_text())  # type: ignore[no-any-return]


def check_canaries(tmp_path: Path, how_many: int) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    lay_databases(folder / "live")
    planted = planted_in(folder, tmp_path, how_many)
    canaries = {canary: planter for planter, canary in planted["canaries"]}
    assert len(canaries) == how_many
    found = Finder([*canaries, *planted["secrets"]]).in_folder(folder)
    assert {
        where: {(canaries.get(word, word), encoding) for word, encoding in what} for where, what in found.items()
    } == {}
    control = Finder([planted["control"]]).in_folder(folder)
    assert [place for place in KEPT_IN if place not in control] == []
    assert len(list((folder / "data" / "backups").glob("*.age"))) == 2


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "keystore"])
def test_no_canary_is_found_and_the_control_is(tmp_path: Path) -> None:
    if connections["default"].vendor != "sqlite":
        pytest.skip("the planting program lays its own SQLite files")
    check_canaries(tmp_path, len(PLANTERS))


@pytest.mark.long
@pytest.mark.django_db(databases=["default", "keystore"])
def test_a_hundred_canaries(tmp_path: Path) -> None:
    check_canaries(tmp_path, 100)


@pytest.mark.parametrize("encoding", [*spellings("x"), "zlib"])
def test_the_search_sees_every_encoding_anywhere(encoding: str, tmp_path: Path) -> None:
    words = "Kontrolle née 0f3a"
    chance = random.Random(7)
    for offset in range(8):
        noise = chance.randbytes(40 + offset)
        content = {
            "utf-8": words.encode(),
            "utf-16-le": words.encode("utf-16-le"),
            "utf-16-be": words.encode("utf-16-be"),
            "utf-32": words.encode("utf-32-le"),
            "base64": base64.b64encode(noise + words.encode() + noise),
            "hex": words.encode().hex().encode(),
            "url": b"text=Kontrolle+n%C3%A9e+0f3a&x=1",
            "json": json.dumps({"x": words}).encode(),
            "zlib": zlib.compress(b"abc" * 50 + words.encode()),
        }[encoding]
        assert (words, encoding) in Finder([words]).in_bytes(noise + content + noise)
        assert Finder(["Kontrolle née 9d2c"]).in_bytes(noise + content + noise) == set()


def test_the_search_sees_what_lies_across_pages_of_a_database(tmp_path: Path) -> None:
    words = "Kontrolle née 0f3a"
    with closing(sqlite3.connect(tmp_path / "x.sqlite3")) as database:
        database.execute("CREATE TABLE things (name TEXT)")
        database.executemany("INSERT INTO things VALUES (?)", [("x" * filler + words,) for filler in range(4060, 4100)])
        database.commit()
        database.execute("DELETE FROM things WHERE rowid <= 39")
        database.commit()
    found = Finder([words]).in_folder(tmp_path)
    assert found["x.sqlite3:things"] == {(words, "utf-8")}
