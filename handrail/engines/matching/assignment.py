"""The highest total when every row's places must be filled: successive shortest augmenting paths with whole prices.

Edmonds and Karp (1972), Tomizawa (1971); a price-raising start as in Jonker and Volgenant (1987, "augmenting row
reduction"). Every unused pair keeps row price + column price ≥ points and every used pair ≤: this proves the total.
"""

from typing import NamedTuple

import numpy as np

from handrail.engines.matching.compiled import compiled
from handrail.engines.matching.flow import FAR, Array, Chosen, Graph, choose, drop, nothing_chosen

BIDS_PER_ROW = 4


class Prices(NamedTuple):
    """Row prices (R,) of any sign; column prices (C,) ≥ 0, and 0 where a place is free."""

    row: Array
    column: Array


class Tree(NamedTuple):
    """A shortest-path tree over C columns, then R rows: distance, the pair it was reached by, a heap of nodes with
    each node's place in it (-1: not in the heap), and the nodes seen."""

    distance: Array
    via: Array
    heap: Array
    place: Array
    seen: Array


def new_tree(graph: Graph) -> Tree:
    nodes = graph.row_places.size + graph.column_places.size
    return Tree(
        np.full(nodes, FAR, dtype=np.int64),
        np.full(nodes, -1, dtype=np.int64),
        np.zeros(nodes, dtype=np.int32),
        np.full(nodes, -1, dtype=np.int32),
        np.zeros(nodes, dtype=np.int32),
    )


def fill_all_rows(graph: Graph) -> tuple[Chosen, Prices]:
    """The pairing with the highest total among those that fill every place of every row, and prices that prove it.

    There must be such a pairing (the cardinality stage sees to that).
    """
    chosen = nothing_chosen(graph)
    pairs = graph.row.size
    prices = Prices(np.zeros(graph.row_places.size, np.int64), np.zeros(graph.column_places.size, np.int64))
    if graph.row_places.max(initial=0) <= 1:
        bid_for_places.for_size(pairs)(graph, chosen, prices, BIDS_PER_ROW * graph.row_places.size, 0, False)
    settle.for_size(pairs)(graph, chosen, prices, False)
    if not fill_rows.for_size(pairs)(graph, chosen, prices, new_tree(graph), False):
        raise AssertionError("the cardinality stage promised a pairing that fills every row")
    return chosen, prices


@compiled
def bid_for_places(graph: Graph, chosen: Chosen, prices: Prices, bids: int, step: int, optional: bool) -> None:
    """Rows with one place bid for columns, each raising a full column's price to its own point of indifference.

    With a `step` beyond it (Bertsekas 1988) draws are fought out too; prices are then up to a step too high.
    """
    rows = graph.row_places.size
    queue = np.empty(rows, dtype=np.int64)
    offer = np.zeros(rows, dtype=np.int64)
    length = 0
    for row in range(rows - 1, -1, -1):
        if chosen.open[row] > 0 and graph.starts[row] < graph.starts[row + 1]:
            queue[length] = row
            length += 1
    while length > 0 and bids > 0:
        bids -= 1
        row = queue[length - 1]
        edge, first, second = _two_best(graph, chosen, prices, row)
        if optional:
            second = max(second, 0)
            if first <= 0:
                length -= 1
                continue
        column = graph.column[edge]
        offer[row] = prices.column[column] + (first - second if second > -FAR else 0) + step
        if chosen.load[column] < graph.column_places[column]:
            length -= 1
        elif graph.column_places[column] == 0 or offer[row] == prices.column[column]:
            # A draw with full columns: leave it to the shortest paths, which cannot go round in circles.
            length -= 1
            continue
        else:
            leaving = _lowest_offer(graph, chosen, column, offer)
            queue[length - 1] = graph.row[leaving]
            drop(graph, chosen, leaving)
        choose(graph, chosen, edge)
        if chosen.load[column] == graph.column_places[column]:
            lowest = offer[graph.row[_lowest_offer(graph, chosen, column, offer)]]
            prices.column[column] = max(prices.column[column], lowest)


@compiled
def _two_best(graph: Graph, chosen: Chosen, prices: Prices, row: int) -> tuple[int, int, int]:
    best, first, second = int(graph.starts[row]), -FAR, -FAR
    free = False
    for edge in range(graph.starts[row], graph.starts[row + 1]):
        column = graph.column[edge]
        gain = graph.points[edge] - prices.column[column]
        if gain > first:
            best, second, first = edge, first, gain
            free = chosen.load[column] < graph.column_places[column]
        elif gain > second:
            second = gain
        if gain == first and not free and chosen.load[column] < graph.column_places[column]:
            best, free = edge, True
    return best, first, second


@compiled
def _lowest_offer(graph: Graph, chosen: Chosen, column: int, offer: Array) -> int:
    begin = chosen.slot_starts[column]
    lowest = int(chosen.slots[begin])
    for slot in range(begin + 1, begin + chosen.load[column]):
        if offer[graph.row[chosen.slots[slot]]] < offer[graph.row[lowest]]:
            lowest = chosen.slots[slot]
    return lowest


@compiled
def settle(graph: Graph, chosen: Chosen, prices: Prices, optional: bool) -> None:
    """Row prices that fit the column prices: used pairs that no longer pay are dropped, free ones at par are taken."""
    for row in range(graph.row_places.size):
        begin, end = graph.starts[row], graph.starts[row + 1]
        best_unused, worst_used = (0 if optional else -FAR), FAR
        for edge in range(begin, end):
            gain = graph.points[edge] - prices.column[graph.column[edge]]
            if chosen.used[edge] == 0:
                best_unused = max(best_unused, gain)
            else:
                worst_used = min(worst_used, gain)
        if worst_used < best_unused:
            for edge in range(begin, end):
                gain = graph.points[edge] - prices.column[graph.column[edge]]
                if chosen.used[edge] == 1 and gain < best_unused:
                    drop(graph, chosen, edge)
        prices.row[row] = best_unused if worst_used < best_unused or worst_used == FAR else worst_used
        if prices.row[row] == -FAR:
            prices.row[row] = 0
        for edge in range(begin, end):
            if chosen.open[row] == 0:
                break
            column = graph.column[edge]
            at_par = graph.points[edge] - prices.column[column] == prices.row[row]
            if at_par and chosen.used[edge] == 0 and chosen.load[column] < graph.column_places[column]:
                choose(graph, chosen, edge)


@compiled
def fill_rows(graph: Graph, chosen: Chosen, prices: Prices, tree: Tree, optional: bool) -> bool:
    """Fill every open place by shortest paths; False if some row cannot be filled.

    optional: a row may stay without, at the price 0 (then a row price is never negative).
    """
    for row in range(graph.row_places.size):
        while chosen.open[row] > 0 and not (optional and prices.row[row] == 0):
            end, length, seen = _shortest_path(graph, chosen, prices, tree, row, optional)
            if end == -1:
                return False
            _move_prices(graph, prices, tree, length, seen)
            _apply_path(graph, chosen, tree, end, row)
            for k in range(seen):
                tree.distance[tree.seen[k]] = FAR
                tree.place[tree.seen[k]] = -1
    return True


@compiled
def _shortest_path(
    graph: Graph, chosen: Chosen, prices: Prices, tree: Tree, start: int, optional: bool
) -> tuple[int, int, int]:
    """(the free column at the end, or -2 - the row that goes without, or -1; the length; how many nodes were seen)."""
    columns = graph.column_places.size
    tree.distance[columns + start] = 0
    tree.seen[0] = columns + start
    seen, size, best, end = 1, 0, FAR, -1
    best, end, size, seen = _look_around(graph, chosen, prices, tree, start, best, end, size, seen, optional)
    while size > 0:
        node = tree.heap[0]
        distance = tree.distance[node]
        if distance >= best:
            break
        size = remove_least(tree, size)
        if node >= columns:
            best, end, size, seen = _look_around(
                graph, chosen, prices, tree, node - columns, best, end, size, seen, optional
            )
            continue
        first = chosen.slot_starts[node]
        for slot in range(first, first + chosen.load[node]):
            edge = chosen.slots[slot]
            row = graph.row[edge]
            longer = distance + graph.points[edge] - prices.row[row] - prices.column[node]
            other = columns + row
            if longer < best and longer < tree.distance[other]:
                if tree.distance[other] == FAR:
                    tree.seen[seen] = other
                    seen += 1
                tree.distance[other] = longer
                tree.via[other] = edge
                if longer == distance and tree.place[other] < 0:
                    best, end, size, seen = _look_around(
                        graph, chosen, prices, tree, row, best, end, size, seen, optional
                    )
                else:
                    size = insert_node(tree, size, other)
    for k in range(size):
        tree.place[tree.heap[k]] = -1
    return end, best, seen


@compiled
def _look_around(
    graph: Graph,
    chosen: Chosen,
    prices: Prices,
    tree: Tree,
    row: int,
    best: int,
    end: int,
    size: int,
    seen: int,
    optional: bool,
) -> tuple[int, int, int, int]:
    """Relax every unused pair of a row whose distance is final."""
    offset = tree.distance[graph.column_places.size + row] + prices.row[row]
    if optional and offset < best:
        best, end = offset, -2 - row
    for edge in range(graph.starts[row], graph.starts[row + 1]):
        column = graph.column[edge]
        distance = offset + prices.column[column] - graph.points[edge]
        if distance < best and distance < tree.distance[column] and chosen.used[edge] == 0:
            if tree.distance[column] == FAR:
                tree.seen[seen] = column
                seen += 1
            tree.distance[column] = distance
            tree.via[column] = edge
            if chosen.load[column] < graph.column_places[column]:
                best, end = distance, column
            elif graph.column_places[column] > 0:
                size = insert_node(tree, size, column)
    return best, end, size, seen


@compiled
def insert_node(tree: Tree, size: int, node: int) -> int:
    """Put a node into the heap, or move it up after its distance fell."""
    place = tree.place[node]
    if place < 0:
        place = size
        size += 1
    key = tree.distance[node]
    while place > 0:
        parent = (place - 1) >> 1
        other = tree.heap[parent]
        if tree.distance[other] <= key:
            break
        tree.heap[place] = other
        tree.place[other] = place
        place = parent
    tree.heap[place] = node
    tree.place[node] = place
    return size


@compiled
def remove_least(tree: Tree, size: int) -> int:
    tree.place[tree.heap[0]] = -1
    size -= 1
    if size == 0:
        return 0
    node = tree.heap[size]
    key = tree.distance[node]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and tree.distance[tree.heap[child + 1]] < tree.distance[tree.heap[child]]:
            child += 1
        other = tree.heap[child]
        if tree.distance[other] >= key:
            break
        tree.heap[place] = other
        tree.place[other] = place
        place = child
    tree.heap[place] = node
    tree.place[node] = place
    return size


@compiled
def _move_prices(graph: Graph, prices: Prices, tree: Tree, length: int, seen: int) -> None:
    columns = graph.column_places.size
    for k in range(seen):
        node = tree.seen[k]
        rest = length - tree.distance[node]
        if rest > 0:
            if node < columns:
                prices.column[node] += rest
            else:
                prices.row[node - columns] -= rest


@compiled
def _apply_path(graph: Graph, chosen: Chosen, tree: Tree, end: int, start: int) -> None:
    column = end
    if end < 0:
        leaving_row = -2 - end
        if leaving_row == start:
            return
        leaving = tree.via[graph.column_places.size + leaving_row]
        drop(graph, chosen, leaving)
        column = graph.column[leaving]
    while True:
        edge = tree.via[column]
        row = graph.row[edge]
        if row == start:
            choose(graph, chosen, edge)
            return
        leaving = tree.via[graph.column_places.size + row]
        drop(graph, chosen, leaving)
        choose(graph, chosen, edge)
        column = graph.column[leaving]
