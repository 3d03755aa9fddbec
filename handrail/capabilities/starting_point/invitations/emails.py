"""The invitation: who asks, why now, and a link. Nothing private, and nothing that happens by opening it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.starting_point.models import Invitation
from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Person


def subject_from(asker: Person) -> str:
    return _("%(asker)s asks you for ten minutes") % {"asker": asker.name}


def text_for(*, name: str, words: str, asker: Person, by: Account) -> str:
    """The whole message; the same to everybody but for the name."""
    sender = (
        "" if asker.account_id == by.pk else _("Sent by %(by)s for %(asker)s.") % {"by": by.name, "asker": asker.name}
    )
    signature = "\n".join(filter(None, (asker.name, asker.job_title, sender)))
    return _(
        "Dear %(name)s,\n\n%(words)s\n\n"
        "It is a short conversation with yourself: at most fourteen questions, one at a time, mostly to tap; about "
        "five minutes on a phone. You can stop after four. It ends with what would help you, and three small steps.\n\n"
        "Only you can read your answers: not me, not the coordinator, not the people who run the program. "
        "The coordinator sees that you were asked and whether you started, and nothing else.\n\n"
        "Begin here: %(link)s\n\nOpening the link starts nothing and answers nothing. You need not do this.\n\n"
        "%(signature)s"
    ) % {
        "name": name,
        "words": words,
        "link": settings.BASE_URL + reverse("starting_point"),
        "signature": signature,
    }


def tell_invited(*, by: Account, invitation: Invitation) -> None:
    person, asker = invitation.person, invitation.asked_by
    assert asker is not None
    account = person.account
    with in_language_of(account, __name__):
        queue_message(
            kind="invitation",
            organisation_id=person.organisation_id,
            recipient=account,
            to_address=(account.email if account else "") or person.email,
            to_name=person.name,
            subject=subject_from(asker),
            text=text_for(name=person.name, words=invitation.words, asker=asker, by=by),
            dedupe_key=f"starting point {invitation.pk}",
        )
