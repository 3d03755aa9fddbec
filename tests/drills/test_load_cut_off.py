"""An export whose worker is killed while it is read, and again while it is put in its place, is loaded once."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest

from handrail.commands.main import main
from tests.drills.installation import ROOT, Installation

pytestmark = [pytest.mark.slow, pytest.mark.lengthy, pytest.mark.serial, pytest.mark.long]
ACTS = 1_200_000  # enough for a bookmark or two
PROGRAM = [sys.executable, "-W", "ignore", "-m", "tests.drills.bring_export"]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    folder = tmp_path / "here"
    folder.mkdir()
    made = Installation(folder, coordinators=1)
    yield made
    made.close()


def load_of(installation: Installation) -> tuple[Any, ...]:
    columns = "state, months_done, months_total, acts, added, stored_name"
    return installation.rows(f"SELECT {columns} FROM participation_exportload")[0]


def killed_when(installation: Installation, there: Callable[[tuple[Any, ...]], bool]) -> tuple[Any, ...]:
    """Start a worker, kill it when the load has come so far; how far it was then."""
    with open(installation.log, "ab") as log:
        worker = subprocess.Popen(PROGRAM, env=installation.environment, cwd=ROOT, stdout=log, stderr=log)
        give_up = time.monotonic() + 180
        while worker.poll() is None and time.monotonic() < give_up and not there(load_of(installation)):
            time.sleep(0.002)
        worker.kill()
        worker.wait()
    return load_of(installation)


def test_killed_while_reading_and_while_filing_it_is_loaded_once(installation: Installation, tmp_path: Path) -> None:
    log = tmp_path / "log.parquet"
    assert main(["invent-conversations", str(log), "--acts", str(ACTS), "--persons", "2000"]) == 0
    subprocess.run([*PROGRAM, str(log)], env=installation.environment, cwd=ROOT, check=True)
    arrived = installation.folder / "arrivals"
    there = lambda _: any(arrived.glob("*/read/bookmark.json"))  # noqa: E731
    assert killed_when(installation, there)[0] == "reading"
    first = next(arrived.glob("*/read/*/000001.parquet"))
    written = first.stat().st_mtime_ns
    state, done, months, *_ = killed_when(installation, lambda load: load[0] == "filing" and load[1] >= 2)
    assert state == "filing"
    assert first.stat().st_mtime_ns == written, "what had been read was not read again"
    assert 2 <= done < months

    subprocess.run(PROGRAM, env=installation.environment, cwd=ROOT, check=True, timeout=180)
    state, done, months, acts, added, stored_name = load_of(installation)
    expected = parquet.read_metadata(log).num_rows
    assert (state, done, acts, added, stored_name) == ("done", months, expected, expected, "")
    kept = list((installation.folder / "interactions").glob("*/month=*/acts.parquet"))
    assert sum(parquet.read_metadata(path).num_rows for path in kept) == expected
    assert not list((installation.folder / "interactions").glob("*/month=*/.*")), "nothing half-written is left"
    assert list(arrived.iterdir()) == []
