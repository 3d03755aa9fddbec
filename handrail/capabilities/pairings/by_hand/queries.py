"""Reads for a coordinator who pairs two people by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.rules import RUNNING, State
from handrail.capabilities.people.queries import people_present, people_to_choose, present_person
from handrail.capabilities.schemes.queries import leaders_wanted_by, organisations_in
from handrail.capabilities.schemes.sign_up.queries import signed_up_in
from handrail.capabilities.schemes.sign_up.rules import pauses_hidden_since
from handrail.foundation import clock
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.models import Scheme
    from handrail.capabilities.schemes.sign_up.models import SignUp

TAKEN = (State.ASKED, *RUNNING)


@dataclass(frozen=True)
class Places:
    """What a mentor has taken on in a scheme; `wanted`, where that is something, is None for who never signed up."""

    running: int
    asked: int
    wanted: int | None


def places_of(scheme: Scheme, mentor: Person) -> Places:
    """Pairings that run and questions that are open, never who has answered what."""
    taken = Pairing.objects.filter(scheme=scheme, mentor=mentor, state__in=TAKEN).order_by()
    states = list(taken.values_list("state", flat=True))
    asked = states.count(State.ASKED)
    wanted = leaders_wanted_by(scheme.pk, mentor.pk) if states else None
    return Places(len(states) - asked, asked, wanted)


def waiting_for_a_pair(scheme: Scheme, side: str, *, without: int | None, number: int) -> list[Person]:
    """The first few who signed up on this side and have a place left, in the order in which they did."""
    since = pauses_hidden_since(clock.today())
    rows = _waiting(side, number)(scheme.pk, organisations_in(scheme), since, without or 0)
    return [row.person for row in rows]


@cache
def _waiting(side: str, number: int) -> Callable[[int, list[int], date, int], list[SignUp]]:
    @prepared
    def read(scheme_id: int, organisations: list[int], since: date, without: int) -> QuerySet[SignUp]:
        taken = Pairing.objects.filter(scheme=scheme_id, state__in=TAKEN, **{side: OuterRef("person")}).order_by()
        counted = Subquery(taken.values(side).annotate(number=Count("pk")).values("number"))
        rows = signed_up_in(scheme_id, side, organisations, since).annotate(taken=Coalesce(counted, 0))
        rows = rows.filter(taken__lt=F("how_many")).exclude(person=without).select_related("person")
        return rows.only(*(f"person__{name}" for name in ("name", "job_title", "unit")))[:number]

    return read


def sides_taken(scheme_id: int, person_id: int) -> set[str]:
    """On which sides somebody is in a pairing that runs. The settings name this function: sign-up asks it."""
    found = Pairing.objects.filter(scheme=scheme_id, state__in=RUNNING).order_by()
    two = found.filter(Q(leader=person_id) | Q(mentor=person_id)).values_list("leader", "mentor")
    return {side for pair in two for side, one in zip(("leader", "mentor"), pair, strict=True) if one == person_id}


def candidates(organisation_ids: list[int], words: str, without: Person | None, number: int) -> list[Person]:
    """The first few people of the scheme's organisations who match the words, to choose one from."""
    return people_to_choose(organisation_ids, words, number, without.pk if without else None)


def candidate(organisation_ids: list[int], person_id: int) -> Person | None:
    person = present_person(person_id)
    return person if person and person.organisation_id in organisation_ids else None


def candidates_called(organisation_ids: list[int], person_ids: set[int]) -> dict[int, Person]:
    """The same for several at once, by their ids."""
    return people_present().filter(organisation__in=organisation_ids).in_bulk(person_ids)
