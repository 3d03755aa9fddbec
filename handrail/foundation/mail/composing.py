"""From an outbox row to a message that every mail program shows well."""

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from handrail.foundation import clock
from handrail.foundation.mail.models import OutboxMessage
from handrail.foundation.mail.smtp import Refusal

URL = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")


def compose(message: OutboxMessage) -> EmailMessage:
    """The whole message. Raises Refusal where its address cannot be one."""
    mail = EmailMessage(policy=SMTP)
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail["From"] = Address(display_name=name, addr_spec=sender)
    mail["To"] = _recipient(message)
    mail["Subject"] = message.subject
    mail["Message-ID"] = message.message_id
    mail["Date"] = format_datetime(clock.now())
    if not message.calendar:
        # Calendar programs that read mail pass over an invitation that calls itself automatic (Xandikos does), and
        # ours is not: somebody chose a time, moved it, or called it off.
        mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    if message.unsubscribe_url:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text, charset="utf-8", cte="quoted-printable")
    mail.add_alternative(html_of(message), subtype="html", charset="utf-8", cte="quoted-printable")
    if message.calendar:
        _add_calendar(mail, message)
    return mail


def _recipient(message: OutboxMessage) -> Address:
    name = " ".join(part for part in re.split(r"[\x00-\x1f\x7f]+", message.to_name) if part)
    local, _, domain = message.to_address.rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii") if not domain.isascii() else domain
        if not local.isascii():
            Address(username="checked", domain=host)
            return Address(display_name=name, username=local, domain=host)
        return Address(display_name=name, addr_spec=f"{local}@{host}")
    except (ValueError, IndexError, MessageError) as error:
        raise Refusal("This address cannot be one. Correct it, then send the message again.", for_good=True) from error


def _add_calendar(mail: EmailMessage, message: OutboxMessage) -> None:
    """The invitation twice: as an alternative with its method, which Outlook and Gmail turn into buttons, and as a file
    for every other program. Its METHOD must agree with the header's, or Outlook shows a plain file (RFC 6047)."""
    method = message.calendar_method.upper()
    lines = message.calendar.replace("\r\n", "\n")
    mail.add_alternative(lines, subtype="calendar", charset="utf-8", cte="base64", params={"method": method})
    mail.add_attachment(
        lines.replace("\n", "\r\n").encode(),
        maintype="application",
        subtype="ics",
        filename="cancelled.ics" if method == "CANCEL" else "invitation.ics",
    )


def html_of(message: OutboxMessage) -> str:
    """The same words as the text, in a plain page. Only addresses of this installation become links."""
    language = message.language or settings.LANGUAGE_CODE
    paragraphs = paragraphs_of(message.text)
    with translation.override(language):
        return render_to_string(
            "mail/message.html",
            {"paragraphs": paragraphs, "subject": message.subject, "language": language, "base_url": settings.BASE_URL},
        )


def paragraphs_of(text: str) -> list[SafeString]:
    """The text as escaped paragraphs, with links to this installation."""
    return [_paragraph(block) for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]


def _paragraph(block: str) -> SafeString:
    pieces: list[str] = []
    at = 0
    for found in URL.finditer(block):
        address = found[0]
        pieces.append(escape(block[at : found.start()]))
        ours = address == settings.BASE_URL or address.startswith(f"{settings.BASE_URL}/")
        pieces.append(f'<a href="{escape(address)}">{escape(address)}</a>' if ours else escape(address))
        at = found.end()
    pieces.append(escape(block[at:]))
    return mark_safe("".join(pieces).replace("\n", "<br>\n"))  # noqa: S308  every piece was escaped above
