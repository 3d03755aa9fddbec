"""COUNTS on one machine, compiled: two readings of the acts and one of the pairs, without sorting and in flat memory.

Every undirected pair is filed under its lower person with one direction bit (a bucket sort by the upper half of the
64-bit pair key). Within a bucket a table of marks, one for each possible partner, tells in constant time whether a tie
was seen; so the distinct ties of n acts cost n steps. Needs the acts in time order and threads numbered from 0.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit

from handrail.engines.participation.log import DAY, UNKNOWN_TIME, WEEK, Log, filled

# One row of the table of counts a person; “posts_received” is always 0 and keeps kinds and places in step.
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
BATCH_ROWS = 2**19
Batches = Callable[[], Iterable[pa.RecordBatch]]


def counts(log: Log) -> pa.Table:
    """The table that `definitions.COUNTS` gives, column for column."""
    acts = log.acts.select(["moment", "source", "target", "kind", "thread", "outside"])
    thread, _ = _dense(acts["thread"])
    acts = acts.set_column(4, "thread", thread)
    return counts_of(lambda: acts.to_batches(max_chunksize=BATCH_ROWS), filled(log.people["unit"], -1))


def counts_of(batches: Batches, units: npt.NDArray[Any]) -> pa.Table:
    """The same from batches that can be read twice, so that a log larger than memory can be counted.

    A batch has moment (or at), source, target, kind, thread and outside as in `Log.acts`, all in time order with
    unknown times last, threads numbered from 0. `units[person]` is -1 without one. Raises ValueError for acts out of
    order and for people outside 0..len(units)-1.
    """
    unit = _fixed(pa.array(units.astype(np.int32)), -1, np.int32)
    people = len(unit)
    bucket = np.zeros(people + 1, dtype=np.int64)
    for batch in batches():
        if not _bucket_sizes(*_ends(batch), bucket, people):
            raise ValueError(f"people must lie in 0..{people - 1}")
    np.cumsum(bucket, out=bucket)
    state = _State(people, bucket)
    for batch in batches():
        state.add(batch)
    return state.table(unit)


class _State:
    """What is known after some of the acts."""

    def __init__(self, people: int, bucket: npt.NDArray[np.int64]) -> None:
        self._counts = np.zeros((people, len(COLUMNS)), dtype=np.int64)
        # last week, last moment, number of gaps
        self._last = np.full((people, 3), UNKNOWN_TIME, dtype=np.int64)
        self._last[:, 2] = 0
        # mean and sum of squared deviations of the gaps, by Welford's method (1962)
        self._gaps = np.zeros((people, 2), dtype=np.float64)
        self._bucket = bucket
        self._place = bucket[:-1].copy()
        self._filed = np.empty(bucket[-1], dtype=np.uint32)
        self._clock = np.array([UNKNOWN_TIME, UNKNOWN_TIME, 0], dtype=np.int64)
        self._opener = np.full(1_024, -1, dtype=np.int32)
        self._answerer = np.full(1_024, -1, dtype=np.int32)
        self._opened = np.full(1_024, UNKNOWN_TIME, dtype=np.int64)

    def add(self, batch: pa.RecordBatch) -> None:
        source, target = _ends(batch)
        kind = _fixed(batch.column("kind"), 0, np.int8)
        name = "moment" if "moment" in batch.schema.names else "at"
        moment = _fixed(batch.column(name).cast(pa.int64()), UNKNOWN_TIME, np.int64)
        thread = _fixed(batch.column("thread"), -1, np.int64)
        outside = _fixed(pc.cast(batch.column("outside"), pa.int8()), -1, np.int8)
        self._grow(int(thread.max()) + 1 if len(thread) else 0)
        in_order = _acts_pass(
            source,
            target,
            kind,
            moment,
            thread,
            outside,
            self._counts,
            self._last,
            self._gaps,
            self._clock,
            self._place,
            self._filed,
            self._opener,
            self._answerer,
            self._opened,
        )
        if not in_order:
            raise ValueError("the acts are not in time order")

    def _grow(self, threads: int) -> None:
        if threads > len(self._opener):
            more = max(threads, len(self._opener) * 3 // 2) - len(self._opener)
            for name, value in (("_opener", -1), ("_answerer", -1), ("_opened", UNKNOWN_TIME)):
                old = getattr(self, name)
                setattr(self, name, np.concatenate([old, np.full(more, value, dtype=old.dtype)]))

    def table(self, unit: npt.NDArray[np.int32]) -> pa.Table:
        """The counts; frees what it no longer needs as it goes."""
        _ties_pass(self._bucket, self._filed, unit, self._counts)
        del self._filed
        first_reply = _conversations(self._opener, self._answerer, self._opened, self._counts)
        people = len(unit)
        columns: dict[str, Any] = {
            "person": pa.array(np.arange(people, dtype=np.int32)),
            "unit": pa.array(unit, mask=unit < 0),
        }
        for number, name in enumerate(COLUMNS):
            if name != "posts_received":
                columns[name] = pa.array(self._counts[:, number])
        columns["first_reply"] = pa.array(first_reply, mask=np.isnan(first_reply))
        number_of_gaps = self._last[:, 2]
        few = number_of_gaps < 2
        columns["gap_mean"] = pa.array(self._gaps[:, 0], mask=few)
        deviation = np.sqrt(np.maximum(self._gaps[:, 1], 0.0) / np.maximum(number_of_gaps, 1))
        columns["gap_deviation"] = pa.array(deviation, mask=few)
        return pa.table(columns)


def _ends(batch: pa.RecordBatch) -> Iterator[Any]:
    return (_fixed(batch.column(name), -1, np.int32) for name in ("source", "target"))


def _fixed(column: pa.ChunkedArray | pa.Array, value: int, kind: type) -> Any:
    """The column as an array that is not written to: one type for every log, so the kernel is compiled once."""
    found: Any = filled(column, value).astype(kind, copy=False)
    found.flags.writeable = False
    return found


def _dense(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, int]:
    """Threads numbered from 0; numbered afresh where they are too sparse for a table."""
    bounds = pc.min_max(column).as_py()
    if bounds["min"] is None:
        return column, 0
    if bounds["min"] >= 0 and bounds["max"] < 4 * len(column) + 1024:
        return column, int(bounds["max"]) + 1
    coded = column.combine_chunks().dictionary_encode()
    return pa.chunked_array([coded.indices.cast(pa.int64())]), len(coded.dictionary)


@njit(cache=True)
def _bucket_sizes(source, target, bucket, people):  # type: ignore[no-untyped-def]
    """Adds how many acts fall to each lower person, one place further on; False for a person out of range."""
    for row in range(source.size):
        giver = source[row]
        receiver = target[row]
        if giver >= people or receiver >= people:
            return False
        if giver >= 0 and receiver >= 0 and giver != receiver:
            bucket[min(giver, receiver) + 1] += 1
    return True


@njit(cache=True)
def _acts_pass(  # type: ignore[no-untyped-def]
    source, target, kind, moment, thread, outside, counts, last, gaps, clock, place, filed, opener, answerer, opened
):
    """Counts given and received, weeks, gaps, threads, and files every pair. False if the acts are out of order.

    clock: the latest moment, the end of its week, its week.
    """
    unknown = np.int64(UNKNOWN_TIME)
    people = counts.shape[0]
    for row in range(source.size):
        giver = source[row]
        receiver = target[row]
        if giver == receiver and giver >= 0:
            continue
        act = kind[row]
        now = moment[row]
        if now != unknown:
            if now < clock[0]:
                return False
            clock[0] = now
            if now >= clock[1]:
                clock[2] = (now + 3 * DAY) // WEEK
                clock[1] = (clock[2] + 1) * WEEK - 3 * DAY
        if receiver >= 0:
            counts[receiver, 4 + act] += 1
        if giver < 0:
            continue
        counts[giver, act] += 1
        if now != unknown and last[giver, 0] != clock[2]:
            last[giver, 0] = clock[2]
            counts[giver, 15] += 1
        if outside[row] >= 0:
            counts[giver, 17 - outside[row]] += 1
        if receiver >= 0:
            if giver < receiver:
                filed[place[giver]] = np.uint32(receiver) << np.uint32(1)
                place[giver] += 1
            else:
                filed[place[receiver]] = (np.uint32(giver) << np.uint32(1)) | np.uint32(1)
                place[receiver] += 1
        if act > 1:
            continue
        if now != unknown:
            if last[giver, 1] != unknown:
                gap = np.float64(now - last[giver, 1])
                last[giver, 2] += 1
                step = gap - gaps[giver, 0]
                gaps[giver, 0] += step / last[giver, 2]
                gaps[giver, 1] += step * (gap - gaps[giver, 0])
            last[giver, 1] = now
        talk = thread[row]
        if talk >= 0:
            _speak(talk, act, giver, now, people, opener, answerer, opened)
    return True


@njit(cache=True)
def _speak(talk, act, giver, now, people, opener, answerer, opened):  # type: ignore[no-untyped-def]
    """One post or reply in a thread.

    `opener` is the first to post. `answerer` is -1 while nobody else has replied, -2 - replier (or -2 - people once
    there were several) while replies came before any post, 0 when answered but without a wait, 1 with a wait: then
    `opened` holds the wait instead of the opening.
    """
    unknown = np.int64(UNKNOWN_TIME)
    if act == 0:
        if opener[talk] < 0:
            opener[talk] = giver
            opened[talk] = now
            early = answerer[talk]
            answerer[talk] = -1 if early == -1 or early == -2 - giver else 0
        return
    if opener[talk] < 0:
        if answerer[talk] == -1:
            answerer[talk] = -2 - giver
        elif answerer[talk] != -2 - giver:
            answerer[talk] = -2 - people
    elif giver != opener[talk] and answerer[talk] < 1:
        answerer[talk] = 0
        if now != unknown and opened[talk] != unknown:
            answerer[talk] = 1
            opened[talk] = now - opened[talk]


@njit(cache=True)
def _ties_pass(bucket, filed, unit, counts):  # type: ignore[no-untyped-def]
    """Distinct ties and mutual pairs. mark[other] = (lower person + 1) * 4 + the directions seen in that bucket."""
    people = counts.shape[0]
    mark = np.zeros(people, dtype=np.int64)
    for low in range(people):
        stamp = np.int64(low + 1) << 2
        for slot in range(bucket[low], bucket[low + 1]):
            other = np.int64(filed[slot] >> np.uint32(1))
            bit = np.int64(1) << np.int64(filed[slot] & np.uint32(1))
            seen = max(mark[other], stamp)
            if seen & bit:
                continue
            mark[other] = seen | bit
            giver, receiver = (low, other) if bit == 1 else (other, low)
            counts[giver, 8] += 1
            counts[receiver, 9] += 1
            if unit[low] >= 0 and unit[other] >= 0:
                counts[giver, 11] += 1
                if unit[low] != unit[other]:
                    counts[giver, 12] += 1
            if (seen | bit) & 3 == 3:
                counts[low, 10] += 1
                counts[other, 10] += 1


@njit(cache=True)
def _conversations(opener, answerer, opened, counts):  # type: ignore[no-untyped-def]
    """Threads started and answered, and the median wait in µs, a person (NaN without one)."""
    people = counts.shape[0]
    place = np.zeros(people + 1, dtype=np.int64)
    for talk in range(opener.size):
        if opener[talk] >= 0:
            counts[opener[talk], 13] += 1
            if answerer[talk] >= 0:
                counts[opener[talk], 14] += 1
            if answerer[talk] == 1:
                place[opener[talk] + 1] += 1
    for person in range(people):
        place[person + 1] += place[person]
    waits = np.empty(place[people], dtype=np.int64)
    free = place[:people].copy()
    for talk in range(opener.size):
        if answerer[talk] == 1 and opener[talk] >= 0:
            waits[free[opener[talk]]] = opened[talk]
            free[opener[talk]] += 1
    median = np.full(people, np.nan, dtype=np.float64)
    for person in range(people):
        if place[person + 1] > place[person]:
            median[person] = np.median(waits[place[person] : place[person + 1]])
    return median
