"""A session as an entry in one person's calendar, and the feed made of them."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.models import Session
from handrail.formats.calendars import CalendarEvent, Party, Status, feed
from handrail.foundation.mail.rules import sender_address

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Person

VERSION = b"2"  # raise it when entries are written differently, so that calendars fetch them again


def event_for(session: Session, person: Person, address: str = "") -> CalendarEvent:
    """The entry for one of the two. The organiser is the installation under the other's name, so that nobody's own
    address is in anybody else's calendar; with `address` it is an invitation to that address alone."""
    other = session.pairing.mentor if person.pk == session.pairing.leader_id else session.pairing.leader
    cancelled = session.state == Session.State.CANCELLED
    return CalendarEvent(
        uid=session.uid,
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.starts_at + timedelta(minutes=session.minutes),
        zone=session.time_zone,
        title=session.title,
        organiser=Party(sender_address(), other.name),
        stamp=session.changed_at,
        attendees=(Party(address, person.name),) if address else (),
        place=session.place,
        meeting_link=session.meeting_link,
        page=settings.BASE_URL + reverse("session", args=[session.pk]),
        status=Status.CANCELLED if cancelled else Status.CONFIRMED,
    )


def entry_text(session: Session, person: Person) -> str:
    """One session as a file for one's own calendar; the same entry as by mail or feed, so nothing is doubled."""
    return feed([event_for(session, person)], name=session.title)


def whose(session: Session, account: Account) -> Person:
    """Which of the two the account is."""
    leader = session.pairing.leader
    return leader if leader.account_id == account.pk else session.pairing.mentor


def feed_text(account: Account, sessions: list[Session]) -> str:
    return feed([event_for(session, whose(session, account)) for session in sessions], name=_("Catch-up"))


def feed_mark(account: Account, sessions: list[Session]) -> str:
    """The feed's ETag: the same exactly as long as the feed says the same. Cheaper than the feed."""
    found = hashlib.sha256(VERSION + settings.BASE_URL.encode() + settings.DEFAULT_FROM_EMAIL.encode())
    for session in sessions:
        pairing = session.pairing
        facts = (
            session.uid,
            session.sequence,
            session.changed_at,
            session.state,
            pairing.leader.name,
            pairing.mentor.name,
        )
        found.update(repr(facts).encode())
    return f'"{found.hexdigest()[:32]}"'
