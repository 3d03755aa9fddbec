"""One try at delivering one message: claim, hand over, note what became of it.

Two commits surround the hand-over: the claim before anything is sent, and `handed_over_at` just before the text leaves.
Whatever is cut off before the second did not reach the server and is tried again under the same Message-ID; whatever
is cut off after it may have been accepted (the gap described in RFC 1047), so it is not sent again by itself.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import F

from handrail.foundation import clock
from handrail.foundation.mail import smtp
from handrail.foundation.mail.composing import compose
from handrail.foundation.mail.kinds import SIGN_IN
from handrail.foundation.mail.models import OutboxMessage

State = OutboxMessage.State
TRIES = 8
FIRST_PAUSE = timedelta(seconds=30)  # then 2 min, 8 min, 32 min, 2 h, 6 h, 6 h: a day in all
LONGEST_PAUSE = timedelta(hours=6)
HEAD_START = timedelta(seconds=20)  # a fresh message has a run of its own; only what that one missed is swept up
CLAIM_LASTS = timedelta(minutes=10)
UNREADABLE = "This message holds characters that mail cannot carry."
LOST_ANSWER = "The connection ended before the mail server confirmed. It may or may not have arrived."


def deliver(message_pk: int) -> None:
    """Try once, if the message is due and nobody else is at it."""
    message = _claimed(message_pk)
    if message is None:
        return
    try:
        smtp.send(compose(message), to_address=message.to_address, before_text=lambda: _note_hand_over(message))
    except (smtp.Refusal, ValueError) as error:
        refusal = error if isinstance(error, smtp.Refusal) else smtp.Refusal(UNREADABLE, for_good=True)
        if refusal.for_good or message.attempts >= TRIES:
            _leave(message, State.FAILED, fault=refusal.words)
        else:
            _leave(message, State.WAITING, fault=refusal.words, due_at=clock.now() + pause_after(message.attempts))
    except smtp.AnswerLost:
        _leave(message, State.UNSURE, fault=LOST_ANSWER)
    else:
        _leave(message, State.SENT, sent_at=clock.now(), fault="")


def messages_due() -> list[int]:
    """What is waiting and due, after putting back what a stopped worker had claimed."""
    now = clock.now()
    forgotten = OutboxMessage.objects.filter(state=State.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    forgotten.filter(handed_over_at__isnull=False).update(state=State.UNSURE, fault=LOST_ANSWER)
    forgotten.filter(attempts__gte=TRIES).update(state=State.FAILED, fault="It was cut off at every try.")
    forgotten.update(state=State.WAITING, due_at=now)
    if not settings.MAIL_URL:
        OutboxMessage.objects.filter(state=State.WAITING).update(state=State.HELD, due_at=None)
    due = OutboxMessage.objects.filter(state=State.WAITING, due_at__lte=now - HEAD_START).order_by("due_at")
    return list(due.values_list("pk", flat=True)[:500])


def pause_after(attempts: int) -> timedelta:
    growth: int = 4 ** (attempts - 1)
    return min(FIRST_PAUSE * growth, LONGEST_PAUSE)


def _claimed(message_pk: int) -> OutboxMessage | None:
    now = clock.now()
    mine = OutboxMessage.objects.filter(pk=message_pk, state=State.WAITING, due_at__lte=now)
    if not settings.MAIL_URL or not mine.update(
        state=State.SENDING, claimed_at=now, handed_over_at=None, attempts=F("attempts") + 1
    ):
        return None
    return OutboxMessage.objects.select_related("recipient").get(pk=message_pk)


def _note_hand_over(message: OutboxMessage) -> None:
    """Commit that the text is about to leave; a claim that was meanwhile given to somebody else is not ours to send."""
    mine = OutboxMessage.objects.filter(pk=message.pk, state=State.SENDING, claimed_at=message.claimed_at)
    if not mine.update(handed_over_at=clock.now()):
        raise smtp.Refusal("Another worker has taken this message over.", for_good=False)


def _leave(message: OutboxMessage, state: str, **changes: object) -> None:
    if message.kind == SIGN_IN and state in (State.SENT, State.FAILED, State.UNSURE):
        changes |= {"text": "", "emptied_at": clock.now()}
    mine = OutboxMessage.objects.filter(pk=message.pk, state=State.SENDING, claimed_at=message.claimed_at)
    mine.update(state=state, **changes)
