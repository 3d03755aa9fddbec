"""Writes about times and sessions. What a calendar has to know counts the sequence up and is sent to both."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.calendars.queries import title_for
from handrail.capabilities.pairings.models import Pairing, Session, TimeOffer
from handrail.capabilities.pairings.sessions import emails, queries, rules
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account


def _new_uid() -> str:
    return f"{uuid.uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}"


@transaction.atomic
def offer_times(
    *, by: Account, pairing: Pairing, side: str, times: Sequence[datetime], minutes: int, zone: str
) -> list[TimeOffer]:
    """Put times on offer for the other side to choose from, for a side or in its delegate's hand."""
    pairing = _locked(pairing)
    person = pairing.leader if side == "leader" else pairing.mentor
    standing = [offer.starts_at for offer in queries.offers_of(pairing) if offer.offered_by_id == person.pk]
    rules.check_can_offer(
        pairing, side, times=times, offered=standing, taken=queries.taken_times(pairing), now=clock.now()
    )
    pairing.offers.filter(starts_at__lte=clock.now()).delete()
    offers = [
        TimeOffer.objects.create(
            pairing=pairing,
            offered_by=person,
            starts_at=starts_at,
            minutes=minutes,
            time_zone=zone,
            offered_at=clock.now(),
        )
        for starts_at in sorted(set(times) - set(standing))
    ]
    if offers:
        _record(by, "times.offered", pairing, pairing, count=len(offers))
        emails.tell_offered(pairing, side)
    return offers


@transaction.atomic
def bring_held(*, pairing: Pairing, at: datetime) -> Session:
    """A time that the two had before the scheme was kept here. Only its day is known; nothing is sent."""
    now = clock.now()
    return Session.objects.create(
        pairing=pairing,
        uid=_new_uid(),
        starts_at=at,
        time_zone=settings.TIME_ZONE,
        title=title_for(pairing.leader),
        state=Session.State.HELD,
        agreed_at=now,
        changed_at=now,
    )


@transaction.atomic
def withdraw_offer(*, by: Account, pairing: Pairing, side: str, offer: TimeOffer) -> None:
    pairing = _locked(pairing)
    rules.check_can_withdraw(pairing, side, offer)
    offer.delete()
    _record(by, "time.withdrawn", pairing, pairing)


@transaction.atomic
def choose_time(*, by: Account, pairing: Pairing, side: str, offer: TimeOffer) -> Session:
    """Agree on a time the other side offered; the rest of the offers have served. Both get an invitation."""
    pairing = _locked(pairing)
    standing = queries.offer_in(pairing, offer.pk)
    if standing is None:
        raise Refused(_("This time is no longer on offer. Here is how it stands now."))
    now = clock.now()
    rules.check_can_choose(pairing, side, standing, taken=queries.taken_times(pairing), now=now)
    session = Session.objects.create(
        pairing=pairing,
        uid=_new_uid(),
        starts_at=standing.starts_at,
        minutes=standing.minutes,
        time_zone=standing.time_zone,
        title=title_for(pairing.leader),
        agreed_at=now,
        changed_at=now,
    )
    pairing.offers.all().delete()
    _record(by, "session.agreed", session, pairing)
    emails.invite_both(session)
    return session


@transaction.atomic
def move_session(*, by: Account, session: Session, side: str, starts_at: datetime, zone: str) -> Session:
    """Another time for the same session. It takes the leader's present title along."""
    session = _locked_session(session)
    taken = queries.taken_times(session.pairing, without=session)
    rules.check_can_move(session, side, starts_at, taken=taken, now=clock.now())
    session.starts_at, session.time_zone = starts_at, zone
    session.title = title_for(session.pairing.leader)
    _save_version(session)
    _record(by, "session.moved", session, session.pairing)
    emails.tell_moved(session)
    return session


@transaction.atomic
def change_place(*, by: Account, session: Session, side: str, place: str, meeting_link: str) -> Session:
    """Where the two meet: a room, a link, or both."""
    session = _locked_session(session)
    rules.check_can_change(session, side, clock.now())
    if (session.place, session.meeting_link) == (place, meeting_link):
        return session
    session.place, session.meeting_link = place, meeting_link
    _save_version(session)
    _record(by, "session.place_changed", session, session.pairing)
    emails.tell_place(session)
    return session


@transaction.atomic
def cancel_session(*, by: Account | None, session: Session, side: str) -> Session:
    session = _locked_session(session)
    rules.check_can_change(session, side, clock.now())
    _cancel(by, session)
    return session


@transaction.atomic
def cancel_upcoming(*, by: Account | None, pairing: Pairing) -> int:
    """Call off whatever is still to come, because the pairing pauses or ends. How many that were."""
    sessions = [_locked_session(session) for session in queries.upcoming_sessions(pairing)]
    for session in sessions:
        _cancel(by, session)
    pairing.offers.all().delete()
    return len(sessions)


@transaction.atomic
def settle_session(*, by: Account, session: Session, side: str, is_delegate: bool, state: str) -> Session:
    """Held or missed. No calendar hears of it, and no message goes out; that the two have met is known from now on."""
    session = _locked_session(session)
    rules.check_can_settle(session, side, is_delegate, state, clock.now())
    session.state = state
    session.save(update_fields=["state"])
    pairing = session.pairing
    pairing.met_at = queries.first_met_at(pairing)
    pairing.save(update_fields=["met_at"])
    _record(by, f"session.{state}", session, session.pairing)
    return session


def _cancel(by: Account | None, session: Session) -> None:
    session.state = Session.State.CANCELLED
    _save_version(session)
    _record(by, "session.cancelled", session, session.pairing)
    emails.tell_cancelled(session)


def _save_version(session: Session) -> None:
    session.sequence += 1
    session.changed_at = clock.now()
    session.save()


def _locked(pairing: Pairing) -> Pairing:
    return Pairing.objects.select_for_update(of=("self",)).with_people().get(pk=pairing.pk)


def _locked_session(session: Session) -> Session:
    """The session as it stands now; whoever changes it holds its pairing."""
    pairing = _locked(session.pairing)
    fresh = Session.objects.get(pk=session.pk)
    fresh.pairing = pairing
    return fresh


def _record(by: Account | None, what: str, subject: Pairing | Session, pairing: Pairing, **detail: int) -> None:
    record(by=by, what=what, subject=subject, organisation_id=pairing.scheme.organisation_id, detail=dict(detail))
