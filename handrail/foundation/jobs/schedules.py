"""When a scheduled job is due: "15 minutes", or cron fields such as "30 3 * * mon" in the installation's time zone."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Protocol

INTERVAL = re.compile(r"(\d+) (second|minute|hour|day)s?")
FIELD = re.compile(r"(?P<all>\*)(?:/(?P<all_step>\d+))?|(?P<first>\w+)(?:-(?P<last>\w+)(?:/(?P<step>\d+))?)?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
HORIZON = timedelta(days=366 * 9)  # 29 February is at most eight years away


class Due(Protocol):
    def first(self, now: datetime) -> datetime: ...
    def after(self, now: datetime) -> datetime: ...


@dataclass(frozen=True)
class Interval:
    """Every so often, counted from the first time."""

    length: timedelta

    def first(self, now: datetime) -> datetime:
        return now

    def after(self, now: datetime) -> datetime:
        return now + self.length


@dataclass(frozen=True)
class Cron:
    """At the minutes that five fields allow: minute, hour, day of month, month, day of week (Sunday is 0)."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool  # as in cron: where both day fields are limited, one of them is enough
    zone: tzinfo

    def first(self, now: datetime) -> datetime:
        return self.after(now)

    def after(self, now: datetime) -> datetime:
        """The next due minute after `now`. An hour that the clocks skip is made up at the first moment after it."""
        local = now.astimezone(self.zone).replace(tzinfo=None, second=0, microsecond=0) + timedelta(minutes=1)
        end = local + HORIZON
        while local < end:
            if local.month not in self.months or not self._day_allowed(local):
                local = local.replace(hour=0, minute=0) + timedelta(days=1)
            elif local.hour not in self.hours:
                local = local.replace(minute=0) + timedelta(hours=1)
            elif local.minute not in self.minutes:
                local += timedelta(minutes=1)
            else:
                due = local.replace(tzinfo=self.zone).astimezone(now.tzinfo)
                if due > now:
                    return due
                local += timedelta(minutes=1)  # the repeated hour when the clocks go back
        raise ValueError("This schedule is never due.")

    def _day_allowed(self, at: datetime) -> bool:
        day, weekday = at.day in self.days, at.isoweekday() % 7 in self.weekdays
        return day or weekday if self.either_day else day and weekday


def parse(every: str, zone: tzinfo) -> Due:
    """Read a schedule; ValueError says what is wrong with it."""
    interval = INTERVAL.fullmatch(every.strip())
    if interval:
        length = timedelta(**{f"{interval[2]}s": int(interval[1])})
        if not length:
            raise ValueError(f"“{every}” would never stop.")
        return Interval(length)
    fields = every.lower().split()
    if len(fields) != 5:
        raise ValueError(f"“{every}” is neither an interval (“15 minutes”) nor five cron fields.")
    weekdays = _field(fields[4], 0, 7, DAYS, 0)
    return Cron(
        minutes=_field(fields[0], 0, 59),
        hours=_field(fields[1], 0, 23),
        days=_field(fields[2], 1, 31),
        months=_field(fields[3], 1, 12, MONTHS, 1),
        weekdays=frozenset(day % 7 for day in weekdays),
        either_day=fields[2] != "*" and fields[4] != "*",
        zone=zone,
    )


def _field(text: str, low: int, high: int, names: tuple[str, ...] = (), offset: int = 0) -> frozenset[int]:
    allowed: set[int] = set()
    for part in text.split(","):
        match = FIELD.fullmatch(part)
        if match is None:
            raise ValueError(f"“{part}” is not a cron field.")
        if match["all"]:
            first, last, step = low, high, int(match["all_step"] or 1)
        else:
            first = _number(match["first"], names, offset)
            last = _number(match["last"], names, offset) if match["last"] else first
            step = int(match["step"] or 1)
        if not (low <= first <= last <= high and step):
            raise ValueError(f"“{part}” must lie between {low} and {high}.")
        allowed.update(range(first, last + 1, step))
    return frozenset(allowed)


def _number(word: str, names: tuple[str, ...], offset: int) -> int:
    if word in names:
        return names.index(word) + offset
    if word.isdecimal():
        return int(word)
    raise ValueError(f"“{word}” is not a cron value.")
