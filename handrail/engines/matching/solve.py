"""The way in: chooses the path for a problem and returns a result with its figures and its proof."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from handrail.engines.matching.levels import solve_levels
from handrail.engines.matching.problem import Integers, Problem
from handrail.engines.matching.result import Objective, Result
from handrail.engines.matching.side_constraints import solve_with_side_constraints
from handrail.engines.matching.stability import blocking_pairs, deferred_acceptance

Tell = Callable[[str], None]


def silent(stage: str) -> None:
    """Tells nobody."""


def solve(
    problem: Problem,
    objective: Objective = "default",
    *,
    leader_value: Integers | None = None,
    mentor_value: Integers | None = None,
    tell: Tell = silent,
    seconds: float | None = None,
) -> Result:
    """The best pairing of a problem.

    `default`: most pairs, then the best worst-off, then the highest total, then the fewest changes. `total`: without
    the second. `stable`: deferred acceptance, by each side's value of the pairs (E,), its points unless given; the
    bound then says what the highest total of a largest pairing would have been. `tell` is
    called with the name of each stage as it begins; what it raises stops the run.
    Side constraints may be hard: after `seconds` for a level the best found is returned with the bound. Raises
    Impossible if minimums and side constraints cannot be met.
    """
    levels: Objective = "default" if objective == "default" else "total"
    if problem.has_side_constraints:
        result = solve_with_side_constraints(problem, levels, tell, seconds)
    else:
        result = solve_levels(problem, levels, tell)
    if objective == "stable":
        chosen = deferred_acceptance(problem, leader_value, mentor_value)
        result = _stable(problem, result, chosen)
        result = replace(result, blocking=int(blocking_pairs(problem, chosen, leader_value, mentor_value).sum()))
    return result


def _stable(problem: Problem, best: Result, chosen: Integers) -> Result:
    points = problem.points[chosen]
    has_pair = np.bincount(problem.leader[chosen], minlength=len(problem.leaders)) > 0
    return replace(
        best,
        objective="stable",
        chosen=chosen,
        unpaired=np.flatnonzero(~has_pair),
        total=int(points.sum()),
        worst=int(points.min()) if points.size else None,
        certified=False,
        kept=int(problem.existing[chosen].sum()),
    )
