"""Reads about times and sessions. A delegate finds the pairings whose times they arrange, and only while these run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from handrail.capabilities.accounts.queries import zone_of
from handrail.capabilities.pairings.models import Pairing, Session, TimeOffer
from handrail.capabilities.people.queries import persons_of
from handrail.capabilities.schemes.sign_up.queries import times_in_common
from handrail.formats.calendars import PartOfDay, place_of
from handrail.foundation import clock
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person


MOST_DAYS_SHOWN = 12


@dataclass(frozen=True)
class Arranger:
    """Somebody arranging times of a pairing: one of the two, or the delegate of one of the two."""

    pairing: Pairing
    side: str
    is_delegate: bool

    @property
    def me(self) -> Person:
        """Whose times they are."""
        return self.pairing.leader if self.side == "leader" else self.pairing.mentor

    @property
    def other(self) -> Person:
        return self.pairing.mentor if self.side == "leader" else self.pairing.leader

    @property
    def zone(self) -> str:
        return zone_of(self.me.account)

    @property
    def place(self) -> str:
        """By which place's clock the times are."""
        return place_of(self.zone)


@dataclass(frozen=True)
class ArrangedSession:
    session: Session
    arranger: Arranger


def arranger(request: HttpRequest, pairing_id: int) -> Arranger:
    """One pairing to arrange times in; to everybody else it does not exist."""
    pairing = next(iter(_pairings(pairing_id)), None)
    found = _arranger_of(pairing, persons_of(request)) if pairing else None
    if found is None:
        raise Http404
    return found


@prepared
def _pairings(pairing_id: int) -> QuerySet[Pairing]:
    return Pairing.objects.with_people().filter(pk=pairing_id)


def _arranger_of(pairing: Pairing, persons: Iterable[Person]) -> Arranger | None:
    ids = {person.pk for person in persons}
    if not ids:
        return None
    agreed = pairing.agreed_at is not None
    for side, side_id in (("leader", pairing.leader_id), ("mentor", pairing.mentor_id)):
        if side_id in ids and agreed:
            return Arranger(pairing, side, is_delegate=False)
    if pairing.state != Pairing.State.AGREED:
        return None  # whether two are asked, paused or done is no delegate's business
    for side in ("leader", "mentor"):
        if Pairing.objects.filter(**{"pk": pairing.pk, f"{side}__delegates__delegate__in": ids}).exists():
            return Arranger(pairing, side, is_delegate=True)
    return None


def arranged_session(request: HttpRequest, session_id: int) -> ArrangedSession:
    session = get_object_or_404(Session.objects.with_people(), pk=session_id)
    found = _arranger_of(session.pairing, persons_of(request))
    if found is None:
        raise Http404
    return ArrangedSession(session, found)


def pairings_arranged_by(request: HttpRequest) -> list[Arranger]:
    """The running pairings whose times the signed-in person arranges for somebody else."""
    persons = persons_of(request)
    ids = [person.pk for person in persons]
    mine = Q(leader__delegates__delegate__in=ids) | Q(mentor__delegates__delegate__in=ids)
    pairings = Pairing.objects.with_people().filter(mine, state=Pairing.State.AGREED).distinct()
    found = [_arranger_of(pairing, persons) for pairing in pairings]
    return [one for one in found if one is not None and one.is_delegate]


def offers_of(pairing: Pairing) -> list[TimeOffer]:
    """The times still on offer from both sides, soonest first."""
    return _offers(pairing.pk, clock.now())


@prepared
def _offers(pairing_id: int, now: datetime) -> QuerySet[TimeOffer]:
    return TimeOffer.objects.filter(pairing=pairing_id, starts_at__gt=now)


def offer_in(pairing: Pairing, offer_id: int) -> TimeOffer | None:
    return pairing.offers.filter(pk=offer_id).first()


def taken_times(pairing: Pairing, without: Session | None = None) -> set[datetime]:
    """When the two meet already."""
    agreed = _upcoming(pairing.pk, clock.now())
    return {session.starts_at for session in agreed if without is None or session.pk != without.pk}


def first_met_at(pairing: Pairing) -> datetime | None:
    """When the first session that was held began."""
    held = pairing.sessions.filter(state=Session.State.HELD).order_by("starts_at")
    return held.values_list("starts_at", flat=True).first()


def days_met(pairing: Pairing) -> list[datetime]:
    """When the two have met, the last time first; also before the scheme was kept here."""
    return list(_held(pairing.pk))


@prepared
def _held(pairing_id: int) -> QuerySet[Session, datetime]:
    held = Session.objects.filter(pairing=pairing_id, state=Session.State.HELD).order_by("-starts_at")
    return held.values_list("starts_at", flat=True)[:MOST_DAYS_SHOWN]


def upcoming_sessions(pairing: Pairing) -> list[Session]:
    return _upcoming(pairing.pk, clock.now())


@prepared
def _upcoming(pairing_id: int, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(pairing=pairing_id, state=Session.State.AGREED, starts_at__gt=now)


def open_sessions(pairing: Pairing) -> tuple[list[Session], list[Session]]:
    """What is still to come, and what has begun without anybody having said whether it took place."""
    agreed = _agreed(pairing.pk)
    now = clock.now()
    return [one for one in agreed if one.starts_at > now], [one for one in agreed if one.starts_at <= now]


@prepared
def _agreed(pairing_id: int) -> QuerySet[Session]:
    return Session.objects.filter(pairing=pairing_id, state=Session.State.AGREED)


def parts_suiting(pairing: Pairing, offers: Iterable[TimeOffer], zone: str) -> tuple[set[PartOfDay], set[PartOfDay]]:
    """The parts of the day that the leader and the mentor named: by offering times in them, or by having met then."""
    both = {part_of_day(time, zone) for time in _times_met(pairing.pk)}
    leader, mentor = (
        both | {part_of_day(offer.starts_at, zone) for offer in offers if offer.offered_by_id == person_id}
        for person_id in (pairing.leader_id, pairing.mentor_id)
    )
    return leader, mentor


def often_free(pairing: Pairing) -> set[tuple[int, PartOfDay]]:
    """The weekdays (Monday is 0) and parts of the day that both named at sign-up, but for evenings."""
    said = times_in_common(pairing.scheme_id, pairing.leader_id, pairing.mentor_id)
    return {(day, PartOfDay(part)) for day, part in said if part in set(PartOfDay)}


@prepared
def _times_met(pairing_id: int) -> QuerySet[Session, datetime]:
    met = Session.objects.arranged_here().filter(pairing=pairing_id).exclude(state=Session.State.CANCELLED)
    return met.values_list("starts_at", flat=True)


def part_of_day(time: datetime, zone: str) -> PartOfDay:
    hour = time.astimezone(ZoneInfo(zone)).hour
    if hour < 12:
        return PartOfDay.MORNING
    return PartOfDay.MIDDAY if hour < 14 else PartOfDay.AFTERNOON


def sessions_of_pairings(pairings: QuerySet[Pairing]) -> QuerySet[Session]:
    return Session.objects.filter(pairing__in=pairings.order_by().values("pk"))


def names_of_sessions(session_ids: list[int]) -> dict[int, list[str]]:
    """The names of the two who meet."""
    names = ("pk", "pairing__leader__name", "pairing__mentor__name")
    found = Session.objects.filter(pk__in=session_ids).order_by().values_list(*names)
    return {pk: [leader, mentor] for pk, leader, mentor in found}
