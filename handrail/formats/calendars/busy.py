"""When somebody is busy, by their own calendar: begin and end, and nothing else of what stands in it."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from handrail.formats.bounded import run_bounded

PATIENCE = 15  # seconds; the child has five of computing
MOST = 2000  # stretches of time that are kept


@dataclass(frozen=True, order=True)
class Busy:
    starts_at: datetime  # UTC, as the end
    ends_at: datetime


class NotACalendar(Exception):
    """What was read is none, or one that takes too long to read."""


def read_busy(content: bytes, *, begins: datetime, ends: datetime, zone: str) -> list[Busy]:
    """The same as `busy_times`, in a process of its own with bounds: whatever lies at an address may be hostile."""
    asked = (begins.isoformat(), ends.isoformat(), zone)
    try:
        done = run_bounded("handrail.formats.calendars.busy_child", *asked, patience=PATIENCE, content=content)
        said = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise NotACalendar from None
    return [Busy(datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in said]


def busy_times(content: bytes, *, begins: datetime, ends: datetime, zone: str) -> list[Busy]:
    """In order, those that touch put together. zone: by whose clock whole days are meant. Raises ValueError."""
    calendar = Calendar.from_ical(content)
    found = [*_entries(calendar, begins, ends, ZoneInfo(zone)), *_said(calendar)]
    within = (Busy(max(one.starts_at, begins), min(one.ends_at, ends)) for one in found)
    return _together(one for one in within if one.starts_at < one.ends_at)[:MOST]


def _entries(calendar: Any, begins: datetime, ends: datetime, zone: ZoneInfo) -> Iterator[Busy]:
    for entry in recurring_ical_events.of(calendar, skip_bad_series=True).between(begins, ends):
        if _takes_time(entry):
            yield Busy(_at(entry.start, zone), _at(entry.end, zone))


def _takes_time(entry: Any) -> bool:
    shown_free = str(entry.get("TRANSP", "OPAQUE")).upper() == "TRANSPARENT"
    said_free = str(entry.get("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY")).upper() in ("FREE", "WORKINGELSEWHERE")
    return not (shown_free or said_free or str(entry.get("STATUS", "")).upper() == "CANCELLED")


def _said(calendar: Any) -> Iterator[Busy]:
    """A calendar that tells nothing but free and busy."""
    for part in calendar.walk("VFREEBUSY"):
        for line in part.get("FREEBUSY", []) if isinstance(part.get("FREEBUSY"), list) else [part.get("FREEBUSY")]:
            if line is None or str(line.params.get("FBTYPE", "BUSY")).upper() == "FREE":
                continue
            yield Busy(_at(line.start, UTC), _at(line.end, UTC))


def _at(when: date | datetime, zone: Any) -> datetime:
    moment = when if isinstance(when, datetime) else datetime.combine(when, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _together(found: Iterable[Busy]) -> list[Busy]:
    joined: list[Busy] = []
    for one in sorted(found):
        if joined and one.starts_at <= joined[-1].ends_at:
            joined[-1] = Busy(joined[-1].starts_at, max(joined[-1].ends_at, one.ends_at))
        else:
            joined.append(one)
    return joined


def clashes(busy: Iterable[Busy], starts_at: datetime, ends_at: datetime) -> bool:
    return any(one.starts_at < ends_at and starts_at < one.ends_at for one in busy)
