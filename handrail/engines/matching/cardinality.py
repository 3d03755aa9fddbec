"""The most pairs there can be, and a cover that proves no pairing has more (König 1931; Ford and Fulkerson 1956).

Breadth-first augmenting paths. A failed search leaves its tree marked for good: no later path can use it, because
nothing leads out of it. What is marked at the end gives the cover: unmarked rows and marked columns.
"""

from typing import NamedTuple

import numpy as np

from handrail.engines.matching.compiled import compiled
from handrail.engines.matching.flow import Array, Chosen, Graph, choose, drop, nothing_chosen


class Marks(NamedTuple):
    """Search marks (R,), (C,): 0 not seen, s>0 seen by search s, -1 closed for good; the pair each was reached by."""

    row: Array
    column: Array
    row_via: Array
    column_via: Array
    queue: Array


class Cover(NamedTuple):
    """Who covers every eligible pair: rows (R,) and columns (C,) that are in the cover, as flags."""

    rows: Array
    columns: Array


def largest_pairing(graph: Graph, least: int, wanted: int) -> tuple[Chosen, Cover, int]:
    """The most pairs among those with at least `least` points, a cover that proves it, and their number.

    Stops early, with a pairing and a cover of no meaning, as soon as `wanted` pairs are known to be out of reach.
    """
    chosen = nothing_chosen(graph)
    rows, columns = graph.row_places.size, graph.column_places.size
    marks = Marks(
        np.zeros(rows, dtype=np.int32),
        np.zeros(columns, dtype=np.int32),
        np.full(rows, -1, dtype=np.int64),
        np.full(columns, -1, dtype=np.int64),
        np.zeros(rows, dtype=np.int32),
    )
    pairs = graph.row.size
    _take_what_is_free.for_size(pairs)(graph, chosen, least)
    spare = int(graph.row_places.sum()) - wanted
    reached = _augment_all.for_size(pairs)(graph, chosen, marks, least, spare)
    cover = Cover(marks.row != -1, marks.column == -1)
    return chosen, cover, int(chosen.load.sum()) if reached else wanted - 1


@compiled
def _take_what_is_free(graph: Graph, chosen: Chosen, least: int) -> None:
    for row in range(graph.row_places.size):
        for edge in range(graph.starts[row], graph.starts[row + 1]):
            if chosen.open[row] == 0:
                break
            column = graph.column[edge]
            if graph.points[edge] >= least and chosen.load[column] < graph.column_places[column]:
                choose(graph, chosen, edge)


@compiled
def _augment_all(graph: Graph, chosen: Chosen, marks: Marks, least: int, spare: int) -> bool:
    search = 0
    for row in range(graph.row_places.size):
        while chosen.open[row] > 0 and marks.row[row] != -1:
            search += 1
            end, seen = _search(graph, chosen, marks, least, row, search)
            if end >= 0:
                _apply_path(graph, chosen, marks, end, row)
            else:
                for place in range(seen):
                    _close(graph, chosen, marks, marks.queue[place], least)
        if chosen.open[row] > 0:
            spare -= chosen.open[row]
            if spare < 0:
                return False
    return True


@compiled
def _close(graph: Graph, chosen: Chosen, marks: Marks, row: int, least: int) -> None:
    marks.row[row] = -1
    for edge in range(graph.starts[row], graph.starts[row + 1]):
        if graph.points[edge] >= least and chosen.used[edge] == 0:
            marks.column[graph.column[edge]] = -1


@compiled
def _search(graph: Graph, chosen: Chosen, marks: Marks, least: int, start: int, search: int) -> tuple[int, int]:
    """(the pair that reaches a free column, or -1; how many rows were seen)."""
    marks.queue[0] = start
    marks.row[start] = search
    head, tail = 0, 1
    while head < tail:
        row = marks.queue[head]
        head += 1
        for edge in range(graph.starts[row], graph.starts[row + 1]):
            column = graph.column[edge]
            mark = marks.column[column]
            if mark == search or mark == -1 or graph.points[edge] < least or chosen.used[edge] == 1:
                continue
            marks.column[column] = search
            marks.column_via[column] = edge
            if chosen.load[column] < graph.column_places[column]:
                return edge, tail
            first = chosen.slot_starts[column]
            for slot in range(first, first + chosen.load[column]):
                other = graph.row[chosen.slots[slot]]
                if marks.row[other] != search and marks.row[other] != -1:
                    marks.row[other] = search
                    marks.row_via[other] = chosen.slots[slot]
                    marks.queue[tail] = other
                    tail += 1
    return -1, tail


@compiled
def _apply_path(graph: Graph, chosen: Chosen, marks: Marks, end: int, start: int) -> None:
    edge = end
    while True:
        row = graph.row[edge]
        if row == start:
            choose(graph, chosen, edge)
            return
        leaving = marks.row_via[row]
        drop(graph, chosen, leaving)
        choose(graph, chosen, edge)
        edge = marks.column_via[graph.column[leaving]]
