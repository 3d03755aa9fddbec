"""Reads about pairings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.people.queries import chain_of, people_of, persons_of, present_person
from handrail.capabilities.people.rules import Closeness, closeness
from handrail.formats.pieces import Piece, read_piece
from handrail.foundation import clock
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation, Person
    from handrail.capabilities.schemes.models import Scheme

LEVELS = 2


@dataclass(frozen=True)
class OwnPairing:
    """A pairing seen by one of its two."""

    pairing: Pairing
    side: str

    @property
    def me(self) -> Person:
        return self.pairing.leader if self.side == "leader" else self.pairing.mentor

    @property
    def other(self) -> Person:
        return self.pairing.mentor if self.side == "leader" else self.pairing.leader


def own_pairings(request: HttpRequest) -> list[OwnPairing]:
    """The pairings the signed-in person is one of the two in, newest first."""
    ids = {person.pk for person in persons_of(request)}
    pairings = {pairing.pk: pairing for pk in ids for pairing in _pairings_of_person(pk)}
    newest_first = sorted(pairings.values(), key=lambda pairing: (pairing.asked_at, pairing.pk), reverse=True)
    return [OwnPairing(pairing, rules.side_of(pairing, ids)) for pairing in newest_first]


@prepared
def _pairings_of_person(person_id: int) -> QuerySet[Pairing]:
    return Pairing.objects.filter(Q(leader=person_id) | Q(mentor=person_id)).with_names().order_by()


def own_pairing(request: HttpRequest, pairing_id: int) -> OwnPairing:
    """One pairing, for one of its two; to everybody else it does not exist."""
    ids = {person.pk for person in persons_of(request)}
    for pairing in _pairing_with_people(pairing_id):
        if side := rules.side_of(pairing, ids):
            return OwnPairing(pairing, side)
    raise Http404


@prepared
def _pairing_with_people(pairing_id: int) -> QuerySet[Pairing]:
    return Pairing.objects.with_people().filter(pk=pairing_id)


def pairings_run_by(organisation: Organisation) -> QuerySet[Pairing]:
    """For the coordinator: who is paired with whom and how far it is; nothing of what passes between them."""
    return Pairing.objects.filter(scheme__organisation=organisation).with_names()


def pairing_run_by(organisation: Organisation, pairing_id: int) -> Pairing:
    return get_object_or_404(pairings_run_by(organisation), pk=pairing_id)


def candidates(organisation_ids: list[int], words: str, without: Person | None) -> QuerySet[Person]:
    """People of the scheme's organisations who match the words, to choose one from."""
    found = people_of(organisation_ids, words)
    return found.exclude(pk=without.pk) if without else found


def candidate(organisation_ids: list[int], person_id: int) -> Person | None:
    person = present_person(person_id)
    return person if person and person.organisation_id in organisation_ids else None


def closeness_of(leader: Person, mentor: Person) -> Closeness:
    if leader.organisation_id != mentor.organisation_id:
        return Closeness.APART
    return closeness(leader.pk, chain_of(leader, LEVELS), mentor.pk, chain_of(mentor, LEVELS))


def has_open_pairing(scheme: Scheme, leader: Person, mentor: Person) -> bool:
    return Pairing.objects.open().filter(scheme=scheme, leader=leader, mentor=mentor).exists()


def next_session(pairing: Pairing) -> Session | None:
    return pairing.sessions.filter(state=Session.State.AGREED, starts_at__gte=clock.now()).first()


def next_sessions(pairings: list[Pairing]) -> dict[int, Session]:
    """The next agreed session of each pairing, by the pairing's id; one read, none where there are no pairings."""
    if not pairings:
        return {}
    found: dict[int, Session] = {}
    upcoming = Session.objects.filter(
        pairing__in=pairings, state=Session.State.AGREED, starts_at__gte=clock.now()
    ).order_by("starts_at")
    for session in upcoming:
        found.setdefault(session.pairing_id, session)
    return found


@cache
def first_session_script(side: str) -> Piece:
    """The guide for the first time two people meet, from the open content."""
    return read_piece(settings.CONTENT_DIR / "guides" / f"first-session-{side}.md")


def pairings_of_people(person_ids: list[int]) -> QuerySet[Pairing]:
    """Every pairing, open or closed, in which one of these people is."""
    return Pairing.objects.filter(Q(leader__in=person_ids) | Q(mentor__in=person_ids))


def sessions_of_pairings(pairings: QuerySet[Pairing]) -> QuerySet[Session]:
    return Session.objects.filter(pairing__in=pairings.order_by().values("pk"))


def names_of_pairings(pairing_ids: list[int]) -> dict[int, list[str]]:
    found = Pairing.objects.filter(pk__in=pairing_ids).order_by().values_list("pk", "leader__name", "mentor__name")
    return {pk: [leader, mentor] for pk, leader, mentor in found}


def names_of_sessions(session_ids: list[int]) -> dict[int, list[str]]:
    """The names of the two who meet."""
    names = ("pk", "pairing__leader__name", "pairing__mentor__name")
    found = Session.objects.filter(pk__in=session_ids).order_by().values_list(*names)
    return {pk: [leader, mentor] for pk, leader, mentor in found}
