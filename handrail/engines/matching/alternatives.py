"""What another pair would cost everyone: the cheapest way to rearrange all others around it.

In the residual graph of the best pairing, with reduced costs from its prices, making the pair (i, j) costs its own
reduced cost, plus the shortest path by which mentor j's surplus reaches the place that i leaves, plus what the pair
that i leaves is worth above its prices (Ahuja, Magnanti and Orlin 1993, section 9.11). A pair can be made only once, so
where a person has several places a used pair may be worth more than its prices. One backward Dijkstra search for a
leader serves all mentors of that leader; it looks at pairs from the cheapest on, and no further than it must.
"""

from typing import NamedTuple

import numpy as np

from handrail.engines.matching.assignment import Tree, insert_node, remove_least
from handrail.engines.matching.compiled import compiled
from handrail.engines.matching.flow import FAR, Array
from handrail.engines.matching.problem import Flags, Integers, Problem
from handrail.engines.matching.result import Prices


class Residual(NamedTuple):
    """leader (E,), mentor (E,), reduced (E,) = prices − worth. Who could come to mentor j, from the cheapest on:
    coming[starts[j]] … at the cost coming_cost. What is made today: the pairs of leader i are held[held_starts[i]] ….
    Prices, whether there is a free place, and the load of mentors."""

    leader: Array
    mentor: Array
    reduced: Array
    starts: Array
    coming: Array
    coming_cost: Array
    held_starts: Array
    held: Array
    leader_price: Array
    mentor_price: Array
    leader_open: Array
    mentor_open: Array
    load: Array


def residual_of(problem: Problem, chosen: Integers, prices: Prices, eligible: Flags, scale: int) -> Residual:
    """The residual graph of a best pairing over the pairs that keep the levels above (`eligible`); in the unit of the
    prices."""
    leader, mentor = problem.leader, problem.mentor
    worth = (problem.points * scale + problem.existing) * prices.unit
    reduced = prices.leader[leader] + prices.mentor[mentor] + prices.pair - worth
    for price, quota in zip(prices.constraint, problem.side_constraints, strict=True):
        np.add.at(reduced, quota.edges, price * quota.coefficients)
    can_be_made = eligible.copy()
    can_be_made[chosen] = False
    made = np.flatnonzero(can_be_made)
    made = made[_by_mentor_and_cost(mentor[made].astype(np.int64), reduced[made])]
    load = np.bincount(mentor[chosen], minlength=len(problem.mentors))
    given = np.bincount(leader[chosen], minlength=len(problem.leaders))
    return Residual(
        leader,
        mentor,
        reduced,
        np.searchsorted(mentor[made], np.arange(len(problem.mentors) + 1)).astype(np.int64),
        leader[made],
        reduced[made],
        np.searchsorted(leader[chosen], np.arange(len(problem.leaders) + 1)).astype(np.int64),
        chosen,
        prices.leader,
        prices.mentor,
        given < problem.leader_places,
        load < problem.mentor_places,
        load,
    )


def _by_mentor_and_cost(mentor: Integers, reduced: Integers) -> Integers:
    """The order by mentor, then by cost; in one number where both fit into it, which is several times faster."""
    span = int(reduced.max(initial=0)) + 1
    if reduced.min(initial=0) < 0 or span > FAR // (int(mentor.max(initial=0)) + 1):
        return np.lexsort((reduced, mentor))
    return np.argsort(mentor * span + reduced)


def costs_to_everyone(residual: Residual, leaving: Integers, wanted_starts: Integers, wanted: Integers) -> Integers:
    """What it would cost in all (scaled points) to give the leader of each pair `leaving` (K,) one wanted pair instead,
    with as many pairs as before: for wanted[wanted_starts[k]] … of the k-th (positions); FAR where that cannot be."""
    nodes = residual.mentor_open.size + residual.leader_open.size + 2
    tree = Tree(
        np.full(nodes, FAR, dtype=np.int64),
        np.full(nodes, -1, dtype=np.int64),
        np.zeros(nodes, dtype=np.int32),
        np.full(nodes, -1, dtype=np.int32),
        np.zeros(nodes, dtype=np.int32),
    )
    costs = np.full(wanted.size, FAR, dtype=np.int64)
    _search_all.for_size(nodes * wanted.size)(residual, tree, leaving, wanted_starts, wanted, costs)
    return costs


@compiled
def _search_all(
    residual: Residual, tree: Tree, leaving: Array, wanted_starts: Array, wanted: Array, costs: Array
) -> None:
    for k in range(leaving.size):
        begin, end = wanted_starts[k], wanted_starts[k + 1]
        if begin < end:
            tree.distance[:] = FAR
            tree.place[:] = -1
            _search_back(residual, tree, leaving[k], wanted[begin:end], costs[begin:end])


@compiled
def _search_back(residual: Residual, tree: Tree, leaving: int, wanted: Array, costs: Array) -> None:
    mentors = residual.mentor_open.size
    leader = residual.leader[leaving]
    spare, out = tree.distance.size - 2, tree.distance.size - 1
    size = _reach(tree, 0, residual.mentor[leaving], -residual.reduced[leaving])
    waiting = wanted.size
    while size > 0 and waiting > 0:
        node = tree.heap[0]
        size = remove_least(tree, size)
        distance = tree.distance[node]
        if node < mentors:
            for k in range(wanted.size):
                if residual.mentor[wanted[k]] == node and costs[k] == FAR:
                    costs[k] = distance + residual.reduced[wanted[k]]
                    waiting -= 1
            size = _from_mentor(residual, tree, size, node, leader, _limit(residual, tree, wanted, costs))
        elif node == spare:
            for mentor in range(mentors):
                if residual.mentor_open[mentor]:
                    size = _reach(tree, size, mentor, distance)
        else:
            for other in range(residual.leader_open.size):
                if other != leader:
                    size = _from_leader(residual, tree, size, other, out, distance + residual.leader_price[other])


@compiled
def _limit(residual: Residual, tree: Tree, wanted: Array, costs: Array) -> int:
    """The distance beyond which nothing can help any of the mentors still wanted."""
    limit = 0
    for k in range(wanted.size):
        if costs[k] == FAR:
            limit = max(limit, tree.distance[residual.mentor[wanted[k]]])
    return limit


@compiled
def _reach(tree: Tree, size: int, node: int, distance: int) -> int:
    if distance < tree.distance[node]:
        tree.distance[node] = distance
        size = insert_node(tree, size, node)
    return size


@compiled
def _from_mentor(residual: Residual, tree: Tree, size: int, mentor: int, leader: int, limit: int) -> int:
    """Who could come to this mentor, and whether the mentor could simply have one fewer."""
    distance, spare, out = tree.distance[mentor], tree.distance.size - 2, tree.distance.size - 1
    labels = tree.distance[residual.mentor_open.size :]
    begin, end = residual.starts[mentor], residual.starts[mentor + 1]
    coming, cost = residual.coming[begin:end], residual.coming_cost[begin:end]
    if residual.load[mentor] > 0:
        size = _reach(tree, size, spare, distance + residual.mentor_price[mentor])
    for k in range(coming.size):
        longer = distance + cost[k]
        if longer >= limit:
            break
        # Asked here as well as in the call, since most of those who could come have been reached already.
        if longer < labels[coming[k]] and coming[k] != leader:
            size = _from_leader(residual, tree, size, coming[k], out, longer)
    return size


@compiled
def _from_leader(residual: Residual, tree: Tree, size: int, leader: int, out: int, distance: int) -> int:
    """Which mentor this leader would leave, and whether the leader has a place open, so that another may go without."""
    node = residual.mentor_open.size + leader
    if distance >= tree.distance[node]:
        return size
    tree.distance[node] = distance
    if residual.leader_open[leader]:
        size = _reach(tree, size, out, distance)
    for place in range(residual.held_starts[leader], residual.held_starts[leader + 1]):
        pair = residual.held[place]
        size = _reach(tree, size, residual.mentor[pair], distance - residual.reduced[pair])
    return size
