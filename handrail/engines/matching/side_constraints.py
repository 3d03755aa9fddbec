"""Minimums, quotas and workloads: the same levels as small mixed-integer programs, with prices where they exist.

Without quotas the linear program is whole by itself (a network: Hoffman and Kruskal 1956), so its prices prove every
level. With quotas there may be a gap between prices and pairing; then the result says so and is not called certified.
"""

from collections.abc import Callable

import numpy as np

from handrail.engines.matching.certificate import LARGEST_PRICE, price_bound
from handrail.engines.matching.problem import Flags, Integers, Problem
from handrail.engines.matching.reference import best_choice, limits
from handrail.engines.matching.result import Certificate, Objective, Prices, Result
from handrail.engines.matching.stability import count_blocking_pairs

UNITS = (1, 2, 12, 1_000, 100_000)


class Impossible(Exception):
    """Minimums and side constraints cannot all be met; `contradiction.smallest_contradiction` says which."""


def solve_with_side_constraints(
    problem: Problem, objective: Objective, tell: Callable[[str], None], seconds: float | None = None
) -> Result:
    """The levels of a problem with minimums or side constraints, as good as proven and as far as time allows."""
    ones = np.ones(problem.points.size, dtype=np.int64)
    every = np.ones(problem.points.size, dtype=np.bool_)
    tell("most pairs")
    if not every.size:
        raise Impossible("there are minimums, but no pair is eligible")
    chosen, most_bound = best_choice(problem, ones, every, None, seconds)
    if chosen is None:
        raise Impossible("the minimums and side constraints cannot all be met")
    number, eligible, above = int(chosen.size), every, None
    if objective == "default" and number:
        tell("best worst-off")
        least, chosen = _best_worst_off(problem, chosen, seconds)
        eligible, above = problem.points >= least, problem.points > least
    tell("highest total")
    scale = int(problem.existing.sum()) + 1
    worth = problem.points * scale + problem.existing
    best, bound = best_choice(problem, worth, eligible, number, seconds)
    chosen = chosen if best is None else best
    certificate = Certificate(
        best_prices(problem, ones, every, None, number),
        None if above is None else best_prices(problem, ones, above, None, number - 1),
        best_prices(problem, worth, eligible, number, int(worth[chosen].sum())),
        scale,
    )
    return _result(problem, objective, chosen, certificate, (eligible, above), (int(most_bound + 0.001), bound))


def _best_worst_off(problem: Problem, chosen: Integers, seconds: float | None) -> tuple[int, Integers]:
    number, ones = chosen.size, np.ones(problem.points.size, dtype=np.int64)
    values = np.unique(problem.points)
    low = int(np.searchsorted(values, problem.points[chosen].min()))
    high = values.size
    while high - low > 1:
        middle = (low + high) // 2
        found, _ = best_choice(problem, ones, problem.points >= values[middle], number, seconds)
        if found is None:
            high = middle
        else:
            low = int(np.searchsorted(values, problem.points[found].min()))
            chosen = found
    return int(values[low]), chosen


def best_prices(problem: Problem, worth: Integers, eligible: Flags, number: int | None, goal: int) -> Prices:
    """Prices from the linear program, as whole numbers of the first unit in which they prove the goal.

    Minimums may be missed at a cost beyond any gain, so that there are prices where nothing meets them.
    """
    # Loaded here for the reason given in `reference`.
    from scipy.optimize import linprog
    from scipy.sparse import eye_array, hstack, vstack

    rows = limits(problem)
    beyond = int(np.abs(worth).sum()) + 1
    size = rows.A.shape[0]
    both = vstack([hstack([rows.A, -eye_array(size)]), hstack([-rows.A, -eye_array(size)])], format="csr")
    cost = np.concatenate([-worth.astype(np.float64), np.full(size, float(beyond))])
    limit = np.concatenate([rows.ub, -rows.lb])
    pair_row = np.concatenate([np.ones(worth.size), np.zeros(size)])[None, :]
    answer = linprog(
        cost,
        A_ub=both,
        b_ub=limit,
        A_eq=None if number is None else pair_row,
        b_eq=None if number is None else [number],
        bounds=np.column_stack([np.zeros(cost.size), np.concatenate([eligible.astype(float), np.full(size, np.inf)])]),
        method="highs",
    )
    marginal = -np.asarray(answer.ineqlin.marginals)
    price = marginal[:size] - marginal[size:]
    each = 0.0 if number is None else -float(answer.eqlin.marginals[0])
    prices = _whole_prices(problem, price, each, 1)
    largest = int(np.abs(worth).max(initial=0)) + 1
    for unit in (u for u in UNITS if u * largest * 1_000 < LARGEST_PRICE):
        prices = _whole_prices(problem, price, each, unit)
        if price_bound(problem, worth, eligible, prices, number or 0) <= goal:
            break
    return prices


def _whole_prices(problem: Problem, price: np.ndarray, each: float, unit: int) -> Prices:
    whole = np.rint(price * unit).astype(np.int64)
    n, m = len(problem.leaders), len(problem.mentors)
    return Prices(whole[:n], whole[n : n + m], round(each * unit), tuple(whole[n + m :].tolist()), unit)


def _result(
    problem: Problem,
    objective: Objective,
    chosen: Integers,
    certificate: Certificate,
    eligible: tuple[Flags, Flags | None],
    solver_bounds: tuple[int, float],
) -> Result:
    points, number = problem.points[chosen], int(chosen.size)
    total, kept = int(points.sum()), int(problem.existing[chosen].sum())
    worth = problem.points * certificate.scale + problem.existing
    ones = np.ones(problem.points.size, dtype=np.int64)
    if certificate.number is None or certificate.total is None:
        raise AssertionError("every level has prices")
    proven = price_bound(problem, ones, None, certificate.number, 0) == number
    if eligible[1] is not None and certificate.worst is not None:
        proven = proven and price_bound(problem, ones, eligible[1], certificate.worst, 0) < number
    bound = price_bound(problem, worth, eligible[0], certificate.total, number)
    certified = proven and bound == total * certificate.scale + kept
    remarks = []
    if not certified:
        solver_bound = int(np.floor(solver_bounds[1] + 0.001)) if np.isfinite(solver_bounds[1]) else bound
        bound = min(bound, solver_bound)
        gap = bound // certificate.scale - total
        remarks.append(
            "The solver's own bound meets the result, but no prices prove it."
            if gap == 0 and solver_bounds[0] <= number
            else f"The gap between the result and the bound is {gap} points; more time may close it."
        )
    has_pair = np.bincount(problem.leader[chosen], minlength=len(problem.leaders)) > 0
    return Result(
        objective=objective,
        chosen=chosen,
        unpaired=np.flatnonzero(~has_pair),
        total=total,
        worst=int(points.min()) if number else None,
        bound=bound // certificate.scale,
        certified=certified,
        blocking=count_blocking_pairs(problem, chosen),
        kept=kept,
        certificate=certificate,
        remarks=tuple(remarks),
    )
