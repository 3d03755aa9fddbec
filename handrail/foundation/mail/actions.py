"""Putting a message into the outbox, and giving a stuck one another try."""

import uuid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from handrail.foundation import clock
from handrail.foundation.audit.actions import record
from handrail.foundation.mail import rules
from handrail.foundation.mail.jobs import deliver_message
from handrail.foundation.mail.kinds import UNSUBSCRIBABLE
from handrail.foundation.mail.models import OutboxMessage
from handrail.foundation.mail.queries import word_for


@transaction.atomic
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
    unsubscribe_url: str = "",
) -> OutboxMessage:
    """Write one message out, in the caller's transaction; it is delivered once that is committed.

    kind: what sort of message, such as "sign_in", "asked", "invitation"; shown in the post box.
    calendar: an iCalendar text that goes along, with its METHOD (REQUEST, CANCEL).
    dedupe_key: the same key twice queues nothing and returns the earlier message.
    unsubscribe_url: for kinds that repeat; a POST there ends them (RFC 8058).
    Its language is the one that is active: see foundation.languages.in_language_of.
    Carries names, times and links only; never private text.
    """
    if bool(calendar) != bool(calendar_method):
        raise ValueError("A calendar text goes with its method.")
    if unsubscribe_url and kind not in UNSUBSCRIBABLE:
        raise ValueError(f"Nobody can unsubscribe from “{kind}”.")
    if dedupe_key is not None and (earlier := OutboxMessage.objects.filter(dedupe_key=dedupe_key).first()):
        return earlier
    now = clock.now()
    leaves = rules.can_leave(to_address, mail_is_set=bool(settings.MAIL_URL))
    message = OutboxMessage.objects.create(
        message_id=f"<{uuid.uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>",
        dedupe_key=dedupe_key,
        organisation_id=organisation_id,
        recipient=recipient,
        kind=kind,
        to_address=to_address,
        to_name=to_name,
        subject=" ".join(subject.split())[:250],
        text=text,
        language=get_language() or settings.LANGUAGE_CODE,
        calendar=calendar,
        calendar_method=calendar_method,
        unsubscribe_url=unsubscribe_url,
        state=OutboxMessage.State.WAITING if leaves else OutboxMessage.State.HELD,
        created_at=now,
        due_at=now if leaves else None,
    )
    if leaves:
        deliver_message.enqueue(message_pk=message.pk)
    return message


@transaction.atomic
def send_again(*, by: Any, message: OutboxMessage) -> None:
    """Give a message that failed, is held, or may not have arrived a fresh set of tries. Raises Refused."""
    message = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    rules.check_can_send_again(message, mail_is_set=bool(settings.MAIL_URL))
    message.state, message.attempts, message.fault = OutboxMessage.State.WAITING, 0, ""
    message.due_at, message.handed_over_at = clock.now(), None
    message.save(update_fields=["state", "attempts", "fault", "due_at", "handed_over_at"])
    record(by=by, what="mail.sent_again", subject=message, organisation_id=message.organisation_id)
    deliver_message.enqueue(message_pk=message.pk)


@transaction.atomic
def note_told(*, by: Any, organisation_id: int, account_id: int) -> None:
    """Somebody was told by hand that there is word about their meetings: what lay here for them has found its way."""
    told = word_for(organisation_id, account_id).update(state=OutboxMessage.State.SENT, sent_at=clock.now())
    if told:
        record(by=by, what="mail.told", organisation_id=organisation_id)
