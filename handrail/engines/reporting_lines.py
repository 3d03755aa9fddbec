"""Who reports to whom: chains upward, cycles, and how far apart two people are along one line.

Shape: any number of (person, manager) pairs; people are any hashable ids, a manager is such an id, `None` (reports to
nobody) or `UNKNOWN`. Unit: levels, one for each step from a person to their manager. A manager who is in no pair is a
person whose own manager is unknown. Where a person is in several pairs, the last counts.

Every function is linear in the pairs, or in the length of the chains asked about; 100,000 people take well under a
second. Cycles of a functional graph are found by the usual colouring walk (Knuth, The Art of Computer Programming,
volume 1, section 2.3.2, exercise on functional digraphs).
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, Generic, TypeVar

Person = TypeVar("Person", bound=Hashable)


class Unknown(Enum):
    """The type of UNKNOWN, which is never the same as having no manager."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


class ChainEnd(Enum):
    """Why a chain upward stops."""

    TOP = "top"
    UNKNOWN = "unknown"
    CYCLE = "cycle"


class Relation(Enum):
    """How two people stand to one another: one line, no common line, or not enough known to say."""

    IN_LINE = "in_line"
    APART = "apart"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Chain(Generic[Person]):
    """The people above somebody, nearest first, without the person asked about, and why it stops there."""

    above: tuple[Person, ...]
    end: ChainEnd


@dataclass(frozen=True, slots=True)
class Distance:
    """`levels` for IN_LINE. For UNKNOWN, `at_least`: if they are in one line, they are no nearer than this."""

    relation: Relation
    levels: int | None = None
    at_least: int | None = None

    def may_be_nearer_than(self, levels: int) -> bool:
        """Whether the two are, or for all that is known could be, less than `levels` apart in one line."""
        if self.relation is Relation.APART:
            return False
        nearest = self.levels if self.levels is not None else self.at_least
        return nearest is None or nearest < levels


@dataclass(frozen=True, slots=True)
class ReportingLines(Generic[Person]):
    """All lines of an organisation. `cycles` names each circle by its members, in the order in which they report."""

    managers: Mapping[Person, Person | Unknown | None]
    cycles: tuple[tuple[Person, ...], ...]

    def chain_upward(self, person: Person) -> Chain[Person]:
        """Everyone above a person. In a cycle each member is named once."""
        above: list[Person] = []
        passed = {person}
        current = person
        while True:
            manager = self.managers.get(current, UNKNOWN)
            if manager is None:
                return Chain(tuple(above), ChainEnd.TOP)
            if isinstance(manager, Unknown):
                return Chain(tuple(above), ChainEnd.UNKNOWN)
            if manager in passed:
                return Chain(tuple(above), ChainEnd.CYCLE)
            passed.add(manager)
            above.append(manager)
            current = manager

    def distance(self, one: Person, other: Person) -> Distance:
        """Levels between two people in either direction; 0 for a person and themself.

        Nothing is concluded from a chain that ends in a cycle: it counts as unknown from the start. Otherwise somebody
        can only be hidden above the last known person of the other's chain, and not if they report to that person.
        """
        if one == other:
            return Distance(Relation.IN_LINE, 0)
        first, second = self.chain_upward(one), self.chain_upward(other)
        if ChainEnd.CYCLE in (first.end, second.end):
            return Distance(Relation.UNKNOWN, at_least=1)
        if other in first.above:
            return Distance(Relation.IN_LINE, first.above.index(other) + 1)
        if one in second.above:
            return Distance(Relation.IN_LINE, second.above.index(one) + 1)
        hidden = [
            *_steps_to_unknown(one, first, other, second),
            *_steps_to_unknown(other, second, one, first),
        ]
        return Distance(Relation.UNKNOWN, at_least=min(hidden)) if hidden else Distance(Relation.APART)


def _steps_to_unknown(
    below: Person, chain: Chain[Person], candidate: Person, above_candidate: Chain[Person]
) -> tuple[int, ...]:
    """The fewest levels at which a candidate could be above somebody, or nothing if they cannot be."""
    if chain.end is not ChainEnd.UNKNOWN:
        return ()
    last_known = chain.above[-1] if chain.above else below
    return () if last_known in above_candidate.above else (len(chain.above) + 1,)


def reporting_lines(pairs: Iterable[tuple[Person, Person | Unknown | None]]) -> ReportingLines[Person]:
    """Read (person, manager) pairs once and find every cycle. Cycles are ordered by their first member's place."""
    managers = dict(pairs)
    return ReportingLines(managers, _cycles(managers))


def _cycles(managers: Mapping[Person, Person | Unknown | None]) -> tuple[tuple[Person, ...], ...]:
    """Walk up from each person until somebody already seen; meeting one's own walk again is a cycle."""
    walk_of: dict[Person, int] = {}
    found: list[tuple[Person, ...]] = []
    for number, start in enumerate(managers):
        current: Person = start
        while current not in walk_of and current in managers:
            walk_of[current] = number
            above = managers[current]
            if above is None or isinstance(above, Unknown):
                break
            current = above
        else:
            if walk_of.get(current) == number:
                found.append(_cycle_through(managers, current))
    return tuple(found)


def _cycle_through(managers: Mapping[Person, Person | Unknown | None], member: Person) -> tuple[Person, ...]:
    members = [member]
    above = managers[member]
    while above is not None and not isinstance(above, Unknown) and above != member:
        members.append(above)
        above = managers[above]
    return tuple(members)
