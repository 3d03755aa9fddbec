"""What every pair would cost everyone, at once: “why him and not her” for whoever is asked about.

The graph is the one of `alternatives`, searched backwards from each mentor that somebody would leave, and from the
place that whoever has nobody would take. SciPy searches, so that no machine code has to be made for it first. Minimums
close the way to having fewer; a quota that asks for one side only is a node between its people and everybody's.
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
from handrail.engines.matching.teams import Team, Teams, teams_of

# Sums up to here are exact in the search's numbers.
EXACT = 1 << 52


def cost_of_every_pair(problem: Problem, result: Result) -> Integers | None:
    """(E,) what giving each pair's leader this mentor instead of their own would cost everyone in points, with as many
    pairs as before; 0 for the pairs that are made, FAR where others would lose their pair or fall below the worst.
    Where a leader has several mentors, the cheapest to give up. None where nothing is proven to count from.

    With quotas between two sides it is the least that it can cost: those count by their prices (see `beside_quotas`).
    """
    certificate = result.certificate
    if not result.certified or certificate.total is None or not problem.points.size:
        return None
    prices = certificate.total
    keeps = np.ones(problem.points.size, dtype=np.bool_)
    if result.objective == "default" and result.worst is not None:
        keeps = problem.points >= result.worst
    if not problem.has_side_constraints and can_be_looked_at_whole(problem):
        costs = costs_at_once(problem, result.chosen, prices, keeps, certificate.scale)
        if costs is not None:
            return _in_points(costs, result)
    residual = residual_of(problem, result.chosen, prices, keeps, certificate.scale)
    largest = int(np.abs(residual.reduced).max(initial=0)) + sum(abs(price) for price in prices.constraint)
    if largest * (sum(problem.points.shape) + 1) > EXACT:
        return None
    costs = np.full(problem.points.size, FAR, dtype=np.int64)
    graph = Graph(problem, residual, teams_of(problem, result.chosen, prices))
    for sources, leaders in in_turns(problem, result):
        distance = _distances(graph, residual, sources, leaders)
        for place, leader in enumerate(leaders):
            begin, end = problem.starts[leader], problem.starts[leader + 1]
            here = residual.reduced[begin:end] + distance[place, problem.mentor[begin:end]]
            good = keeps[begin:end] & np.isfinite(here)
            costs[begin:end][good] = np.minimum(costs[begin:end][good], here[good].astype(np.int64))
    return _in_points(costs, result)


def _in_points(costs: Integers, result: Result) -> Integers:
    prices = result.certificate.total
    unit = result.certificate.scale * (prices.unit if prices is not None else 1)
    points = np.where(costs >= FAR // 2, FAR, -(-costs // unit))
    points[result.chosen] = 0
    return points


TURN = 256


def in_turns(problem: Problem, result: Result) -> Any:
    """(positions of the pair each gives up, -1 for none; leaders), some at a time so that memory stays small."""
    leader = problem.leader[result.chosen]
    without = result.unpaired[problem.leader_places[result.unpaired] > 0]
    giving_up = np.concatenate([result.chosen, np.full(without.size, -1)])
    whose = np.concatenate([leader, without]).astype(np.int64)
    for first in range(0, whose.size, TURN):
        yield giving_up[first : first + TURN], whose[first : first + TURN]


class Graph:
    """Arcs backwards: a mentor to who could come, a leader to the mentors they would leave, spare places, going out.

    Nodes: mentors, leaders, `spare`, `out`, teams. Who could come is reached at what it costs them to come. going_out
    (n,): where each leader goes when they have a pair more than before; coming_in: what that is worth.
    """

    def __init__(self, problem: Problem, residual: Residual, teams: Teams) -> None:
        mentors, leaders = residual.mentor_open.size, residual.leader_open.size
        spare, out = mentors + leaders, mentors + leaders + 1
        self.mentors, self.nodes = mentors, out + 1
        given = np.diff(residual.held_starts)
        coming_to = np.repeat(np.arange(mentors), np.diff(residual.starts))
        holder = mentors + np.repeat(np.arange(leaders), given)
        self.arcs = [
            (coming_to, mentors + residual.coming, residual.coming_cost),
            (holder, residual.mentor[residual.held], -residual.reduced[residual.held]),
        ]
        fewer = residual.load > problem.mentor_minimum
        through = self._teams(np.full(mentors, spare), teams.mentors, 1)
        self._between(np.arange(mentors), through, residual.mentor_price, fewer, residual.mentor_open)
        through = self._teams(np.full(leaders, out), teams.leaders, -1)
        nodes = mentors + np.arange(leaders)
        fewer = given > problem.leader_minimum
        self._between(nodes, through, -residual.leader_price, residual.leader_open, fewer)
        self.going_out, self.coming_in = through, -residual.leader_price
        self.matrix = self._matrix()

    def _between(self, one: Array, other: Array, cost: Array, there: Array, back: Array) -> None:
        self.arcs += [(one[there], other[there], cost[there]), (other[back], one[back], -cost[back])]

    def _teams(self, through: Array, teams: list[Team], sign: int) -> Array:
        """Where members pass instead of the node for everybody; sign: whether one fewer goes there, or one more."""
        for team in teams:
            ends = np.array([self.nodes]), through[team.members[:1]]
            fewer, more = np.array([team.load > team.low]), np.array([team.load < team.high])
            there, back = (fewer, more) if sign > 0 else (more, fewer)
            self._between(*ends, np.array([sign * team.price]), there, back)
            through[team.members] = self.nodes
            self.nodes += 1
        return through

    def _matrix(self) -> csr_array:
        start, end, cost = (np.concatenate([arc[k] for arc in self.arcs]) for k in range(3))
        order = np.argsort(start, kind="stable")
        starts = np.searchsorted(start[order], np.arange(self.nodes + 1))
        costs = cost[order].astype(np.float64), end[order].astype(np.int32), starts
        return csr_array(costs, shape=(self.nodes, self.nodes))


def alone_with(graph: Graph, residual: Residual, giving_up: Array, leaders: Array) -> tuple[Array, Array]:
    """(leaders,) (where the search of each begins; whether they give up all they have).

    Whoever gives up their only mentor comes back to that mentor only: no way through themselves is shorter.
    """
    held = np.diff(residual.held_starts)[leaders]
    begin = np.where(giving_up >= 0, residual.mentor[np.maximum(giving_up, 0)], graph.going_out[leaders])
    return begin, (held == 1) & ~residual.leader_open[leaders] | (giving_up < 0)


def _distances(graph: Graph, residual: Residual, giving_up: Array, leaders: Array) -> Array:
    """(leaders, mentors) the least cost of bringing one too many at a mentor to the place that this leader gives up."""
    begin, alone = alone_with(graph, residual, giving_up, leaders)
    given_up = -residual.reduced[np.maximum(giving_up, 0)]
    first = np.where(giving_up >= 0, given_up, graph.coming_in[leaders]).astype(np.float64)
    found = np.empty((leaders.size, graph.mentors))
    sources, place = np.unique(begin[alone], return_inverse=True)
    if sources.size:
        found[alone] = dijkstra(graph.matrix, indices=sources)[:, : graph.mentors][place]
    for k in np.flatnonzero(~alone):
        without = _without(graph.matrix, graph.mentors + int(leaders[k]))
        found[k] = dijkstra(without, indices=int(begin[k]))[: graph.mentors]
    result: Array = found + first[:, None]
    return result


def _without(graph: csr_array, node: int) -> csr_array:
    """The graph with no way on from this node."""
    cost = graph.data.copy()
    cost[graph.indptr[node] : graph.indptr[node + 1]] = np.inf
    return csr_array((cost, graph.indices, graph.indptr), shape=graph.shape)
