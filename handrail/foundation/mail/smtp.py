"""Handing one message to the mail server, step by step, so that it is known how far it got."""

import contextlib
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from urllib.parse import unquote, urlsplit

from django.conf import settings

TIMEOUT_SECONDS = 30
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


class Refusal(Exception):
    """The server did not take the message. `words`: its reason; `for_good`: trying again will not help."""

    def __init__(self, words: str, *, for_good: bool) -> None:
        super().__init__(words)
        self.words, self.for_good = " ".join(words.split())[:200], for_good


class AnswerLost(Exception):
    """The text went out, and no answer came back: it may have been accepted."""


def send(message: EmailMessage, *, to_address: str, before_text: Callable[[], None]) -> None:
    """Send to one address. `before_text` runs after the server agreed to take the text, before any of it leaves."""
    sender = message["From"].addresses[0].addr_spec
    with _connected() as client:
        text = _text_for(client, message, to_address)
        try:
            options = ["SMTPUTF8", "BODY=8BITMIME"] if not to_address.isascii() else []
            _expect(client.mail(sender, options))
            _expect(client.rcpt(to_address))
        except (smtplib.SMTPException, OSError) as error:
            raise _refusal(error) from error
        before_text()
        _hand_over(client, text)


def check() -> None:
    """Reach the server and sign in, sending nothing. Raises Refusal."""
    with _connected() as client:
        try:
            _expect(client.noop())
        except (smtplib.SMTPException, OSError) as error:
            raise _refusal(error) from error


def _hand_over(client: smtplib.SMTP, text: bytes) -> None:
    """DATA: the text, and the server's word on it. An answer of the server is certain either way; silence is not."""
    try:
        code, words = client.docmd("DATA")
    except (smtplib.SMTPException, OSError) as error:
        raise _refusal(error) from error  # the text never left
    if code != 354:
        raise _answered(code, words)
    try:
        client.send(_dotted(text))
        code, words = client.getreply()
    except (smtplib.SMTPException, OSError) as error:
        raise AnswerLost from error
    if code != 250:
        raise _answered(code, words)


@contextlib.contextmanager
def _connected():  # type: ignore[no-untyped-def]
    where = urlsplit(settings.MAIL_URL)
    port = where.port or PORTS[where.scheme]
    host = where.hostname or ""
    try:
        if where.scheme == "smtps":
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            client = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    except (smtplib.SMTPException, OSError) as error:
        raise _refusal(error) from error
    try:
        try:
            client.ehlo_or_helo_if_needed()
            if where.scheme == "smtp":
                client.starttls(context=ssl.create_default_context())
                client.ehlo()
            if where.username:
                client.login(unquote(where.username), unquote(where.password or ""))
        except (smtplib.SMTPException, OSError) as error:
            raise _refusal(error) from error
        yield client
        with contextlib.suppress(smtplib.SMTPException, OSError):
            client.quit()
    finally:
        client.close()


def _text_for(client: smtplib.SMTP, message: EmailMessage, to_address: str) -> bytes:
    if to_address.isascii():
        return message.as_bytes(policy=SMTP)
    if not client.has_extn("smtputf8"):
        raise Refusal("The mail server cannot send to addresses with letters such as these.", for_good=True)
    return message.as_bytes(policy=SMTPUTF8)


def _dotted(text: bytes) -> bytes:
    """The text as DATA wants it: a dot doubled where a line begins with one, and the lone dot at the end."""
    lines = text.replace(b"\r\n.", b"\r\n..")
    if lines.startswith(b"."):
        lines = b"." + lines
    return (lines if lines.endswith(b"\r\n") else lines + b"\r\n") + b".\r\n"


def _expect(answer: tuple[int, bytes]) -> None:
    code, words = answer
    if not 200 <= code < 300:
        raise _answered(code, words)


def _answered(code: int, words: bytes) -> Refusal:
    return Refusal(f"{code} {words.decode('utf-8', 'replace')}", for_good=500 <= code < 600)


def _refusal(error: Exception) -> Refusal:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        # A refused sign-in is the operator's to mend, and then the message should go: so it is not for good.
        lasting = 500 <= error.smtp_code < 600 and not isinstance(error, smtplib.SMTPAuthenticationError)
        return Refusal(f"{error.smtp_code} {words}", for_good=lasting)
    return Refusal(f"The mail server cannot be reached ({error or type(error).__name__}).", for_good=False)
