"""Reads of who has done what: one page of people, a few reads for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.standing.rules import Known, Standing, standing_of
from handrail.capabilities.people.queries import as_values, people_like, people_present
from handrail.capabilities.schemes.preparation.queries import people_prepared
from handrail.capabilities.schemes.queries import organisations_in
from handrail.capabilities.schemes.sign_up.queries import ids_signed_up, pauses_shown
from handrail.capabilities.schemes.sign_up.queries import takes_part as signed_up_somewhere
from handrail.capabilities.starting_point.invitations.queries import ids_invited, starts_by_person
from handrail.foundation import clock
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.models import Scheme

SIDES = ("leader", "mentor")


@dataclass(frozen=True)
class Line:
    """One person on one side."""

    person_id: int
    name: str
    organisation: str
    side: str
    standing: Standing


def people_in_scheme(scheme: Scheme, words: str, number: str | None, size: int) -> tuple[Page[Any], list[Line]]:
    """One page of everybody who was invited, signed up or is paired in this scheme, by name."""
    found = _ids_by_name(scheme.pk, *as_values(organisations_in(scheme), words))
    page: Page[Any] = Paginator(found, size).get_page(number)
    shown = list(page)
    signed_up = pauses_shown(scheme, shown, clock.today())
    invited = starts_by_person(scheme, shown)
    paired = _states_by_person(scheme, shown)
    ready = people_prepared(shown)
    lines = []
    for pk, name, organisation in _people_by_name(shown):
        for side in SIDES:
            if not any(pk in one[side] for one in (signed_up, invited, paired)):
                continue
            known = Known(
                invited=pk in invited[side],
                started=invited[side].get(pk, False),
                signed_up=pk in signed_up[side],
                prepared=side == "mentor" and pk in ready,
                sign_up_paused=signed_up[side].get(pk, False),
                pairings=frozenset(paired[side].get(pk, ())),
            )
            lines.append(Line(pk, name, organisation, side, standing_of(known)))
    return page, lines


@prepared
def _ids_by_name(scheme: int, *asked: int | str) -> QuerySet[Person, int]:
    """Everybody in the scheme whom a search finds, by id: so that a page needs no second search to count them."""
    running = (_running(scheme).values_list(side) for side in SIDES)
    anyhow = ids_signed_up(scheme).union(ids_invited(scheme), *running, all=True)
    return people_like(*asked).filter(pk__in=anyhow).values_list("pk", flat=True)


@prepared
def _people_by_name(ids: list[int]) -> QuerySet[Person, tuple[int, str, str]]:
    return people_present().filter(pk__in=ids).values_list("pk", "name", "organisation__name")


def _running(scheme: int) -> QuerySet[Pairing]:
    return Pairing.objects.filter(scheme=scheme, state__in=("agreed", "paused", "changing")).order_by()


def _states_by_person(scheme: Scheme, people: list[int]) -> dict[str, dict[int, set[str]]]:
    found: dict[str, dict[int, set[str]]] = {side: {} for side in SIDES}
    for *both, state in _states(scheme.pk, people):
        for side, person in zip(SIDES, both, strict=True):
            found[side].setdefault(person, set()).add(state)
    return found


@prepared
def _states(scheme: int, people: list[int]) -> QuerySet[Pairing, tuple[int, int, str]]:
    theirs = _running(scheme).filter(Q(leader__in=people) | Q(mentor__in=people))
    return theirs.values_list(*SIDES, "state")


def takes_part(person_id: int) -> bool:
    """Whether somebody is a leader or a mentor in a scheme that runs: signed up, asked, or paired."""
    sides = Q(leader=person_id) | Q(mentor=person_id)
    return signed_up_somewhere(person_id) or Pairing.objects.open().filter(sides).exists()
