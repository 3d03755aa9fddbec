"""What every pair would cost everyone beside quotas, as far as the time that was given reaches.

Where minimums and quotas are a network (`teams`), `every_pair` answers for all. Otherwise its answer is the least that
a pair can cost: it is what it costs where that way of rearranging keeps the quotas, and what each pairing solved with
one pair forced costs is the most for every pair in it. The pairs that leaders would like best are asked about first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import numpy as np
from scipy.sparse.csgraph import dijkstra

from handrail.engines.matching.alternatives import residual_of
from handrail.engines.matching.certificate import price_bound
from handrail.engines.matching.every_pair import Graph, alone_with, cost_of_every_pair, in_turns
from handrail.engines.matching.flow import FAR
from handrail.engines.matching.linear import Level, Program
from handrail.engines.matching.problem import Flags, Integers, Problem
from handrail.engines.matching.result import Result
from handrail.engines.matching.teams import teams_of

NEAR = 1_000  # pairs that cost least, from which a rearrangement is likely to be made
ONE = 2.0  # seconds for one pair, where its program is not whole by itself


@dataclass(frozen=True, eq=False)
class Costs:
    """points (E,): what each pair costs everyone, FAR where it cannot be; where not is_exact (E,), at least so much."""

    points: Integers
    is_exact: Flags


def costs_beside_quotas(
    problem: Problem, result: Result, seconds: float, tell: Callable[[], None] = lambda: None
) -> Costs:
    """What giving each pair's leader this mentor costs everyone, with as many pairs as before and nobody below whoever
    has least. `tell` is called before each pair that is solved for; what it raises stops the work."""
    least, settled = _least(problem, result)
    most = np.full(problem.points.size, FAR, dtype=np.int64)
    most[result.chosen] = 0
    keeps, scale = _keeps(problem, result), result.certificate.scale
    closed = (problem.leader_places == 0)[problem.leader] | (problem.mentor_places == 0)[problem.mentor]
    least[closed | ~keeps] = FAR
    settled |= least >= FAR
    worth = problem.points * scale + problem.existing
    settled |= _ways_keep_quotas(problem, result, keeps & ~settled)
    now, end = int(worth[result.chosen].sum()), monotonic() + seconds
    program = Program(problem, np.flatnonzero(keeps & (least <= np.sort(least)[min(least.size, NEAR) - 1])))
    for pair in _best_liked_first(problem, keeps & ~settled):
        if least[pair] >= most[pair]:
            continue
        if monotonic() > end:
            break
        tell()
        best = program.best(Level(worth, keeps, result.paired, pair), ONE, now - least[pair] * scale)
        if best.bound == -np.inf:
            least[pair] = FAR
            continue
        least[pair] = max(least[pair], -(-(now - int(np.floor(best.bound + 0.001))) // scale))
        if best.chosen is not None:
            costs = max(0, -(-(now - int(worth[best.chosen].sum())) // scale))
            most[best.chosen] = np.minimum(most[best.chosen], costs)
    return Costs(least, settled | (least >= most) | (least >= FAR))


def _least(problem: Problem, result: Result) -> tuple[Integers, Flags]:
    """(the least that each pair can cost, where that is what it does cost)."""
    keeps = _keeps(problem, result)
    prices, scale = result.certificate.total, result.certificate.scale
    costs = cost_of_every_pair(problem, result)
    if costs is not None and prices is not None:
        are_all = teams_of(problem, result.chosen, prices).are_all
        settled = np.full(costs.size, are_all)
        if not are_all:  # whoever has a place to spare need not give anybody up
            has = np.bincount(problem.leader[result.chosen], minlength=len(problem.leaders))
            spare = ((has > 0) & (has < problem.leader_places))[problem.leader]
            costs[spare] = 0
        return costs, settled
    costs = np.zeros(problem.points.size, dtype=np.int64)
    if prices is not None:
        worth = problem.points * scale + problem.existing
        bound = price_bound(problem, worth, keeps, prices, result.paired)
        lacks = prices.leader[problem.leader] + prices.mentor[problem.mentor] + prices.pair - worth * prices.unit
        for price, quota in zip(prices.constraint, problem.side_constraints, strict=True):
            np.add.at(lacks, quota.edges, price * quota.coefficients)
        gap = bound - int(worth[result.chosen].sum())
        costs = np.maximum(0, -(-(np.maximum(lacks, 0) - gap * prices.unit) // (scale * prices.unit)))
    costs[result.chosen] = 0
    return costs, np.zeros(costs.size, dtype=np.bool_)


def _ways_keep_quotas(problem: Problem, result: Result, asked: Flags) -> Flags:
    """(E,) asked pairs whose cheapest rearrangement, quotas left aside, keeps every quota all the same."""
    kept, prices = np.zeros(problem.points.size, dtype=np.bool_), result.certificate.total
    if not asked.any() or not result.certified or prices is None:
        return kept
    residual = residual_of(problem, result.chosen, prices, _keeps(problem, result), result.certificate.scale)
    graph = Graph(problem, residual, teams_of(problem, result.chosen, prices))
    quotas = _Quotas(problem, result.chosen)
    for giving_up, leaders in in_turns(problem, result):
        begin, alone = alone_with(graph, residual, giving_up, leaders)
        sources = np.unique(begin[alone])
        _far, before = dijkstra(graph.matrix, indices=sources, return_predecessors=True)
        for k in np.flatnonzero(alone):
            back = before[np.searchsorted(sources, begin[k])].tolist()
            gives = [int(giving_up[k])] if giving_up[k] >= 0 else []
            pairs = np.arange(problem.starts[leaders[k]], problem.starts[leaders[k] + 1])
            for pair in pairs[asked[pairs]].tolist():
                made, ended = _on_the_way(back, int(problem.mentor[pair]), int(begin[k]), quotas.pair_of)
                kept[pair] = made is not None and quotas.are_kept([pair, *made], [*gives, *ended])
    return kept


def _on_the_way(back: list[int], node: int, begin: int, pair_of: Integers) -> tuple[list[int] | None, list[int]]:
    """(pairs made, None if there is no way; pairs ended) between where a search began and a mentor."""
    leaders, mentors = pair_of.shape
    made, ended = [], []
    while node != begin:
        earlier = back[node]
        if earlier < 0:
            return None, []
        if earlier < mentors <= node < mentors + leaders:
            made.append(int(pair_of[node - mentors, earlier]))
        elif node < mentors <= earlier < mentors + leaders:
            ended.append(int(pair_of[earlier - mentors, node]))
        node = earlier
    return made, ended


class _Quotas:
    """pair_of (n, m): a pair's position; how much of each quota each pair is."""

    def __init__(self, problem: Problem, chosen: Integers) -> None:
        self.pair_of = np.full((len(problem.leaders), len(problem.mentors)), -1, dtype=np.int64)
        self.pair_of[problem.leader, problem.mentor] = np.arange(problem.points.size)
        self.part = np.zeros((problem.points.size, len(problem.side_constraints)), dtype=np.int64)
        for k, quota in enumerate(problem.side_constraints):
            np.add.at(self.part[:, k], quota.edges, quota.coefficients)
        self.now = self.part[chosen].sum(axis=0)
        self.low, self.high = (np.array([getattr(c, n) for c in problem.side_constraints]) for n in ("low", "high"))

    def are_kept(self, made: list[int], ended: list[int]) -> bool:
        amount = self.now + self.part[made].sum(axis=0) - self.part[ended].sum(axis=0)
        return bool(((self.low <= amount) & (amount <= self.high)).all())


def _keeps(problem: Problem, result: Result) -> Flags:
    if result.objective == "default" and result.worst is not None:
        kept: Flags = problem.points >= result.worst
        return kept
    return np.ones(problem.points.size, dtype=np.bool_)


def _best_liked_first(problem: Problem, asked: Flags) -> list[int]:
    """Every leader's best liked pair, then everybody's second, and so on."""
    pairs = np.flatnonzero(asked)
    order = pairs[np.lexsort((-problem.points[pairs], problem.leader[pairs]))]
    whose = problem.leader[order]
    rank = np.arange(order.size) - np.searchsorted(whose, np.arange(len(problem.leaders)))[whose]
    found: list[int] = order[np.argsort(rank, kind="stable")].tolist()
    return found
