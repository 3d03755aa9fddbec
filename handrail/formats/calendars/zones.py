"""VTIMEZONE (RFC 5545, 3.6.5) from Python's zone data.

icalendar can make one too, but dates the spring change an hour late (it writes the wall time after the change, where
the standard wants the one before) and writes the second 01:30 of an autumn night as the first. Ours is tested against
every change in the window.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

YEARS_TO_TRUST = 5  # a rule is written as yearly only when it holds for this many years
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Change:
    """The clock's change at one instant (UTC) from one offset to another."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    forward: bool  # summer time begins

    @property
    def wall(self) -> datetime:
        """What the clock showed when it was changed."""
        return (self.at + self.before).replace(tzinfo=None)

    @property
    def kind(self) -> tuple[timedelta, timedelta, str, bool]:
        return self.before, self.after, self.name, self.forward


@lru_cache(maxsize=256)
def changes(zone: str, first_year: int, last_year: int) -> tuple[Change, ...]:
    """Every change of the zone's clock in these years (both included), in order."""
    place = ZoneInfo(zone)
    found = []
    first = datetime(first_year, 1, 1, tzinfo=UTC)
    days = (datetime(last_year + 1, 1, 1, tzinfo=UTC) - first).days
    steps = (first + timedelta(days=day) for day in range(days + 1))
    for early, late in pairwise(steps):
        if _state(place, early) != _state(place, late):
            found.append(_change(place, early, late))
    return tuple(found)


def _state(place: ZoneInfo, at: datetime) -> tuple[timedelta, str]:
    local = at.astimezone(place)
    return local.utcoffset() or timedelta(), local.tzname() or ""


def _change(place: ZoneInfo, early: datetime, late: datetime) -> Change:
    """The change between two instants, to the second, by halving."""
    while late - early > SECOND:
        middle = early + timedelta(seconds=(late - early) // SECOND // 2)
        early, late = (middle, late) if _state(place, middle) == _state(place, early) else (early, middle)
    before, after = early.astimezone(place), late.astimezone(place)
    old, new = before.utcoffset() or timedelta(), after.utcoffset() or timedelta()
    return Change(late, old, new, after.tzname() or "", new > old and before.dst() != after.dst())


def time_zone_component(zone: str, times: Iterable[datetime]) -> Timezone:
    """The VTIMEZONE of an IANA zone, right from the year before the first of `times` to five years after the last."""
    years = [time.astimezone(ZoneInfo(zone)).year for time in times]
    return _component(zone, min(years) - 1, max(years))


@lru_cache(maxsize=256)
def _component(zone: str, first_year: int, last_year: int) -> Timezone:
    found = changes(zone, first_year, last_year + YEARS_TO_TRUST)
    component = Timezone()
    component.add("TZID", zone)
    component.add_component(_beginning(zone, first_year, found))
    kinds = list(dict.fromkeys(change.kind for change in found))
    rules = {kind: _yearly_rule([change for change in found if change.kind == kind]) for kind in kinds}
    if found and all(rules.values()) and len(kinds) == 2:
        for kind in kinds:
            component.add_component(_observance(next(c for c in found if c.kind == kind), rules[kind]))
    else:  # a country that decides from year to year: each change by itself
        for change in found:
            component.add_component(_observance(change, None))
    return component


def _beginning(zone: str, first_year: int, found: tuple[Change, ...]) -> TimezoneStandard:
    """What holds before the first change."""
    first = datetime(first_year, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(zone))
    offset = found[0].before if found else first.utcoffset() or timedelta()
    component = TimezoneStandard()
    component.DTSTART = datetime(1970, 1, 1)
    component.TZOFFSETFROM = component.TZOFFSETTO = offset
    component.add("TZNAME", first.tzname() or "")
    return component


def _observance(change: Change, rule: str | None) -> TimezoneStandard | TimezoneDaylight:
    component = TimezoneDaylight() if change.forward else TimezoneStandard()
    component.DTSTART = change.wall
    component.TZOFFSETFROM, component.TZOFFSETTO = change.before, change.after
    component.add("TZNAME", change.name)
    if rule:
        component.add("RRULE", vRecur.from_ical(rule))
    return component


def _yearly_rule(alike: list[Change]) -> str | None:
    """The RRULE that gives exactly these changes, one a year without a gap, or None when there is none."""
    walls = [change.wall for change in alike]
    years = [wall.year for wall in walls]
    if years != list(range(years[0], years[0] + len(years))) or len(years) < YEARS_TO_TRUST:
        return None
    if len({(wall.month, wall.weekday(), wall.time()) for wall in walls}) != 1:
        return None
    counted = {(wall.day - 1) // 7 + 1 for wall in walls}
    last = all(wall.day + 7 > monthrange(wall.year, wall.month)[1] for wall in walls)
    which = -1 if last else counted.pop() if len(counted) == 1 else None
    return f"FREQ=YEARLY;BYMONTH={walls[0].month};BYDAY={which}{WEEKDAYS[walls[0].weekday()]}" if which else None


def local_time(on: date, hour: int, minute: int, zone: str) -> datetime:
    """That time by the clock of the zone, or ValueError when the clock skips it (the night summer time begins)."""
    time = datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZoneInfo(zone))
    if time.astimezone(UTC).astimezone(time.tzinfo).replace(tzinfo=None) != time.replace(tzinfo=None):
        raise ValueError(f"{hour:02d}:{minute:02d} does not exist on that day: the clocks go forward.")
    return time
