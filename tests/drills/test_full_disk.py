"""A full disk, and one whose syncs fail: refused kindly, nothing acknowledged that is not there, and well again."""

import http.client
import random
import time
from collections.abc import Callable, Iterator

import pytest

from tests.drills import disk
from tests.drills.installation import Installation
from tests.drills.writers import Crowd, hold_against_database

pytestmark = [
    pytest.mark.slow,
    pytest.mark.serial,
    pytest.mark.xdist_group("drills"),
    pytest.mark.skipif(disk.library() is None, reason="the SQLite of this Python is hidden inside it"),
]
CLIENTS = 10
KIND = "It is not your fault"
TROUBLES = (("full", ""), ("no-sync", ""), ("full", "growing"))
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("disk")
    control = folder / "control"
    for place in (control, folder / "data"):
        place.mkdir()
    made = Installation(folder / "data", coordinators=CLIENTS, DRILL_DISK=str(control))
    made.serve()
    yield made
    made.close()


def until(true: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not true() and time.monotonic() < give_up:
        time.sleep(0.02)
    return true()


def look(installation: Installation, address: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", installation.port, timeout=60)
    connection.request("GET", address, headers={"Cookie": f"sessionid={installation.sessions[0]}"})
    status = connection.getresponse().status
    connection.close()
    return status


def in_trouble(installation: Installation, times: int, prefix: str) -> None:
    """Trouble comes and goes under load; then the database must agree with what the clients were told."""
    control = installation.folder.parent / "control"
    draw = random.Random(times)
    crowd = Crowd(installation, CLIENTS, prefix=prefix, patient=True)
    crowd.start()
    for number in range(times):
        crowd.wait_for(len(crowd.acknowledged) + CLIENTS)
        name, words = TROUBLES[number % len(TROUBLES)]
        before = len(crowd.refused)
        (control / name).write_text(words)
        assert until(lambda before=before: len(crowd.refused) >= before + CLIENTS), (name, words)  # type: ignore[misc]
        assert look(installation, "/people/") == 200, "what needs no writing is answered"
        time.sleep(draw.uniform(0, 0.3))
        (control / name).unlink()
    crowd.wait_for(len(crowd.acknowledged) + CLIENTS)
    crowd.end()
    assert crowd.faults == []
    assert crowd.cut_off == 0, "the server must not have gone"
    assert all(KIND in page for page in crowd.refused)
    assert hold_against_database(installation.folder, crowd).holds


def test_on_a_full_and_on_a_failing_disk_nothing_is_acknowledged_that_is_not_there(installation: Installation) -> None:
    in_trouble(installation, len(TROUBLES), "short")


@pytest.mark.long
def test_thirty_times_full_or_failing_and_well_again(installation: Installation) -> None:
    in_trouble(installation, 30, "long")
    installation.kill()
    installation.serve()
    assert look(installation, "/people/") == 200


def test_on_a_full_disk_the_server_starts_and_answers_what_needs_no_writing(installation: Installation) -> None:
    installation.kill()
    full = installation.folder.parent / "control" / "full"
    full.write_text("")
    try:
        installation.serve()
        assert look(installation, "/people/") == 200
    finally:
        full.unlink()
