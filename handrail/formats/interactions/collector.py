"""Gathers what a reader finds: rows in batches, people by number, what was left out and what was broken."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from struct import Struct
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from handrail.formats.interactions.archive import Export
from handrail.formats.interactions.bookmark import Bookmark, Kept, Place, Remembers, beyond
from handrail.formats.interactions.schema import INTERACTIONS, PEOPLE, POST, Completeness

BATCH_ROWS = 100_000
BROKEN_NAMED = 50
NOBODY = -1
BOT = -2
Numbers = npt.NDArray[np.int32]
TO_ONESELF = ("posts to oneself", "replies to oneself", "reactions to oneself", "mentions of oneself")
One = TypeVar("One")
Sink = Callable[[pa.RecordBatch], None]
# Rows wait as bytes: for the longest files, tuples of Python's numbers cost more than all the rest of an act. Below 0
# is unknown, and for `outside` as its ends are.
packed = Struct("<qqqiiibbb").pack  # id, at, thread, source, target, channel, kind, outside, inferred
ROW = np.dtype(
    {
        "names": ["id", "at", "thread", "source", "target", "channel", "kind", "outside", "inferred"],
        "formats": ["<i8"] * 3 + ["<i4"] * 3 + ["i1"] * 3,
    }
)
UNKNOWN = -1
TOO_LATE = 7_258_118_400_000_000  # the year 2200, in µs
EMPTY = blake2b(digest_size=8)


@dataclass(frozen=True)
class Broken:
    """A record that could not be read. `position` is a line or the number of the record in its file, from 1."""

    file: str
    position: int | None
    message: str
    column: str | None = None

    def __str__(self) -> str:
        place = self.file if self.position is None else f"{self.file}, record {self.position}"
        return f"{place}: {self.message}"


@dataclass
class Reading:
    """What came of reading an export, beside its rows."""

    format: str
    completeness: Completeness = Completeness.WHOLE_NETWORK
    records: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    lacking: dict[str, str] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)
    broken_count: int = 0
    channels: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Person:
    """One person as the source knows them."""

    key: str
    email: str | None = None
    unit: str | None = None
    outside: bool | None = None
    measured: bool = True
    name: str | None = None  # only to suggest to somebody who decides that this may be a member


class Collector:
    """What readers write to. Rows leave in batches through `sink`, so memory does not grow with the export."""

    def __init__(self, format_name: str, sink: Sink) -> None:
        self.reading = Reading(format_name)
        self.people: list[Person] = []
        # set by a reader whose rows have no identity of their own, so that equal rows are still different acts
        self.equal_rows_differ = False
        self._numbers: dict[str, int] = {}
        self._outsides: list[bool | None] = []
        self._channels: dict[str, int] = {}
        self._sink = sink
        self._rows = bytearray()
        self.bookmark: Bookmark | None = None
        self._place: Place | None = None
        # `spoken` for rows whose ends are two different people, or one and NOBODY; who uses it calls `make_room`
        self.row = self._rows.extend

    def person(
        self,
        key: str,
        *,
        email: str | None = None,
        unit: str | None = None,
        outside: bool | None = None,
        measured: bool | None = None,
        name: str | None = None,
    ) -> int:
        """The person's number, new or known; details fill what was unknown."""
        number = self._numbers.get(key)
        if number is not None and email is None and unit is None and outside is None and measured is None:
            return number
        if not (isinstance(key, str) and all(one is None or isinstance(one, str) for one in (email, unit, name))):
            raise TypeError("who a person is, is said in text")
        if number is None:
            self._outsides.append(outside)
            number = self._numbers[key] = len(self.people)
            self.people.append(
                Person(key, email or None, unit or None, outside, measured is None or measured, name or None)
            )
        elif number >= 0 and (email or unit or outside is not None or measured):
            person = self.people[number]
            person.email = person.email or email or None
            person.unit = person.unit or unit or None
            person.outside = self._outsides[number] = outside if person.outside is None else person.outside
            person.measured = person.measured or bool(measured)
            person.name = person.name or name or None
        return number

    def bot(self, key: str) -> None:
        """Mark a key as a machine's; to be called before its first act."""
        self._numbers.setdefault(key, BOT)

    def number(self, key: str) -> int | None:
        """The number of a person already met."""
        return self._numbers.get(key)

    def channel(self, name: str) -> int:
        """The channel's number."""
        number = self._channels.get(name)
        if number is None:
            number = self._channels[name] = len(self.reading.channels)
            self.reading.channels.append(name)
        return number

    def act(
        self,
        identity: str | int,
        at: int | None,
        source: int,
        target: int,
        kind: int,
        *,
        channel: int | None = None,
        thread: int | None = None,
        outside: bool | None = None,
        inferred: bool = False,
    ) -> bool:
        """One act. `identity` is what makes it this act in every export (or `number_of` that). `source` and `target`
        are numbers, NOBODY or BOT. False if it was left out."""
        if source == BOT:
            self.reading.left_out["acts of bots"] += 1
            return False
        if source == target and source >= 0:
            if kind != POST:
                self.reading.left_out[TO_ONESELF[kind]] += 1
                return False
            target = NOBODY
        number = identity if isinstance(identity, int) else number_of(identity)
        at, thread, channel = (UNKNOWN if one is None else one for one in (at, thread, channel))
        beyond = UNKNOWN if outside is None else outside
        self._rows += packed(number, at, thread, source, target, channel, kind, beyond, inferred)
        self.make_room()
        return True

    def spoken(
        self, number: int, at: int, source: int, target: int, kind: int, channel: int, thread: int | None
    ) -> None:
        """`act` for the readers of the longest files: everything by place, the number worked out, nothing inferred."""
        if source < 0 or source == target:
            self.act(number, at, source, target, kind, channel=channel, thread=thread)
            return
        talk = UNKNOWN if thread is None else thread
        self._rows += packed(number, at, talk, source, target, channel, kind, UNKNOWN, False)
        self.make_room()

    def make_room(self) -> None:
        """Hand on what was gathered when it is enough for a batch."""
        if len(self._rows) >= BATCH_ROWS * ROW.itemsize:
            self.flush()

    def broken(self, file: str, position: int | None, message: str, column: str | None = None) -> None:
        """A record that could not be read: named (the first ones) and counted."""
        self.reading.broken_count += 1
        if len(self.reading.broken) < BROKEN_NAMED:
            self.reading.broken.append(Broken(file, position, message, column))

    def each(self, file: str, records: Iterable[Any], handle: Callable[[Any], object]) -> None:
        """Handle every record; one that is not shaped as it should be is named and counted, the rest goes on."""
        if isinstance(records, str | dict) or not isinstance(records, Iterable):
            self.broken(file, None, "has something else where a list belongs.")
            return
        for position, record in enumerate(records, 1):
            self.one(file, position, record, handle)

    def one(self, file: str, position: int | None, record: Any, handle: Callable[[Any], object]) -> None:
        """Handle one record. What is said of a broken one never quotes its values: they may be somebody's words."""
        try:
            handle(record)
        except KeyError as error:
            self.broken(file, position, f"lacks “{error.args[0]}”.")
        except (TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError) as error:
            self.broken(file, position, f"has a value of the wrong kind ({type(error).__name__}).")

    def files(self, names: list[str], own: Remembers | None = None) -> Iterator[str]:
        """Those that are still to be read. Between two of them a reading that is cut off can be taken up again.

        To be asked once, when everything that comes before is done: what came before is forgotten for what was kept.
        """
        self._take_up(own)
        for name in beyond(self._place, names):
            yield name
            self._pass(Place(name), own)

    def still(self, file: str, records: Iterable[One], own: Remembers | None = None) -> Iterator[One]:
        """The records of one of `files` that are still to be read, with the same between two of them."""
        there = self._place.record if self._place and self._place.file == file else 0
        for position, record in enumerate(records, 1):
            if position > there:
                yield record
                self._pass(Place(file, position), own)

    def lines(self, export: Export, file: str, own: Remembers | None = None) -> Iterator[tuple[int, bytes]]:
        """The same for the lines of one of `files`: (number, line)."""
        there = self._place if self._place and self._place.file == file else Place(file)
        for number, offset, line in export.lines(file, there.record, there.offset):
            yield number, line
            if self.bookmark is not None and self.bookmark.is_due:
                self._pass(Place(file, number, offset), own)

    def _pass(self, place: Place, own: Remembers | None) -> None:
        if self.bookmark is not None and self.bookmark.is_due:
            self.flush()
            self.bookmark.put({"place": [*place], "own": own.remembered() if own else None, "collected": self._kept()})

    def _take_up(self, own: Remembers | None) -> None:
        if self.bookmark is None or self.bookmark.found is None:
            return
        found = self.bookmark.found
        self._rows.clear()
        self._restore(found["collected"])
        if own is not None:
            own.remember(found["own"])
        self._place = Place(*found["place"])

    def finish(self) -> None:
        """Everything is read: who takes it up now has nothing more to read."""
        self.flush()
        if self.bookmark is not None:
            self.bookmark.put({"finished": True, "collected": self._kept()})

    def take_up_finished(self) -> bool:
        """Whether it was read to its end before; then everything stands as it did."""
        if self.bookmark is None or self.bookmark.found is None or not self.bookmark.found.get("finished"):
            return False
        self._restore(self.bookmark.found["collected"])
        return True

    def _kept(self) -> Kept:
        reading = vars(self.reading) | {
            "completeness": self.reading.completeness.value,
            "counts": dict(self.reading.counts),
            "left_out": dict(self.reading.left_out),
            "broken": [asdict(one) for one in self.reading.broken],
        }
        people = [(one.key, one.email, one.unit, one.outside, one.measured, one.name) for one in self.people]
        bots = [key for key, number in self._numbers.items() if number == BOT]
        return {"reading": reading, "people": people, "bots": bots, "differ": self.equal_rows_differ}

    def _restore(self, kept: Kept) -> None:
        reading = kept["reading"]
        reading["completeness"] = Completeness(reading["completeness"])
        reading["counts"], reading["left_out"] = Counter(reading["counts"]), Counter(reading["left_out"])
        reading["broken"] = [Broken(**one) for one in reading["broken"]]
        self.reading = Reading(**reading)
        self.people = [Person(*one) for one in kept["people"]]
        self.equal_rows_differ = kept["differ"]
        self._numbers = {one.key: number for number, one in enumerate(self.people)} | dict.fromkeys(kept["bots"], BOT)
        self._outsides = [one.outside for one in self.people]
        self._channels = {name: number for number, name in enumerate(self.reading.channels)}

    def flush(self) -> None:
        """Hand the rows gathered so far to the sink."""
        if not self._rows:
            return
        rows = np.frombuffer(bytes(self._rows), ROW)
        self._rows.clear()
        columns = {name: np.ascontiguousarray(rows[name]) for name in ROW.names or ()}
        known = {name: pa.array(column, mask=column < 0) for name, column in columns.items()}
        known["at"] = known["at"].cast(INTERACTIONS.field("at").type)
        known["outside"] = self._outside(columns["source"], columns["target"], known["outside"].cast(pa.bool_()))
        known["inferred"] = known["inferred"].cast(pa.bool_())
        self._sink(pa.RecordBatch.from_arrays([known[name] for name in INTERACTIONS.names], schema=INTERACTIONS))

    def batch(self, batch: pa.RecordBatch) -> None:
        """Rows made elsewhere, column by column (the plain format)."""
        self._sink(batch)

    def people_table(self) -> pa.Table:
        """The people met, in the order of their numbers."""
        return pa.table(
            {
                "person": pa.array(range(len(self.people)), pa.int32()),
                "key": pa.array([person.key for person in self.people], pa.string()),
                "email": pa.array([person.email for person in self.people], pa.string()),
                "unit": pa.array([person.unit for person in self.people], pa.string()),
                "outside": pa.array([person.outside for person in self.people], pa.bool_()),
                "measured": pa.array([person.measured for person in self.people], pa.bool_()),
            },
            schema=PEOPLE,
        )

    def _outside(self, source: Numbers, target: Numbers, said: pa.Array) -> pa.Array:
        """As said; else outside if either end is known to be; inside if both (or the only one) are known to be."""
        if not said.null_count:
            return said
        known = {None: 0, False: 1, True: 2}
        # whoever is nobody stands at the end of the list, where they are found by -1
        of = np.array([*(known[outside] for outside in self._outsides), 1], dtype=np.int8)
        ends = of[np.maximum(source, NOBODY)], of[np.maximum(target, NOBODY)]
        beyond = np.maximum(*ends) == known[True]
        unknown = (np.minimum(*ends) == 0) | ((source < 0) & (target < 0))
        return pc.coalesce(said, pa.array(beyond, mask=~beyond & unknown))


def number_of(identity: str) -> int:
    """A number of 63 bits that the same identity always gets."""
    try:
        told = identity.encode()
    except UnicodeEncodeError:  # half a letter, as some exports have them
        told = identity.encode("utf-8", "surrogatepass")
    hashed = EMPTY.copy()  # quicker than making one
    hashed.update(told)
    return int.from_bytes(hashed.digest()) >> 1


def microseconds(seconds: str | float | int) -> int:
    """Unix seconds, as a number or as text with a fraction, in µs. Raises ValueError beyond the years 1970-2200."""
    if isinstance(seconds, str):
        if len(seconds) == 17 and seconds[10] == "." and seconds.isascii():
            # the usual form of Slack's stamps, read without taking it apart
            return in_range(int(seconds[:10] + seconds[11:]))
        whole, _, fraction = seconds.partition(".")
        value = int(whole) * 1_000_000 + int((fraction + "000000")[:6] or 0)
    else:
        value = round(seconds * 1_000_000)
    return in_range(value)


def iso_microseconds(text: str) -> int:
    """An ISO 8601 date or time in µs; without a zone it is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text.strip().replace(" UTC", "+00:00"))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    gap = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return in_range((gap.days * 86_400 + gap.seconds) * 1_000_000 + gap.microseconds)


def in_range(value: int) -> int:
    """The moment itself if it lies in the years 1970-2200."""
    if not 0 <= value < TOO_LATE:
        raise ValueError("the time lies outside the years 1970 to 2200")
    return value
