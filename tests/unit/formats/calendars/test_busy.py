"""When a calendar says that its owner is busy: repeated entries, whole days, what shows as free, broken files."""

from datetime import UTC, datetime, timedelta

import pytest

from handrail.formats.calendars import Busy, NotACalendar, clashes, read_busy
from handrail.formats.calendars.busy import busy_times

BEGINS = datetime(2026, 12, 1, tzinfo=UTC)
ENDS = BEGINS + timedelta(days=20)


def calendar(*lines: str, kind: str = "VEVENT") -> bytes:
    inner = (f"BEGIN:{kind}", "UID:1", "DTSTAMP:20261101T000000Z", *lines, f"END:{kind}")
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *inner, "END:VCALENDAR", "")).encode()


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def busy(content: bytes, zone: str = "Europe/Paris") -> list[Busy]:
    return busy_times(content, begins=BEGINS, ends=ENDS, zone=zone)


WEEKLY = ("DTSTART;TZID=Europe/Paris:20261124T100000", "DTEND;TZID=Europe/Paris:20261124T110000", "RRULE:FREQ=WEEKLY")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (
            calendar(*WEEKLY, "EXDATE;TZID=Europe/Paris:20261208T100000"),
            [(at(1, 9), at(1, 10)), (at(15, 9), at(15, 10))],
        ),
        (calendar("DTSTART;VALUE=DATE:20261205"), [(at(4, 23), at(5, 23))]),
        (calendar("DTSTART:20261205T090000", "DURATION:PT1H"), [(at(5, 8), at(5, 9))]),
        (calendar("DTSTART:20261130T220000Z", "DTEND:20261201T020000Z"), [(at(1), at(1, 2))]),
        (calendar(*WEEKLY, "TRANSP:TRANSPARENT"), []),
        (calendar(*WEEKLY, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), []),
        (calendar(*WEEKLY, "STATUS:CANCELLED"), []),
        (
            calendar("FREEBUSY:20261203T090000Z/20261203T100000Z,20261203T100000Z/PT1H", kind="VFREEBUSY"),
            [(at(3, 9), at(3, 11))],
        ),
        (
            calendar("FREEBUSY;FBTYPE=FREE:20261203T090000Z/PT1H", "FREEBUSY:20261204T090000Z/PT1H", kind="VFREEBUSY"),
            [(at(4, 9), at(4, 10))],
        ),
        (calendar(kind="VFREEBUSY"), []),
    ],
)
def test_what_a_calendar_says(content: bytes, found: list[tuple[datetime, datetime]]) -> None:
    assert busy(content) == [Busy(*one) for one in found]


def test_times_that_touch_are_one_and_a_clash_is_more_than_touching() -> None:
    one = calendar("DTSTART:20261205T090000Z", "DTEND:20261205T100000Z", "RRULE:FREQ=HOURLY;COUNT=3")
    (found,) = busy(one)
    assert (found.starts_at, found.ends_at) == (at(5, 9), at(5, 12))
    assert clashes([found], at(5, 11), at(5, 13))
    assert not clashes([found], at(5, 12), at(5, 13))
    assert not clashes([found], at(5, 8), at(5, 9))


@pytest.mark.slow
def test_it_is_read_in_a_process_of_its_own_and_what_is_none_is_said_to_be_none() -> None:
    assert len(read_busy(calendar(*WEEKLY), begins=BEGINS, ends=ENDS, zone="Europe/Paris")) == 3
    for content in (b"", b"<html>", b"\0", b"BEGIN:VCALENDAR\r\n" * 100):
        with pytest.raises(NotACalendar):
            read_busy(content, begins=BEGINS, ends=ENDS, zone="UTC")


@pytest.mark.slow
def test_a_calendar_that_would_take_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handrail.formats.calendars.busy.PATIENCE", 1.5)
    endless = calendar("DTSTART:20261124T100000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")
    with pytest.raises(NotACalendar):
        read_busy(endless, begins=BEGINS, ends=ENDS, zone="UTC")
