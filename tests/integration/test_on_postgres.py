"""What is marked `postgres` holds on a real PostgreSQL too: the same tests, in a run of their own with its URL."""

import os

import pytest

from tests.on_postgres import marked_files, run_on_postgres


@pytest.mark.slow
@pytest.mark.serial
@pytest.mark.lengthy
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is the run on PostgreSQL")
def test_the_marked_tests_hold_on_postgresql() -> None:
    done = run_on_postgres("-m", "postgres and not long", "-n", "0", *marked_files(), hear=True)
    assert done.returncode == 0, done.stdout[-6000:]
    assert " passed" in done.stdout
