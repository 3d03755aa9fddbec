"""Messages about times: to each of the two at the address they chose, with the entry for their calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.calendars.presenters import event_for
from handrail.capabilities.pairings.calendars.queries import address_for
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.pairings.rules import each_and_other
from handrail.capabilities.pairings.sessions.presenters import time_in_words
from handrail.capabilities.people.queries import delegates_of
from handrail.formats.calendars import cancellation, invitation, is_address
from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person

REQUEST, CANCEL = "REQUEST", "CANCEL"


def _tell(person: Person, kind: str, subject: str, text: str, **calendar: str) -> None:
    queue_message(
        kind=kind,
        organisation_id=person.organisation_id,
        recipient=person.account,
        to_address=address_for(person),
        to_name=person.name,
        subject=subject,
        text=text,
        **calendar,
    )


def _entry(session: Session, person: Person) -> dict[str, str]:
    """What goes along for the calendar; nothing for somebody who is written to on paper, or whose address is none."""
    address = address_for(person)
    if not is_address(address):
        return {}
    event = event_for(session, person, address)
    if session.state == Session.State.CANCELLED:
        return {"calendar": cancellation(event), "calendar_method": CANCEL}
    return {"calendar": invitation(event), "calendar_method": REQUEST}


def _facts(session: Session, person: Person, other: Person) -> dict[str, str]:
    place = "\n".join(filter(None, (session.place, session.meeting_link)))
    return {
        "name": person.name,
        "other": other.name,
        "time": time_in_words(session.starts_at, person),
        "minutes": str(session.minutes),
        "place": f"{place}\n" if place else "",
        "link": settings.BASE_URL + reverse("session", args=[session.pk]),
    }


def tell_offered(pairing: Pairing, side: str) -> None:
    """The other side, and whoever arranges their times, learn that there is something to choose from."""
    me, other = each_and_other(pairing)[0 if side == "leader" else 1]
    link = settings.BASE_URL + reverse("session_times", args=[pairing.pk])
    with in_language_of(other.account, __name__):
        facts = {"name": other.name, "other": me.name, "link": link}
        text = (
            _("Dear %(name)s,\n\n%(other)s offers you times to meet. Choose the one that suits you: %(link)s") % facts
        )
        _tell(other, "times", _("Times to meet"), text)
    for delegate in delegates_of(other):
        with in_language_of(delegate.delegate.account, __name__):
            facts = {"name": delegate.delegate.name, "whose": other.name, "link": link}
            text = _("Dear %(name)s,\n\nThere are times to choose from for %(whose)s: %(link)s") % facts
            subject = _("Times to choose for %(whose)s") % {"whose": other.name}
            _tell(delegate.delegate, "times", subject, text)


def invite_both(session: Session) -> None:
    for person, other in each_and_other(session.pairing):
        with in_language_of(person.account, __name__):
            text = _(
                "Dear %(name)s,\n\nYou meet %(other)s on %(time)s, for %(minutes)s minutes.\n%(place)s\n"
                "Move it, call it off, or put it in your calendar here: %(link)s"
            ) % _facts(session, person, other)
            _tell(person, "invitation", session.title, text, **_entry(session, person))


def tell_moved(session: Session) -> None:
    for person, other in each_and_other(session.pairing):
        with in_language_of(person.account, __name__):
            text = _(
                "Dear %(name)s,\n\nYou meet %(other)s at another time: %(time)s, for %(minutes)s minutes.\n%(place)s\n"
                "Your calendar moves the entry. If the new time does not suit you, change it here: %(link)s"
            ) % _facts(session, person, other)
            subject = _("Moved: %(title)s") % {"title": session.title}
            _tell(person, "invitation", subject, text, **_entry(session, person))


def tell_place(session: Session) -> None:
    for person, other in each_and_other(session.pairing):
        with in_language_of(person.account, __name__):
            text = _(
                "Dear %(name)s,\n\nWhere you meet %(other)s on %(time)s has changed:\n%(place)s\n%(link)s"
            ) % _facts(session, person, other)
            subject = _("Where: %(title)s") % {"title": session.title}
            _tell(person, "invitation", subject, text, **_entry(session, person))


def tell_cancelled(session: Session) -> None:
    for person, other in each_and_other(session.pairing):
        with in_language_of(person.account, __name__):
            text = _(
                "Dear %(name)s,\n\nThe meeting with %(other)s on %(time)s will not take place. "
                "Your calendar takes the entry out. Offer new times whenever you like: %(link)s"
            ) % (_facts(session, person, other) | {"link": _times_link(session.pairing)})
            subject = _("Called off: %(title)s") % {"title": session.title}
            _tell(person, "cancellation", subject, text, **_entry(session, person))


def _times_link(pairing: Pairing) -> str:
    return settings.BASE_URL + reverse("session_times", args=[pairing.pk])
