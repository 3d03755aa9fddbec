"""What is marked `postgres` holds on a real PostgreSQL too: the same tests, in a run of their own with its URL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import make_database, postgres_server

MARK = "pytest.mark." + "postgres"  # so that this file is not one of them
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.serial
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is the run on PostgreSQL")
def test_the_marked_tests_hold_on_postgresql() -> None:
    with postgres_server() as url:
        environment = {**os.environ, "DATABASE_URL": url, "KEYSTORE_URL": make_database(url, "keystore")}
        environment.pop("PYTEST_XDIST_WORKER", None)
        # Only files with such tests are collected: the others would load every engine.
        files = [str(path) for path in sorted((ROOT / "tests").rglob("test_*.py")) if MARK in path.read_text()]
        command = [sys.executable, "-m", "pytest", "-m", "postgres and not long", "-n", "0", *files]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:]
    assert " passed" in done.stdout
