"""An SMTP server that keeps what it is given, and an invitation as mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
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

    def messages(self) -> list[EmailMessage]:
        parser = BytesParser(policy=policy.default)
        return [message for raw in self.raw if isinstance(message := parser.parsebytes(raw), EmailMessage)]


@contextmanager
def letter_box() -> Iterator[LetterBox]:
    box = LetterBox(free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def as_mail(text: str, method: str, to: str = "leader@home.example") -> EmailMessage:
    """Words for people and text/calendar for programmes, as RFC 6047 wants them."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "Handrail <handrail@council.example>"
    message["To"] = to
    message["Subject"] = "Catch-up"
    message["Message-ID"] = "<1@handrail.example>"
    message.set_content("Thursday at ten.")
    message.add_alternative(
        text.encode(), maintype="text", subtype="calendar", params={"method": method, "charset": "utf-8"}
    )
    return message
