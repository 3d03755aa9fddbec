"""A real mail server on the loopback address that does as it is told: takes, refuses, drops the line, dawdles."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # it would write after pytest has closed what it writes to


class Told:
    """The server's handler. Each attribute is what it answers at that step; "drop" closes the connection there."""

    def __init__(self, *, rcpt: str = "250 OK", data: str = "250 OK", slow_seconds: float = 0) -> None:
        self.rcpt, self.data, self.slow_seconds = rcpt, data, slow_seconds
        self.accepted: list[EmailMessage] = []
        self.seen = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.rcpt == "drop":
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.seen += 1
        if self.data == "drop":
            server.transport.close()
            return "250 OK"
        await asyncio.sleep(self.slow_seconds)
        if self.data.startswith("250"):
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            self.accepted.append(message)
        return self.data


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def mail_server(told: Told) -> Iterator[str]:
    """Runs the server; gives the HANDRAIL_MAIL_URL that reaches it."""
    controller = Controller(told, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield f"smtp+plain://127.0.0.1:{controller.port}"
    finally:
        controller.stop()
