"""COUNTS on one machine, compiled: two readings of the acts and one of the pairs, without sorting and in flat memory.

Every undirected pair is filed under its lower person with one direction bit (a bucket sort by the upper half of the
64-bit pair key). Within a bucket a table of marks, one for each possible partner, tells in constant time whether a tie
was seen; so the distinct ties of n acts cost n steps. Needs the acts in time order and threads numbered from 0.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit

from handrail.engines.participation.log import DAY, ENDS, UNKNOWN_TIME, WEEK, Log, filled

# What one act touches of its giver lies in 64 bytes, one line of the processor's cache, seen as 16 numbers of 32 bits
# or 8 of 64: given by kind 0-3, weeks 4, inside 5, outside 6, gaps 7, last moment 4 (64 bits), mean gap 5 and sum of
# squared deviations 6 (64 bits, floating), last week 14.
WEEKS, INSIDE, GAPS, LAST_WEEK = 4, 5, 7, 14
LAST_MOMENT, MEAN, SQUARES = 4, 5, 6
REACHED, HEARD_FROM, TWO_WAY, PLACED, CROSS, STARTED, ANSWERED = range(7)
GIVEN = ("posts", "replies_given", "reactions_given", "mentions_given", "active_weeks", "acts_inside", "acts_outside")
RECEIVED = ("replies_received", "reactions_received", "mentions_received")
TIES = ("reached", "heard_from", "two_way", "placed_ties", "cross_ties", "threads_started", "threads_answered")
ORDER = (
    *("posts", "replies_given", "replies_received", "reactions_given", "reactions_received"),
    *("mentions_given", "mentions_received"),
    *TIES,
    *("active_weeks", "acts_outside", "acts_inside"),
)
CHANGED = "the acts are not the same at a second reading"
BATCH_ROWS = 2**19
REST = ("at", "kind", "thread", "outside")
# The acts, as often as asked, in the same batches: at least these columns of them.
Batches = Callable[[Sequence[str]], Iterable[pa.RecordBatch]]
Ends = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]


def counts(log: Log) -> pa.Table:
    """The table that `definitions.COUNTS` gives, column for column."""
    acts = log.acts.select(["moment", "source", "target", "kind", "thread", "outside"])
    thread, _ = _dense(acts["thread"])
    acts = acts.set_column(4, "thread", thread)
    return counts_of(lambda _: acts.to_batches(max_chunksize=BATCH_ROWS), filled(log.people["unit"], -1))


def counts_of(batches: Batches, units: npt.NDArray[Any]) -> pa.Table:
    """The same from batches that can be read twice, so that a log larger than memory can be counted.

    A batch has at (or moment), source, target, kind, thread and outside as in `Log.acts`, all in time order with
    unknown times last, threads numbered from 0. `units[person]` is -1 without one. Raises ValueError for acts out of
    order and for people outside 0..len(units)-1.
    """
    unit = _fixed(pa.array(units.astype(np.int32)), -1, np.int32)
    people = len(unit)
    bucket = np.zeros(people + 1, dtype=np.int64)
    for batch in batches(ENDS):
        if not _bucket_sizes(*_ends(batch), bucket, people):
            raise ValueError(f"people must lie in 0..{people - 1}")
    np.cumsum(bucket, out=bucket)
    state = _State(people, bucket)
    for batch in batches((*ENDS, *REST)):
        state.add(batch)
    return state.table(unit)


class _State:
    """What is known after some of the acts."""

    def __init__(self, people: int, bucket: npt.NDArray[np.int64]) -> None:
        self._given = _lines(people)
        self._given[:, LAST_WEEK] = np.iinfo(np.int32).min
        self._given.view(np.int64)[:, LAST_MOMENT] = UNKNOWN_TIME
        self._received = np.zeros((people, 4), dtype=np.int32)
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
            self._given,
            self._given.view(np.int64),
            self._given.view(np.float64),
            self._received,
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
            for table, value in ((self._opener, -1), (self._answerer, -1), (self._opened, UNKNOWN_TIME)):
                table.resize(len(table) + more, refcheck=False)  # in place: no second copy beside it
                table[-more:] = value

    def table(self, unit: npt.NDArray[np.int32]) -> pa.Table:
        """The counts; frees what it no longer needs as it goes."""
        people = len(unit)
        if not np.array_equal(self._place, self._bucket[1:]):
            raise ValueError(CHANGED)
        ties = np.zeros((people, len(TIES)), dtype=np.int64)
        _ties_pass(self._bucket, self._filed, unit, ties)
        del self._filed
        first_reply = _conversations(self._opener, self._answerer, self._opened, ties)
        found: dict[str, Any] = {name: self._given[:, number] for number, name in enumerate(GIVEN)}
        found |= {name: self._received[:, number + 1] for number, name in enumerate(RECEIVED)}
        found |= {name: ties[:, number] for number, name in enumerate(TIES)}
        columns: dict[str, Any] = {
            "person": pa.array(np.arange(people, dtype=np.int32)),
            "unit": pa.array(unit, mask=unit < 0),
        }
        columns |= {name: pa.array(found[name].astype(np.int64)) for name in ORDER}
        columns["first_reply"] = pa.array(first_reply, mask=np.isnan(first_reply))
        gaps, numbers = self._given[:, GAPS], self._given.view(np.float64)
        columns["gap_mean"] = pa.array(numbers[:, MEAN], mask=gaps < 2)
        deviation = np.sqrt(np.maximum(numbers[:, SQUARES], 0.0) / np.maximum(gaps, 1))
        columns["gap_deviation"] = pa.array(deviation, mask=gaps < 2)
        return pa.table(columns)


def _lines(people: int) -> npt.NDArray[np.int32]:
    """`people` rows of 16 zeros, each row a line of the cache."""
    room = np.zeros(people * 16 + 16, dtype=np.int32)
    skip = -room.ctypes.data % 64 // 4
    return room[skip : skip + people * 16].reshape(people, 16)


def _ends(batch: pa.RecordBatch) -> Ends:
    return _fixed(batch.column("source"), -1, np.int32), _fixed(batch.column("target"), -1, np.int32)


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
    source,
    target,
    kind,
    moment,
    thread,
    outside,
    given,
    given_long,
    given_real,
    received,
    clock,
    place,
    filed,
    opener,
    answerer,
    opened,
):
    """Counts given and received, weeks, gaps, threads, and files every pair. False if the acts are out of order.

    clock: the latest moment, the end of its week, its week. given, given_long, given_real: the same memory.
    """
    unknown = np.int64(UNKNOWN_TIME)
    people = given.shape[0]
    latest, end, week = clock[0], clock[1], np.int32(clock[2])
    for row in range(source.size):
        giver = source[row]
        act = kind[row]
        now = moment[row]
        if giver == target[row] and giver >= 0:
            continue
        if now != unknown:
            if now < latest:
                return False
            latest = now
            if now >= end:
                week = np.int32((now + 3 * DAY) // WEEK)
                end = (np.int64(week) + 1) * WEEK - 3 * DAY
        if giver < 0:
            continue
        given[giver, act] += 1
        if now != unknown and given[giver, LAST_WEEK] != week:
            given[giver, LAST_WEEK] = week
            given[giver, WEEKS] += 1
        if outside[row] >= 0:
            given[giver, INSIDE + outside[row]] += 1
        if act > 1:
            continue
        if now != unknown:
            before = given_long[giver, LAST_MOMENT]
            if before != unknown:
                gap = np.float64(now - before)
                given[giver, GAPS] += 1
                step = gap - given_real[giver, MEAN]
                given_real[giver, MEAN] += step / given[giver, GAPS]
                given_real[giver, SQUARES] += step * (gap - given_real[giver, MEAN])
            given_long[giver, LAST_MOMENT] = now
    clock[0], clock[1], clock[2] = latest, end, week
    for row in range(source.size):
        receiver = target[row]
        if receiver >= 0 and source[row] != receiver:
            received[receiver, kind[row]] += 1
    for row in range(source.size):
        giver = source[row]
        receiver = target[row]
        if giver >= 0 and receiver >= 0 and giver != receiver:
            low, high = min(giver, receiver), max(giver, receiver)
            if place[low] >= filed.size:  # more than at the first reading: `table` sees it
                place[low] = filed.size + 1
                break
            filed[place[low]] = (np.uint32(high) << np.uint32(1)) | np.uint32(giver > receiver)
            place[low] += 1
    for row in range(source.size):
        if kind[row] <= 1 and thread[row] >= 0 and source[row] >= 0 and source[row] != target[row]:
            _speak(thread[row], kind[row], source[row], moment[row], people, opener, answerer, opened)
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
def _ties_pass(bucket, filed, unit, ties):  # type: ignore[no-untyped-def]
    """Distinct ties and mutual pairs. mark[other] = (lower person + 1) * 4 + the directions seen in that bucket."""
    people = ties.shape[0]
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
            ties[giver, REACHED] += 1
            ties[receiver, HEARD_FROM] += 1
            if unit[low] >= 0 and unit[other] >= 0:
                ties[giver, PLACED] += 1
                if unit[low] != unit[other]:
                    ties[giver, CROSS] += 1
            if (seen | bit) & 3 == 3:
                ties[low, TWO_WAY] += 1
                ties[other, TWO_WAY] += 1


@njit(cache=True)
def _conversations(opener, answerer, opened, ties):  # type: ignore[no-untyped-def]
    """Threads started and answered, and the median wait in µs, a person (NaN without one)."""
    people = ties.shape[0]
    place = np.zeros(people + 1, dtype=np.int64)
    for talk in range(opener.size):
        if opener[talk] >= 0:
            ties[opener[talk], STARTED] += 1
            if answerer[talk] >= 0:
                ties[opener[talk], ANSWERED] += 1
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
