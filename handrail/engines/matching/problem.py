"""What the engine is asked: who there is, which pairs are eligible, what each is worth, how many places each has."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
# Points and everything summed from them stay exact in 64 bits, with room for prices along the longest path.
MAXIMUM_POINTS = 1_000_000_000
MAXIMUM_SUM = 1 << 61


class FaultyProblem(ValueError):
    """The problem contradicts itself; the message says how, and what to change."""


@dataclass(frozen=True, eq=False)
class SideConstraint:
    """low ≤ Σ coefficients[k] over the chosen pairs among `edges` ≤ high; for quotas across units and for workloads.

    `edges` are positions in the problem's list of pairs (E,), `coefficients` whole numbers of the same length.
    """

    name: str
    edges: Integers
    coefficients: Integers
    low: int
    high: int


@dataclass(frozen=True, eq=False)
class Problem:
    """The eligible pairs, sorted by leader; n leaders, m mentors, E pairs. A pair that is absent may not be made.

    `starts` (n+1,): the pairs of leader i are starts[i] … starts[i+1]-1. `mentor` (E,), `points` (E,): whole numbers,
    at most a billion either way. Places (n,), (m,): how many pairs one may have; minimums: how many one must have.
    `existing` (E,): pairs that are together today. Build it with `problem_of`, which checks everything.
    """

    leaders: Sequence[str]
    mentors: Sequence[str]
    starts: Integers
    mentor: NDArray[np.int32]
    points: Integers
    leader_places: Integers
    mentor_places: Integers
    leader_minimum: Integers
    mentor_minimum: Integers
    existing: Flags
    side_constraints: tuple[SideConstraint, ...] = field(default=())

    @property
    def leader(self) -> NDArray[np.int32]:
        """(E,) the leader of each pair."""
        return np.repeat(np.arange(len(self.leaders), dtype=np.int32), np.diff(self.starts))

    @property
    def has_side_constraints(self) -> bool:
        return bool(self.side_constraints or self.leader_minimum.any() or self.mentor_minimum.any())

    def restricted(self, kept: Flags) -> "Problem":
        """The same people with only the pairs where `kept` (E,) is true; side constraints are re-numbered."""
        place = np.cumsum(kept) - 1
        constraints = tuple(
            replace(c, edges=place[c.edges[kept[c.edges]]], coefficients=c.coefficients[kept[c.edges]])
            for c in self.side_constraints
        )
        return replace(
            self,
            starts=np.concatenate([[0], np.cumsum(kept)])[self.starts].astype(np.int64),
            mentor=self.mentor[kept],
            points=self.points[kept],
            existing=self.existing[kept],
            side_constraints=constraints,
        )


def problem_of(
    leaders: Sequence[str],
    mentors: Sequence[str],
    leader: Integers,
    mentor: Integers,
    points: Integers,
    *,
    leader_places: Integers | None = None,
    mentor_places: Integers | None = None,
    leader_minimum: Integers | None = None,
    mentor_minimum: Integers | None = None,
    existing: Flags | None = None,
    side_constraints: Sequence[SideConstraint] = (),
) -> Problem:
    """A checked problem from a list of pairs in any order: positions of leader and mentor and the points, each (E,).

    Places default to 1, minimums to 0. Raises FaultyProblem for a position out of range, a pair given twice, a
    negative number of places, a minimum above the places, or points beyond a billion.
    """
    n, m = len(leaders), len(mentors)
    row, col, worth = (np.asarray(a, dtype=np.int64) for a in (leader, mentor, points))
    if row.size and (row.min() < 0 or row.max() >= n or col.min() < 0 or col.max() >= m):
        raise FaultyProblem("a pair names somebody who is not in the list")
    if worth.size and max(abs(int(worth.min())), abs(int(worth.max()))) > MAXIMUM_POINTS:
        raise FaultyProblem(f"points may be at most {MAXIMUM_POINTS:,} either way")
    key = row * max(m, 1) + col
    order = np.argsort(key, kind="stable") if (np.diff(key) <= 0).any() else np.arange(key.size)
    doubled = np.flatnonzero(np.diff(key[order]) == 0)
    if doubled.size:
        first = order[doubled[0]]
        raise FaultyProblem(f"the pair {leaders[row[first]]} and {mentors[col[first]]} is given twice")
    place = np.empty(key.size, dtype=np.int64)
    place[order] = np.arange(key.size)
    kept = np.zeros(key.size, dtype=np.bool_) if existing is None else np.asarray(existing, dtype=np.bool_)
    problem = Problem(
        leaders=leaders,
        mentors=mentors,
        starts=np.searchsorted(row[order], np.arange(n + 1)).astype(np.int64),
        mentor=col[order].astype(np.int32),
        points=worth[order],
        leader_places=_counts(leader_places, n, 1),
        mentor_places=_counts(mentor_places, m, 1),
        leader_minimum=_counts(leader_minimum, n, 0),
        mentor_minimum=_counts(mentor_minimum, m, 0),
        existing=kept[order],
        side_constraints=tuple(replace(c, edges=place[c.edges]) for c in side_constraints),
    )
    _check_places(leaders, problem.leader_minimum, problem.leader_places)
    _check_places(mentors, problem.mentor_minimum, problem.mentor_places)
    _check_size(problem)
    return problem


def _counts(given: Integers | None, size: int, default: int) -> Integers:
    return np.full(size, default, dtype=np.int64) if given is None else np.asarray(given, dtype=np.int64)


def _check_places(names: Sequence[str], minimum: Integers, places: Integers) -> None:
    if len(names) != places.size or len(names) != minimum.size:
        raise FaultyProblem("places and minimums need one number a person")
    for wrong, message in (
        (places < 0, "cannot have a negative number of places"),
        (minimum < 0, "cannot have a negative minimum"),
        (minimum > places, "has a minimum above the number of places; raise the places or lower the minimum"),
    ):
        if wrong.any():
            raise FaultyProblem(f"{names[int(np.flatnonzero(wrong)[0])]} {message}")


def _check_size(problem: Problem) -> None:
    largest = int(np.abs(problem.points).max(initial=0)) + 1
    people = len(problem.leaders) + len(problem.mentors) + 2
    if largest * (int(problem.existing.sum()) + 1) * people * 4 > MAXIMUM_SUM:
        raise FaultyProblem("the points are too large for so many people; divide all of them by a common number")
