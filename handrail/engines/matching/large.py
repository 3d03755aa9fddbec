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
from handrail.engines.matching.scan import Runner, best_mentors, extended_prices, on_threads

FIRST, MORE = 12, 4
BID_STEP, BIDS_PER_ROW = 4, 20
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
    # A mentor whose price was too high for everybody's best few would never be seen: the scans below find them.
    state: tuple[Chosen, Prices] | None = None
    rounds = 0
    while True:
        rounds += 1
        state = _solve_sparse(graph, price, state)
        chosen, solved = state
        used = np.flatnonzero(chosen.used)
        total = int(graph.points[used].sum())
        gains, mentors = best_mentors(table, solved.column, solved.row, min(MORE, table.mentors), run)
        rise = np.maximum(gains[:, 0].astype(np.int64) - solved.row, 0) * (gains[:, 0] > FORBIDDEN)
        bound = int((solved.row + rise).sum() + (solved.column * mentor_places).sum())
        if bound == total or rounds == MAXIMUM_ROUNDS:
            break
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
    points = table.points(row, column)
    if graph is not None:
        row, column = np.concatenate([graph.row, row]), np.concatenate([graph.column, column])
        points = np.concatenate([graph.points, points])
        order = np.argsort(row, kind="stable")
        row, column, points = row[order], column[order], points[order]
    starts = np.searchsorted(row, np.arange(table.leaders + 1))
    return graph_of(starts, column, points, np.ones(table.leaders, dtype=np.int64), places)


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
