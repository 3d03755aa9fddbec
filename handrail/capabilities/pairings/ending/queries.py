"""Whom the end of a scheme concerns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from handrail.capabilities.pairings.ending import rules
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.rules import RUNNING
from handrail.capabilities.schemes.sign_up.queries import people_waiting

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.models import Scheme


@dataclass(frozen=True)
class Concerned:
    """How many pairs run, how many questions are open, and how many people wait for somebody."""

    pairs: int
    questions: int
    waiting: int


def open_pairings_in(scheme: Scheme) -> list[Pairing]:
    return list(Pairing.objects.open().filter(scheme=scheme).with_people())


def people_without_a_pair(scheme: Scheme) -> QuerySet[Person]:
    """Who signed up and is not in a pair that runs: they are told, too."""
    running = Pairing.objects.filter(scheme=scheme, state__in=RUNNING).order_by()
    return people_waiting(scheme).exclude(pk__in=running.values("leader")).exclude(pk__in=running.values("mentor"))


def concerned(scheme: Scheme) -> Concerned:
    what: Counter[str] = Counter()
    states = Pairing.objects.open().filter(scheme=scheme).order_by().values_list("state")
    for state, number in states.annotate(number=Count("pk")):
        what[rules.what_becomes_of(state)] += number
    return Concerned(what[rules.ENDS], what[rules.CANCELS], people_without_a_pair(scheme).count())
