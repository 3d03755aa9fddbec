"""The scan on several worker processes gives the same pairs and the same proof, also when one of them is killed."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pytest

from handrail.compute.blocks import UnknownBlocks, runner_for
from handrail.engines.matching.large import solve_large, verify_large
from handrail.engines.matching.scan import Block, on_threads
from tests.engines.matching.test_large import table_of


def test_the_setting_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDRAIL_BLOCKS", raising=False)
    assert runner_for() is on_threads
    monkeypatch.setenv("HANDRAIL_BLOCKS", "abacus")
    with pytest.raises(UnknownBlocks, match=r"here or dask://"):
        runner_for()


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[int]]]:
    """A scheduler and three workers in processes of their own on the loopback; its address and the workers' numbers."""
    pytest.importorskip("distributed")
    module = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    local = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = subprocess.Popen(
        [*module, *local, "--port", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert scheduler.stderr is not None
    address = next(line.split()[-1] for line in scheduler.stderr if "Scheduler at" in line)
    threading.Thread(target=scheduler.stderr.read, daemon=True).start()
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, *local, "--no-nanny", "--nthreads", "1"]
    workers = [subprocess.Popen(worker, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(3)]
    yield address, [each.pid for each in workers]
    for process in (*workers, scheduler):
        process.terminate()
        process.wait(20)


@pytest.mark.long
def test_workers_give_the_same_and_one_may_be_killed(cluster: tuple[str, list[int]]) -> None:
    from handrail.compute.dask import DaskRunner

    address, workers = cluster
    generator = np.random.default_rng(1)
    table = table_of(generator, 3_000, 2_500, 4_000)
    places = generator.integers(0, 3, 2_500)
    here = solve_large(table, places)
    runner = runner_for(address.replace("tcp://", "dask://"))
    assert isinstance(runner, DaskRunner)
    runner.wait_for(len(workers))
    killed: list[int] = []

    def run(work: Callable[[int], Block], starts: Iterable[int]) -> Iterator[Block]:
        for block in runner(work, starts):
            if not killed:
                killed.append(workers[0])
                os.kill(workers[0], signal.SIGKILL)
            yield block

    there = solve_large(table, places, run=run)
    runner.close()
    assert killed
    assert verify_large(table, places, there)
    assert (there.total, there.bound, there.mentor.tolist()) == (here.total, here.bound, here.mentor.tolist())
