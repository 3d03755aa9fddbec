"""The invitation: who asks, why now, and a link. Nothing private, and nothing that happens by opening it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.starting_point import rules
from handrail.capabilities.starting_point.models import Invitation
from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Person


def subject_from(asker: Person, side: str) -> str:
    if side == Invitation.Side.MENTOR:
        return _("%(asker)s asks whether you could be a mentor") % {"asker": asker.name}
    return _("%(asker)s asks you for five minutes") % {"asker": asker.name}


def text_for(*, name: str, words: str, asker: Person, by: Account, side: str) -> str:
    """The whole message; the same to everybody but for the name."""
    sender = (
        "" if asker.account_id == by.pk else _("Sent by %(by)s for %(asker)s.") % {"by": by.name, "asker": asker.name}
    )
    signature = "\n".join(filter(None, (asker.name, asker.job_title, sender)))
    said = {"name": name, "words": words, "link": address_for(side), "signature": signature}
    said["readers"] = readers(asker, by)
    if side == Invitation.Side.MENTOR:
        return (
            _(
                "Dear %(name)s,\n\n%(words)s\n\n"
                "It is half an hour every week or two, in working time that your manager agrees to. You need not be "
                "an expert, you prepare in twenty minutes on your phone, and you can stop without a reason. Whom you "
                "would rather not be paired with is shown to nobody.\n\n"
                "One page to sign up: %(link)s\n\nOpening the link signs nobody up. You need not do this.\n\n"
                "%(signature)s"
            )
            % said
        )
    return (
        _(
            "Dear %(name)s,\n\n%(words)s\n\n"
            "It is a short conversation with yourself: at most fourteen questions, one at a time, mostly to tap; about "
            "five minutes on a phone. You can stop after four. It ends with what would help you, and three small steps."
            "\n\n"
            "%(readers)s\n\n"
            "Begin here: %(link)s\n\nOpening the link starts nothing and answers nothing. You need not do this.\n\n"
            "%(signature)s"
        )
        % said
    )


def readers(asker: Person, by: Account) -> str:
    """Who reads what, by name."""
    if asker.account_id == by.pk:
        return _(
            "Only you can read your answers: not me, not the people who run the program. I see that you were asked and "
            "whether you started, and nothing else of it."
        )
    return _(
        "Only you can read your answers: not me, not %(by)s who coordinates, not the people who run the program. "
        "%(by)s sees that you were asked and whether you started, and nothing else of it."
    ) % {"by": by.name}


def address_for(side: str) -> str:
    return settings.BASE_URL + reverse("sign_up_mentor" if side == Invitation.Side.MENTOR else "starting_point")


def reminder_for(*, name: str, asker: Person, side: str, last: bool) -> str:
    """Short, in the same name. The last one says that it is."""
    closing = (
        _("This is the last time you hear of it.") if last else _("There is one reminder more at most; you can end it.")
    )
    said = {"name": name, "link": address_for(side), "closing": closing, "asker": asker.name}
    if side == Invitation.Side.MENTOR:
        return (
            _(
                "Dear %(name)s,\n\na while ago I asked whether you could be a mentor. If you would like to: "
                "%(link)s\n\nIf it is not for you, do nothing, or tap “Not for me” there. Nobody is told. "
                "%(closing)s\n\n%(asker)s"
            )
            % said
        )
    return (
        _(
            "Dear %(name)s,\n\na while ago I asked you for five minutes. If you would like to begin: %(link)s\n\n"
            "If it is not for you, do nothing, or tap “Not for me” there. Nobody is told. %(closing)s\n\n%(asker)s"
        )
        % said
    )


def remind(invitation: Invitation) -> None:
    person, asker, account = invitation.person, invitation.asked_by, invitation.person.account
    assert asker is not None
    with in_language_of(account, __name__):
        queue_message(
            kind="invitation",
            organisation_id=person.organisation_id,
            recipient=account,
            to_address=(account.email if account else "") or person.email,
            to_name=person.name,
            subject=subject_from(asker, invitation.side),
            text=reminder_for(
                name=person.name,
                asker=asker,
                side=invitation.side,
                last=invitation.reminders >= rules.MOST_REMINDERS,
            ),
            dedupe_key=f"invitation {invitation.pk} reminder {invitation.reminders}",
        )


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
            subject=subject_from(asker, invitation.side),
            text=text_for(name=person.name, words=invitation.words, asker=asker, by=by, side=invitation.side),
            dedupe_key=f"starting point {invitation.pk}",
        )
