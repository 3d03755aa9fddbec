"""Sessions keep their local time over a clock change, by the VTIMEZONE that goes along and nothing else."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from handrail.formats.calendars import feed, invitation, local_time, time_zone_component
from tests.unit.formats.calendars.samples import Onsets, event, written

LONDON, NEW_YORK, LORD_HOWE, NONE = "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"
FROM_YEAR_TO_YEAR = "Africa/Casablanca"  # goes back for Ramadan
ZONES = [
    LONDON,
    NEW_YORK,
    LORD_HOWE,
    NONE,
    FROM_YEAR_TO_YEAR,
    "Europe/Dublin",
    "America/St_Johns",
    "UTC",
    "Asia/Tehran",
]


@pytest.mark.parametrize(
    ("zone", "before", "after", "shift"),
    [
        (LONDON, date(2026, 3, 27), date(2026, 4, 3), -60),
        (LONDON, date(2026, 10, 23), date(2026, 10, 30), 60),
        (NEW_YORK, date(2026, 3, 6), date(2026, 3, 13), -60),
        (NEW_YORK, date(2026, 10, 30), date(2026, 11, 6), 60),
        (LORD_HOWE, date(2026, 4, 3), date(2026, 4, 10), 30),
        (LORD_HOWE, date(2026, 10, 2), date(2026, 10, 9), -30),
        (FROM_YEAR_TO_YEAR, date(2026, 2, 13), date(2026, 2, 20), 60),
        (NONE, date(2026, 3, 27), date(2026, 4, 3), 0),
    ],
)
def test_ten_o_clock_stays_ten_o_clock(zone: str, before: date, after: date, shift: int) -> None:
    sessions = [event(zone, local_time(day, 10, 0, zone), uid=f"{day}@h") for day in (before, after)]
    text = feed(sessions, name="Handrail")
    read = {str(part["UID"]): part["DTSTART"].dt for part in Calendar.from_ical(text).walk("VEVENT")}
    instants = []
    for day in (before, after):
        wall = read[f"{day}@h"].replace(tzinfo=None)
        assert wall == datetime(day.year, day.month, day.day, 10)
        instants.append(wall - Onsets(text, zone).offset(wall))
    assert instants[1] - instants[0] == timedelta(days=(after - before).days, minutes=shift)


@pytest.mark.parametrize("zone", ZONES)
def test_the_component_alone_gives_the_right_instant_around_every_change(zone: str) -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    text = feed([event(zone, first), event(zone, datetime(2028, 12, 31, tzinfo=UTC))], name="x")
    onsets = Onsets(text, zone)
    for hours in range(0, 3 * 365 * 24, 5):  # five hours: every change is met at another hour of the day
        instant = first + timedelta(hours=hours, minutes=(hours % 4) * 15)
        local = instant.astimezone(ZoneInfo(zone))
        if not local.fold:
            wall = local.replace(tzinfo=None)
            assert wall - onsets.offset(wall) == instant.replace(tzinfo=None), local


@pytest.mark.parametrize("zone", [LONDON, NEW_YORK, LORD_HOWE, NONE])
def test_another_reader_builds_the_same_clock_from_it(zone: str) -> None:
    times = [datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC)]
    clock = time_zone_component(zone, times).to_tz(lookup_tzid=False)
    for day in range(0, 700, 7):
        at = datetime(2026, 1, 2, 10) + timedelta(days=day)
        assert at.replace(tzinfo=clock).utcoffset() == at.replace(tzinfo=ZoneInfo(zone)).utcoffset(), at


def test_a_yearly_rule_where_there_is_one_and_single_changes_where_not() -> None:
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in time_zone_component(LONDON, [event().starts_at]).to_ical()
    assert b"RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in time_zone_component(NEW_YORK, [event().starts_at]).to_ical()
    assert b"RRULE" not in time_zone_component(FROM_YEAR_TO_YEAR, [event().starts_at]).to_ical()
    assert time_zone_component(NONE, [event().starts_at]).to_ical().count(b"BEGIN:STANDARD") == 1


def test_the_hour_that_comes_twice_is_written_so_that_nobody_mistakes_it() -> None:
    first = datetime(2026, 10, 25, 0, 20, tzinfo=UTC)  # 01:20, still summer time
    second = first + timedelta(hours=1)  # 01:20 again
    assert written(invitation(event(LONDON, first)), "DTSTART") == "DTSTART;TZID=Europe/London:20261025T012000"
    assert written(invitation(event(LONDON, second)), "DTSTART") == "DTSTART:20261025T012000Z"
    for instant in (first, second):
        (read,) = Calendar.from_ical(invitation(event(LONDON, instant))).walk("VEVENT")
        assert read["DTSTART"].dt.astimezone(UTC) == instant


def test_a_time_that_the_clock_skips_is_refused() -> None:
    assert local_time(date(2026, 3, 29), 2, 0, LONDON).astimezone(UTC) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="clocks go forward"):
        local_time(date(2026, 3, 29), 1, 30, LONDON)
    with pytest.raises(ValueError, match="clocks go forward"):
        local_time(date(2026, 10, 4), 2, 15, LORD_HOWE)


@pytest.mark.slow
@settings(max_examples=40)
@given(
    zone=st.sampled_from(ZONES),
    starts_at=st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC)),
    minutes=st.integers(10, 240),
)
def test_every_time_in_every_zone_is_read_back_as_the_same_instant(
    zone: str, starts_at: datetime, minutes: int
) -> None:
    starts_at = starts_at.replace(second=0, microsecond=0)
    text = invitation(event(zone, starts_at, ends_at=starts_at + timedelta(minutes=minutes)))
    (read,) = Calendar.from_ical(text).walk("VEVENT")
    assert read["DTSTART"].dt.astimezone(UTC) == starts_at
    assert read["DTEND"].dt.astimezone(UTC) == starts_at + timedelta(minutes=minutes)
    if "TZID" in written(text, "DTSTART"):
        wall = read["DTSTART"].dt.replace(tzinfo=None)
        assert wall - Onsets(text, zone, 2040).offset(wall) == starts_at.replace(tzinfo=None)
