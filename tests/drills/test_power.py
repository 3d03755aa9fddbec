"""Power cuts at chosen operations of SQLite, under load: within a commit, between write and sync, in a checkpoint.

The disk is what tests.drills.disk and tests.drills.power make of it: what was synced is there, of the rest anything.
After each cut the files are looked at, the server starts on them, and the same clients send again what nobody had
acknowledged. The control is a disk that ignores syncs: there the drill must find acknowledged writes lost.
"""

import json
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills import disk
from tests.drills.installation import Installation
from tests.drills.power import begin_stretch, cut_power
from tests.drills.writers import Crowd, Verdict, hold_against_database

pytestmark = [
    pytest.mark.slow,
    pytest.mark.serial,
    pytest.mark.xdist_group("drills"),
    pytest.mark.skipif(disk.library() is None, reason="the SQLite of this Python is hidden inside it"),
]
CLIENTS = 20
CUTS_OF_A_PART, PARTS = 30, 5
PATIENCE_SECONDS = 120


class PowerDrill:
    """One installation on such a disk, with clients who never give up."""

    def __init__(self, folder: Path, draw: random.Random) -> None:
        self.draw, self.control = draw, folder / "disk"
        self.control.mkdir()
        self.journal = self.control / "journal"
        (folder / "data").mkdir()
        self.installation = Installation(folder / "data", coordinators=CLIENTS, DRILL_DISK=str(self.control))
        self.crowd = Crowd(self.installation, CLIENTS)
        begin_stretch(self.installation.folder, self.journal)

    def cut(self, *, lying: bool = False) -> Verdict:
        """Start the server, let the clients write, lose power; what the files then hold."""
        order = {"after": self.draw.randint(1, self.draw.choice((40, 400, 4000))), "of": ""}
        if lying:  # late enough for acknowledged writes to be there
            order["after"] = 1500
        elif self.draw.random() < 0.3:  # in a checkpoint: only then is the database itself written, not its log
            order = {"after": self.draw.randint(1, self.draw.choice((4, 40, 400))), "of": "handrail.sqlite3"}
        (self.control / "cut").unlink(missing_ok=True)
        (self.control / "cut.json").write_text(json.dumps(order))
        self.installation.serve(unless=(self.control / "cut").exists)
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not (self.control / "cut").exists():
            assert time.monotonic() < give_up, f"the power never went: {order}"
            assert self.crowd.faults == []
            time.sleep(0.005)
        self.installation.kill()
        (self.control / "cut.json").unlink()
        counted = cut_power(self.installation.folder, self.journal, self.draw, lying=lying)
        print(f"{order} after {counted}, {len(self.crowd.acknowledged)} acknowledged")  # noqa: T201  seen with -rP
        begin_stretch(self.installation.folder, self.journal)
        # Looked at in copies: looking repairs, and the server shall find what the cut left.
        looked_at = self.control / "looked-at"
        shutil.rmtree(looked_at, ignore_errors=True)
        shutil.copytree(self.installation.folder / "stretch", looked_at)
        return hold_against_database(looked_at, self.crowd)

    def close(self) -> None:
        self.crowd.stop.set()
        self.installation.close()


@pytest.fixture
def drill(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[PowerDrill]:
    made = PowerDrill(tmp_path, random.Random(getattr(request, "param", 0)))
    yield made
    made.close()


def cut_again_and_again(drill: PowerDrill, cuts: int) -> None:
    drill.crowd.start()
    for _ in range(cuts):
        verdict = drill.cut()
        assert verdict.holds, verdict
    assert drill.crowd.faults == []
    control = drill.cut(lying=True)
    assert control.lost, "on a disk that ignores syncs the drill must find acknowledged writes lost"
    assert control.integrity == ["ok", "ok"]  # the files as they were before: old, and whole


def test_after_three_power_cuts_what_was_acknowledged_is_there_once(drill: PowerDrill) -> None:
    cut_again_and_again(drill, 3)


@pytest.mark.long
@pytest.mark.parametrize("drill", range(1, PARTS + 1), indirect=True)
def test_after_a_hundred_and_fifty_power_cuts_what_was_acknowledged_is_there_once(drill: PowerDrill) -> None:
    """Thirty in each part; every part begins with an installation of its own."""
    cut_again_and_again(drill, CUTS_OF_A_PART)
