"""Clients that write at once, each sending a form until it is acknowledged; then the database must agree with them."""

import contextlib
import http.client
import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.drills.installation import Installation, rows_of

PATIENCE_SECONDS = 180
TOKEN = "a" * 32  # a form's token against forgery is good when it equals its cookie


@dataclass
class Writer:
    """One coordinator who adds people by hand, one after the other."""

    port: int
    session: str
    name: str
    acknowledged: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cut_off: int = 0
    patient: bool = False  # with a server that says that something went wrong: the same form again
    refused: list[str] = field(default_factory=list)  # the pages that said so

    def work(self, stop: threading.Event) -> None:
        connection: http.client.HTTPConnection | None = None
        while not stop.is_set():
            name = f"{self.name}-{len(self.acknowledged)}"
            form = {"csrfmiddlewaretoken": TOKEN, "once": secrets.token_urlsafe(18), "name": name}
            give_up = time.monotonic() + PATIENCE_SECONDS
            while True:  # the same form, with the same key, until the server says what became of it
                try:
                    connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                    began = time.monotonic()
                    status, page = self._send(connection, form)
                except (OSError, http.client.HTTPException):
                    self.cut_off += 1
                    if connection is not None:
                        connection.close()
                    connection = None
                    if time.monotonic() > give_up:
                        self.faults.append(f"{name}: no answer")
                        return
                    time.sleep(0.05)
                    continue
                if self.patient and status >= 500 and time.monotonic() < give_up:
                    self.refused.append(page)
                    time.sleep(0.05)
                    continue
                if status == 302:
                    self.seconds.append(time.monotonic() - began)
                    self.acknowledged.append(name)
                else:
                    self.faults.append(f"{name}: {status}")
                    return
                break
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()

    def _send(self, connection: http.client.HTTPConnection, form: dict[str, str]) -> tuple[int, str]:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "Host": f"localhost:{self.port}",
        }
        connection.request("POST", "/people/add/", urlencode(form), headers)
        response = connection.getresponse()
        page = response.read().decode()
        location = response.headers.get("Location", "")
        return (response.status if response.status != 302 or location.startswith("/people/") else 403), page


class Crowd:
    """Several writers at once."""

    def __init__(self, installation: Installation, how_many: int, *, prefix: str = "w", patient: bool = False) -> None:
        self.prefix = prefix
        self.stop = threading.Event()
        self.writers = [
            Writer(installation.port, session, f"{prefix}.{number}", patient=patient)
            for number, session in enumerate(installation.sessions[:how_many])
        ]
        self.threads = [threading.Thread(target=writer.work, args=(self.stop,), daemon=True) for writer in self.writers]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(PATIENCE_SECONDS + 70)

    @property
    def acknowledged(self) -> list[str]:
        return [name for writer in self.writers for name in writer.acknowledged]

    @property
    def faults(self) -> list[str]:
        return [fault for writer in self.writers for fault in writer.faults]

    @property
    def refused(self) -> list[str]:
        return [page for writer in self.writers for page in writer.refused]

    @property
    def cut_off(self) -> int:
        return sum(writer.cut_off for writer in self.writers)

    def wait_for(self, how_many: int, *, seconds: float = PATIENCE_SECONDS) -> None:
        """Until so many writes are acknowledged."""
        give_up = time.monotonic() + seconds
        while len(self.acknowledged) < how_many and not self.faults and time.monotonic() < give_up:
            time.sleep(0.02)
        if len(self.acknowledged) < how_many:
            raise RuntimeError(f"only {len(self.acknowledged)} of {how_many} writes acknowledged: {self.faults[:3]}")


@dataclass(frozen=True)
class Verdict:
    lost: list[str]
    doubled: list[str]
    unasked: list[str]
    integrity: list[str]

    @property
    def holds(self) -> bool:
        return not (self.lost or self.doubled or self.unasked) and self.integrity == ["ok", "ok"]


def hold_against_database(folder: Path, crowd: Crowd) -> Verdict:
    """Is every acknowledged write there once, nothing else, and are both files sound?

    The form that a writer had under way when the drill ended may be there or not: the next of its names.
    """
    found = rows_of(folder, f"SELECT name FROM people_person WHERE name LIKE '{crowd.prefix}.%'")
    written = Counter(str(name) for (name,) in found)
    known = set(crowd.acknowledged)
    under_way = {f"{writer.name}-{len(writer.acknowledged)}" for writer in crowd.writers}
    return Verdict(
        lost=sorted(known - set(written)),
        doubled=sorted(name for name, times in written.items() if times > 1),
        unasked=sorted(set(written) - known - under_way),
        integrity=[
            str(rows_of(folder, "PRAGMA integrity_check", store=store)[0][0]) for store in ("handrail", "keystore")
        ],
    )
