"""The state that the compiled solvers share: a graph of eligible pairs, what is chosen in it, and a search tree.

"Rows" are the side whose places must all be filled, "columns" the side with a limit. Which of leaders and mentors is
which depends on who is scarce.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from handrail.engines.matching.compiled import compiled

FAR = 1 << 62
Array = NDArray[Any]


class Graph(NamedTuple):
    """R rows, C columns, E pairs sorted by row: starts (R+1,), row (E,), column (E,), points (E,), places."""

    starts: Array
    row: Array
    column: Array
    points: Array
    row_places: Array
    column_places: Array


class Chosen(NamedTuple):
    """used (E,) 1 where chosen; open (R,) places still to fill; load (C,); the chosen pairs of column c are
    slots[slot_starts[c]] … for load[c] entries."""

    used: Array
    open: Array
    load: Array
    slot_starts: Array
    slots: Array


def graph_of(starts: Array, column: Array, points: Array, row_places: Array, column_places: Array) -> Graph:
    row = np.repeat(np.arange(row_places.size, dtype=np.int32), np.diff(starts))
    return Graph(
        np.ascontiguousarray(starts, dtype=np.int64),
        row,
        np.ascontiguousarray(column, dtype=np.int32),
        np.ascontiguousarray(points, dtype=np.int64),
        np.ascontiguousarray(row_places, dtype=np.int64),
        np.ascontiguousarray(column_places, dtype=np.int64),
    )


def nothing_chosen(graph: Graph) -> Chosen:
    # A column never needs more slots than it has eligible pairs, whatever number of places somebody typed.
    width = np.minimum(graph.column_places, np.bincount(graph.column, minlength=graph.column_places.size))
    slot_starts = np.concatenate([[0], np.cumsum(width)]).astype(np.int64)
    return Chosen(
        np.zeros(graph.row.size, dtype=np.uint8),
        graph.row_places.copy(),
        np.zeros(graph.column_places.size, dtype=np.int64),
        slot_starts,
        np.zeros(int(slot_starts[-1]), dtype=np.int64),
    )


@compiled
def choose(graph: Graph, chosen: Chosen, edge: int) -> None:
    """Put the pair into the pairing; its column must have a free place."""
    column = graph.column[edge]
    chosen.slots[chosen.slot_starts[column] + chosen.load[column]] = edge
    chosen.load[column] += 1
    chosen.open[graph.row[edge]] -= 1
    chosen.used[edge] = 1


@compiled
def drop(graph: Graph, chosen: Chosen, edge: int) -> None:
    """Take the pair out of the pairing."""
    column = graph.column[edge]
    first = chosen.slot_starts[column]
    last = first + chosen.load[column] - 1
    place = first
    while chosen.slots[place] != edge:
        place += 1
    chosen.slots[place] = chosen.slots[last]
    chosen.load[column] -= 1
    chosen.open[graph.row[edge]] += 1
    chosen.used[edge] = 0
