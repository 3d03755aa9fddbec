"""Events for the tests, and a small reader of VTIMEZONE written from RFC 5545 alone."""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from handrail.formats.calendars import CalendarEvent, Party

STAMP = datetime(2026, 1, 5, 9, tzinfo=UTC)
SENDER = Party("handrail@council.example", "Sam Okafor")
LEADER = Party("leader@home.example", "Siân Ó Briain")


def event(zone: str = "Europe/London", starts_at: datetime | None = None, **changes: Any) -> CalendarEvent:
    starts_at = starts_at or datetime(2026, 3, 27, 10, tzinfo=ZoneInfo(zone))
    return CalendarEvent(
        **{
            "uid": "0a1b2c@handrail.example",
            "sequence": 0,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=30),
            "zone": zone,
            "title": "Catch-up",
            "organiser": SENDER,
            "stamp": STAMP,
            "attendees": (LEADER,),
            "meeting_link": "https://meet.example/abc",
            "page": "https://handrail.example/pairings/sessions/7/",
            **changes,
        }
    )


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def written(text: str, name: str) -> str:
    """The first line of the VEVENT with this property, as it stands in the text."""
    lines = unfolded(text)
    inside = lines[lines.index("BEGIN:VEVENT") :]
    return next(line for line in inside if line.partition(":")[0].partition(";")[0] == name)


class Onsets:
    """When each offset of a calendar's VTIMEZONE begins, by the clock."""

    def __init__(self, text: str, zone: str, last_year: int = 2032) -> None:
        component = next(part for part in Calendar.from_ical(text).walk("VTIMEZONE") if part["TZID"] == zone)
        found = []
        for part in component.subcomponents:
            first, rule = part["DTSTART"].dt, part.get("RRULE")
            years = range(first.year, last_year + 1) if rule else [first.year]
            found += [(_in_year(first, rule, year) if rule else first, part["TZOFFSETTO"].td) for year in years]
        self.found: list[tuple[datetime, timedelta]] = sorted(found)

    def offset(self, wall: datetime) -> timedelta:
        """The offset of a time by the clock; of a time shown twice, the first (RFC 5545, 3.3.5)."""
        return self.found[bisect_right(self.found, (wall, timedelta.max)) - 1][1]


def _in_year(first: datetime, rule: Any, year: int) -> datetime:
    (month,) = rule["BYMONTH"]
    (day,) = rule["BYDAY"]
    which, weekday = int(str(day)[:-2]), ("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(str(day)[-2:])
    days = []
    at = first.replace(year=year, month=int(month), day=1)
    while at.month == int(month):
        if at.weekday() == weekday:
            days.append(at)
        at += timedelta(days=1)
    return days[which if which < 0 else which - 1]
