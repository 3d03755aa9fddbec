"""kill -9 under load, what comes after it, and the backup that is there when all else fails."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills.installation import ROOT, Installation
from tests.drills.writers import Crowd, hold_against_database
from tests.postgres import make_database, postgres_server, programs

pytestmark = [pytest.mark.slow, pytest.mark.serial, pytest.mark.xdist_group("drills")]
CLIENTS = 50


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One for all of these: making it is what takes the time, and none minds what another wrote."""
    made = Installation(tmp_path_factory.mktemp("drill"), coordinators=CLIENTS)
    yield made
    made.close()


def kill_under_load(installation: Installation, *, kills: int, writes_between: int) -> Crowd:
    before = {str(name) for (name,) in installation.rows("SELECT name FROM people_person WHERE name LIKE '%-%'")}
    crowd = Crowd(installation, CLIENTS, prefix=f"w{len(before)}")
    installation.serve()
    crowd.start()
    for _ in range(kills):
        crowd.wait_for(len(crowd.acknowledged) + writes_between)
        time.sleep(random.uniform(0, 0.05))
        installation.kill()
        installation.serve()
    crowd.wait_for(len(crowd.acknowledged) + writes_between)
    crowd.end()
    installation.kill(signal.SIGTERM)  # as whoever runs it stops it
    return crowd


def test_three_kills_lose_and_double_nothing_and_fifty_clients_meet_no_error(installation: Installation) -> None:
    crowd = kill_under_load(installation, kills=3, writes_between=CLIENTS)
    assert crowd.faults == []
    assert hold_against_database(installation.folder, crowd).holds
    assert "locked" not in installation.log.read_text()


@pytest.mark.long
def test_a_hundred_kills_lose_and_double_nothing(installation: Installation) -> None:
    crowd = kill_under_load(installation, kills=100, writes_between=CLIENTS)
    assert crowd.faults == []
    assert crowd.cut_off >= 100, "the kills must have met writers"
    assert hold_against_database(installation.folder, crowd).holds


def test_a_job_cut_off_by_a_kill_is_done_by_the_next_worker(installation: Installation) -> None:
    notes = installation.folder / "notes.txt"
    command = [sys.executable, "-W", "ignore", "-m", "tests.drills.jobs_for_drills"]
    with open(installation.log, "ab") as log:
        first = subprocess.Popen(command, env=installation.environment, cwd=ROOT, stdout=log, stderr=log)
        give_up = time.monotonic() + 120
        while not notes.exists() and time.monotonic() < give_up:
            time.sleep(0.05)
        first.kill()
        first.wait()
        assert notes.read_text() == "began 7\n"
        second = subprocess.run(
            command, env=installation.environment, cwd=ROOT, stdout=log, stderr=log, timeout=180, check=False
        )
    assert second.returncode == 0
    assert notes.read_text() == "began 7\nbegan 7\ndone 7\n"


def test_a_backup_comes_back_in_an_empty_place(installation: Installation, tmp_path: Path) -> None:
    restored = backed_up_and_restored(installation, tmp_path)
    assert restored.rows("SELECT count(*) FROM people_role") == [(CLIENTS,)]


def backed_up_and_restored(installation: Installation, folder: Path, **place: str) -> Installation:
    """Back up and restore with the commands; gives the restored installation."""
    status, printed = installation.handrail("backup", "--to", str(folder / "copies"))
    assert status == 0, printed
    database = next((folder / "copies").glob("handrail-*.age"))
    new = folder / "new"
    new.mkdir()
    restored = Installation(new, **place)
    status, printed = restored.handrail("restore", str(database), "--key", str(installation.folder / "backup-key.txt"))
    assert status == 0, printed
    assert "People erased again: 0" in printed
    assert restored.handrail("worker", "--until-idle") == (0, "")
    restored.close()
    return restored


@pytest.mark.long
def test_a_backup_of_postgresql_comes_back(tmp_path: Path) -> None:
    with postgres_server() as url:
        path = {"PATH": f"{programs()}:/usr/bin:/bin"}
        old = {"DATABASE_URL": url, "KEYSTORE_URL": make_database(url, "keystore")}
        new = {"DATABASE_URL": make_database(url, "new"), "KEYSTORE_URL": make_database(url, "new_keystore")}
        installation = Installation(tmp_path, coordinators=2, **old, **path)
        backed_up_and_restored(installation, tmp_path, **new, **path)
        installation.close()
        counted = subprocess.run(
            [
                programs() / "psql",
                new["DATABASE_URL"].replace("postgres:", "postgresql:"),
                "-tAc",
                "SELECT count(*) FROM people_role",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    assert counted.stdout.strip() == "2"
