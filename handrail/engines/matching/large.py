"""The highest total of very large problems, proven over all pairs: prices decide which pairs need looking at.

Column generation (Gilmore and Gomory 1961): solve a sample, extend its prices to all mentors, keep each leader's best
few pairs after prices, solve that sparse graph exactly, scan all pairs for one that its prices underrate, add those,
repeat until there is none. The last scan is the proof.
"""

from dataclasses import dataclass

import numpy as np

from handrail.engines.matching.assignment import Prices, bid_for_places, fill_rows, new_tree, settle
from handrail.engines.matching.compiled import compiled
from handrail.engines.matching.features import FORBIDDEN, FeatureTable
from handrail.engines.matching.flow import Array, Chosen, Graph, choose, graph_of, nothing_chosen
from handrail.engines.matching.problem import FaultyProblem, Integers
from handrail.engines.matching.release import release_prices
from handrail.engines.matching.rescan import underrated
from handrail.engines.matching.scan import Runner, best_mentors, extended_prices, on_threads

FIRST, MORE, FEW = 12, 4, 6
BID_STEP, BIDS_PER_ROW = 2, 20
SAMPLE_ABOVE, SAMPLE_SHARE = 1_500, 8
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
    pairs_looked_at: int


def solve_large(
    table: FeatureTable, mentor_places: Integers, prices: Integers | None = None, run: Runner = on_threads
) -> LargeResult:
    """The pairing with the highest total, one mentor a leader; pairs worth nothing are as good as none.

    prices (m,): those of an earlier solution of a similar problem, if there is one. `run` spreads the scan's blocks.
    """
    if mentor_places.size != table.mentors or (mentor_places < 0).any():
        raise FaultyProblem("mentor places need one number a mentor, none negative")
    price = _first_prices(table, mentor_places) if prices is None else prices
    everyone = np.full(table.leaders, FORBIDDEN)
    gains, mentors = best_mentors(table, price, everyone, min(FIRST, table.mentors), run)
    graph = _wider(table, mentor_places, None, gains, mentors)
    graph = _with_seldom_seen(table, graph, price, gains[:, 0], run)
    state: tuple[Chosen, Prices] | None = None
    proven: Prices | None = None
    rounds = 0
    while True:
        rounds += 1
        state = _solve_sparse(graph, price, state)
        chosen, solved = state
        used = np.flatnonzero(chosen.used)
        total = int(graph.points[used].sum())
        gains, mentors = underrated(table, proven, solved, min(MORE, table.mentors), run)
        rise = np.maximum(gains[:, 0].astype(np.int64) - solved.row, 0) * (gains[:, 0] > FORBIDDEN)
        bound = int((solved.row + rise).sum() + (solved.column * mentor_places).sum())
        if bound == total or rounds == MAXIMUM_ROUNDS:
            break
        proven = Prices(solved.row + rise, solved.column.copy())
        price = solved.column
        wider = _wider(table, mentor_places, graph, gains, mentors)
        state = (_carried(graph, chosen, wider), solved)
        graph = wider
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
        rounds=rounds,
        pairs_looked_at=graph.row.size,
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
    owner = np.repeat(np.arange(table.leaders), np.diff(table.excluded_starts))
    return np.isin(leader * table.mentors + mentor, owner * table.mentors + table.excluded)


def _first_prices(table: FeatureTable, places: Integers) -> Integers:
    """Prices from a sample of both sides, extended to all mentors."""
    size = table.leaders // SAMPLE_SHARE
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


def _wider(table: FeatureTable, places: Integers, graph: Graph | None, gains: Array, mentors: Array) -> Graph:
    """The sparse graph with these pairs added, sorted by leader; the old pairs of a leader come first."""
    row, k = np.nonzero(gains > FORBIDDEN)
    column = mentors[row, k].astype(np.int64)
    if graph is not None:
        return _with_pairs(table, graph, row, column)
    starts = np.searchsorted(row, np.arange(table.leaders + 1))
    return graph_of(starts, column, table.points(row, column), np.ones(table.leaders, dtype=np.int64), places)


def _with_pairs(table: FeatureTable, graph: Graph, row: Integers, column: Integers) -> Graph:
    points = np.concatenate([graph.points, table.points(row, column)])
    row, column = np.concatenate([graph.row, row]), np.concatenate([graph.column, column])
    order = np.argsort(row, kind="stable")
    starts = np.searchsorted(row[order], np.arange(table.leaders + 1))
    return graph_of(starts, column[order], points[order], graph.row_places, graph.column_places)


def _with_seldom_seen(table: FeatureTable, graph: Graph, price: Integers, best: Array, run: Runner) -> Graph:
    """The graph with the best leaders of every mentor whom few leaders have among theirs.

    Without them such a mentor would stay free, cost nothing, and turn the head of everybody in the next scan.
    """
    seen = np.bincount(graph.column, minlength=table.mentors)
    seldom = np.flatnonzero((seen < FEW * graph.column_places) & (price > 0))
    if not seldom.size:
        return graph
    leader_price = np.maximum(best, 0).astype(np.int64)
    everyone = np.full(seldom.size, FORBIDDEN)
    gains, leaders = best_mentors(table.turned(seldom), leader_price, everyone, min(FEW, table.leaders), run)
    place, k = np.nonzero(gains > FORBIDDEN)
    row, column = leaders[place, k].astype(np.int64), seldom[place]
    there = np.isin(row * table.mentors + column, graph.row.astype(np.int64) * table.mentors + graph.column)
    return _with_pairs(table, graph, row[~there], column[~there])


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


def _solve_sparse(graph: Graph, price: Integers, state: tuple[Chosen, Prices] | None) -> tuple[Chosen, Prices]:
    """The best pairing of the sparse graph, from the last one and its prices."""
    if state is None:
        chosen = nothing_chosen(graph)
        prices = Prices(np.zeros(graph.row_places.size, dtype=np.int64), price.copy())
        bids = BIDS_PER_ROW * graph.row_places.size
        bid_for_places.machine()(graph, chosen, prices, bids, BID_STEP, True)
    else:
        chosen, prices = state
    tree = new_tree(graph)
    settle.machine()(graph, chosen, prices, True)
    fill_rows.machine()(graph, chosen, prices, tree, True)
    release_prices.machine()(graph, chosen, prices, tree)
    return chosen, prices
