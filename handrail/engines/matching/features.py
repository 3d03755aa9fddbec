"""Points as sums of features, for problems too large for a table of pairs.

Each leader has a few features with a coefficient, each mentor a value for every feature; the points of a pair are
Σ coefficient · value, plus the features of the leader's group (what many leaders share, such as unit and language).
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from handrail.engines.matching.problem import FaultyProblem, Integers

Small = NDArray[np.int16]
# Points less a price must fit in 16 bits, twice over.
MAXIMUM_SCORE = 16_000
FORBIDDEN = -32_768


@dataclass(frozen=True, eq=False)
class FeatureTable:
    """n leaders, m mentors, F features, G groups; every pair is eligible but the excluded ones.

    values (F, m) int16. The features of leader i: index and coefficient from starts[i] to starts[i+1]; group (n,), in
    ascending order; those of group g: group_index, group_coefficient from group_starts[g]. Excluded mentors of leader
    i, ascending: excluded from excluded_starts[i]. Build it with `feature_table`, which checks it.
    """

    values: Small
    starts: Integers
    index: Integers
    coefficient: Small
    group: Integers
    group_starts: Integers
    group_index: Integers
    group_coefficient: Small
    excluded_starts: Integers
    excluded: Integers

    @property
    def leaders(self) -> int:
        return int(self.starts.size - 1)

    @property
    def mentors(self) -> int:
        return int(self.values.shape[1])

    @cached_property
    def leader_values(self) -> Small:
        """(F, n) the coefficient of each leader for every feature, the group's included."""
        values = np.zeros((self.values.shape[0], self.leaders), dtype=np.int16)
        owner = np.repeat(np.arange(self.leaders), np.diff(self.starts))
        np.add.at(values, (self.index, owner), self.coefficient)
        shared = np.diff(self.group_starts)[self.group]
        owner = np.repeat(np.arange(self.leaders), shared)
        places = _ranges(self.group_starts, self.group)
        np.add.at(values, (self.group_index[places], owner), self.group_coefficient[places])
        return values

    def points(self, leader: Integers, mentor: Integers) -> Integers:
        """(E,) the points of pairs, whether excluded or not."""
        return _sums(self, self.starts, self.index, self.coefficient, leader, mentor) + _sums(
            self, self.group_starts, self.group_index, self.group_coefficient, self.group[leader], mentor
        )

    def part(self, leaders: Integers, mentors: Integers) -> "FeatureTable":
        """The table of some leaders and mentors (ascending positions)."""
        kept = _ranges(self.starts, leaders)
        gone = _ranges(self.excluded_starts, leaders)
        place, there = self._among(mentors, self.excluded[gone])
        return replace(
            self,
            values=self.values if mentors.size == self.mentors else np.ascontiguousarray(self.values[:, mentors]),
            starts=_offsets(np.diff(self.starts)[leaders]),
            index=self.index[kept],
            coefficient=self.coefficient[kept],
            group=self.group[leaders],
            excluded_starts=np.searchsorted(there, _offsets(np.diff(self.excluded_starts)[leaders])).astype(np.int64),
            excluded=place[self.excluded[gone[there]]],
        )

    def turned(self, mentors: Integers) -> "FeatureTable":
        """The same points with these mentors (ascending positions) in the place of leaders, and all leaders in that of
        mentors."""
        row, index = np.nonzero(self.values[:, mentors].T)
        place, there = self._among(mentors, self.excluded)
        order = there[np.argsort(place[self.excluded[there]], kind="stable")]
        none = np.zeros(0, dtype=np.int64)
        return FeatureTable(
            self.leader_values,
            _offsets(np.bincount(row, minlength=mentors.size)),
            index,
            self.values[index, mentors[row]],
            np.zeros(mentors.size, dtype=np.int64),
            np.zeros(2, dtype=np.int64),
            none,
            none.astype(np.int16),
            _offsets(np.bincount(place[self.excluded[order]], minlength=mentors.size)),
            np.searchsorted(self.excluded_starts, order, side="right") - 1,
        )

    def _among(self, mentors: Integers, excluded: Integers) -> tuple[Integers, Integers]:
        """((m,) the new place of each mentor, if any; which excluded ones are among these mentors)."""
        place, member = np.zeros(self.mentors, dtype=np.int64), np.zeros(self.mentors, dtype=np.bool_)
        place[mentors], member[mentors] = np.arange(mentors.size), True
        return place, np.flatnonzero(member[excluded])


def _offsets(counts: Integers) -> Integers:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _ranges(starts: Integers, rows: Integers) -> Integers:
    """The positions starts[r] … starts[r+1]-1 of every row, one after the other."""
    counts = np.diff(starts)[rows]
    return np.repeat(starts[:-1][rows] - _offsets(counts)[:-1], counts) + np.arange(int(counts.sum()))


def _sums(
    table: FeatureTable, starts: Integers, index: Integers, coefficient: Small, row: Integers, mentor: Integers
) -> Integers:
    total = np.zeros(row.size, dtype=np.int64)
    counts = np.diff(starts)[row]
    for k in range(int(counts.max(initial=0))):
        has = np.flatnonzero(counts > k)
        place = starts[:-1][row[has]] + k
        total[has] += coefficient[place].astype(np.int64) * table.values[index[place], mentor[has]]
    return total


def feature_table(
    values: Small,
    leader_features: tuple[Integers, Integers, Small],
    group: Integers,
    group_features: tuple[Integers, Integers, Small],
    excluded: tuple[Integers, Integers] | None = None,
) -> FeatureTable:
    """A checked table; the features are (starts, index, coefficient), the excluded pairs (starts, mentor).

    FaultyProblem if leaders are not sorted by group, excluded mentors not in ascending order, or points could leave
    0 … 16,000.
    """
    size = leader_features[0].size - 1
    none = (np.zeros(size + 1, dtype=np.int64), np.zeros(0, dtype=np.int64))
    table = FeatureTable(values, *leader_features, group, *group_features, *(excluded or none))
    if (np.diff(group) < 0).any():
        raise FaultyProblem("leaders must be sorted by their group")
    inside = np.ones(table.excluded.size, dtype=np.bool_)
    inside[table.excluded_starts[:-1][np.diff(table.excluded_starts) > 0]] = False
    if (np.diff(table.excluded, prepend=0)[inside] <= 0).any():
        raise FaultyProblem("the excluded mentors of a leader must be in ascending order, each once")
    span = np.stack([values.min(axis=1, initial=0), values.max(axis=1, initial=0)]).astype(np.int64)
    low = int(_extremes(table, span, np.minimum).min(initial=0))
    high = int(_extremes(table, span, np.maximum).max(initial=0))
    if low < 0 or high > MAXIMUM_SCORE:
        raise FaultyProblem(f"points of a pair must lie within 0 and {MAXIMUM_SCORE:,}; here {low:,} to {high:,}")
    return table


def _extremes(table: FeatureTable, span: Integers, pick: np.ufunc) -> Integers:
    """(n,) the least or the most points that any pair of a leader could have."""
    sums = []
    for starts, index, coefficient in (
        (table.starts, table.index, table.coefficient),
        (table.group_starts, table.group_index, table.group_coefficient),
    ):
        each = pick(coefficient * span[0][index], coefficient * span[1][index])
        sums.append(np.diff(_offsets(each)[starts]))
    total: Integers = sums[0] + sums[1][table.group]
    return total
