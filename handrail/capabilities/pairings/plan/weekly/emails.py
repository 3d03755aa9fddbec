"""The weekly note: that ten minutes are ready, and a link. Never a step, never a reason, never a second one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message
from handrail.foundation.mail.rules import can_leave

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.pairings.plan.models import WeeklyNote

KIND = "reminder"
SALT = "handrail.weekly_note"


def reaches(account: Account) -> bool:
    """Whether a note leaves by itself. Where none does, home says it, and nothing waits in the post box."""
    return can_leave(account.email or "", mail_is_set=bool(settings.MAIL_URL))


def token_of(note_id: UUID) -> str:
    """Ends this one note, and does nothing else."""
    return signing.Signer(salt=SALT).sign(note_id.hex)


def note_of(token: str) -> UUID | None:
    """The note that this token ends; None for any other text."""
    try:
        return UUID(hex=signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def tell_that_it_is_ready(note: WeeklyNote, *, week: str) -> None:
    account = note.account
    ends = settings.BASE_URL + reverse("weekly_note_end", args=[token_of(note.pk)])
    link = settings.BASE_URL + reverse("plan")
    with in_language_of(account, __name__):
        text = _(
            "Dear %(name)s,\n\nYour ten minutes is ready: %(link)s\n\nIf this week does not suit, leave it. "
            "No second note follows.\n\nNo more of these notes: %(ends)s"
        ) % {"name": account.name, "link": link, "ends": ends}
        queue_message(
            kind=KIND,
            recipient=account,
            to_address=account.email or "",
            to_name=account.name,
            subject=_("Your ten minutes is ready"),
            text=text,
            dedupe_key=f"weekly note {note.pk} {week}",
            unsubscribe_url=ends,
        )
