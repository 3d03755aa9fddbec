"""A process of its own for what others wrote and may be hostile: so much computing, so much memory, no files."""

import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_bounded(
    module: str, *arguments: str, patience: int, content: bytes | None = None
) -> "subprocess.CompletedProcess[bytes]":
    """`python -m MODULE ARGUMENTS`, which sets its own bounds by `set_bounds`. Raises subprocess.TimeoutExpired.

    patience: seconds. content: what it reads from standard input.
    """
    # One thread for numpy, which a reader loads where it is there: its threads alone would fill the address space.
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, input=content, capture_output=True, timeout=patience, env=environment, check=False)


def set_bounds(*, seconds: int, memory: int) -> None:
    """For this process, from now on: seconds of computing, bytes of address space, and nothing written to a file."""
    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(kind, (most, most))
