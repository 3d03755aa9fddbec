"""The best pairing of a sparse graph in which every row has one place, for very many rows at once.

The primal-dual method in phases (Hopcroft and Karp 1973 for the paths; Gabow and Tarjan 1989 for whole prices): one
shortest-path search from everybody who is still without a place, one move of all prices, then as many paths at par as
can be found without meeting. Points are small whole numbers, so few distances differ and few phases are needed, however
many rows there are. Rows first look for columns; then columns with a free place that still costs something look for
rows. A used pair is always worth exactly its two prices, an unused one at most that.
"""

from typing import NamedTuple

import numpy as np

from handrail.engines.matching.assignment import Prices
from handrail.engines.matching.compiled import compiled
from handrail.engines.matching.flow import FAR, Array, Chosen, Graph, choose, drop
from handrail.engines.matching.release import pairs_by_column

DOWN = 2


class Search(NamedTuple):
    """present (R,): the used pair of each row, -1 for none. by_column: the pairs of each column, and beside them their
    rows and points, so that a look around a column reads them in one go. For each column: its distance, the pair it was
    reached by, the phase that passed it, the next pair to try. A heap of keys and columns; a stack."""

    present: Array
    column_starts: Array
    by_column: Array
    row_by_column: Array
    points_by_column: Array
    distance: Array
    via: Array
    passed: Array
    next: Array
    row_next: Array
    heap_key: Array
    heap: Array
    seen: Array
    stack: Array


def new_search(graph: Graph, chosen: Chosen) -> Search:
    rows, columns, pairs = graph.row_places.size, graph.column_places.size, graph.row.size
    starts, order = pairs_by_column.machine()(graph)
    present = np.full(rows, -1, dtype=np.int32)
    used = np.flatnonzero(chosen.used)
    present[graph.row[used]] = used
    room = pairs + columns + 1
    return Search(
        present,
        starts,
        order,
        graph.row[order],
        graph.points[order].astype(np.int32),
        np.full(columns, FAR, dtype=np.int64),
        np.full(columns, -1, dtype=np.int32),
        np.zeros(columns, dtype=np.int32),
        np.zeros(columns, dtype=np.int64),
        np.zeros(rows, dtype=np.int64),
        np.empty(room, dtype=np.int64),
        np.empty(room, dtype=np.int32),
        np.empty(columns, dtype=np.int32),
        np.empty(max(rows, columns) + 1, dtype=np.int32),
    )


def solve_in_phases(graph: Graph, chosen: Chosen, prices: Prices, furthest: int) -> None:
    """Make the pairing the best one for its graph, but move no price much further than `furthest` (down: twice as far).

    `settle` must have been called, so that the prices fit the pairing; they do so afterwards too.
    """
    search = new_search(graph, chosen)
    seek_columns.machine()(graph, chosen, prices, search, furthest)
    # Prices that were too high come down again; letting them go further than they went up saves rounds.
    seek_rows.machine()(graph, chosen, prices, search, min(FAR, DOWN * furthest))


@compiled
def seek_columns(graph: Graph, chosen: Chosen, prices: Prices, search: Search, furthest: int) -> None:
    """Rows without a place take one, or go without at the price 0."""
    waiting = np.empty(graph.row_places.size, dtype=np.int32)
    count = 0
    for row in range(graph.row_places.size):
        if chosen.open[row] > 0 and prices.row[row] > 0:
            waiting[count] = row
            count += 1
    moved, phase = 0, 0
    search.passed[:] = 0
    while count > 0 and moved < furthest:
        phase += 1
        length, seen = _nearest_column(graph, chosen, prices, search, waiting, count, furthest - moved)
        _move_towards_columns(graph, chosen, prices, search, waiting, count, length, seen)
        moved += length
        left = 0
        for k in range(count):
            row = waiting[k]
            if prices.row[row] > 0 and not _take_column(graph, chosen, prices, search, row, phase):
                waiting[left] = row
                left += 1
        count = left


@compiled
def _push(search: Search, size: int, key: int, column: int) -> int:
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        if search.heap_key[parent] <= key:
            break
        search.heap_key[place] = search.heap_key[parent]
        search.heap[place] = search.heap[parent]
        place = parent
    search.heap_key[place] = key
    search.heap[place] = column
    return size + 1


@compiled
def _pop(search: Search, size: int) -> int:
    """Takes the first away; the others close up. Read the first before."""
    size -= 1
    key, column = search.heap_key[size], search.heap[size]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and search.heap_key[child + 1] < search.heap_key[child]:
            child += 1
        if search.heap_key[child] >= key:
            break
        search.heap_key[place] = search.heap_key[child]
        search.heap[place] = search.heap[child]
        place = child
    search.heap_key[place] = key
    search.heap[place] = column
    return size


@compiled
def _nearest_column(
    graph: Graph, chosen: Chosen, prices: Prices, search: Search, waiting: Array, count: int, limit: int
) -> tuple[int, int]:
    """(how far the nearest way out is from any waiting row, at most `limit`; how many columns were seen before it)."""
    best, size, seen = limit, 0, 0
    for k in range(count):
        best, size, seen = _look_from_row(graph, chosen, prices, search, waiting[k], 0, best, size, seen)
    while size > 0 and search.heap_key[0] < best:
        distance, column = search.heap_key[0], search.heap[0]
        size = _pop(search, size)
        if distance > search.distance[column]:
            continue
        first = chosen.slot_starts[column]
        for slot in range(first, first + chosen.load[column]):
            row = graph.row[chosen.slots[slot]]
            best, size, seen = _look_from_row(graph, chosen, prices, search, row, distance, best, size, seen)
    return best, seen


@compiled
def _look_from_row(
    graph: Graph,
    chosen: Chosen,
    prices: Prices,
    search: Search,
    row: int,
    distance: int,
    best: int,
    size: int,
    seen: int,
) -> tuple[int, int, int]:
    offset = distance + prices.row[row]
    best = min(best, offset)
    for edge in range(graph.starts[row], graph.starts[row + 1]):
        column = graph.column[edge]
        further = offset + prices.column[column] - graph.points[edge]
        if further < best and further < search.distance[column]:
            if chosen.load[column] < graph.column_places[column]:
                best = further
                continue
            if search.distance[column] == FAR:
                search.seen[seen] = column
                seen += 1
            search.distance[column] = further
            # Nobody can come out of a column without places, but its price must keep up.
            if graph.column_places[column] > 0:
                size = _push(search, size, further, column)
    return best, size, seen


@compiled
def _move_towards_columns(
    graph: Graph, chosen: Chosen, prices: Prices, search: Search, waiting: Array, count: int, length: int, seen: int
) -> None:
    for k in range(count):
        prices.row[waiting[k]] -= length
    for k in range(seen):
        column = search.seen[k]
        rest = length - search.distance[column]
        search.distance[column] = FAR
        if rest > 0:
            _raise_column(graph, chosen, prices, column, rest)


@compiled
def _raise_column(graph: Graph, chosen: Chosen, prices: Prices, column: int, by: int) -> None:
    """A column costs so much more; the rows that have a place in it hold so much less, and their pairs stay at par."""
    prices.column[column] += by
    first = chosen.slot_starts[column]
    for slot in range(first, first + chosen.load[column]):
        prices.row[graph.row[chosen.slots[slot]]] -= by


@compiled
def _take_column(graph: Graph, chosen: Chosen, prices: Prices, search: Search, start: int, phase: int) -> bool:
    """Look for a way along pairs at par, depth first; a column that was passed once in a phase leads nowhere new."""
    search.stack[0] = start
    search.row_next[start] = graph.starts[start]
    height = 1
    while height > 0:
        row = search.stack[height - 1]
        edge = search.row_next[row]
        if edge == graph.starts[row + 1]:
            height -= 1
            continue
        search.row_next[row] = edge + 1
        column = graph.column[edge]
        if search.passed[column] == phase or prices.row[row] + prices.column[column] != graph.points[edge]:
            continue
        if graph.column_places[column] == 0 or search.present[row] == edge:
            continue
        search.passed[column] = phase
        search.via[column] = edge
        if chosen.load[column] < graph.column_places[column]:
            _shift(graph, chosen, search, edge, start)
            return True
        first = chosen.slot_starts[column]
        for slot in range(first, first + chosen.load[column]):
            other = graph.row[chosen.slots[slot]]
            if prices.row[other] == 0:
                leaving = search.present[other]
                drop(graph, chosen, leaving)
                search.present[other] = -1
                _shift(graph, chosen, search, edge, start)
                return True
            search.stack[height] = other
            search.row_next[other] = graph.starts[other]
            height += 1
    return False


@compiled
def _shift(graph: Graph, chosen: Chosen, search: Search, end: int, start: int) -> None:
    """Every row on the way takes the next column, from the free place back to where the way began."""
    edge = end
    while True:
        row = graph.row[edge]
        leaving = search.present[row]
        if leaving >= 0:
            drop(graph, chosen, leaving)
        choose(graph, chosen, edge)
        search.present[row] = edge
        if row == start:
            return
        edge = search.via[graph.column[leaving]]


@compiled
def seek_rows(graph: Graph, chosen: Chosen, prices: Prices, search: Search, furthest: int) -> None:
    """Columns with a free place that costs something find a row for it, or cost less, down to nothing."""
    waiting = np.empty(graph.column_places.size, dtype=np.int32)
    count = 0
    for column in range(graph.column_places.size):
        if chosen.load[column] < graph.column_places[column] and prices.column[column] > 0:
            waiting[count] = column
            count += 1
    moved, phase = 0, 0
    search.passed[:] = 0
    while count > 0 and moved < furthest:
        phase += 1
        length, seen = _nearest_row(graph, prices, search, waiting, count, furthest - moved)
        _move_towards_rows(graph, chosen, prices, search, length, seen)
        moved += length
        left = 0
        for k in range(count):
            column = waiting[k]
            while prices.column[column] > 0 and chosen.load[column] < graph.column_places[column]:
                if not _take_row(graph, chosen, prices, search, column, phase):
                    waiting[left] = column
                    left += 1
                    break
        count = left


@compiled
def _nearest_row(
    graph: Graph, prices: Prices, search: Search, waiting: Array, count: int, limit: int
) -> tuple[int, int]:
    best, size, seen = limit, 0, count
    for k in range(count):
        search.distance[waiting[k]] = 0
        search.seen[k] = waiting[k]
        size = _push(search, size, 0, waiting[k])
    while size > 0 and search.heap_key[0] < best:
        distance, column = search.heap_key[0], search.heap[0]
        size = _pop(search, size)
        if distance > search.distance[column]:
            continue
        offset = distance + prices.column[column]
        best = min(best, offset)
        for place in range(search.column_starts[column], search.column_starts[column + 1]):
            row = search.row_by_column[place]
            further = offset + prices.row[row] - search.points_by_column[place]
            if further >= best:
                continue
            if search.present[row] < 0:
                best = further
                continue
            other = graph.column[search.present[row]]
            if further < search.distance[other]:
                if search.distance[other] == FAR:
                    search.seen[seen] = other
                    seen += 1
                search.distance[other] = further
                size = _push(search, size, further, other)
    return best, seen


@compiled
def _move_towards_rows(graph: Graph, chosen: Chosen, prices: Prices, search: Search, length: int, seen: int) -> None:
    for k in range(seen):
        column = search.seen[k]
        rest = length - search.distance[column]
        search.distance[column] = FAR
        if rest > 0:
            _raise_column(graph, chosen, prices, column, -rest)


@compiled
def _take_row(graph: Graph, chosen: Chosen, prices: Prices, search: Search, start: int, phase: int) -> bool:
    search.stack[0] = start
    if search.passed[start] != phase:
        search.passed[start] = phase
        search.next[start] = search.column_starts[start]
    height = 1
    while height > 0:
        column = search.stack[height - 1]
        place = search.next[column]
        if place == search.column_starts[column + 1]:
            height -= 1
            continue
        search.next[column] = place + 1
        row = search.row_by_column[place]
        if prices.row[row] + prices.column[column] != search.points_by_column[place]:
            continue
        edge = search.by_column[place]
        if search.present[row] == edge:
            continue
        if search.present[row] < 0:
            _give_back(graph, chosen, search, column, start)
            choose(graph, chosen, edge)
            search.present[row] = edge
            return True
        other = graph.column[search.present[row]]
        if search.passed[other] == phase:
            continue
        search.passed[other] = phase
        search.via[other] = edge
        if prices.column[other] == 0:
            _give_back(graph, chosen, search, other, start)
            return True
        search.next[other] = search.column_starts[other]
        search.stack[height] = other
        height += 1
    return False


@compiled
def _give_back(graph: Graph, chosen: Chosen, search: Search, end: int, start: int) -> None:
    """Every column on the way gives a row to the one before it, from the end back to where the way began."""
    column = end
    while column != start:
        edge = search.via[column]
        row = graph.row[edge]
        drop(graph, chosen, search.present[row])
        column = graph.column[edge]
    column = end
    while column != start:
        edge = search.via[column]
        choose(graph, chosen, edge)
        search.present[graph.row[edge]] = edge
        column = graph.column[edge]
