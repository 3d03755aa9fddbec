"""One pass over all pairs: for each leader the mentors worth most after their price, above a threshold.

Tiles of 4,096 mentors stay in the fast cache; 16-bit sums run 16 at a time in machine code. Leaders are cut into
blocks that know nothing of one another, so blocks run on several processors or machines.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from handrail.engines.matching.compiled import compiled
from handrail.engines.matching.features import FORBIDDEN, FeatureTable, Small
from handrail.engines.matching.flow import Array
from handrail.engines.matching.problem import Integers

TILE = 4_096
STRIP = 256
FINE = 64  # where nothing is known yet of what is worth keeping
BLOCK = 512
TURN = 1_031
Block = tuple[int, int, Small, Array]
Runner = Callable[[Callable[[int], Block], Iterable[int]], Iterable[Block]]


def on_threads(work: Callable[[int], Block], starts: Iterable[int]) -> Iterable[Block]:
    """Runs the blocks on this machine's processors."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        yield from pool.map(work, starts)


@dataclass(frozen=True, eq=False)
class Scan:
    """What one block needs; it can be sent to another process. Called with the block's first leader."""

    arrays: tuple[Array, ...]
    price: Small
    threshold: Small
    most: int

    def __call__(self, start: int) -> Block:
        end = min(start + BLOCK, self.threshold.size)
        found = np.full((end - start, self.most), FORBIDDEN, dtype=np.int16)
        who = np.full((end - start, self.most), -1, dtype=np.int32)
        kernel: Any = _scan.machine()
        kernel(start, end, *self.arrays, self.price, self.threshold, found, who)
        return start, end, found, who


def best_mentors(
    table: FeatureTable, price: Integers, threshold: Integers, most: int, run: Runner = on_threads
) -> tuple[Small, Array]:
    """(n, most) points less price, descending, and the mentors; FORBIDDEN and -1 where none is above the threshold."""
    above = np.maximum(threshold, FORBIDDEN).astype(np.int16)
    scan = Scan(_arrays(table), price.astype(np.int16), above, most)
    _scan.machine()
    gains = np.empty((table.leaders, most), dtype=np.int16)
    mentors = np.empty((table.leaders, most), dtype=np.int32)
    for start, end, found, who in run(scan, range(0, table.leaders, BLOCK)):
        gains[start:end], mentors[start:end] = found, who
    return gains, mentors


def extended_prices(table: FeatureTable, leader_price: Integers) -> Integers:
    """(m,) the least prices at which none of these leaders would gain more than their own price."""
    arrays, price = _arrays(table), np.zeros(table.mentors, dtype=np.int16)
    kernel: Any = _extend.machine()
    less = leader_price.astype(np.int16)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(lambda start: kernel(start, *arrays, less, price), range(0, table.mentors, TILE)))
    return price.astype(np.int64)


def _arrays(t: FeatureTable) -> tuple[Array, ...]:
    own = (t.values, t.starts, t.index, t.coefficient, t.group, t.group_starts, t.group_index, t.group_coefficient)
    return (*own, t.excluded_starts, t.excluded)


@compiled
def _less(total: Array, price: Array) -> None:
    for c in range(total.shape[0]):
        total[c] = -price[c]


@compiled
def _add_one(total: Array, x: int, a: Array) -> None:
    for c in range(total.shape[0]):
        total[c] += x * a[c]


@compiled
def _add_two(total: Array, x: int, a: Array, y: int, b: Array) -> None:
    for c in range(total.shape[0]):
        total[c] += x * a[c] + y * b[c]


@compiled
def _set_two(total: Array, start: Array, x: int, a: Array, y: int, b: Array) -> None:
    for c in range(total.shape[0]):
        total[c] = start[c] + x * a[c] + y * b[c]


@compiled
def _largest(total: Array) -> Any:
    most = total[0]
    for c in range(total.shape[0]):
        value = total[c]
        most = value if value > most else most
    return most


@compiled
def _add_features(
    total: Array, base: Array, values: Array, index: Array, coefficient: Array, first: int, last: int, c0: int, c1: int
) -> None:
    """total = base + Σ coefficient · values over a range of features; rows are cut out before the loops, since a check
    for negative positions inside them would keep them from running 16 at a time."""
    k = first
    if last - first >= 2:
        _set_two(total, base, coefficient[k], values[index[k], c0:c1], coefficient[k + 1], values[index[k + 1], c0:c1])
        k += 2
    else:
        total[:] = base
    while k + 1 < last:
        _add_two(total, coefficient[k], values[index[k], c0:c1], coefficient[k + 1], values[index[k + 1], c0:c1])
        k += 2
    if k < last:
        _add_one(total, coefficient[k], values[index[k], c0:c1])


@compiled
def _exclude(total: Array, excluded: Array, first: int, last: int, c0: int, c1: int) -> None:
    for k in range(first, last):
        if c0 <= excluded[k] < c1:
            total[excluded[k] - c0] = FORBIDDEN


@compiled
def _keep(found: Array, who: Array, gain: int, mentor: int) -> None:
    """Insert into the descending list of the best."""
    place = found.shape[0] - 1
    while place > 0 and found[place - 1] < gain:
        found[place] = found[place - 1]
        who[place] = who[place - 1]
        place -= 1
    found[place] = gain
    who[place] = mentor


@compiled
def _collect(total: Array, begin: int, end: int, c0: int, threshold: int, strip: int, found: Array, who: Array) -> None:
    last = found.shape[0] - 1
    limit = max(threshold, found[last])
    for a in range(begin, end, strip):
        b = min(end, a + strip)
        if _largest(total[a:b]) > limit:
            for c in range(a, b):
                if total[c] > limit:
                    _keep(found, who, total[c], c0 + c)
                    limit = max(threshold, found[last])


@compiled
def _not_among_the_best(total: Array, best: Array) -> int:
    """Something that as many as `best` has room for exceed: one less than the last of the best strips' largest. So few
    have to be looked at one by one from the beginning."""
    best[:] = FORBIDDEN
    last = best.shape[0] - 1
    for a in range(0, total.shape[0], FINE):
        most = _largest(total[a : min(total.shape[0], a + FINE)])
        if most > best[last]:
            place = last
            while place > 0 and best[place - 1] < most:
                best[place] = best[place - 1]
                place -= 1
            best[place] = most
    return int(best[last]) - 1


@compiled
def _scan(
    start: int, end: int,
    values: Array, starts: Array, index: Array, coefficient: Array,
    group: Array, group_starts: Array, group_index: Array, group_coefficient: Array,
    excluded_starts: Array, excluded: Array,
    price: Array, threshold: Array, found: Array, who: Array,
) -> None:  # fmt: skip
    mentors = values.shape[1]
    totals, bases, zero = np.empty(TILE, np.int16), np.empty(TILE, np.int16), np.empty(TILE, np.int16)
    best = np.empty(found.shape[1], np.int16)
    for c0 in range(0, mentors, TILE):
        c1 = min(mentors, c0 + TILE)
        total, base, less = totals[: c1 - c0], bases[: c1 - c0], zero[: c1 - c0]
        _less(less, price[c0:c1])
        known = -1
        for i in range(start, end):
            g = group[i]
            if g != known:
                known = g
                first, last = group_starts[g], group_starts[g + 1]
                _add_features(base, less, values, group_index, group_coefficient, first, last, c0, c1)
            _add_features(total, base, values, index, coefficient, starts[i], starts[i + 1], c0, c1)
            _exclude(total, excluded, excluded_starts[i], excluded_starts[i + 1], c0, c1)
            # Among mentors worth the same the first ones are kept: each leader begins elsewhere, so that a draw does
            # not send everybody to the same few.
            turn = i * TURN % (c1 - c0)
            limit, strip = int(threshold[i]), STRIP
            if limit == FORBIDDEN and found[i - start, found.shape[1] - 1] == FORBIDDEN:
                limit, strip = max(limit, _not_among_the_best(total, best)), FINE
            _collect(total, turn, c1 - c0, c0, limit, strip, found[i - start], who[i - start])
            _collect(total, 0, turn, c0, limit, strip, found[i - start], who[i - start])


@compiled
def _raise(price: Array, total: Array, less: int) -> None:
    for c in range(price.shape[0]):
        level = price[c] + less
        price[c] = (total[c] if total[c] > level else level) - less


@compiled
def _extend(
    c0: int,
    values: Array, starts: Array, index: Array, coefficient: Array,
    group: Array, group_starts: Array, group_index: Array, group_coefficient: Array,
    excluded_starts: Array, excluded: Array,
    leader_price: Array, price: Array,
) -> None:  # fmt: skip
    c1 = min(values.shape[1], c0 + TILE)
    total, base, zero = np.empty(c1 - c0, np.int16), np.empty(c1 - c0, np.int16), np.zeros(c1 - c0, np.int16)
    known = -1
    for i in range(group.shape[0]):
        g = group[i]
        if g != known:
            known = g
            first, last = group_starts[g], group_starts[g + 1]
            _add_features(base, zero, values, group_index, group_coefficient, first, last, c0, c1)
        _add_features(total, base, values, index, coefficient, starts[i], starts[i + 1], c0, c1)
        _exclude(total, excluded, excluded_starts[i], excluded_starts[i + 1], c0, c1)
        _raise(price[c0:c1], total, leader_price[i])
