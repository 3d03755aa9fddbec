"""Checks a result from its certificate alone. Shares nothing with the solvers but the shapes of the data.

Weak duality of linear programming (Dantzig; for assignment Kuhn 1955): whatever the prices, no pairing is worth more
than `price_bound`. So prices whose bound equals what a pairing is worth prove that pairing best.
"""

import numpy as np

from handrail.engines.matching.problem import Flags, Integers, Problem
from handrail.engines.matching.result import Prices, Result
from handrail.engines.matching.stability import count_blocking_pairs

LARGEST_PRICE = 1 << 58


class Refused(Exception):
    """The certificate does not hold; the message says where."""


def price_bound(problem: Problem, worth: Integers, eligible: Flags | None, prices: Prices, number: int) -> int:
    """An upper bound on Σ worth over any pairing of exactly `number` eligible pairs that keeps every limit.

    worth (E,); eligible (E,) or None for all. A positive price pays for each place, a negative one for each minimum;
    a pair whose worth exceeds its prices adds the difference, since it can be made once. The bound is rounded down,
    since what a pairing is worth is a whole number.
    """
    if prices.unit < 1 or prices.unit > max(1, LARGEST_PRICE // (int(np.abs(worth).max(initial=0)) + 1)):
        raise Refused("the unit of the prices is not a sensible whole number")
    if prices.leader.shape != (len(problem.leaders),) or prices.mentor.shape != (len(problem.mentors),):
        raise Refused("the certificate does not give one price a person")
    if len(prices.constraint) != len(problem.side_constraints):
        raise Refused("the certificate does not give one price a side constraint")
    largest = max([abs(prices.pair), *(int(np.abs(p).max(initial=0)) for p in (prices.leader, prices.mentor))])
    if max([largest, *map(abs, prices.constraint)]) > LARGEST_PRICE:
        raise Refused("a price is too large to be true")
    rest = worth * prices.unit - prices.leader[problem.leader] - prices.mentor[problem.mentor] - prices.pair
    bound = prices.pair * number
    for price, constraint in zip(prices.constraint, problem.side_constraints, strict=True):
        if abs(price) * int(np.abs(constraint.coefficients).max(initial=0)) > LARGEST_PRICE:
            raise Refused("a price is too large to be true")
        np.subtract.at(rest, constraint.edges, price * constraint.coefficients)
        bound += price * (constraint.high if price > 0 else constraint.low)
    if eligible is not None:
        rest = rest[eligible]
    bound += _sum(np.maximum(rest, 0))
    bound += _side(prices.leader, problem.leader_places, problem.leader_minimum)
    bound += _side(prices.mentor, problem.mentor_places, problem.mentor_minimum)
    return bound // prices.unit


def _side(price: Integers, places: Integers, minimum: Integers) -> int:
    priced = np.flatnonzero(price)
    return sum(
        p * (most if p > 0 else least)
        for p, most, least in zip(
            price[priced].tolist(), places[priced].tolist(), minimum[priced].tolist(), strict=True
        )
    )


def _sum(values: Integers) -> int:
    """An exact sum: prices can be large and many, so the halves are added apart."""
    return (int((values >> 30).sum()) << 30) + int((values & ((1 << 30) - 1)).sum())


def verify(problem: Problem, result: Result) -> None:
    """Re-check every level of a result in one pass over all eligible pairs. Raises Refused if anything is untrue."""
    _check_pairing(problem, result.chosen)
    chosen = result.chosen
    points = problem.points[chosen]
    total = int(points.sum())
    worst = int(points.min()) if points.size else None
    has_pair = np.bincount(problem.leader[chosen], minlength=len(problem.leaders)) > 0
    _same("the unpaired", np.flatnonzero(~has_pair).tolist(), result.unpaired.tolist())
    _same("the total", total, result.total)
    _same("the worst-off pair's points", worst, result.worst)
    _same("the number of existing pairs kept", int(problem.existing[chosen].sum()), result.kept)
    _same("the number of blocking pairs", count_blocking_pairs(problem, chosen), result.blocking)
    if not result.certified:
        raise Refused("the result does not say that it is certified")
    if result.objective == "stable":
        raise Refused("a stable pairing is not certified for the total")
    _check_levels(problem, result, total, worst)


def _check_levels(problem: Problem, result: Result, total: int, worst: int | None) -> None:
    certificate, number = result.certificate, int(result.chosen.size)
    if certificate.number is None or certificate.total is None:
        raise Refused("the certificate lacks a level")
    ones = np.ones(problem.points.size, dtype=np.int64)
    most = price_bound(problem, ones, None, certificate.number, 0)
    if certificate.number.pair != 0 or most > number:
        raise Refused(f"the cover allows {most} pairs, not only {number}")
    eligible: Flags | None = None
    if result.objective == "default" and worst is not None:
        if certificate.worst is None or certificate.worst.pair != 0:
            raise Refused("the certificate does not cover the worst-off")
        reach = price_bound(problem, ones, problem.points > worst, certificate.worst, 0)
        if reach >= number:
            raise Refused(f"the cover does not rule out {number} pairs that all have more than {worst} points")
        eligible = problem.points >= worst
    if certificate.scale <= 0 or certificate.scale <= int(problem.existing.sum()):
        raise Refused("the scale of the certificate is too small for the existing pairs")
    worth = problem.points * certificate.scale + problem.existing
    bound = price_bound(problem, worth, eligible, certificate.total, number)
    if bound != total * certificate.scale + result.kept or result.bound != total:
        raise Refused(f"the prices allow a total of {bound // certificate.scale}, not only {total}")


def _check_pairing(problem: Problem, chosen: Integers) -> None:
    if chosen.size and (chosen.min() < 0 or chosen.max() >= problem.points.size):
        raise Refused("a pair is not eligible")
    if np.unique(chosen).size != chosen.size:
        raise Refused("a pair is there twice")
    for who, position, places, minimum in (
        (problem.leaders, problem.leader[chosen], problem.leader_places, problem.leader_minimum),
        (problem.mentors, problem.mentor[chosen], problem.mentor_places, problem.mentor_minimum),
    ):
        load = np.bincount(position, minlength=len(who))
        for wrong, words in ((load > places, "more pairs than places"), (load < minimum, "fewer pairs than needed")):
            if wrong.any():
                raise Refused(f"{who[int(np.flatnonzero(wrong)[0])]} has {words}")
    taken = np.zeros(problem.points.size, dtype=np.bool_)
    taken[chosen] = True
    for constraint in problem.side_constraints:
        amount = int(constraint.coefficients[taken[constraint.edges]].sum())
        if not constraint.low <= amount <= constraint.high:
            raise Refused(f"{constraint.name}: {amount} is not between {constraint.low} and {constraint.high}")


def _same(what: str, found: object, said: object) -> None:
    if found != said:
        raise Refused(f"{what}: the result says {said}, the pairs give {found}")
