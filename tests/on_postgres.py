"""Run pytest on a PostgreSQL of its own: `python -m tests.on_postgres [PYTEST ARGUMENTS]`.

Takes the tests marked `postgres`; add `-m "postgres and long"` for the long ones. What they print is seen as they run.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.postgres import make_database, postgres_server

ROOT = Path(__file__).resolve().parents[1]
MARK = "pytest.mark." + "postgres"  # so that this file is not one of them


def run_on_postgres(*arguments: str, hear: bool = False) -> "subprocess.CompletedProcess[str]":
    """Run them there; with `hear`, what they print is kept in the answer."""
    with postgres_server() as url:
        environment = {**os.environ, "DATABASE_URL": url, "KEYSTORE_URL": make_database(url, "keystore")}
        environment.pop("PYTEST_XDIST_WORKER", None)
        return subprocess.run(
            [sys.executable, "-m", "pytest", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=hear,
            text=True,
            check=False,
        )


def marked_files() -> list[str]:
    """Only files with such tests are collected: the others would load every engine."""
    return [str(path) for path in sorted((ROOT / "tests").rglob("test_*.py")) if MARK in path.read_text()]


if __name__ == "__main__":
    asked = sys.argv[1:] or ["-m", "postgres and not long", *marked_files()]
    raise SystemExit(run_on_postgres(*asked).returncode)
