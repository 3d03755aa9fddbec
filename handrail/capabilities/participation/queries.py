"""What others may read of an organisation's conversations: units week by week, and when leaders began."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from handrail.capabilities.pairings.queries import agreed_in
from handrail.capabilities.participation import rules
from handrail.capabilities.participation.actions.measuring import StoredLog
from handrail.capabilities.participation.models import Gathered
from handrail.capabilities.people.queries import present_people_and_units
from handrail.capabilities.starting_point.queries import started_in
from handrail.engines.participation.teams import MEASURES, teams

__all__ = ["MEASURES", "UnitWeeks", "began_in", "measured_at", "measured_organisations", "unit_weeks"]

LONGEST = timedelta(weeks=156)
MONDAY = date(1969, 12, 29)  # of week 0
FRIDAY = 4


@dataclass(frozen=True)
class UnitWeeks:
    """`values[measure, week, unit]` (MEASURES); `between[one, other]`: acts between two units. Never shown as it is.

    `people`: by unit, those who are there and whose acts count in it.
    """

    units: tuple[str, ...]
    weeks: tuple[date, ...]
    values: npt.NDArray[np.float64]
    between: npt.NDArray[np.int64]
    people: dict[str, int]


def measured_at(organisation_id: int) -> datetime | None:
    """When the log was last measured; None where there is none."""
    found = Gathered.objects.filter(organisation=organisation_id, acts__gt=0)
    return found.values_list("measured_at", flat=True).first()


def measured_organisations() -> dict[int, datetime]:
    found = Gathered.objects.filter(acts__gt=0, measured_at__isnull=False)
    return {organisation: at for organisation, at in found.values_list("organisation", "measured_at") if at}


def began_in(organisation_id: int) -> dict[int, date]:
    """By leader: the day on which it began for them, as their own page says it."""
    started, agreed = started_in(organisation_id), agreed_in(organisation_id)
    days = {person: rules.first_day([started.get(person), agreed.get(person)]) for person in {*started, *agreed}}
    return {person: day for person, day in days.items() if day is not None}


def unit_weeks(organisation_id: int, *, without: Collection[int], last: date | None = None) -> UnitWeeks:
    """Units week by week, up to three years back from `last` or the last act. For a worker: it reads the whole log.

    `without`: people whose own acts count in no unit. Weeks that the log holds in part are left out.
    """
    log = StoredLog(organisation_id, first=_first(organisation_id, last), last=last)
    names = tuple(log.people.unit_names)
    apart = [number for person, number in log.people.number_of.items() if person in without]
    units = log.people.units.copy()
    units[apart] = -1
    span = _Span(log.batches())
    found = teams(span, units, log.people.units, log.query, len(names))
    weeks = [MONDAY + timedelta(weeks=int(week)) for week in found.weeks]
    whole = [place for place, week in enumerate(weeks) if span.holds(week, last)]
    people = dict.fromkeys(names, 0)
    for person, unit in present_people_and_units(organisation_id).items():
        if unit in people and person not in without:
            people[unit] += 1
    kept = tuple(weeks[place] for place in whole)
    return UnitWeeks(names, kept, found.values[:, whole], found.between, people)


def _first(organisation_id: int, last: date | None) -> date:
    until = last or StoredLog(organisation_id).last_day() or date(2000, 1, 1) + LONGEST
    return until - LONGEST


class _Span:
    """Passes batches on, and remembers the first and the last day with an act."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self._first, self._last = np.iinfo(np.int64).max, np.iinfo(np.int64).min

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            ends = pc.min_max(batch.column("at").cast(pa.int64())).as_py()
            if ends["min"] is not None:
                self._first, self._last = min(self._first, ends["min"]), max(self._last, ends["max"])
            yield batch

    def holds(self, week: date, last: date | None) -> bool:
        """Whether the log holds this week whole: it was under way on its Tuesday, and not over before its Friday."""
        first_day, last_day = _day(self._first), _day(self._last)
        end = week + timedelta(days=6)
        began, went_on = first_day <= week + timedelta(days=1), last_day >= week + timedelta(days=FRIDAY)
        return began and went_on and (last is None or end <= last)


def _day(moment: int) -> date:
    return datetime.fromtimestamp(int(moment) / 1_000_000, UTC).date()
