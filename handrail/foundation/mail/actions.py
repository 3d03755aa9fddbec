"""Putting a message into the outbox."""

import uuid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from handrail.foundation import clock
from handrail.foundation.mail.models import OutboxMessage


def queue_message(
    *,
    subject: str,
    text: str,
    kind: str,
    to_address: str = "",
    to_name: str = "",
    recipient: Any = None,
    organisation_id: int | None = None,
    calendar: str = "",
    calendar_method: str = "",
    dedupe_key: str | None = None,
) -> OutboxMessage:
    """Write one message out, in the caller's transaction; it is delivered once that is committed.

    kind: what sort of message, such as "sign_in", "asked", "invitation"; shown in the post box.
    calendar: an iCalendar text that goes along, with its METHOD (REQUEST, CANCEL).
    dedupe_key: the same key twice queues nothing and returns the earlier message.
    Carries names, times and links only; never private text.
    """
    if dedupe_key is not None and (earlier := OutboxMessage.objects.filter(dedupe_key=dedupe_key).first()):
        return earlier
    return OutboxMessage.objects.create(
        message_id=f"<{uuid.uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>",
        dedupe_key=dedupe_key,
        organisation_id=organisation_id,
        recipient=recipient,
        kind=kind,
        to_address=to_address,
        to_name=to_name,
        subject=" ".join(subject.split())[:250],
        text=text,
        calendar=calendar,
        calendar_method=calendar_method,
        created_at=clock.now(),
    )
