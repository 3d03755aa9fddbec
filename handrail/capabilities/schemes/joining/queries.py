"""Reads of who may join. Each answer is one condition about a person, whether one is looked at or everybody counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.module_loading import import_string

from handrail.capabilities.people.lines.queries import number_of_unknown_lines, within_levels
from handrail.capabilities.people.queries import people_of, people_present
from handrail.capabilities.schemes.joining.models import Joining, Listed
from handrail.capabilities.schemes.joining.rules import (
    LEADER,
    MENTOR,
    Leaders,
    Mentors,
    answer_for,
    is_open_to_all,
    who_may_join,
)
from handrail.capabilities.schemes.queries import organisations_in
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.capabilities.schemes.sign_up.rules import plain_word
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.models import Scheme

Ids = Sequence[int] | QuerySet[Any, Any]


@dataclass(frozen=True)
class LetIn:
    """How many people on the coordinator's own list each answer lets in."""

    leaders: int
    mentors: int
    unknown_lines: int = 0


def joining_of(scheme: Scheme) -> Joining:
    """What was settled, or that anybody may join."""
    return next(iter(_settled(scheme.pk)), None) or Joining(scheme=scheme)


@prepared
def _settled(scheme_id: int) -> QuerySet[Joining]:
    return Joining.objects.filter(scheme=scheme_id)


def may_join(joining: Joining, person_id: int, side: str) -> bool:
    return is_open_to_all(joining, side) or people_present().filter(_let_in(joining, side), pk=person_id).exists()


def may_be_asked(joining: Joining, side: str) -> Q:
    """Whom the coordinator can invite: where whoever is invited may join, that is everybody."""
    return Q() if answer_for(joining, side) == Leaders.INVITED else _let_in(joining, side)


def whom_it_lets_in(scheme: Scheme, joining: Joining) -> LetIn:
    within = organisations_in(scheme)
    everybody = people_of(within).order_by()
    lines = number_of_unknown_lines(within) if joining.leaders == Leaders.LEVELS else 0
    open_to_all = [side for side in (LEADER, MENTOR) if is_open_to_all(joining, side)]
    numbers = dict.fromkeys(open_to_all, everybody.count() if open_to_all else 0)  # counted once, where both are
    for side in {LEADER, MENTOR} - numbers.keys():
        numbers[side] = everybody.filter(_let_in(joining, side)).count()
    return LetIn(leaders=numbers[LEADER], mentors=numbers[MENTOR], unknown_lines=lines)


def _let_in(joining: Joining, side: str) -> Q:
    """Leaders and mentors share their words where they mean the same."""
    conditions: dict[str, Callable[[], Q]] = {
        Leaders.ANYBODY: Q,
        Leaders.INVITED: lambda: Q(pk__in=_invited(joining.scheme_id, side)),
        Leaders.THERE: lambda: Q(unit__in=joining.teams) | Q(place__in=joining.teams),
        Leaders.LEVELS: lambda: within_levels(joining.levels),
        Leaders.LISTED: lambda: Q(pk__in=_listed(joining.scheme_id, side)),
        Mentors.OUTSIDE: lambda: ~Q(pk__in=people_present().filter(_let_in(joining, LEADER)).order_by().values("pk")),
    }
    return conditions[answer_for(joining, side)]()


def _invited(scheme_id: int, side: str) -> QuerySet[Any, Any]:
    """Invitations stand above schemes: the settings name where they are asked."""
    ask: Callable[[int, str], QuerySet[Any, Any]] = import_string(settings.INVITED_TO_JOIN)
    return ask(scheme_id, side)


def _listed(scheme_id: int, side: str) -> QuerySet[Listed, Any]:
    return Listed.objects.filter(scheme=scheme_id, side=side).order_by().values("person")


def listed_people(scheme: Scheme, side: str) -> list[Person]:
    return list(people_of(organisations_in(scheme)).filter(pk__in=_listed(scheme.pk, side)))


def teams_in(scheme: Scheme) -> list[str]:
    """The units and places that the scheme's people are in, by name."""
    rows = people_of(organisations_in(scheme)).order_by().values_list("unit", "place").distinct()
    return sorted({name for row in rows for name in row if name}, key=str.casefold)


def by_name_and_address(scheme: Scheme) -> dict[str, list[int]]:
    """Who is meant by a name or an address, both in small letters."""
    found: dict[str, list[int]] = {}
    for pk, name, email in people_of(organisations_in(scheme)).order_by().values_list("pk", "name", "email"):
        for word in {plain_word(name), plain_word(email)} - {""}:
            found.setdefault(word, []).append(pk)
    return found


def names_not_let_in(joining: Joining, people: Iterable[Person], side: str) -> list[str]:
    """Of these people: whom the coordinator could not invite."""
    numbers = {one.pk: one.name for one in people}
    fitting = people_present().filter(may_be_asked(joining, side), pk__in=numbers).order_by()
    fits = set(fitting.values_list("pk", flat=True))
    return [name for pk, name in numbers.items() if pk not in fits]


@dataclass(frozen=True)
class Outside:
    """Whom a scheme would not let in on one side, of those looked at; `said`: who may join it, in a sentence."""

    side: str
    names: tuple[str, ...]
    said: str


def outside_of(scheme: Scheme, *, leaders: Ids, mentors: Ids) -> list[Outside]:
    """Of these people, who could not have joined by themselves. Whoever has signed up stays; to pair is to invite."""
    joining = joining_of(scheme)
    outside = {
        side: Q(pk__in=people)
        & ~Q(pk__in=people_present().filter(_let_in(joining, side)).order_by().values("pk"))
        & ~Q(pk__in=SignUp.objects.filter(scheme=scheme, side=side).order_by().values("person"))
        for side, people in ((LEADER, leaders), (MENTOR, mentors))
        if answer_for(joining, side) not in (Leaders.ANYBODY, Leaders.INVITED)
    }
    if not outside:
        return []
    marked = people_present().annotate(
        **{f"as_{side}": ExpressionWrapper(condition, BooleanField()) for side, condition in outside.items()}
    )
    rows = marked.filter(reduce(or_, outside.values())).order_by("name", "pk").values("name", *marked.query.annotations)
    return [
        Outside(side, tuple(row["name"] for row in rows if row[f"as_{side}"]), who_may_join(joining, side))
        for side in outside
        if any(row[f"as_{side}"] for row in rows)
    ]
