"""Real calendar servers on loopback, each for as long as a `with` lasts."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30  # seconds until a server must answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    """The server until the block ends; a server that never answers fails with its own words."""
    with log.open("w") as output:
        server = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env={"XDG_DATA_HOME": str(log.parent)}
        )
        try:
            _wait(server, port, log)
            yield
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"The server did not start: {log.read_text()[-2000:]}")


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}"]
    command += ["--storage-filesystem-folder", str(folder / "collections"), "--auth-type", "none"]
    with running(command, port, folder / "radicale.log"):
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def xandikos(folder: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "xandikos", "serve", "--directory", str(folder / "collections"), "--defaults"]
    command += ["--listen-address", "127.0.0.1", "--port", str(port), "--no-detect-systemd"]
    command += ["--state-dir", str(folder / "state")]
    (folder / "collections").mkdir()
    with running(command, port, folder / "xandikos.log"):
        yield f"http://127.0.0.1:{port}/"
