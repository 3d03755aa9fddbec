"""What every pair would cost everyone, at once: “why him and not her” for whoever is asked about.

The graph is the one of `alternatives`, searched backwards from each mentor that somebody would leave, and from the
place that whoever has nobody would take. SciPy searches, so that no machine code has to be made for it first.
"""

from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from handrail.engines.matching.alternatives import Residual, residual_of
from handrail.engines.matching.between import can_be_looked_at_whole, costs_at_once
from handrail.engines.matching.flow import FAR, Array
from handrail.engines.matching.problem import Integers, Problem
from handrail.engines.matching.result import Result

# Sums up to here are exact in the search's numbers.
EXACT = 1 << 52


def cost_of_every_pair(problem: Problem, result: Result) -> Integers | None:
    """(E,) what giving each pair's leader this mentor instead of their own would cost everyone in points, with as many
    pairs as before; 0 for the pairs that are made, FAR where others would lose their pair or fall below the worst.
    Where a leader has several mentors, the cheapest to give up. None where nothing is proven to count from."""
    certificate = result.certificate
    if not result.certified or certificate.total is None or problem.has_side_constraints or not problem.points.size:
        return None
    keeps = np.ones(problem.points.size, dtype=np.bool_)
    if result.objective == "default" and result.worst is not None:
        keeps = problem.points >= result.worst
    if can_be_looked_at_whole(problem):
        costs = costs_at_once(problem, result.chosen, certificate.total, keeps, certificate.scale)
        if costs is not None:
            return _in_points(costs, result)
    residual = residual_of(problem, result.chosen, certificate.total, keeps, certificate.scale)
    if int(np.abs(residual.reduced).max(initial=0)) * (sum(problem.points.shape) + 1) > EXACT:
        return None
    costs = np.full(problem.points.size, FAR, dtype=np.int64)
    mentors, graph = residual.mentor_open.size, _graph(residual)
    for sources, leaders in _in_turns(problem, result):
        distance = _distances(graph, residual, sources, leaders, mentors)
        for place, leader in enumerate(leaders):
            begin, end = problem.starts[leader], problem.starts[leader + 1]
            here = residual.reduced[begin:end] + distance[place, problem.mentor[begin:end]]
            good = keeps[begin:end] & np.isfinite(here)
            costs[begin:end][good] = np.minimum(costs[begin:end][good], here[good].astype(np.int64))
    return _in_points(costs, result)


def _in_points(costs: Integers, result: Result) -> Integers:
    points = np.where(costs >= FAR // 2, FAR, -(-costs // result.certificate.scale))
    points[result.chosen] = 0
    return points


TURN = 256


def _in_turns(problem: Problem, result: Result) -> Any:
    """(positions of the pair each gives up, -1 for none; leaders), some at a time so that memory stays small."""
    leader = problem.leader[result.chosen]
    without = result.unpaired[problem.leader_places[result.unpaired] > 0]
    giving_up = np.concatenate([result.chosen, np.full(without.size, -1)])
    whose = np.concatenate([leader, without]).astype(np.int64)
    for first in range(0, whose.size, TURN):
        yield giving_up[first : first + TURN], whose[first : first + TURN]


def _graph(residual: Residual) -> csr_array:
    """Arcs backwards: a mentor to who could come, a leader to the mentors they would leave, spare places, going out.

    Nodes: mentors, leaders, then `spare` and `out`. Who could come is reached at what it costs them to come.
    """
    mentors, leaders = residual.mentor_open.size, residual.leader_open.size
    spare, out = mentors + leaders, mentors + leaders + 1
    coming_to = np.repeat(np.arange(mentors), np.diff(residual.starts))
    holder = np.repeat(np.arange(leaders), np.diff(residual.held_starts))
    open_mentors, open_leaders = np.flatnonzero(residual.mentor_open), np.flatnonzero(residual.leader_open)
    loaded, everyone = np.flatnonzero(residual.load > 0), np.arange(leaders)
    arcs = (
        (coming_to, mentors + residual.coming, residual.coming_cost),
        (mentors + holder, residual.mentor[residual.held], -residual.reduced[residual.held]),
        (loaded, np.full(loaded.size, spare), residual.mentor_price[loaded]),
        (np.full(open_mentors.size, spare), open_mentors, np.zeros(open_mentors.size)),
        (mentors + open_leaders, np.full(open_leaders.size, out), np.zeros(open_leaders.size)),
        (np.full(leaders, out), mentors + everyone, residual.leader_price),
    )
    start, end, cost = (np.concatenate([arc[k] for arc in arcs]) for k in range(3))
    order = np.argsort(start, kind="stable")
    starts = np.searchsorted(start[order], np.arange(mentors + leaders + 3))
    nodes = mentors + leaders + 2
    return csr_array((cost[order].astype(np.float64), end[order].astype(np.int32), starts), shape=(nodes, nodes))


def _distances(graph: csr_array, residual: Residual, giving_up: Array, leaders: Array, mentors: int) -> Array:
    """(leaders, mentors) the least cost of bringing one too many at a mentor to the place that this leader gives up."""
    out = graph.shape[0] - 1
    begin = np.where(giving_up < 0, out, residual.mentor[np.maximum(giving_up, 0)])
    first = np.where(giving_up < 0, 0, -residual.reduced[np.maximum(giving_up, 0)]).astype(np.float64)
    held = np.diff(residual.held_starts)[leaders]
    alone = (held == 1) & ~residual.leader_open[leaders] | (giving_up < 0)
    found = np.empty((leaders.size, mentors))
    # Whoever gives up their only mentor comes back to that mentor only: no way through themselves is shorter.
    sources, place = np.unique(begin[alone], return_inverse=True)
    if sources.size:
        found[alone] = dijkstra(graph, indices=sources)[:, :mentors][place]
    for k in np.flatnonzero(~alone):
        found[k] = dijkstra(_without(graph, mentors + int(leaders[k])), indices=int(begin[k]))[:mentors]
    result: Array = found + first[:, None]
    return result


def _without(graph: csr_array, node: int) -> csr_array:
    """The graph with no way on from this node."""
    cost = graph.data.copy()
    cost[graph.indptr[node] : graph.indptr[node + 1]] = np.inf
    return csr_array((cost, graph.indices, graph.indptr), shape=graph.shape)
