"""The highest total of very large problems, proven over all pairs: prices decide which pairs need looking at.

Column generation (Gilmore and Gomory 1961): solve a sample, extend its prices to all mentors, keep each leader's best
few pairs after prices, solve that sparse graph, scan all pairs for one that its prices underrate, add those, repeat
until there is none. In the first rounds no price may move far (Marsten, Hogan and Blankenship 1975): whom a sparse
graph does not offer enough would otherwise drag all prices along. The last scan is the proof.
"""

from dataclasses import dataclass

import numpy as np

from handrail.engines.matching.assignment import Prices, bid_for_places, fill_rows, new_tree, settle
from handrail.engines.matching.compiled import compiled
from handrail.engines.matching.features import FORBIDDEN, FeatureTable
from handrail.engines.matching.flow import FAR, Array, Chosen, Graph, choose, graph_of, nothing_chosen
from handrail.engines.matching.phases import solve_in_phases
from handrail.engines.matching.problem import FaultyProblem, Integers
from handrail.engines.matching.release import release_prices
from handrail.engines.matching.rescan import underrated
from handrail.engines.matching.scan import Runner, best_mentors, extended_prices, on_threads

FIRST, MORE, FEW = 12, 4, 6
# Bids a leader, and the share of people in the sample: where every mentor has one place, and where some have several,
# whose offers take longer to compare.
BIDS, SAMPLE_SHARE = (16, 4), (5, 8)
# How far prices may move in the first round, in the smallest difference of points; twice as far in each of the next.
NEAR, NEAR_ROUNDS = 4, 4
SAMPLE_ABOVE = 1_500
MAXIMUM_ROUNDS = 200


@dataclass(frozen=True, eq=False)
class LargeResult:
    """mentor (n,): the mentor of each leader, -1 for nobody. The bound holds for every pairing: with leader_price (n,)
    and mentor_price (m,) no pair is worth more than its two prices. certified: the bound equals the total, and no
    pairing has more pairs."""

    mentor: Integers
    leader_price: Integers
    mentor_price: Integers
    total: int
    bound: int
    certified: bool
    rounds: int
    graph: Graph

    @property
    def pairs_looked_at(self) -> int:
        """How many pairs the prices did not decide by themselves."""
        return int(self.graph.row.size)


def solve_large(
    table: FeatureTable, mentor_places: Integers, before: LargeResult | None = None, run: Runner = on_threads
) -> LargeResult:
    """The pairing with the highest total, one mentor a leader; pairs worth nothing are as good as none.

    before: the certified result of the same people, where places changed or pairs were excluded since. Its prices
    still hold for every pair, so only pairs whose prices fall are looked at. `run` spreads the scan's blocks.
    """
    if mentor_places.size != table.mentors or (mentor_places < 0).any():
        raise FaultyProblem("mentor places need one number a mentor, none negative")
    if before is None:
        graph, chosen, solved = _start(table, mentor_places, run)
        proven, rounds = None, 0
    else:
        graph, chosen, solved = _start_again(table, mentor_places, before)
        proven, rounds = Prices(before.leader_price, before.mentor_price), NEAR_ROUNDS
    unit, first = int(np.gcd.reduce(graph.points)) or 1, rounds
    while True:
        rounds += 1
        _solve_sparse(graph, chosen, solved, unit * NEAR << (rounds - 1) if rounds <= NEAR_ROUNDS else FAR)
        used = np.flatnonzero(chosen.used)
        total = int(graph.points[used].sum())
        gains, mentors = underrated(table, proven, solved, min(MORE, table.mentors), run)
        rise = np.maximum(gains[:, 0].astype(np.int64) - solved.row, 0) * (gains[:, 0] > FORBIDDEN)
        bound = int((solved.row + rise).sum() + (solved.column * mentor_places).sum())
        if bound == total or rounds == MAXIMUM_ROUNDS:
            break
        proven = Prices(solved.row + rise, solved.column.copy())
        row, k = np.nonzero(gains > FORBIDDEN)
        wider = _with_pairs(table, graph, row, mentors[row, k].astype(np.int64))
        free = np.flatnonzero((chosen.load < mentor_places) & (solved.column > 0))
        wider = _with_best_leaders(table, wider, free, proven.row, run)
        graph, chosen = wider, _carried(graph, chosen, wider)
    mentor = np.full(table.leaders, -1, dtype=np.int64)
    mentor[graph.row[used]] = graph.column[used]
    largest = min(table.leaders, int(mentor_places.sum()))
    return LargeResult(
        mentor=mentor,
        leader_price=solved.row + rise,
        mentor_price=solved.column,
        total=total,
        bound=bound,
        certified=bound == total and (used.size == largest or not solved.row[mentor < 0].any()),
        rounds=rounds - first,
        graph=graph,
    )


def verify_large(table: FeatureTable, mentor_places: Integers, result: LargeResult) -> bool:
    """Whether the prices prove the total, in one pass over all pairs that shares nothing with the solver's graphs."""
    paired = np.flatnonzero(result.mentor >= 0)
    mentor = result.mentor[paired]
    if (np.bincount(mentor, minlength=table.mentors) > mentor_places).any() or _excluded(table, paired, mentor).any():
        return False
    if (result.leader_price < 0).any() or (result.mentor_price < 0).any():
        return False
    total = int(table.points(paired, mentor).sum())
    gains, _ = best_mentors(table, result.mentor_price, result.leader_price, 1)
    bound = int(result.leader_price.sum() + (result.mentor_price * mentor_places).sum())
    return bool((gains == FORBIDDEN).all()) and total == result.total == bound


def _excluded(table: FeatureTable, leader: Integers, mentor: Integers) -> Array:
    gone: Array = _are_excluded.machine()(table.excluded_starts, table.excluded, leader, mentor)
    return gone


@compiled
def _are_excluded(starts: Array, excluded: Array, leader: Array, mentor: Array) -> Array:
    """(E,) whether each pair is among the excluded ones of its leader, which are in ascending order."""
    gone = np.zeros(leader.size, dtype=np.bool_)
    for k in range(leader.size):
        low, high = starts[leader[k]], starts[leader[k] + 1]
        while low < high:
            middle = (low + high) >> 1
            if excluded[middle] < mentor[k]:
                low = middle + 1
            else:
                high = middle
        gone[k] = low < starts[leader[k] + 1] and excluded[low] == mentor[k]
    return gone


def _has_several(places: Integers) -> bool:
    return bool(places.max(initial=0) > 1)


def _first_prices(table: FeatureTable, places: Integers) -> Integers:
    """Prices from a sample of both sides, extended to all mentors."""
    size = table.leaders // SAMPLE_SHARE[_has_several(places)]
    if table.leaders < SAMPLE_ABOVE:
        return np.zeros(table.mentors, dtype=np.int64)
    # A fixed generator: the same people give the same pairs.
    generator = np.random.default_rng(5)
    leaders = np.sort(generator.choice(table.leaders, size, replace=False))
    mentors = np.sort(generator.choice(table.mentors, max(1, size * table.mentors // table.leaders), replace=False))
    sample = table.part(leaders, mentors)
    solved = solve_large(sample, places[mentors])
    everyone = table.part(leaders, np.arange(table.mentors))
    return extended_prices(everyone, solved.leader_price)


def _start(table: FeatureTable, places: Integers, run: Runner) -> tuple[Graph, Chosen, Prices]:
    """The first sparse graph, and what bidding in it leaves."""
    price = _first_prices(table, places)
    gains, mentors = best_mentors(table, price, np.full(table.leaders, FORBIDDEN), min(FIRST, table.mentors), run)
    row, k = np.nonzero(gains > FORBIDDEN)
    column = mentors[row, k].astype(np.int64)
    starts = np.searchsorted(row, np.arange(table.leaders + 1))
    graph = graph_of(starts, column, table.points(row, column), np.ones(table.leaders, dtype=np.int64), places)
    # Whom few leaders have among their best would stay free, cost nothing, and turn everybody's head in the next scan.
    seen = np.bincount(graph.column, minlength=table.mentors)
    seldom = np.flatnonzero((seen < FEW * places) & (price > 0))
    graph = _with_best_leaders(table, graph, seldom, np.maximum(gains[:, 0], 0).astype(np.int64), run)
    chosen = nothing_chosen(graph)
    prices = Prices(np.zeros(table.leaders, dtype=np.int64), price.copy())
    step = int(np.gcd.reduce(graph.points)) or 1
    bid_for_places.machine()(graph, chosen, prices, BIDS[_has_several(places)] * table.leaders, step, True)
    return graph, chosen, prices


def _start_again(table: FeatureTable, places: Integers, before: LargeResult) -> tuple[Graph, Chosen, Prices]:
    """The sparse graph, the pairs that may stay, and the prices of an earlier result."""
    old = before.graph
    kept = np.flatnonzero(~_excluded(table, old.row, old.column))
    starts = np.searchsorted(old.row[kept], np.arange(table.leaders + 1))
    graph = graph_of(starts, old.column[kept], old.points[kept], old.row_places, places)
    stays = np.flatnonzero(before.mentor[graph.row] == graph.column)
    order = np.argsort(graph.column[stays], kind="stable")
    stays = stays[order]
    column = graph.column[stays]
    rank = np.arange(stays.size) - np.searchsorted(column, column)
    chosen = nothing_chosen(graph)
    _choose_all.machine()(graph, chosen, stays[rank < places[column]])
    return graph, chosen, Prices(before.leader_price.copy(), before.mentor_price.copy())


def _with_pairs(table: FeatureTable, graph: Graph, row: Integers, column: Integers) -> Graph:
    points = np.concatenate([graph.points, table.points(row, column)])
    row, column = np.concatenate([graph.row, row]), np.concatenate([graph.column, column])
    order = np.argsort(row, kind="stable")
    starts = np.searchsorted(row[order], np.arange(table.leaders + 1))
    return graph_of(starts, column[order], points[order], graph.row_places, graph.column_places)


def _with_best_leaders(
    table: FeatureTable, graph: Graph, mentors: Integers, leader_price: Integers, run: Runner
) -> Graph:
    """The graph with the best leaders of these mentors, after the leaders' prices."""
    if not mentors.size:
        return graph
    everyone = np.full(mentors.size, FORBIDDEN)
    gains, leaders = best_mentors(table.turned(mentors), leader_price, everyone, min(FEW, table.leaders), run)
    place, k = np.nonzero(gains > FORBIDDEN)
    row, column = leaders[place, k].astype(np.int64), mentors[place]
    new = np.flatnonzero(_not_there.machine()(graph, row, column))
    return _with_pairs(table, graph, row[new], column[new])


@compiled
def _not_there(graph: Graph, row: Array, column: Array) -> Array:
    """(E,) 1 for the pairs that the graph does not have."""
    new = np.ones(row.size, dtype=np.uint8)
    for k in range(row.size):
        for edge in range(graph.starts[row[k]], graph.starts[row[k] + 1]):
            if graph.column[edge] == column[k]:
                new[k] = 0
    return new


def _carried(graph: Graph, chosen: Chosen, wider: Graph) -> Chosen:
    """The same pairs in the wider graph."""
    carried = nothing_chosen(wider)
    used = np.flatnonzero(chosen.used)
    row = graph.row[used]
    _choose_all.machine()(wider, carried, used - graph.starts[row] + wider.starts[row])
    return carried


@compiled
def _choose_all(graph: Graph, chosen: Chosen, edges: Array) -> None:
    for k in range(edges.size):
        choose(graph, chosen, edges[k])


def _solve_sparse(graph: Graph, chosen: Chosen, prices: Prices, furthest: int) -> None:
    """The best pairing of the sparse graph, from the last one and its prices, as far as prices may move."""
    settle.machine()(graph, chosen, prices, True)
    if furthest < FAR:
        solve_in_phases(graph, chosen, prices, furthest)
        return
    tree = new_tree(graph)
    fill_rows.machine()(graph, chosen, prices, tree, True)
    release_prices.machine()(graph, chosen, prices, tree)
