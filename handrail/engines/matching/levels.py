"""The levels one after the other: most pairs, best worst-off, highest total, fewest changes; each with its proof."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from handrail.engines.matching.assignment import fill_all_rows
from handrail.engines.matching.cardinality import Cover, largest_pairing
from handrail.engines.matching.certificate import price_bound
from handrail.engines.matching.flow import Array, Graph, graph_of
from handrail.engines.matching.problem import Integers, Problem
from handrail.engines.matching.result import Certificate, Objective, Prices, Result
from handrail.engines.matching.stability import count_blocking_pairs

LEAST = np.iinfo(np.int64).min


@dataclass(frozen=True, eq=False)
class Best:
    """The best pairs of the last level (positions) and the prices that prove them."""

    chosen: Integers
    prices: Prices


def solve_levels(problem: Problem, objective: Objective, tell: Callable[[str], None]) -> Result:
    """Solve a problem without minimums and side constraints, exactly, with a certificate for each level."""
    graph = graph_of(problem.starts, problem.mentor, problem.points, problem.leader_places, problem.mentor_places)
    tell("most pairs")
    _, cover, number = largest_pairing(graph, LEAST, 0)
    certificate_number = _cover_prices(cover)
    worst_cover: Prices | None = None
    within, positions = problem, np.arange(problem.points.size)
    if objective == "default" and number > 0:
        tell("best worst-off")
        least, worst_cover = best_worst_off(graph, number)
        kept = problem.points >= least
        within, positions = problem.restricted(kept), np.flatnonzero(kept)
    tell("highest total")
    scale = int(problem.existing.sum()) + 1
    best = highest_total(within, number, scale)
    certificate = Certificate(certificate_number, worst_cover, best.prices, scale)
    return result_of(problem, objective, positions[best.chosen], certificate, within)


def result_of(
    problem: Problem, objective: Objective, chosen: Integers, certificate: Certificate, within: Problem
) -> Result:
    """The result with its figures; the bound is worked out from the prices over the pairs `within` the levels above."""
    points = problem.points[chosen]
    total, kept = int(points.sum()), int(problem.existing[chosen].sum())
    if certificate.total is None:
        raise AssertionError("the last level has no prices")
    worth = within.points * certificate.scale + within.existing
    bound = price_bound(within, worth, None, certificate.total, int(chosen.size))
    has_pair = np.bincount(problem.leader[chosen], minlength=len(problem.leaders)) > 0
    return Result(
        objective=objective,
        chosen=chosen,
        unpaired=np.flatnonzero(~has_pair),
        total=total,
        worst=int(points.min()) if points.size else None,
        bound=bound // certificate.scale,
        certified=bound == total * certificate.scale + kept,
        blocking=count_blocking_pairs(problem, chosen),
        kept=kept,
        certificate=certificate,
    )


def _cover_prices(cover: Cover) -> Prices:
    return Prices(cover.rows.astype(np.int64), cover.columns.astype(np.int64))


def best_worst_off(graph: Graph, number: int) -> tuple[int, Prices]:
    """The highest points that every pair of a pairing of `number` pairs can have, and a cover that rules out more.

    Halving over the points that occur (Gross 1959); each step asks for the largest pairing above a threshold.
    """
    values = np.unique(graph.points)
    low, high = 0, values.size
    cover: Cover | None = None
    while high - low > 1:
        middle = (low + high) // 2
        _, _, found = largest_pairing(graph, int(values[middle]), number)
        low, high = (middle, high) if found == number else (low, middle)
    above = int(values[low]) + 1
    _, cover, _ = largest_pairing(graph, above, 0)
    return int(values[low]), _cover_prices(cover)


def highest_total(problem: Problem, number: int, scale: int) -> Best:
    """The highest total among pairings of `number` pairs (the most there can be), then the fewest changes.

    Every largest pairing fills each covered row and column, uses every uncovered pair and none covered twice
    (complementary slackness), so the problem falls into two in which one side must be filled: no bonus for the number
    of pairs is needed, which would make the paths long.
    """
    worth = problem.points * scale + problem.existing
    graph = graph_of(problem.starts, problem.mentor, worth, problem.leader_places, problem.mentor_places)
    _, cover, found = largest_pairing(graph, LEAST, 0)
    if found != number:
        raise AssertionError("the levels above promised more pairs")
    if cover.rows.all() and not cover.columns.any():
        chosen, prices = fill_all_rows(graph)
        picked = np.flatnonzero(chosen.used)
        leader, mentor = prices.row, prices.column
    else:
        picked, leader, mentor = _solve_apart(graph, cover)
    return Best(picked, _with_pair_price(graph, cover, picked, leader, mentor))


def _solve_apart(graph: Graph, cover: Cover) -> tuple[Integers, Array, Array]:
    """(the chosen pairs, leader prices, mentor prices) when somebody on each side may stay without."""
    row_covered, column_covered = cover.rows[graph.row], cover.columns[graph.column]
    forced = np.flatnonzero(~row_covered & ~column_covered)
    row_places = graph.row_places - np.bincount(graph.row[forced], minlength=graph.row_places.size)
    column_places = graph.column_places - np.bincount(graph.column[forced], minlength=graph.column_places.size)
    leader, mentor = np.zeros_like(row_places), np.zeros_like(column_places)
    first = np.flatnonzero(row_covered & ~column_covered)
    picked = [forced]
    starts = np.searchsorted(graph.row[first], np.arange(row_places.size + 1))
    must = np.where(cover.rows, row_places, 0)
    chosen, prices = fill_all_rows(graph_of(starts, graph.column[first], graph.points[first], must, column_places))
    picked.append(first[np.flatnonzero(chosen.used)])
    leader[cover.rows] = prices.row[cover.rows]
    mentor[~cover.columns] = prices.column[~cover.columns]
    second = np.flatnonzero(~row_covered & column_covered)
    second = second[np.argsort(graph.column[second], kind="stable")]
    starts = np.searchsorted(graph.column[second], np.arange(column_places.size + 1))
    must = np.where(cover.columns, column_places, 0)
    chosen, prices = fill_all_rows(graph_of(starts, graph.row[second], graph.points[second], must, row_places))
    picked.append(second[np.flatnonzero(chosen.used)])
    mentor[cover.columns] = prices.row[cover.columns]
    leader[~cover.rows] = prices.column[~cover.rows]
    return np.sort(np.concatenate(picked)), leader, mentor


def _with_pair_price(graph: Graph, cover: Cover, picked: Integers, leader: Array, mentor: Array) -> Prices:
    """One set of prices from two: every covered person pays what each pair earns back, so that no price is negative
    and no pair that is covered twice (or not at all) speaks against them."""
    used = np.zeros(graph.row.size, dtype=np.bool_)
    used[picked] = True
    rest = graph.points - leader[graph.row] - mentor[graph.column]
    covered = cover.rows[graph.row].astype(np.int8) + cover.columns[graph.column]
    shift = max(
        0,
        int((-leader[cover.rows]).max(initial=0)),
        int((-mentor[cover.columns]).max(initial=0)),
        int(rest[covered == 2].max(initial=0)),
        int((-rest[covered == 0]).max(initial=0)),
    )
    leader = np.where(cover.rows, leader + shift, leader)
    mentor = np.where(cover.columns, mentor + shift, mentor)
    return Prices(leader.astype(np.int64), mentor.astype(np.int64), pair=-shift)
