"""kill -9 under load: no acknowledged write lost, doubled or corrupt; and fifty clients at once without an error."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills.installation import Installation
from tests.drills.writers import Crowd, hold_against_database

pytestmark = [pytest.mark.slow, pytest.mark.serial, pytest.mark.xdist_group("drills")]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path, coordinators=50)
    yield made
    made.close()


def kill_under_load(installation: Installation, *, kills: int, clients: int, writes_between: int) -> Crowd:
    crowd = Crowd(installation, clients)
    installation.serve()
    crowd.start()
    for _ in range(kills):
        crowd.wait_for(len(crowd.acknowledged) + writes_between)
        time.sleep(random.uniform(0, 0.05))
        installation.kill()
        installation.serve()
    crowd.wait_for(len(crowd.acknowledged) + writes_between)
    crowd.end()
    return crowd


def test_three_kills_lose_and_double_nothing_and_fifty_clients_meet_no_error(installation: Installation) -> None:
    crowd = kill_under_load(installation, kills=3, clients=50, writes_between=25)
    installation.kill()
    assert crowd.faults == []
    assert hold_against_database(installation, crowd.acknowledged).holds
    assert "locked" not in (installation.folder / "server.log").read_text()


@pytest.mark.long
def test_a_hundred_kills_lose_and_double_nothing(installation: Installation) -> None:
    crowd = kill_under_load(installation, kills=100, clients=50, writes_between=100)
    installation.kill()
    assert crowd.faults == []
    assert crowd.cut_off >= 100, "the kills must have met writers"
    assert hold_against_database(installation, crowd.acknowledged).holds
