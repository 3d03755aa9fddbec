"""Rules that cannot all be kept: the smallest set of them that contradict each other, by name."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from handrail.engines.matching.assembly import Plan, assemble
from handrail.engines.matching.people import People
from handrail.engines.matching.problem import FaultyProblem, Problem
from handrail.engines.matching.reference import best_choice

SMALL = 2


def smallest_contradiction(leaders: People, mentors: People, plan: Plan) -> tuple[str, ...]:
    """The names of the smallest set of demands (fixed pairs, minimums, quotas, rules) that cannot all be met; empty if
    all can. Sets of one and two are all tried; a larger one is such that leaving out any one resolves it."""
    demands = _demands(leaders, mentors, plan)
    everyone = range(len(demands))

    def possible(active: Sequence[int]) -> bool:
        return _possible(leaders, mentors, plan, [demands[k][1] for k in active])

    if possible(list(everyone)):
        return ()
    for size in range(1, SMALL + 1):
        for chosen in combinations(everyone, size):
            if not possible(chosen):
                return _named(plan, [demands[k][0] for k in chosen])
    needed = list(everyone)
    for k in everyone:
        rest = [other for other in needed if other != k]
        if not possible(rest):
            needed = rest
    return _named(plan, [demands[k][0] for k in needed])


def _named(plan: Plan, names: list[str]) -> tuple[str, ...]:
    """The names without preferences, which are shown to nobody; what they speak against is still named."""
    private = {f"the rule “{rule.name}”" for rule in plan.rules if rule.is_preference}
    return tuple(name for name in names if name not in private)


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
    return _can_be_met(assembled.problem)


def _can_be_met(problem: Problem) -> bool:
    if not problem.has_side_constraints:
        return True
    if not problem.points.size:
        asked = problem.leader_minimum.any() or problem.mentor_minimum.any()
        return not asked and all(c.low <= 0 for c in problem.side_constraints)
    every = np.ones(problem.points.size, dtype=np.bool_)
    return best_choice(problem, every.astype(np.int64), every, None)[0] is not None
