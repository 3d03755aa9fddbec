"""How long the text of a message is kept: a sign-in code until it is sent or too old, everything else 30 days."""

from datetime import timedelta

from django.db.models import Q

from handrail.foundation import clock
from handrail.foundation.mail.kinds import SIGN_IN
from handrail.foundation.mail.models import OutboxMessage

SIGN_IN_KEPT = timedelta(hours=1)  # four times as long as the code works
TEXT_KEPT = timedelta(days=30)
ROW_KEPT = timedelta(days=365)
EMPTY = {"text": "", "calendar": "", "unsubscribe_url": ""}


def empty_old_texts() -> int:
    """Empty what is too old; returns how many. The row (who, when, what sort) stays a year for the post box."""
    now = clock.now()
    OutboxMessage.objects.filter(created_at__lt=now - ROW_KEPT).delete()
    old = Q(kind=SIGN_IN, created_at__lt=now - SIGN_IN_KEPT) | Q(created_at__lt=now - TEXT_KEPT)
    full = OutboxMessage.objects.filter(old, emptied_at__isnull=True)
    full.filter(state=OutboxMessage.State.WAITING).update(
        state=OutboxMessage.State.FAILED, due_at=None, fault="It waited too long and was not sent."
    )
    return full.exclude(state=OutboxMessage.State.SENDING).update(emptied_at=now, **EMPTY)
