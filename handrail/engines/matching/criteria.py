"""What makes a pair good: each criterion gives whole points to a pair and says why in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.engines.matching.people import People, codes, is_true, number, plain, table_of_levels, words
from handrail.engines.matching.problem import FaultyProblem, Integers


@dataclass(frozen=True)
class Criterion:
    """points for a pair, `reason` in words. leader, mentor: the columns compared.

    test: `same`, `different`; `shared` (points for each entry both list, for `most` of them if given); `levels`
    (points × level × level for each entry, “data:3”); `near` (points, less `step` for each 1 apart); `above` (points
    where the mentor's number is at least the leader's plus `step`); `leader_wish`, `mentor_wish` (a ranked list of
    names: points, less `step` a rank); `waited` (points for every pair of a leader whose column says yes).
    """

    reason: str
    test: str
    points: int
    leader: str = ""
    mentor: str = ""
    step: int = 0
    most: int = 0


def criterion_points(criterion: Criterion, leaders: People, mentors: People) -> Integers:
    """(n, m) the points of a criterion for each pair. FaultyProblem for an unknown test or column, or no number."""
    if criterion.test not in TESTS:
        raise FaultyProblem(f"“{criterion.test}” is not a test (there are: {', '.join(TESTS)})")
    points = TESTS[criterion.test](criterion, leaders, mentors)
    return np.broadcast_to(points, (len(leaders.names), len(mentors.names))).astype(np.int64)


def _same(criterion: Criterion, leaders: People, mentors: People) -> Integers:
    left, right = codes(leaders.column(criterion.leader), mentors.column(criterion.mentor))
    return np.where((left[:, None] == right[None, :]) & (left[:, None] >= 0), criterion.points, 0)


def _different(criterion: Criterion, leaders: People, mentors: People) -> Integers:
    left, right = codes(leaders.column(criterion.leader), mentors.column(criterion.mentor))
    known = (left[:, None] >= 0) & (right[None, :] >= 0)
    return np.where((left[:, None] != right[None, :]) & known, criterion.points, 0)


def _shared(criterion: Criterion, leaders: People, mentors: People) -> Integers:
    shared = shared_entries(leaders.column(criterion.leader), mentors.column(criterion.mentor))
    return criterion.points * (np.minimum(shared, criterion.most) if criterion.most else shared)


def shared_entries(left: Sequence[str], right: Sequence[str]) -> Integers:
    """(n, m) how many entries both lists have."""
    one, other = table_of_levels(left, right)
    shared: Integers = (one > 0).astype(np.int64) @ (other > 0).astype(np.int64).T
    return shared


def _levels(criterion: Criterion, leaders: People, mentors: People) -> Integers:
    one, other = table_of_levels(leaders.column(criterion.leader), mentors.column(criterion.mentor))
    product: Integers = criterion.points * (one @ other.T)
    return product


def _near(criterion: Criterion, leaders: People, mentors: People) -> Integers:
    apart = np.abs(_numbers(mentors.column(criterion.mentor)) - _numbers(leaders.column(criterion.leader))[:, None])
    points = np.maximum(criterion.points - criterion.step * np.floor(apart), 0)
    return np.where(np.isnan(apart), 0, points).astype(np.int64)


def _above(criterion: Criterion, leaders: People, mentors: People) -> Integers:
    ahead = _numbers(mentors.column(criterion.mentor)) - _numbers(leaders.column(criterion.leader))[:, None]
    return np.where(ahead >= criterion.step, criterion.points, 0)


def _numbers(texts: Sequence[str]) -> NDArray[np.float64]:
    return np.array([number(text) for text in texts])


def _leader_wish(criterion: Criterion, leaders: People, mentors: People) -> Integers:
    return _ranked(criterion, leaders.column(criterion.leader), mentors.names)


def _mentor_wish(criterion: Criterion, leaders: People, mentors: People) -> Integers:
    return _ranked(criterion, mentors.column(criterion.mentor), leaders.names).T


def _ranked(criterion: Criterion, wishes: Sequence[str], names: Sequence[str]) -> Integers:
    position = {plain(name): k for k, name in enumerate(names)}
    points = np.zeros((len(wishes), len(position)), dtype=np.int64)
    for i, text in enumerate(wishes):
        for rank, name in enumerate(words(text)):
            if name in position:
                points[i, position[name]] = max(criterion.points - rank * criterion.step, 0)
    return points


def _waited(criterion: Criterion, leaders: People, mentors: People) -> Integers:
    said = np.array([is_true(text) for text in leaders.column(criterion.leader)], dtype=np.int64)
    return criterion.points * said[:, None]


TESTS: dict[str, Callable[[Criterion, People, People], Integers]] = {
    "same": _same,
    "different": _different,
    "shared": _shared,
    "levels": _levels,
    "near": _near,
    "above": _above,
    "leader_wish": _leader_wish,
    "mentor_wish": _mentor_wish,
    "waited": _waited,
}
