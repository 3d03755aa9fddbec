"""An installation in a folder of its own that a drill may start, kill and look into."""

import contextlib
import http.client
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.mail_server import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120


class Installation:
    """Its settings, its process, and its coordinators' sessions."""

    def __init__(self, folder: Path, *, coordinators: int = 0, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DJANGO_"))},
            "PYTHONPATH": str(ROOT),
            "HANDRAIL_MODE": "demo",
            "HANDRAIL_SECRET_KEY": "a-secret-of-the-drills-and-nothing-else-0123456789",
            "HANDRAIL_DATA_DIR": str(folder),
            "HANDRAIL_BASE_URL": f"http://localhost:{self.port}",
            "PORT": str(self.port),
            **settings,
        }
        self.log = open(folder / "server.log", "ab")  # noqa: SIM115  the server writes here until it is killed
        self.process: subprocess.Popen[bytes] | None = None
        self.sessions: list[str] = []
        if coordinators:
            self.sessions = json.loads(self.python("-m", "tests.drills.prepare", str(coordinators)).stdout)

    def python(
        self, *arguments: str, check: bool = True, extra: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run Python with this installation's settings, to its end."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *arguments],
            env={**self.environment, **(extra or {})},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise RuntimeError(f"{arguments} failed: {done.stderr[-2000:]}")
        return done

    def handrail(
        self, *arguments: str, check: bool = True, extra: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "handrail.commands.main", *arguments, check=check, extra=extra)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start `handrail` with these arguments in the background."""
        command = [sys.executable, "-W", "ignore", "-m", "handrail.commands.main", *arguments]
        self.process = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=self.log, stderr=self.log)
        return self.process

    def serve(self) -> None:
        """Start the server and wait until it answers."""
        process = self.start("serve")
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            if process.poll() is not None:
                break
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/")
                connection.getresponse().read()
                connection.close()
                return
            time.sleep(0.05)
        raise RuntimeError(f"The server did not start: {(self.folder / 'server.log').read_text()[-2000:]}")

    def kill(self, number: int = signal.SIGKILL) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(60)
        self.process = None

    def close(self) -> None:
        self.kill()
        self.log.close()

    def rows(self, query: str, *, store: str = "handrail") -> list[tuple[object, ...]]:
        """Look into an SQLite store, past the program."""
        with contextlib.closing(sqlite3.connect(self.folder / f"{store}.sqlite3", timeout=30)) as database:
            return database.execute(query).fetchall()
