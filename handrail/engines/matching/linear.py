"""One level beside minimums and quotas: a linear program over the few pairs that matter, and whole numbers where its
answer is not whole by itself.

Prices say which pairs matter (Gilmore and Gomory 1961): HiGHS solves the best few pairs of everybody, the pairs worth
more than their prices are added, until there is none. So the prices hold for all pairs. A program in whole numbers then
needs only pairs that lack no more to their prices than the best pairing found lacks to the bound: no other pair can be
part of anything better.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from handrail.engines.matching.flow import Array
from handrail.engines.matching.problem import Flags, Integers, Problem
from handrail.engines.matching.reference import limits

FEW = 6  # pairs of each person that a round begins with, or adds
NEARLY = 1e-6
DEARER = 1_000.0
IMPOSSIBLE = 2  # as SciPy numbers how a program ended
FIRST_LOOK = 1_500  # pairs of the first program in whole numbers


@dataclass(frozen=True, eq=False)
class Relaxed:
    """The linear program's answer. share: how much of each pair of `columns`; rest (E,): worth above the prices; price
    (R,) of each limit, `each` of every pair alike. missed: by how much the limits cannot be kept."""

    columns: Integers
    share: Array
    value: float
    rest: Array
    price: Array
    each: float
    missed: float

    @property
    def is_whole(self) -> bool:
        return bool((np.abs(self.share - np.rint(self.share)) < NEARLY).all())


@dataclass(frozen=True, eq=False)
class Best:
    """chosen: the best pairs found, None if there are none. bound: no choice of pairs is worth more."""

    chosen: Integers | None
    bound: float
    relaxed: Relaxed


@dataclass(frozen=True, eq=False)
class Level:
    """What is asked: the highest sum of worth (E,) over eligible (E,) pairs; exactly `number` of them, `must` among
    them, where given."""

    worth: Integers
    eligible: Flags
    number: int | None = None
    must: int | None = None


@dataclass(eq=False)
class Program:
    """A problem's limits, and the pairs that mattered so far, which the next level begins with (and with one pair
    forced, begins with alone)."""

    problem: Problem
    columns: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def best(self, level: Level, seconds: float | None = None, enough: float = np.inf) -> Best:
        """The best pairs that keep every limit. seconds: stop then with the best found; the bound holds nonetheless.
        enough: whole pairs worth so much are not improved on, since whoever asks knows that it would change nothing."""
        relaxed = self.relaxed(level, enough)
        if relaxed.missed:
            return Best(None, -np.inf, relaxed)
        if relaxed.is_whole:
            return Best(np.sort(relaxed.columns[relaxed.share > 0.5]), relaxed.value, relaxed)
        return self._in_whole_numbers(level, seconds, relaxed)

    def relaxed(self, level: Level, enough: float = np.inf) -> Relaxed:
        """The linear program over all eligible pairs. Where the limits cannot all be kept, its prices say so."""
        beyond = 2.0 * (float(np.abs(level.worth).max(initial=0)) + 1) * (sum(self._sizes) + 1)
        nothing = Level(np.zeros_like(level.worth), level.eligible, level.number, level.must)
        while True:
            answer = self._over_all(level, beyond, enough)
            if not answer.missed or self._over_all(nothing, 1.0).missed:
                return answer
            beyond *= DEARER

    @cached_property
    def _sizes(self) -> tuple[int, int]:
        return len(self.problem.leaders), len(self.problem.mentors)

    @cached_property
    def _limits(self) -> tuple[Any, Array, Array]:
        """(the limits as rows over all pairs, the least and the most of each)."""
        rows = limits(self.problem)
        return rows.A.tocsc(), rows.lb, rows.ub

    @cached_property
    def _binding(self) -> tuple[Integers, Integers]:
        """The limits that can be passed at all, above and below."""
        matrix, low, high = self._limits
        most, least = matrix.maximum(0).sum(axis=1), matrix.minimum(0).sum(axis=1)
        return np.flatnonzero(most > high), np.flatnonzero(least < low)

    def _over_all(self, level: Level, beyond: float, enough: float = np.inf) -> Relaxed:
        every = np.flatnonzero(level.eligible)
        columns = self.columns[level.eligible[self.columns]]
        columns = np.union1d(columns, self._best_few(level.worth, every) if level.must is None else [level.must])
        while True:
            answer = self._solve(level, columns, beyond)
            wanted = every[answer.rest[every] > NEARLY * max(1.0, beyond * NEARLY)]
            wanted = np.setdiff1d(wanted, columns, assume_unique=True)
            is_enough = answer.value >= enough - NEARLY and answer.is_whole and not answer.missed
            if is_enough or not wanted.size:
                self.columns = np.union1d(self.columns, columns[answer.share > NEARLY])
                return answer
            columns = np.union1d(columns, self._best_few(answer.rest, wanted))

    def _best_few(self, worth: Array, among: Integers) -> Integers:
        """Some of the pairs `among`: for each person the few that are worth most; of those alike any."""
        any_of = np.random.default_rng(among.size).random(among.size)
        found = []
        for side, size in zip((self.problem.leader, self.problem.mentor), self._sizes, strict=True):
            order = np.lexsort((any_of, -worth[among], side[among]))
            whose = side[among][order]
            rank = np.arange(order.size) - np.searchsorted(whose, np.arange(size))[whose]
            found.append(among[order[rank < FEW]])
        return np.unique(np.concatenate(found))

    def _solve(self, level: Level, columns: Integers, beyond: float) -> Relaxed:
        """Over these pairs. A minimum, a quota or the number may be missed at a cost beyond any gain."""
        # Loaded here for the reason given in `reference`.
        from scipy.optimize import linprog
        from scipy.sparse import csr_array, hstack, vstack

        matrix, low, high = self._limits
        above, below = self._binding
        part = matrix[:, columns]
        passed = np.concatenate([above >= sum(self._sizes), np.ones(below.size, dtype=np.bool_)])
        soft = np.flatnonzero(passed)
        slack = csr_array((-np.ones(soft.size), (soft, np.arange(soft.size))), shape=(passed.size, soft.size))
        exactly = None
        if level.number is not None:
            ends = np.array([1.0, -1.0])
            exactly = np.concatenate([np.ones(columns.size), np.zeros(soft.size), ends])[None, :]
            slack = hstack([slack, csr_array((passed.size, 2))])
        misses = slack.shape[1]
        bounds = np.zeros((columns.size + misses, 2))
        bounds[: columns.size, 1], bounds[columns.size :, 1] = 1, np.inf
        if level.must is not None:
            bounds[np.searchsorted(columns, level.must), 0] = 1
        answer = linprog(
            np.concatenate([-level.worth[columns].astype(np.float64), np.full(misses, beyond)]),
            A_ub=hstack([vstack([part[above], -part[below]]), slack], format="csc"),
            b_ub=np.concatenate([high[above], -low[below]]),
            A_eq=exactly,
            b_eq=None if level.number is None else [level.number],
            bounds=bounds,
            method="highs",
        )
        if answer.x is None:
            raise AssertionError(f"the linear program was not solved: {answer.message}")
        marginal, price = -np.asarray(answer.ineqlin.marginals), np.zeros(matrix.shape[0])
        price[above] += marginal[: above.size]
        price[below] -= marginal[above.size :]
        each = 0.0 if level.number is None else -float(answer.eqlin.marginals[0])
        missed = float(answer.x[columns.size :].sum())
        rest = level.worth - matrix.T @ price - each
        return Relaxed(
            columns, answer.x[: columns.size], -float(answer.fun), rest, price, each, missed if missed > NEARLY else 0.0
        )

    def _in_whole_numbers(self, level: Level, seconds: float | None, relaxed: Relaxed) -> Best:
        lacks, most = np.maximum(-relaxed.rest, 0), int(level.eligible.sum())
        if level.must is not None:
            lacks[level.must] = 0
        first = min(FIRST_LOOK, most) - 1
        furthest = float(np.partition(lacks[level.eligible], first)[first])
        while True:
            columns = np.flatnonzero(level.eligible & (lacks <= furthest + NEARLY))
            chosen, bound = self._choose(level, columns, seconds)
            # Whatever has a pair that was left out lacks more than `furthest` to the linear program's value.
            found = -np.inf if chosen is None else float(level.worth[chosen].sum())
            if columns.size == most or found > relaxed.value - furthest - 1 + NEARLY:
                beyond = -np.inf if columns.size == most else relaxed.value - furthest
                return Best(chosen, min(max(bound, beyond), relaxed.value), relaxed)
            furthest = np.inf if chosen is None else relaxed.value - found

    def _choose(self, level: Level, columns: Integers, seconds: float | None) -> tuple[Integers | None, float]:
        """(the best choice of these pairs in whole numbers, an upper bound on any)."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        matrix, low, high = self._limits
        rows = [LinearConstraint(matrix[:, columns], low, high)]
        if level.number is not None:
            rows.append(LinearConstraint(np.ones((1, columns.size)), level.number, level.number))
        least = np.zeros(columns.size) if level.must is None else (columns == level.must).astype(np.float64)
        answer = milp(
            -level.worth[columns].astype(np.float64),
            integrality=np.ones(columns.size),
            bounds=Bounds(least, np.ones(columns.size)),
            constraints=rows,
            options={"mip_rel_gap": 0.0} | ({} if seconds is None else {"time_limit": seconds}),
        )
        if answer.status == IMPOSSIBLE:
            return None, -np.inf
        bound = -float(answer.mip_dual_bound) if answer.get("mip_dual_bound") is not None else np.inf
        return (None if answer.x is None else columns[answer.x > 0.5]), bound
