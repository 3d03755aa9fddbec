"""Measures an organisation's log in the worker, and seals to everybody who asked what concerns them alone.

The worker opens nothing: it seals to the reader's public key, and what it wrote it cannot read again
(docs/decisions). Nobody's figures are made who did not ask for them, and none are kept that are not sealed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Q

from handrail.capabilities.participation.log_files import SCHEMA, LogFiles
from handrail.capabilities.participation.models import Channel, Concern, ExportLoad, Gathered, Picture, Voice
from handrail.capabilities.participation.sheet import Sheet, text_of
from handrail.capabilities.people.queries import people_and_units
from handrail.compute.analytics import query_for
from handrail.compute.cuts import cuts_for
from handrail.engines.participation import measures, relevance
from handrail.engines.participation.log import ENDS, Files, Log, Window, prepare
from handrail.engines.participation.own import Own, own
from handrail.formats.interactions.spool import UNKNOWN
from handrail.foundation import clock
from handrail.foundation.vault.texts import write_anew

SUBJECT = "conversations"
COLUMNS = ("at", "source", "target", "kind", "channel", "thread", "outside")
MONTHS_MEASURED = 12
CHANNELS_NAMED = 3


@dataclass(frozen=True)
class People:
    """Voices put together by person: `stands_for[number]` is the number that a person's acts count under."""

    stands_for: npt.NDArray[np.int32]
    units: npt.NDArray[np.int32]
    unit_names: list[str]
    outside: npt.NDArray[np.bool_]
    names: dict[int, str]  # of members, by number
    number_of: dict[int, int]  # by person

    @property
    def size(self) -> int:
        return len(self.stands_for)


def measure_organisation(organisation_id: int) -> None:
    """Run twice, the same comes out."""
    gathered = Gathered.objects.filter(organisation=organisation_id).first()
    if gathered is None:
        return
    pictures = list(Picture.objects.filter(person__organisation=organisation_id).select_related("person"))
    if pictures:
        _make(organisation_id, pictures)
    acts = LogFiles(organisation_id).number_of_acts()
    Gathered.objects.filter(pk=gathered.pk).update(measured_at=clock.now(), acts=acts)


def make_picture(picture: Picture) -> None:
    """One person's alone: for whoever asks between two exports."""
    _make(picture.person.organisation_id, [picture])


def _make(organisation_id: int, pictures: list[Picture]) -> None:
    log = StoredLog(organisation_id)
    numbers = {one.pk: log.people.number_of.get(one.person_id) for one in pictures}
    asked = sorted({number for number in numbers.values() if number is not None})
    found = log.own(asked) if asked and not log.is_empty else {}
    for picture in pictures:
        number = numbers[picture.pk]
        seal_picture(picture, log.sheet(found.get(number) if number is not None else None))


def seal_picture(picture: Picture, sheet: Sheet) -> None:
    """Seal a sheet to its reader, in place of the one before. Whoever has no key yet gets it when they have one."""
    write_anew(picture, subject=SUBJECT, sheet=text_of(sheet), made_on=clock.today())


class StoredLog:
    """An organisation's files and index, ready to be measured."""

    def __init__(self, organisation_id: int, *, first: date | None = None, last: date | None = None) -> None:
        """`first` and `last` day; by default the twelve months up to the last act."""
        self.organisation_id = organisation_id
        self.files = LogFiles(organisation_id)
        self.people = people_of(organisation_id)
        self.outcomes = outcomes_of(organisation_id, self.people)
        self._months = [month for month in self.files.months if month != UNKNOWN]
        self.first, self.last = (first, last) if first else self._year()
        self.query = query_for()

    @property
    def is_empty(self) -> bool:
        return self.files.is_empty

    def _year(self) -> tuple[date | None, date | None]:
        if not self._months:
            return None, None
        year, month = map(int, self._months[-1].split("-"))
        since = year * 12 + month - MONTHS_MEASURED
        return date(since // 12, since % 12 + 1, 1), None

    def last_day(self) -> date | None:
        """The last day of the last month in the log."""
        if not self._months:
            return None
        following: date = (np.datetime64(self._months[-1], "M") + 1).astype("datetime64[D]").item()
        return following - timedelta(days=1)

    @property
    def window(self) -> Window:
        end = None if self.last is None else _moment(self.last) + 86_400_000_000
        return Window(None if self.first is None else _moment(self.first), end)

    def batches(self, columns: Sequence[str] = COLUMNS) -> Iterator[pa.RecordBatch]:
        """The acts in the window, in time order, with everybody's acts under one number."""
        window = self.window
        for batch in self.files.batches(dict.fromkeys((*ENDS, *columns, *(["at"] if window else []))), self.first):
            if window:
                at = batch.column("at")
                keep = pc.fill_null(pc.greater_equal(at.cast(pa.int64()), window.start or 0), False)
                if window.end is not None:
                    keep = pc.and_(keep, pc.fill_null(pc.less(at.cast(pa.int64()), window.end), False))
                batch = batch.filter(keep)
            yield self._put_together(batch)

    def _put_together(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        for name in ("source", "target"):
            column = batch.column(name)
            places = column.fill_null(0).to_numpy(zero_copy_only=False)
            moved = self.people.stands_for[places] if self.people.size else places
            missing = column.is_null().to_numpy(zero_copy_only=False)
            place = batch.schema.get_field_index(name)
            batch = batch.set_column(place, SCHEMA.field(name), pa.array(moved, pa.int32(), mask=missing))
        return batch

    def measured(self) -> measures.Measures:
        lacking = lacking_of(self.organisation_id, self.first)
        first = f"{self.first:%Y-%m}" if self.first else ""
        months = [month for month in self.files.months if month >= first]  # “unknown” stands behind every other
        files = Files(str(self.files.folder), months, self.people.stands_for, self.window)
        return measures.measure_stored(self.batches, self.people.units, self.query, lacking=lacking, files=files)

    def acts_about(self, numbers: list[int]) -> Log:
        """The acts from and to these people."""
        mine = pa.array(numbers, pa.int32())
        parts = [
            batch.filter(pc.or_(pc.is_in(batch.column("source"), mine), pc.is_in(batch.column("target"), mine)))
            for batch in self.batches()
        ]
        table = (
            pa.Table.from_batches(parts) if parts else pa.schema([SCHEMA.field(name) for name in COLUMNS]).empty_table()
        )
        return prepare(table, self.people.units, window=self.window)

    def own(self, asked: list[int]) -> dict[int, Own]:
        return own(self.acts_about(asked), self.measured(), asked, self.outcomes, self.query, cuts_for())

    def sheet(self, found: Own | None) -> Sheet:
        """What is sealed: the figures, the names of contacts, and what the source cannot tell."""
        contacts = {one.person: self._contact(one.person) for one in found.contacts} if found else {}
        return Sheet(found, contacts, bool(self.outcomes), notes_of(self.organisation_id, self.first), self._channels())

    def _channels(self) -> list[str]:
        """Where outcomes are talked of: those with the most acts of late, by name."""
        concerned = sorted({number for outcome in self.outcomes for number in outcome.channels})
        if not concerned:
            return []
        spoken: Counter[int] = Counter()
        for batch in self.files.batches(("channel",), self.last_day()):
            met = pc.value_counts(
                batch.column("channel").filter(pc.is_in(batch.column("channel"), pa.array(concerned, pa.int32())))
            )
            spoken.update({one["values"]: one["counts"] for one in met.to_pylist()})
        busiest = [number for number, _count in spoken.most_common(CHANNELS_NAMED)]
        names = dict(
            Channel.objects.filter(organisation=self.organisation_id, number__in=busiest).values_list("number", "name")
        )
        return [names[number] for number in busiest if number in names]

    def _contact(self, number: int) -> dict[str, str]:
        name = self.people.names.get(number, "")
        unit = int(self.people.units[number])
        return {
            "name": name,
            "unit": self.people.unit_names[unit] if unit >= 0 else "",
            "outside": "yes" if self.people.outside[number] else "",
        }


def people_of(organisation_id: int) -> People:
    voices = Voice.objects.filter(organisation=organisation_id).order_by("number")
    rows = list(voices.values_list("number", "person_id", "outside"))
    size = rows[-1][0] + 1 if rows else 0
    members = people_and_units(organisation_id)
    unit_names = sorted({unit for _name, unit in members.values() if unit})
    number_of_unit = {name: number for number, name in enumerate(unit_names)}
    stands_for = np.arange(size, dtype=np.int32)
    units, outside = np.full(size, -1, dtype=np.int32), np.zeros(size, dtype=bool)
    number_of: dict[int, int] = {}
    for number, person, beyond in rows:
        outside[number] = bool(beyond)
        if person in members:
            stands_for[number] = number_of.setdefault(person, number)
            units[number] = number_of_unit.get(members[person][1], -1)
    names = {number: members[person][0] for person, number in number_of.items()}
    return People(stands_for, units, unit_names, outside, names, number_of)


def outcomes_of(organisation_id: int, people: People) -> list[relevance.Outcome]:
    """The organisation's outcomes in numbers: the channels chosen or named by a topic, and the people they are for."""
    every = list(Channel.objects.filter(organisation=organisation_id).values_list("pk", "number", "name"))
    found = []
    running = Concern.objects.filter(outcome__scheme__organisation=organisation_id, outcome__state="running")
    for concern in running.order_by("outcome").select_related("outcome").prefetch_related("channels"):
        chosen = {channel.pk for channel in concern.channels.all()}
        topics = [word.strip().casefold() for word in concern.topics.split(",") if word.strip()]
        channels = [
            number for pk, number, name in every if pk in chosen or any(word in name.casefold() for word in topics)
        ]
        units = {people.unit_names.index(unit) for unit in concern.units if unit in people.unit_names}
        audience = np.flatnonzero(np.isin(people.units, list(units)) | (people.outside & concern.outside))
        found.append(relevance.Outcome(concern.outcome.name, channels, audience.tolist()))
    return found


def lacking_of(organisation_id: int, since: date | None) -> dict[str, str]:
    """What one of the exports with acts of this time cannot tell is not told of the whole."""
    lacking: dict[str, str] = {}
    for found in _done(organisation_id, since):
        lacking |= found.get("lacking", {})
    return lacking


def notes_of(organisation_id: int, since: date | None) -> list[str]:
    """What limits these figures, as the readers say it."""
    return list(dict.fromkeys(note for found in _done(organisation_id, since) for note in found.get("notes", [])))


def _done(organisation_id: int, since: date | None) -> list[dict[str, dict[str, str]]]:
    loads = ExportLoad.objects.filter(organisation=organisation_id, state=ExportLoad.State.DONE)
    if since is not None:
        loads = loads.filter(Q(last_on__gte=since) | Q(last_on=None))
    return list(loads.order_by("pk").values_list("found", flat=True))


def _moment(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1_000_000
