"""Whom the end of a scheme concerns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handrail.capabilities.pairings.ending import rules
from handrail.capabilities.pairings.models import Pairing
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


def people_without_a_pair(scheme: Scheme) -> list[Person]:
    """Who signed up and is not in a pair that runs: they are told, too."""
    running = [one for one in open_pairings_in(scheme) if rules.what_becomes_of(one) == rules.ENDS]
    return people_waiting(scheme, {pk for one in running for pk in (one.leader_id, one.mentor_id)})


def concerned(scheme: Scheme) -> Concerned:
    what = Counter(rules.what_becomes_of(one) for one in open_pairings_in(scheme))
    return Concerned(what[rules.ENDS], what[rules.CANCELS], len(people_without_a_pair(scheme)))
