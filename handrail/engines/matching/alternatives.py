"""What another pair would cost everyone: the cheapest way to rearrange all others around it.

In the residual graph of the best pairing, with reduced costs from its prices, making the pair (i, j) costs its own
reduced cost, plus the shortest path by which mentor j's surplus reaches the place that i leaves, plus what the pair
that i leaves is worth above its prices (Ahuja, Magnanti and Orlin 1993, section 9.11). A pair can be made only once, so
where a person has several places a used pair may be worth more than its prices. One backward Dijkstra search for a
leader serves all mentors of that leader.
"""

from typing import NamedTuple

import numpy as np

from handrail.engines.matching.assignment import Tree, insert_node, remove_least
from handrail.engines.matching.compiled import compiled
from handrail.engines.matching.flow import FAR, Array
from handrail.engines.matching.problem import Flags, Integers, Problem
from handrail.engines.matching.result import Prices


class Residual(NamedTuple):
    """Pairs by leader (starts) and by mentor (mentor_starts, by_mentor): reduced (E,) = price − points, usable (E,),
    used (E,); leader and mentor prices and whether there is a free place; the load of mentors."""

    starts: Array
    leader: Array
    mentor: Array
    mentor_starts: Array
    by_mentor: Array
    reduced: Array
    usable: Array
    used: Array
    leader_price: Array
    mentor_price: Array
    leader_open: Array
    mentor_open: Array
    load: Array


def residual_of(problem: Problem, chosen: Integers, prices: Prices, eligible: Flags, scale: int) -> Residual:
    """The residual graph of a best pairing over the pairs that keep the levels above (`eligible`)."""
    leader, mentor = problem.leader, problem.mentor
    used = np.zeros(problem.points.size, dtype=np.uint8)
    used[chosen] = 1
    worth = problem.points * scale + problem.existing
    load = np.bincount(mentor[chosen], minlength=len(problem.mentors))
    given = np.bincount(leader[chosen], minlength=len(problem.leaders))
    by_mentor = np.argsort(mentor, kind="stable")
    return Residual(
        problem.starts,
        leader,
        mentor,
        np.searchsorted(mentor[by_mentor], np.arange(len(problem.mentors) + 1)).astype(np.int64),
        by_mentor,
        prices.leader[leader] + prices.mentor[mentor] + prices.pair - worth,
        eligible.astype(np.uint8),
        used,
        prices.leader,
        prices.mentor,
        given < problem.leader_places,
        load < problem.mentor_places,
        load,
    )


def cost_to_everyone(residual: Residual, leader: int, leaving: int, wanted: Integers) -> Integers:
    """What it would cost in all (scaled points) to give the leader each wanted pair (positions) instead of the pair
    `leaving`, with as many pairs as before; FAR where that cannot be."""
    nodes = residual.mentor_open.size + residual.leader_open.size + 2
    tree = Tree(
        np.full(nodes, FAR, dtype=np.int64),
        np.full(nodes, -1, dtype=np.int64),
        np.zeros(nodes, dtype=np.int32),
        np.full(nodes, -1, dtype=np.int32),
        np.zeros(nodes, dtype=np.int32),
    )
    costs = np.full(wanted.size, FAR, dtype=np.int64)
    _search_back.for_size(residual.used.size * wanted.size)(residual, tree, leader, leaving, wanted, costs)
    return costs


@compiled
def _search_back(residual: Residual, tree: Tree, leader: int, leaving: int, wanted: Array, costs: Array) -> None:
    mentors = residual.mentor_open.size
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
            size = _from_mentor(residual, tree, size, node, leader, spare, distance)
        elif node == spare:
            for mentor in range(mentors):
                if residual.mentor_open[mentor]:
                    size = _reach(tree, size, mentor, distance)
        elif node == out:
            for other in range(residual.leader_open.size):
                if other != leader:
                    size = _reach(tree, size, mentors + other, distance + residual.leader_price[other])
        else:
            size = _from_leader(residual, tree, size, node - mentors, out, distance)


@compiled
def _reach(tree: Tree, size: int, node: int, distance: int) -> int:
    if distance < tree.distance[node]:
        tree.distance[node] = distance
        size = insert_node(tree, size, node)
    return size


@compiled
def _from_mentor(residual: Residual, tree: Tree, size: int, mentor: int, leader: int, spare: int, distance: int) -> int:
    """Who could come to this mentor, and whether the mentor could simply have one fewer."""
    if residual.load[mentor] > 0:
        size = _reach(tree, size, spare, distance + residual.mentor_price[mentor])
    mentors = residual.mentor_open.size
    for place in range(residual.mentor_starts[mentor], residual.mentor_starts[mentor + 1]):
        pair = residual.by_mentor[place]
        other = residual.leader[pair]
        if residual.usable[pair] == 1 and residual.used[pair] == 0 and other != leader:
            size = _reach(tree, size, mentors + other, distance + residual.reduced[pair])
    return size


@compiled
def _from_leader(residual: Residual, tree: Tree, size: int, leader: int, out: int, distance: int) -> int:
    """Which mentor this leader would leave, and whether the leader has a place open, so that another may go without."""
    if residual.leader_open[leader]:
        size = _reach(tree, size, out, distance)
    for pair in range(residual.starts[leader], residual.starts[leader + 1]):
        if residual.used[pair] == 1:
            size = _reach(tree, size, residual.mentor[pair], distance - residual.reduced[pair])
    return size
