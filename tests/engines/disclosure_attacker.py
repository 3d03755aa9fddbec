"""Somebody who wants a count out of what the gate publishes, by integer programming. Shares no reckoning with the gate.

They know who stood in which unit at each release, every line of every release, what the figures mean, how the gate
works, and, as one of the people, their own answer. `changed` is what they know of those who stayed: so many of a group
at most are not as they were.

Everybody of the same history (in which unit at each release) is one kind of person. The unknowns are how many of each
kind answer in which way; whatever is wanted (a cell, a group, who came, who left) is a sum of these.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Units = Mapping[str, frozenset[int]]
Answer = frozenset[str]  # the figures that hold of somebody
AT_RANDOM, WALKS, STEPS = 4, 4, 300
Sum = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One released figure of one group, as a reader has it."""

    wave: int
    people: frozenset[int]
    figure: str
    low: int
    high: int


@dataclass(frozen=True)
class Wanted:
    """How many of these people answer in one of these ways, at one release."""

    wave: int
    people: frozenset[int]
    answers: frozenset[Answer]


@dataclass(frozen=True)
class Attacker:
    waves: Sequence[Units]
    lines: Sequence[Line]
    answers: Sequence[Answer]  # every way to answer that can be
    changed: int = 0
    me: tuple[int, tuple[Answer, ...]] | None = None  # who they are, and their own answer at each release

    def recovers(self, wanted: Iterable[Wanted], left_open: int) -> list[Wanted]:
        """What they pin to fewer than `left_open` numbers (of one or two people: to fewer than there are)."""
        found = []
        safe: set[bytes] = set()
        for one in wanted:
            others = one.people - self._myself
            needed = min(left_open, len(others) + 1)
            aim = self._sum(one.wave, others, one.answers)
            if aim.tobytes() in safe:
                continue
            if len(self._values(aim, needed)) < needed:
                found.append(one)
            else:
                safe.add(aim.tobytes())
        return found

    @cached_property
    def _kinds(self) -> list[frozenset[int]]:
        """People by their history; the attacker is a kind of their own."""
        history: dict[int, list[str]] = defaultdict(lambda: [""] * len(self.waves))
        for wave, units in enumerate(self.waves):
            for unit, people in units.items():
                for person in people:
                    history[person][wave] = unit
        kinds: dict[tuple[bool, tuple[str, ...]], set[int]] = defaultdict(set)
        for person, units_of in history.items():
            kinds[self.me is not None and person == self.me[0], tuple(units_of)].add(person)
        return [frozenset(people) for people in kinds.values()]

    @cached_property
    def _columns(self) -> list[tuple[frozenset[int], tuple[Answer, ...]]]:
        """A kind of person and how they answer at each release."""
        times = len(self.waves)
        paths = [*product(self.answers, repeat=times)] if self.changed else [(one,) * times for one in self.answers]
        return [(kind, path) for kind in self._kinds for path in paths if kind != self._myself or path == self._my_path]

    @property
    def _myself(self) -> frozenset[int]:
        return frozenset({self.me[0]} if self.me else ())

    @property
    def _my_path(self) -> tuple[Answer, ...]:
        return self.me[1] if self.me else ()

    @cached_property
    def _kind_in(self) -> npt.NDArray[np.intp]:
        """Of each column, the number of its kind."""
        number = {kind: place for place, kind in enumerate(self._kinds)}
        return np.array([number[kind] for kind, _ in self._columns])

    @cached_property
    def _answer_in(self) -> npt.NDArray[np.intp]:
        """Of each release and column, the number of the answer."""
        number = {answer: place for place, answer in enumerate(self.answers)}
        return np.array([[number[path[wave]] for _, path in self._columns] for wave in range(len(self.waves))])

    def _sum(self, wave: int, people: frozenset[int], answers: Iterable[Answer]) -> Sum:
        chosen = set(answers)
        here = np.array([kind <= people for kind in self._kinds])[self._kind_in]
        so = np.array([answer in chosen for answer in self.answers])[self._answer_in[wave]]
        return (here & so).astype(float)

    @cached_property
    def _knowledge(self) -> LinearConstraint:
        rows = [
            ((self._kind_in == place).astype(float), len(kind), len(kind)) for place, kind in enumerate(self._kinds)
        ]
        for line in self.lines:
            holding = [answer for answer in self.answers if line.figure in answer]
            rows.append((self._sum(line.wave, line.people, holding), line.low, line.high))
        if self.changed:
            moved = (self._answer_in != self._answer_in[0]).any(axis=0)
            for people in {line.people for line in self.lines}:
                here = np.array([kind <= people for kind in self._kinds])[self._kind_in]
                rows.append(((here & moved).astype(float), 0, self.changed))
        sums, lows, highs = zip(*rows, strict=True)
        return LinearConstraint(csr_array(np.array(sums)), lows, highs)

    @cached_property
    def _witnesses(self) -> list[Sum]:
        """Whole tables that agree with everything they know, found so far; many at once, one a row."""
        return []

    def _are_possible(self, tables: Sum) -> Sum:
        sums = self._knowledge.A @ tables.T
        within = (sums >= self._knowledge.lb[:, None]) & (sums <= self._knowledge.ub[:, None])
        return tables[within.all(axis=0) & (tables >= 0).all(axis=1)]

    def _beside(self, table: Sum) -> Sum:
        """Tables a few steps from this one, where somebody answers otherwise. Saves asking for most sums one by one."""
        rng = np.random.default_rng(len(table))
        found = [table[None, :]]
        for _ in range(WALKS):
            steps = np.repeat(found[-1][rng.integers(len(found[-1]), size=1)], STEPS, axis=0)
            for some in (slice(None), slice(STEPS // 2)):
                away = rng.integers(len(table), size=STEPS)
                to = self._same_kind[away, rng.integers(self._same_kind.shape[1], size=STEPS)]
                steps[np.arange(STEPS)[some], away[some]] -= 1
                steps[np.arange(STEPS)[some], to[some]] += 1
            found.append(np.vstack([found[-1][:1], self._are_possible(steps)]))
        return np.vstack(found)

    @cached_property
    def _same_kind(self) -> npt.NDArray[np.intp]:
        """For each column the columns of its kind, as many times over as make the rows equally long."""
        places = [np.flatnonzero(self._kind_in == kind) for kind in self._kind_in]
        return np.array([np.resize(one, max(map(len, places))) for one in places])

    def _values(self, aim: Sum, needed: int) -> set[int]:
        """Numbers that the sum can be, with a whole table for each; all of them where they are fewer than `needed`."""
        if not self._witnesses:  # a few at random, so that most of what is wanted need not be asked for one by one
            rng = np.random.default_rng(len(aim))
            for _ in range(AT_RANDOM):
                self._solve(rng.normal(size=len(aim)), [])
        values: set[int] = set()
        for tables in self._witnesses:
            values |= set((tables @ aim).astype(int).tolist())
            if len(values) >= needed:
                return values
        ends = [self._solve(sign * aim, []) for sign in (1, -1)]
        low, high = (round(aim @ table) for table in ends if table is not None)
        for number in {low, high, *range(low, high + 1)} - values:
            table = self._solve(np.zeros(len(aim)), [LinearConstraint(aim[None, :], number, number)])
            if table is not None:
                values.add(number)
            if len(values) >= needed:
                break
        return values

    def _solve(self, aim: Sum, more: list[LinearConstraint]) -> Sum | None:
        most = np.array([len(kind) for kind, _ in self._columns], dtype=float)
        answer = milp(aim, integrality=np.ones(len(aim)), bounds=Bounds(0, most), constraints=[self._knowledge, *more])
        assert answer.status in (0, 2), answer.message
        if answer.x is None:
            return None
        table = np.round(answer.x)
        self._witnesses.append(self._beside(table))
        return table
