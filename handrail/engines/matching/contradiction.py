"""Rules that cannot all be kept: the smallest set of them that contradict each other, by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from handrail.engines.matching.assembly import Plan, assemble
from handrail.engines.matching.linear import Level, Program
from handrail.engines.matching.people import People
from handrail.engines.matching.problem import FaultyProblem, Problem
from handrail.engines.matching.smallest import smallest_contradicting


@dataclass(frozen=True)
class Contradiction:
    """The demands, by name, that cannot all be met and could without any one of them; whether no fewer contradict each
    other, which is not known where there are very many."""

    names: tuple[str, ...]
    is_smallest: bool

    def __bool__(self) -> bool:
        return bool(self.names)


def smallest_contradiction(leaders: People, mentors: People, plan: Plan) -> Contradiction:
    """The smallest set of demands (fixed pairs, minimums, quotas, rules) that cannot all be met; empty if all can."""
    demands = _demands(leaders, mentors, plan)

    def possible(active: frozenset[int]) -> bool:
        return _possible(leaders, mentors, plan, [demands[k][1] for k in sorted(active)])

    found, is_smallest = smallest_contradicting(len(demands), possible)
    # Without preferences, which are shown to nobody; what they speak against is still named.
    private = {f"the rule “{rule.name}”" for rule in plan.rules if rule.is_preference}
    names = tuple(demands[k][0] for k in found if demands[k][0] not in private)
    return Contradiction(names, is_smallest)


Demand = Callable[["Active"], None]


class Active:
    """The demands that are switched on while a set is tried."""

    def __init__(self, leaders: People, mentors: People) -> None:
        self.rules: list[int] = []
        self.quotas: list[int] = []
        self.fixed: list[tuple[str, str]] = []
        self.forbidden: list[tuple[str, str]] = []
        self.leader_minimum = np.zeros(len(leaders.names), dtype=np.int64)
        self.mentor_minimum = np.zeros(len(mentors.names), dtype=np.int64)


def _demands(leaders: People, mentors: People, plan: Plan) -> list[tuple[str, Demand]]:
    demands: list[tuple[str, Demand]] = [
        (f"{pair[0]} and {pair[1]} are fixed", lambda a, p=pair: a.fixed.append(p))  # type: ignore[misc]
        for pair in plan.fixed
    ]
    if plan.forbidden:
        demands.append(("the pairs ruled out by name", lambda a: a.forbidden.extend(plan.forbidden)))
    for k, rule in enumerate(plan.rules):
        demands.append((f"the rule “{rule.name}”", lambda a, k=k: a.rules.append(k)))  # type: ignore[misc]
    for k, quota in enumerate(plan.quotas):
        demands.append((f"the quota “{quota.name}”", lambda a, k=k: a.quotas.append(k)))  # type: ignore[misc]
    for side, people in (("leader", leaders), ("mentor", mentors)):
        minimum = np.zeros(0, dtype=np.int64) if people.minimum is None else people.minimum
        for i in np.flatnonzero(minimum).tolist():
            needs = f"{people.names[i]} needs at least {minimum[i]}"
            demands.append((needs, _minimum(f"{side}_minimum", i, int(minimum[i]))))
    return demands


def _minimum(side: str, person: int, least: int) -> Demand:
    def switch_on(active: Active) -> None:
        getattr(active, side)[person] = least

    return switch_on


def _possible(leaders: People, mentors: People, plan: Plan, demands: Sequence[Demand]) -> bool:
    active = Active(leaders, mentors)
    for demand in demands:
        demand(active)
    trial = replace(
        plan,
        criteria=(),
        rules=[plan.rules[k] for k in active.rules],
        quotas=[plan.quotas[k] for k in active.quotas],
        fixed=active.fixed,
        forbidden=active.forbidden,
        existing=(),
    )
    people = replace(leaders, minimum=active.leader_minimum), replace(mentors, minimum=active.mentor_minimum)
    try:
        assembled = assemble(*people, trial)
    except FaultyProblem:
        return False
    if assembled.forbidden_by[:, assembled.fixed[:, 0], assembled.fixed[:, 1]].any():
        return False
    return can_be_met(assembled.problem)


def can_be_met(problem: Problem) -> bool:
    """Whether the minimums and side constraints of a problem can be kept."""
    if not problem.has_side_constraints:
        return True
    if not problem.points.size:
        asked = problem.leader_minimum.any() or problem.mentor_minimum.any()
        return not asked and all(c.low <= 0 for c in problem.side_constraints)
    every = np.ones(problem.points.size, dtype=np.bool_)
    return Program(problem).best(Level(np.zeros_like(problem.points), every)).chosen is not None
