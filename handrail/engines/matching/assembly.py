"""From people, criteria and rules to a problem: which pairs are eligible, what each is worth, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from handrail.engines.matching.criteria import Criterion, criterion_points
from handrail.engines.matching.people import People, plain
from handrail.engines.matching.problem import FaultyProblem, Flags, Integers, Problem, SideConstraint, problem_of
from handrail.engines.matching.rules import Rule, rule_effect

MAXIMUM_TABLE = 4_000_000
THEMSELVES = "nobody mentors themselves"


@dataclass(frozen=True)
class Quota:
    """Between `low` and `high` pairs of leaders and mentors whose column has a value (any, where it is empty)."""

    name: str
    high: int
    low: int = 0
    leader: str = ""
    leader_is: str = ""
    mentor: str = ""
    mentor_is: str = ""


@dataclass(frozen=True)
class Plan:
    """What counts. fixed: pairs that stay whatever they are worth; forbidden, existing: pairs of names."""

    criteria: Sequence[Criterion] = ()
    rules: Sequence[Rule] = ()
    quotas: Sequence[Quota] = ()
    fixed: Sequence[tuple[str, str]] = ()
    forbidden: Sequence[tuple[str, str]] = ()
    existing: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, eq=False)
class Assembled:
    """The problem without the fixed pairs (their places are taken), and what the explanations need.

    fixed: (F, 2) positions. by_criterion: (C + R, n, m) points of each criterion, then of each rule.
    forbidden_by: (R + 2, n, m): by each rule, by name, by being the same person.
    """

    leaders: People
    mentors: People
    plan: Plan
    problem: Problem
    fixed: Integers
    by_criterion: Integers
    forbidden_by: Flags
    rule_names: tuple[str, ...] = field(default=())

    @cached_property
    def points(self) -> Integers:
        """(n, m) the points of every pair, eligible or not."""
        total: Integers = self.by_criterion.sum(axis=0)
        return total

    @property
    def forbids(self) -> dict[str, int]:
        """How many pairs each rule forbids."""
        return dict(zip(self.rule_names, self.forbidden_by.sum(axis=(1, 2)).tolist(), strict=True))


def assemble(leaders: People, mentors: People, plan: Plan) -> Assembled:
    """The problem of two lists of people. FaultyProblem for doubled names, unknown columns or people, or too many."""
    n, m = len(leaders.names), len(mentors.names)
    if n * m > MAXIMUM_TABLE:
        raise FaultyProblem(f"{n:,} × {m:,} people are more than {MAXIMUM_TABLE:,} pairs; use a table of features")
    position = _positions("leader", leaders), _positions("mentor", mentors)
    effects = [rule_effect(rule, leaders, mentors) for rule in plan.rules]
    worth = [criterion_points(criterion, leaders, mentors) for criterion in plan.criteria]
    by_criterion = np.array([*worth, *(e.points for e in effects)], dtype=np.int64).reshape(-1, n, m)
    named, oneself = np.zeros((n, m), dtype=np.bool_), np.zeros((n, m), dtype=np.bool_)
    named[tuple(_pairs(plan.forbidden, *position).T)] = True
    for name, i in position[0].items():
        if name in position[1]:
            oneself[i, position[1][name]] = True
    forbidden_by = np.array([*(e.forbidden for e in effects), named, oneself], dtype=np.bool_)
    fixed = _pairs(plan.fixed, *position)
    existing = np.zeros((n, m), dtype=np.bool_)
    existing[tuple(_pairs(plan.existing, *position, strict=False).T)] = True
    eligible = np.logical_not(forbidden_by.any(axis=0), out=np.zeros((n, m), dtype=np.bool_))
    eligible[tuple(fixed.T)] = False
    problem = _problem(leaders, mentors, plan, eligible, by_criterion.sum(axis=0), existing, fixed)
    names = (*(rule.name for rule in plan.rules), "pairs ruled out by name", THEMSELVES)
    return Assembled(leaders, mentors, plan, problem, fixed, by_criterion, forbidden_by, names)


def _positions(side: str, people: People) -> dict[str, int]:
    position: dict[str, int] = {}
    for k, name in enumerate(people.names):
        if plain(name) in position:
            raise FaultyProblem(f"the {side} “{name}” is there twice; names must differ")
        position[plain(name)] = k
    return position


def _pairs(
    named: Sequence[tuple[str, str]], leader: dict[str, int], mentor: dict[str, int], *, strict: bool = True
) -> Integers:
    found = []
    for i, j in named:
        if plain(i) in leader and plain(j) in mentor:
            found.append((leader[plain(i)], mentor[plain(j)]))
        elif strict:
            raise FaultyProblem(f"the pair {i} and {j} names somebody who is not in the list")
    return np.array(sorted(set(found)), dtype=np.int64).reshape(-1, 2)


def _problem(
    leaders: People, mentors: People, plan: Plan, eligible: Flags, points: Integers, existing: Flags, fixed: Integers
) -> Problem:
    row, col = np.nonzero(eligible)
    sides = []
    for people, side in ((leaders, 0), (mentors, 1)):
        taken = np.bincount(fixed[:, side], minlength=len(people.names))
        places = np.ones(len(people.names), dtype=np.int64) if people.places is None else people.places
        minimum = np.zeros_like(places) if people.minimum is None else people.minimum
        for wrong in np.flatnonzero(taken > places).tolist():
            raise FaultyProblem(f"{people.names[wrong]} has {places[wrong]} places and {taken[wrong]} fixed pairs")
        sides.append((places - taken, np.maximum(minimum - taken, 0)))
    return problem_of(
        leaders.names,
        mentors.names,
        row,
        col,
        points[row, col],
        leader_places=sides[0][0],
        mentor_places=sides[1][0],
        leader_minimum=sides[0][1],
        mentor_minimum=sides[1][1],
        existing=existing[row, col],
        side_constraints=[_constraint(quota, leaders, mentors, row, col, fixed) for quota in plan.quotas],
    )


def _constraint(
    quota: Quota, leaders: People, mentors: People, row: Integers, col: Integers, fixed: Integers
) -> SideConstraint:
    ones = [
        np.array([not column or plain(t) == plain(value) for t in (people.column(column) if column else people.names)])
        for people, column, value in (
            (leaders, quota.leader, quota.leader_is),
            (mentors, quota.mentor, quota.mentor_is),
        )
    ]
    edges = np.flatnonzero(ones[0][row] & ones[1][col])
    taken = int((ones[0][fixed[:, 0]] & ones[1][fixed[:, 1]]).sum())
    if quota.high < taken:
        raise FaultyProblem(f"“{quota.name}” allows {quota.high} pairs, but {taken} are fixed")
    return SideConstraint(
        quota.name, edges, np.ones(edges.size, dtype=np.int64), max(quota.low - taken, 0), quota.high - taken
    )
