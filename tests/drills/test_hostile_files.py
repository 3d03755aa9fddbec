"""Hostile people files as heavy as they may be: refused or read within 10 s of processor time and 512 MB each."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drills.installation import ROOT
from tests.unit.formats.people.hostile_files import HEAVY, KINDS

CPU_SECONDS, MEGABYTES = 10, 512
READ = """
import json, resource, sys
from pathlib import Path
from tests.unit.formats.people.test_hostile_kinds import verdict
words, fault, people = verdict(Path(sys.argv[1]))
spent = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([words, fault, people, spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1024]))
"""


def bounded() -> None:
    """The kernel ends what takes longer or more."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES << 20, MEGABYTES << 20))


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_heavy_hostile_file_stays_within_bounds(kind: str, tmp_path: Path) -> None:
    heavy = tmp_path / "people.csv"
    content = KINDS[kind].make(HEAVY)
    heavy.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(heavy)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        preexec_fn=bounded,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.returncode, done.stderr[-500:])
    words, fault, people, seconds, megabytes = json.loads(done.stdout)
    figures = f"{len(content) / 1e6:.0f} MB, {seconds:.1f} s, {megabytes:.0f} MB of memory"
    print(f"{kind}: {figures}; {people} people {fault} {words[:60]}")  # noqa: T201  seen with -rP
    assert words or fault or people
    assert megabytes <= MEGABYTES
