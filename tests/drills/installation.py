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
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import stores
from tests.mail_server import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120


class Installation:
    """Its settings, its processes, and its coordinators' sessions."""

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
        self.log = folder / "server.log"
        self.server: int | None = None
        with open(self.log, "ab") as log:
            self.nursery = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "tests.drills.nursery"],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.sessions: list[str] = []
        if coordinators:
            if "DATABASE_URL" not in settings:
                stores.in_folder(folder)
            self.sessions = json.loads(self._finished({"coordinators": coordinators})[1].splitlines()[-1])

    def handrail(self, *arguments: str) -> tuple[int, str]:
        """Run a command to its end: its exit status and what it printed."""
        return self._finished({"arguments": arguments})

    def serve(self, *, unless: Callable[[], bool] = lambda: False) -> None:
        """Start the server and wait until it answers, or until something has happened to it."""
        self.server = self._ask({"arguments": ["serve"], "out": str(self.log), "wait": False})
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up and not unless():
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/")
                connection.getresponse().read()
                connection.close()
                return
            time.sleep(0.02)
        if not unless():
            raise RuntimeError(f"The server did not start: {self.log.read_text()[-2000:]}")

    def kill(self, number: int = signal.SIGKILL) -> None:
        if self.server is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.server, number)
            # Nothing else listens there once it is gone; the nursery reaps it at the next request.
            while _listens(self.port):
                time.sleep(0.005)
            self.server = None

    def close(self) -> None:
        self.kill()
        assert self.nursery.stdin is not None
        self.nursery.stdin.close()
        self.nursery.wait(60)
        assert self.nursery.stdout is not None
        self.nursery.stdout.close()

    def rows(self, query: str, *, store: str = "handrail") -> list[tuple[object, ...]]:
        """Look into an SQLite store, past the program."""
        return rows_of(self.folder, query, store=store)

    def _finished(self, request: dict[str, Any]) -> tuple[int, str]:
        out = self.folder / "command.log"
        out.unlink(missing_ok=True)
        status = self._ask({**request, "out": str(out), "wait": True})
        printed = out.read_text()
        if "coordinators" in request and status:
            raise RuntimeError(f"The drill's people could not be made: {printed[-2000:]}")
        return status, printed

    def _ask(self, request: dict[str, Any]) -> int:
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write(json.dumps(request) + "\n")
        self.nursery.stdin.flush()
        answer = self.nursery.stdout.readline()
        if not answer:
            raise RuntimeError(f"The nursery has ended: {self.log.read_text()[-2000:]}")
        return int(answer)


def rows_of(folder: Path, query: str, *, store: str = "handrail") -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(folder / f"{store}.sqlite3", timeout=30)) as database:
        return database.execute(query).fetchall()


def _listens(port: int) -> bool:
    with (
        contextlib.suppress(OSError),
        contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=1)) as at,
    ):
        at.connect()
        return True
    return False
