"""COUNTS on one machine, compiled: two passes over the rows and one over the pairs, without sorting.

Every undirected pair is filed under its lower person with one direction bit (a bucket sort by that person: the pair key
of 64 bits, its upper half being the bucket). Within a bucket a table of marks, one for each possible partner, tells in
constant time whether a tie was seen; so the distinct ties of n acts cost n steps. Needs the acts in time order.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit

from handrail.engines.participation.log import UNKNOWN_TIME, Log, filled

COLUMNS = (
    "posts",
    "replies_given",
    "reactions_given",
    "mentions_given",
    "posts_received",
    "replies_received",
    "reactions_received",
    "mentions_received",
    "reached",
    "heard_from",
    "two_way",
    "placed_ties",
    "cross_ties",
    "threads_started",
    "threads_answered",
    "active_weeks",
    "acts_outside",
    "acts_inside",
)
(REACHED, HEARD_FROM, TWO_WAY, PLACED, CROSS, STARTED, ANSWERED, WEEKS, OUTSIDE, INSIDE) = range(8, 18)


def counts(log: Log) -> pa.Table:
    """The table that `definitions.COUNTS` gives, column for column."""
    people = log.people.num_rows
    source, target = (_fixed(log.acts[name], -1, np.int32) for name in ("source", "target"))
    kind = _fixed(log.acts["kind"], 0, np.int8)
    at = _fixed(log.acts["moment"], UNKNOWN_TIME, np.int64)
    week = _fixed(log.acts["week"], np.iinfo(np.int32).min, np.int32)
    unit = _fixed(log.people["unit"], -1, np.int32)
    table = np.zeros((people, len(COLUMNS)), dtype=np.int64)
    outside = _outside(log.acts["outside"])
    gap_count, gap_sum, gap_squares, bucket = _acts_pass(source, target, kind, at, week, outside, table)
    _ties_pass(source, target, bucket, unit, table)
    thread, threads = _dense(log.acts["thread"])
    opener, opened, wait, answered = _threads_pass(source, kind, at, thread, threads)
    first_reply = _conversations(opener, opened, wait, answered, table)
    columns: dict[str, Any] = {"person": log.people["person"], "unit": log.people["unit"]}
    for number, name in enumerate(COLUMNS):
        if name != "posts_received":
            columns[name] = pa.array(table[:, number])
    columns["first_reply"] = pa.array(first_reply, mask=np.isnan(first_reply))
    few = gap_count < 2
    mean = gap_sum / np.maximum(gap_count, 1)
    deviation = np.sqrt(np.maximum(gap_squares / np.maximum(gap_count, 1), 0.0))
    columns["gap_mean"] = pa.array(mean, mask=few)
    columns["gap_deviation"] = pa.array(deviation, mask=few)
    return pa.table(columns)


def _fixed(column: pa.ChunkedArray | pa.Array, value: int, kind: type) -> Any:
    """The column as an array that is not written to: one type for every log, so the kernel is compiled once."""
    found: Any = filled(column, value).astype(kind, copy=False)
    found.flags.writeable = False
    return found


def _outside(column: pa.ChunkedArray) -> Any:
    """1 outside, 0 inside, -1 unknown; one element when nothing at all is known."""
    if column.null_count == len(column):
        column = pa.chunked_array([pa.nulls(1, pa.bool_())])
    return _fixed(pc.cast(column, pa.int8()), -1, np.int8)


def _dense(column: pa.ChunkedArray) -> tuple[Any, int]:
    """Thread numbers 0..threads-1, -1 for none; numbered afresh where they are too sparse for a table."""
    if column.null_count == len(column):
        return _fixed(pa.nulls(len(column), pa.int32()), -1, np.int32), 0
    bounds = pc.min_max(column).as_py()
    if bounds["min"] >= 0 and bounds["max"] < min(2**31 - 1, 4 * len(column) + 1024):
        return _fixed(column, -1, np.int32), int(bounds["max"]) + 1
    coded = column.combine_chunks().dictionary_encode()
    return _fixed(coded.indices, -1, np.int32), len(coded.dictionary)


@njit(cache=True)
def _acts_pass(source, target, kind, at, week, outside, table):  # type: ignore[no-untyped-def]
    """Counts given and received, weeks, gaps (mean, and squared deviations by Welford 1962), and each bucket's size."""
    people = table.shape[0]
    last_week = np.full(people, np.iinfo(np.int32).min, dtype=np.int32)
    last_at = np.full(people, np.iinfo(np.int64).min, dtype=np.int64)
    gap_count = np.zeros(people, dtype=np.int64)
    gap_mean = np.zeros(people, dtype=np.float64)
    gap_squares = np.zeros(people, dtype=np.float64)
    bucket = np.zeros(people + 1, dtype=np.int64)
    tells_outside = outside.size == source.size
    unknown_week = np.iinfo(np.int32).min
    unknown_time = np.iinfo(np.int64).min
    for row in range(source.size):
        giver = source[row]
        receiver = target[row]
        act = kind[row]
        if receiver >= 0:
            table[receiver, 4 + act] += 1
        if giver < 0:
            continue
        table[giver, act] += 1
        if week[row] != unknown_week and week[row] != last_week[giver]:
            last_week[giver] = week[row]
            table[giver, 15] += 1
        if tells_outside and outside[row] >= 0:
            table[giver, 16 if outside[row] else 17] += 1
        if act <= 1 and at[row] != unknown_time:
            if last_at[giver] != unknown_time:
                gap = np.float64(at[row] - last_at[giver])
                gap_count[giver] += 1
                step = gap - gap_mean[giver]
                gap_mean[giver] += step / gap_count[giver]
                gap_squares[giver] += step * (gap - gap_mean[giver])
            last_at[giver] = at[row]
        if receiver >= 0 and receiver != giver:
            bucket[min(giver, receiver) + 1] += 1
    return gap_count, gap_mean * gap_count, gap_squares, bucket


@njit(cache=True)
def _ties_pass(source, target, bucket, unit, table):  # type: ignore[no-untyped-def]
    """Distinct ties and mutual pairs."""
    people = table.shape[0]
    for person in range(people):
        bucket[person + 1] += bucket[person]
    place = bucket[:people].copy()
    filed = np.empty(bucket[people], dtype=np.uint32)
    for row in range(source.size):
        giver = source[row]
        receiver = target[row]
        if giver < 0 or receiver < 0 or giver == receiver:
            continue
        if giver < receiver:
            filed[place[giver]] = np.uint32(receiver) << np.uint32(1)
            place[giver] += 1
        else:
            filed[place[receiver]] = (np.uint32(giver) << np.uint32(1)) | np.uint32(1)
            place[receiver] += 1
    # mark[other] = (lower person + 1) * 4 + directions seen in that person's bucket
    mark = np.zeros(people, dtype=np.int64)
    for low in range(people):
        stamp = np.int64(low + 1) << 2
        for slot in range(bucket[low], bucket[low + 1]):
            other = np.int64(filed[slot] >> np.uint32(1))
            bit = np.int64(1) << np.int64(filed[slot] & np.uint32(1))
            seen = mark[other]
            if seen < stamp:
                seen = stamp
            if seen & bit:
                continue
            mark[other] = seen | bit
            giver, receiver = (low, other) if bit == 1 else (other, low)
            table[giver, 8] += 1
            table[receiver, 9] += 1
            if unit[low] >= 0 and unit[other] >= 0:
                table[giver, 11] += 1
                if unit[low] != unit[other]:
                    table[giver, 12] += 1
            if (seen | bit) & 3 == 3:
                table[low, 10] += 1
                table[other, 10] += 1


@njit(cache=True)
def _threads_pass(source, kind, at, thread, threads):  # type: ignore[no-untyped-def]
    """Each thread's opener and time, whether anybody else replied, and the shortest wait in µs (-1 unknown)."""
    opener = np.full(threads, -1, dtype=np.int32)
    opened = np.full(threads, np.iinfo(np.int64).min, dtype=np.int64)
    wait = np.full(threads, -1, dtype=np.int64)
    answered = np.zeros(threads, dtype=np.bool_)
    if threads == 0:
        return opener, opened, wait, answered
    unknown = np.iinfo(np.int64).min
    for row in range(source.size):
        talk = thread[row]
        if kind[row] == 0 and talk >= 0 and source[row] >= 0 and opener[talk] < 0:
            opener[talk] = source[row]
            opened[talk] = at[row]
    for row in range(source.size):
        talk = thread[row]
        if kind[row] != 1 or talk < 0 or source[row] < 0 or opener[talk] < 0 or source[row] == opener[talk]:
            continue
        answered[talk] = True
        if at[row] != unknown and opened[talk] != unknown and at[row] >= opened[talk] and wait[talk] < 0:
            wait[talk] = at[row] - opened[talk]
    return opener, opened, wait, answered


@njit(cache=True)
def _conversations(opener, opened, wait, answered, table):  # type: ignore[no-untyped-def]
    """Threads started and answered, and the median wait, a person (NaN without one)."""
    people = table.shape[0]
    place = np.zeros(people + 1, dtype=np.int64)
    for talk in range(opener.size):
        if opener[talk] >= 0:
            table[opener[talk], 13] += 1
            if answered[talk]:
                table[opener[talk], 14] += 1
            if wait[talk] >= 0:
                place[opener[talk] + 1] += 1
    for person in range(people):
        place[person + 1] += place[person]
    waits = np.empty(place[people], dtype=np.int64)
    free = place[:people].copy()
    for talk in range(opener.size):
        if opener[talk] >= 0 and wait[talk] >= 0:
            waits[free[opener[talk]]] = wait[talk]
            free[opener[talk]] += 1
    median = np.full(people, np.nan, dtype=np.float64)
    for person in range(people):
        if place[person + 1] > place[person]:
            median[person] = np.median(waits[place[person] : place[person + 1]])
    return median
