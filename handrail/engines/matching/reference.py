"""The slow, obvious twin: each level as a small program for SciPy's HiGHS, one after the other.

It shares no step with the fast path. It also serves minimums and side constraints (see `side_constraints`), and stands
in for the compiled solvers where they cannot run.
"""

from typing import TYPE_CHECKING

import numpy as np

from handrail.engines.matching.problem import Flags, Integers, Problem

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

# SciPy is loaded where it is first needed: 50 MB that only problems with minimums or quotas should pay.


def limits(problem: Problem) -> "LinearConstraint":
    """Places, minimums and side constraints of a problem as rows over its pairs: n leaders, m mentors, S others."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array, vstack

    pairs = problem.points.size
    position = np.arange(pairs)
    ones = np.ones(pairs)
    blocks = [
        csr_array((ones, (problem.leader, position)), shape=(len(problem.leaders), pairs)),
        csr_array((ones, (problem.mentor, position)), shape=(len(problem.mentors), pairs)),
    ]
    for c in problem.side_constraints:
        values = c.coefficients.astype(np.float64)
        blocks.append(csr_array((values, (np.zeros(c.edges.size, dtype=int), c.edges)), shape=(1, pairs)))
    low = [*problem.leader_minimum, *problem.mentor_minimum, *(c.low for c in problem.side_constraints)]
    high = [*problem.leader_places, *problem.mentor_places, *(c.high for c in problem.side_constraints)]
    return LinearConstraint(vstack(blocks, format="csr"), np.array(low, float), np.array(high, float))


def best_choice(
    problem: Problem, worth: Integers, eligible: Flags, number: int | None, seconds: float | None = None
) -> tuple[Integers | None, float]:
    """(positions of the pairs with the highest sum of `worth` (E,), or None if there are none; an upper bound).

    number: exactly so many pairs, if given. seconds: stop then with the best found; the bound still holds.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    constraints = [limits(problem)]
    if number is not None:
        constraints.append(LinearConstraint(np.ones((1, worth.size)), number, number))
    options = {"mip_rel_gap": 0.0} | ({} if seconds is None else {"time_limit": seconds})
    answer = milp(
        -worth.astype(np.float64),
        integrality=np.ones(worth.size),
        bounds=Bounds(0, eligible.astype(np.float64)),
        constraints=constraints,
        options=options,
    )
    bound = -float(answer.mip_dual_bound) if answer.get("mip_dual_bound") is not None else float("inf")
    return (None, bound) if answer.x is None else (np.flatnonzero(answer.x > 0.5), bound)


def reference_levels(problem: Problem, objective: str = "default") -> tuple[int, int | None, int, int] | None:
    """(pairs, worst-off points, total, existing pairs kept), each the best given the ones before; None if the
    minimums or side constraints cannot be met."""
    ones, every = np.ones(problem.points.size, dtype=np.int64), np.ones(problem.points.size, dtype=np.bool_)
    if not every.size:
        impossible = problem.leader_minimum.any() or problem.mentor_minimum.any()
        return None if impossible or any(c.low > 0 for c in problem.side_constraints) else (0, None, 0, 0)
    most, _ = best_choice(problem, ones, every, None)
    if most is None:
        return None
    eligible = every
    if objective == "default" and most.size:
        for least in np.unique(problem.points)[::-1]:
            if best_choice(problem, ones, problem.points >= least, most.size)[0] is not None:
                eligible = problem.points >= least
                break
    worth = problem.points * (int(problem.existing.sum()) + 1) + problem.existing
    best, _ = best_choice(problem, worth, eligible, most.size)
    if best is None:
        raise AssertionError("a level that could be met cannot be met any more")
    points = problem.points[best]
    return best.size, int(points.min()) if best.size else None, int(points.sum()), int(problem.existing[best].sum())
