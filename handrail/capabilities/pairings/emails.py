"""Messages about a pairing: names, times and a link; never a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.models import Pairing
from handrail.foundation.mail.actions import queue_message

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person


def _tell(pairing: Pairing, person: Person, kind: str, subject: str, text: str) -> None:
    account = person.account
    queue_message(
        kind=kind,
        organisation_id=person.organisation_id,
        recipient=account,
        to_address=(account.email if account else "") or person.email,
        to_name=person.name,
        subject=subject,
        text=text,
    )


def _address(pairing: Pairing) -> str:
    return settings.BASE_URL + reverse("pairing", args=[pairing.pk])


def ask_both(pairing: Pairing) -> None:
    """The same text to both, from the named person."""
    asker = pairing.asked_by.name if pairing.asked_by else pairing.scheme.organisation.name
    for person, other in ((pairing.leader, pairing.mentor), (pairing.mentor, pairing.leader)):
        text = _(
            "Dear %(name)s,\n\n%(words)s\n\n"
            "I would like you and %(other)s to meet: half an hour, a few times, about whatever helps with the "
            "digital side of the work. You can say yes or no; a no needs no reason and nobody learns of it.\n\n"
            "Answer here: %(link)s\n\nOpening the link answers nothing.\n\n%(asker)s"
        ) % {
            "name": person.name,
            "words": pairing.asked_words,
            "other": other.name,
            "link": _address(pairing),
            "asker": asker,
        }
        _tell(pairing, person, "asked", _("%(asker)s asks you something") % {"asker": asker}, text)


def tell_agreed(pairing: Pairing) -> None:
    for person, other in ((pairing.leader, pairing.mentor), (pairing.mentor, pairing.leader)):
        text = _("Dear %(name)s,\n\n%(other)s would like to meet you too. Choose a time that suits both: %(link)s") % {
            "name": person.name,
            "other": other.name,
            "link": _address(pairing),
        }
        _tell(pairing, person, "agreed", _("You and %(other)s") % {"other": other.name}, text)


def tell_not_taken_up(pairing: Pairing) -> None:
    for person, other in ((pairing.leader, pairing.mentor), (pairing.mentor, pairing.leader)):
        text = _(
            "Dear %(name)s,\n\nThe meeting with %(other)s that we asked you about will not go ahead. That happens for "
            "all sorts of reasons, most of them calendars. There is nothing you need to do."
        ) % {"name": person.name, "other": other.name}
        _tell(pairing, person, "not_taken_up", _("A change of plan"), text)


def tell_changed(pairing: Pairing) -> None:
    for person in (pairing.leader, pairing.mentor):
        text = _("Dear %(name)s,\n\nSomething changed about your meetings. See how it stands: %(link)s") % {
            "name": person.name,
            "link": _address(pairing),
        }
        _tell(pairing, person, "changed", _("About your meetings"), text)
