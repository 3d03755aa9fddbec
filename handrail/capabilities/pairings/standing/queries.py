"""Reads of who has done what: one page of people, a few reads for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.standing.rules import Known, Standing, standing_of
from handrail.capabilities.people.queries import people_of
from handrail.capabilities.schemes.preparation.queries import people_prepared
from handrail.capabilities.schemes.queries import organisations_in
from handrail.capabilities.schemes.sign_up.queries import ids_signed_up, pauses_shown
from handrail.capabilities.schemes.sign_up.queries import takes_part as signed_up_somewhere
from handrail.capabilities.starting_point.invitations.queries import ids_invited, starts_by_person
from handrail.foundation import clock

if TYPE_CHECKING:
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
    ids = ids_signed_up(scheme).union(ids_invited(scheme), *(_running(scheme).values_list(side) for side in SIDES))
    people = people_of(organisations_in(scheme), words).filter(pk__in=ids).select_related("organisation")
    page: Page[Any] = Paginator(people, size).get_page(number)
    shown = [person.pk for person in page]
    signed_up = pauses_shown(scheme, shown, clock.today())
    invited = starts_by_person(scheme, shown)
    paired = _states_by_person(scheme, shown)
    prepared = people_prepared(shown)
    lines = []
    for person in page:
        for side in SIDES:
            if not any(person.pk in one[side] for one in (signed_up, invited, paired)):
                continue
            known = Known(
                invited=person.pk in invited[side],
                started=invited[side].get(person.pk, False),
                signed_up=person.pk in signed_up[side],
                prepared=side == "mentor" and person.pk in prepared,
                sign_up_paused=signed_up[side].get(person.pk, False),
                pairings=frozenset(paired[side].get(person.pk, ())),
            )
            lines.append(Line(person.pk, person.name, person.organisation.name, side, standing_of(known)))
    return page, lines


def _running(scheme: Scheme) -> QuerySet[Pairing]:
    return Pairing.objects.filter(scheme=scheme, state__in=("agreed", "paused", "changing")).order_by()


def _states_by_person(scheme: Scheme, people: list[int]) -> dict[str, dict[int, set[str]]]:
    found: dict[str, dict[int, set[str]]] = {side: {} for side in SIDES}
    theirs = _running(scheme).filter(Q(leader__in=people) | Q(mentor__in=people))
    for *both, state in theirs.values_list(*SIDES, "state"):
        for side, person in zip(SIDES, both, strict=True):
            found[side].setdefault(person, set()).add(state)
    return found


def takes_part(person_id: int) -> bool:
    """Whether somebody is a leader or a mentor in a scheme that runs: signed up, asked, or paired."""
    sides = Q(leader=person_id) | Q(mentor=person_id)
    return signed_up_somewhere(person_id) or Pairing.objects.open().filter(sides).exists()
