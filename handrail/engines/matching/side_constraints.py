"""Minimums, quotas and workloads: the same levels as small mixed-integer programs, with prices where they exist.

Without quotas the linear program is whole by itself (a network: Hoffman and Kruskal 1956), so its prices prove every
level. With quotas there may be a gap between prices and pairing; then the result says so and is not called certified.
"""

from collections.abc import Callable

import numpy as np

from handrail.engines.matching.certificate import LARGEST_PRICE, price_bound
from handrail.engines.matching.linear import Level, Program, Relaxed
from handrail.engines.matching.problem import Flags, Integers, Problem
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
    program = Program(problem)
    most = program.best(Level(ones, every), seconds)
    chosen = most.chosen
    if chosen is None:
        raise Impossible("the minimums and side constraints cannot all be met")
    number, eligible, above, no_better = int(chosen.size), every, None, None
    if objective == "default" and number:
        tell("best worst-off")
        least, chosen, no_better = _best_worst_off(program, chosen, seconds)
        eligible, above = problem.points >= least, problem.points > least
    tell("highest total")
    scale = int(problem.existing.sum()) + 1
    worth = problem.points * scale + problem.existing
    best = program.best(Level(worth, eligible, number), seconds)
    chosen = chosen if best.chosen is None else best.chosen
    certificate = Certificate(
        whole_prices(problem, Level(ones, every), most.relaxed, number),
        None if above is None else whole_prices(problem, Level(ones, above), no_better, number - 1),
        whole_prices(problem, Level(worth, eligible, number), best.relaxed, int(worth[chosen].sum())),
        scale,
    )
    return _result(problem, objective, chosen, certificate, (eligible, above), (int(most.bound + 0.001), best.bound))


def _best_worst_off(program: Program, chosen: Integers, seconds: float | None) -> tuple[int, Integers, Relaxed | None]:
    """(the points that every pair of as many can have, such pairs, the program that rules out more if there is one)."""
    problem, number = program.problem, chosen.size
    ones, values = np.ones(problem.points.size, dtype=np.int64), np.unique(problem.points)
    low = int(np.searchsorted(values, problem.points[chosen].min()))
    high, no_better = values.size, None
    while high - low > 1:
        middle = (low + high) // 2
        level = Level(ones, problem.points >= values[middle])
        relaxed = program.relaxed(level)
        found = None
        if not relaxed.missed and relaxed.value > number - 0.5:
            found = program.best(level, seconds).chosen
        if found is None or found.size < number:
            high, no_better = middle, relaxed
        else:
            low = int(np.searchsorted(values, problem.points[found].min()))
            chosen = found
    return int(values[low]), chosen, no_better


def whole_prices(problem: Problem, level: Level, relaxed: Relaxed | None, goal: int) -> Prices:
    """The program's prices as whole numbers, in the first unit in which they prove the goal."""
    if relaxed is None:  # there is no pair to price
        return Prices(
            np.zeros(len(problem.leaders), np.int64),
            np.zeros(len(problem.mentors), np.int64),
            0,
            (0,) * len(problem.side_constraints),
        )
    largest = int(np.abs(level.worth).max(initial=0)) + 1
    prices = _whole_prices(problem, relaxed.price, relaxed.each, 1)
    for unit in (u for u in UNITS if u * largest * 1_000 < LARGEST_PRICE):
        prices = _whole_prices(problem, relaxed.price, relaxed.each, unit)
        if price_bound(problem, level.worth, level.eligible, prices, level.number or 0) <= goal:
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
