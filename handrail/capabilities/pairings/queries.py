"""Reads about pairings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.people.queries import chain_of, people_of, persons_of
from handrail.capabilities.people.rules import Closeness, closeness
from handrail.capabilities.starting_point.queries import Mentor, Shared, has_shared_in, shared_in
from handrail.formats.pieces import Piece, read_piece
from handrail.foundation import clock
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import open_vault

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
    if not ids:
        return []
    pairings = Pairing.objects.filter(Q(leader__in=ids) | Q(mentor__in=ids)).with_names()
    return [OwnPairing(pairing, rules.side_of(pairing, ids)) for pairing in pairings]


def own_pairing(request: HttpRequest, pairing_id: int) -> OwnPairing:
    """One pairing, for one of its two; to everybody else it does not exist."""
    ids = {person.pk for person in persons_of(request)}
    pairing = get_object_or_404(Pairing.objects.with_people(), pk=pairing_id)
    side = rules.side_of(pairing, ids)
    if not side:
        raise Http404
    return OwnPairing(pairing, side)


def mentors_of(account_id: int) -> list[Mentor]:
    """Whom a leader may share with: the mentors of the pairings that run. The settings name this function."""
    states = (rules.State.AGREED, rules.State.PAUSED)
    running = Pairing.objects.filter(leader__account=account_id, state__in=states).select_related("mentor")
    return [
        Mentor(one.mentor.name, one.conversation_id, reverse("pairing_starting_point", args=[one.pk]))
        for one in running.only("conversation", "mentor__name")
    ]


def sees_starting_point(own: OwnPairing) -> bool:
    """Whether the leader shared something of theirs, and the pairing runs."""
    return rules.can_write_notes(own.pairing, own.side) and has_shared_in(own.pairing.conversation_id)


def shared_starting_point(request: HttpRequest, own: OwnPairing) -> Shared | None:
    """What was shared, read with this person's own key; the view has seen to it that it is open."""
    vault = open_vault(request)
    if vault is None or own.pairing.conversation_id is None or not sees_starting_point(own):
        return None
    try:
        return shared_in(vault, own.pairing.conversation_id)
    except NotShared:
        return None


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
    return people_of(organisation_ids).filter(pk=person_id).first()


def closeness_of(leader: Person, mentor: Person) -> Closeness:
    if leader.organisation_id != mentor.organisation_id:
        return Closeness.APART
    return closeness(leader.pk, chain_of(leader, LEVELS), mentor.pk, chain_of(mentor, LEVELS))


def has_open_pairing(scheme: Scheme, leader: Person, mentor: Person) -> bool:
    return Pairing.objects.open().filter(scheme=scheme, leader=leader, mentor=mentor).exists()


def next_session(pairing: Pairing) -> Session | None:
    return pairing.sessions.filter(state=Session.State.AGREED, starts_at__gte=clock.now()).first()


def next_sessions(pairings: list[Pairing]) -> dict[int, Session]:
    """The next agreed session of each pairing, by the pairing's id; one read."""
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
