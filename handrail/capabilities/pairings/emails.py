"""Messages about a pairing: names, times and a link; never a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.rules import each_and_other
from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message
from handrail.foundation.mail.rules import can_leave

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person


def reaches(person: Person) -> bool:
    """Whether a message to somebody leaves by itself."""
    return can_leave(_address_of(person), mail_is_set=bool(settings.MAIL_URL))


def _address_of(person: Person) -> str:
    return (person.account.email if person.account else "") or person.email


def tell(person: Person, kind: str, subject: str, text: str) -> None:
    """To the person's own address, in the language that is active."""
    queue_message(
        kind=kind,
        organisation_id=person.organisation_id,
        recipient=person.account,
        to_address=_address_of(person),
        to_name=person.name,
        subject=subject,
        text=text,
    )


def _address(pairing: Pairing) -> str:
    return settings.BASE_URL + reverse("pairing", args=[pairing.pk])


def asker_of(pairing: Pairing) -> str:
    return pairing.asked_by.name if pairing.asked_by else pairing.scheme.organisation.name


def question(pairing: Pairing, person: Person, how_to_answer: str) -> str:
    """What somebody is asked, in a message or on paper: why, whom they would meet, and how to answer."""
    other = pairing.mentor if person == pairing.leader else pairing.leader
    return _(
        "Dear %(name)s,\n\n%(words)s\n\n"
        "I would like you and %(other)s to meet: half an hour, a few times, about whatever helps with the "
        "digital side of the work. You can say yes or no; a no needs no reason and nobody learns of it.\n\n"
        "%(how)s\n\n%(asker)s"
    ) % {
        "name": person.name,
        "words": pairing.asked_words,
        "other": other.name,
        "how": how_to_answer,
        "asker": asker_of(pairing),
    }


def ask_both(pairing: Pairing) -> None:
    """The same text to both, from the named person."""
    for person in (pairing.leader, pairing.mentor):
        with in_language_of(person.account, __name__):
            how = _("Answer here: %(link)s\n\nOpening the link answers nothing.") % {"link": _address(pairing)}
            subject = _("%(asker)s asks you something") % {"asker": asker_of(pairing)}
            tell(person, "asked", subject, question(pairing, person, how))


def tell_agreed(pairing: Pairing) -> None:
    for person, other in each_and_other(pairing):
        with in_language_of(person.account, __name__):
            text = _(
                "Dear %(name)s,\n\n%(other)s would like to meet you too. Choose a time that suits both: %(link)s"
            ) % {
                "name": person.name,
                "other": other.name,
                "link": _address(pairing),
            }
            tell(person, "agreed", _("You can choose a time"), text)


def tell_not_taken_up(pairing: Pairing) -> None:
    for person, other in each_and_other(pairing):
        with in_language_of(person.account, __name__):
            text = _(
                "Dear %(name)s,\n\nThe meeting with %(other)s that we asked you about will not go ahead. That happens "
                "for all sorts of reasons, most of them calendars. There is nothing you need to do."
            ) % {"name": person.name, "other": other.name}
            tell(person, "not_taken_up", _("A change of plan"), text)


def tell_changed(pairing: Pairing) -> None:
    for person in (pairing.leader, pairing.mentor):
        with in_language_of(person.account, __name__):
            text = _("Dear %(name)s,\n\nSomething changed about your meetings. See how it stands: %(link)s") % {
                "name": person.name,
                "link": _address(pairing),
            }
            tell(person, "changed", _("About your meetings"), text)


def tell_no_longer_available(pairing: Pairing) -> None:
    """Somebody has left: whoever is still there reads that, and no more."""
    for person, other in each_and_other(pairing):
        if person.left_on is not None:
            continue
        with in_language_of(person.account, __name__):
            text = _(
                "Dear %(name)s,\n\n%(other)s is no longer available for meetings. There is nothing you need to do. "
                "What you wrote is still here: %(link)s"
            ) % {"name": person.name, "other": other.name, "link": _address(pairing)}
            tell(person, "changed", _("A change of plan"), text)
