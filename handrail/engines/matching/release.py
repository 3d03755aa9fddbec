"""Lowers the price of columns that have a free place: the other half of complementary slackness, needed after a start
from prices that were too high.

From such a column a shortest path pulls rows towards it, until a column's price reaches 0 or a row that went without
joins (the reverse auction of Bertsekas and Castañon 1992, done with exact shortest paths). Rows have one place here.
"""

import numpy as np

from handrail.engines.matching.assignment import Prices, Tree, insert_node, remove_least
from handrail.engines.matching.compiled import compiled
from handrail.engines.matching.flow import FAR, Array, Chosen, Graph, choose, drop


@compiled
def pairs_by_column(graph: Graph) -> tuple[Array, Array]:
    """(C+1,) and (E,): the pairs of column c are order[starts[c]] … order[starts[c+1]-1]."""
    columns = graph.column_places.size
    starts = np.zeros(columns + 1, dtype=np.int64)
    for edge in range(graph.column.size):
        starts[graph.column[edge] + 1] += 1
    for column in range(columns):
        starts[column + 1] += starts[column]
    place = starts[:-1].copy()
    order = np.empty(graph.column.size, dtype=np.int32)
    for edge in range(graph.column.size):
        column = graph.column[edge]
        order[place[column]] = edge
        place[column] += 1
    return starts, order


@compiled
def release_prices(graph: Graph, chosen: Chosen, prices: Prices, tree: Tree) -> None:
    """Lower prices until every column with a free place costs nothing, keeping the pairing the best for its prices."""
    starts, order = pairs_by_column(graph)
    present = np.full(graph.row_places.size, -1, dtype=np.int64)
    for edge in range(graph.row.size):
        if chosen.used[edge] == 1:
            present[graph.row[edge]] = edge
    for column in range(graph.column_places.size):
        while chosen.load[column] < graph.column_places[column] and prices.column[column] > 0:
            _release(graph, chosen, prices, tree, starts, order, present, column)


@compiled
def _release(
    graph: Graph, chosen: Chosen, prices: Prices, tree: Tree, starts: Array, order: Array, present: Array, origin: int
) -> None:
    tree.distance[origin] = 0
    size = insert_node(tree, 0, origin)
    best, end, joining = prices.column[origin], origin, -1
    popped = 0
    while size > 0 and tree.distance[tree.heap[0]] < best:
        column = tree.heap[0]
        size = remove_least(tree, size)
        tree.seen[popped] = column
        popped += 1
        distance = tree.distance[column]
        if distance + prices.column[column] < best:
            best, end, joining = distance + prices.column[column], column, -1
        for place in range(starts[column], starts[column + 1]):
            edge = order[place]
            row = graph.row[edge]
            longer = distance + prices.row[row] + prices.column[column] - graph.points[edge]
            if longer >= best or chosen.used[edge] == 1:
                continue
            if present[row] < 0:
                best, end, joining = longer, column, edge
                continue
            other = graph.column[present[row]]
            if longer < tree.distance[other]:
                tree.distance[other] = longer
                tree.via[other] = edge
                size = insert_node(tree, size, other)
    _lower(graph, chosen, prices, tree, popped, best)
    _move(graph, chosen, tree, present, end, origin)
    if joining >= 0:
        choose(graph, chosen, joining)
        present[graph.row[joining]] = joining
    for k in range(size):
        tree.distance[tree.heap[k]] = FAR
        tree.place[tree.heap[k]] = -1
    for k in range(popped):
        tree.distance[tree.seen[k]] = FAR


@compiled
def _move(graph: Graph, chosen: Chosen, tree: Tree, present: Array, end: int, origin: int) -> None:
    """Every row on the path moves one column towards the origin; all leave before any joins, so that none is full."""
    column = end
    while column != origin:
        edge = tree.via[column]
        drop(graph, chosen, present[graph.row[edge]])
        column = graph.column[edge]
    column = end
    while column != origin:
        edge = tree.via[column]
        choose(graph, chosen, edge)
        present[graph.row[edge]] = edge
        column = graph.column[edge]


@compiled
def _lower(graph: Graph, chosen: Chosen, prices: Prices, tree: Tree, popped: int, best: int) -> None:
    for k in range(popped):
        column = tree.seen[k]
        rest = best - tree.distance[column]
        if rest > 0:
            prices.column[column] -= rest
            first = chosen.slot_starts[column]
            for slot in range(first, first + chosen.load[column]):
                prices.row[graph.row[chosen.slots[slot]]] += rest
