"""An SMTP server that keeps what it is given, byte for byte."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller

from tests.integration.calendars.servers import free_port


@dataclass
class LetterBox:
    port: int
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.raw.append(envelope.content)
        self.recipients.extend(envelope.rcpt_tos)
        return "250 OK"


@contextmanager
def letter_box() -> Iterator[LetterBox]:
    box = LetterBox(free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
