"""Radicale takes our invitation, its move and its cancellation, and finds the session at the right instant."""

from datetime import UTC, date, datetime, timedelta

import caldav
import pytest
from icalendar import Calendar, Event

from handrail.formats.calendars import cancellation, cancelled, invitation, local_time, moved
from tests.unit.formats.calendars.samples import event

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("calendar_servers")]


def the_event(found: caldav.CalendarObjectResource) -> Event:
    (component,) = found.icalendar_instance.walk("VEVENT")
    return component  # type: ignore[no-any-return]


def put(calendar: caldav.Calendar, text: str) -> None:
    """Store the text as it is, under its uid (the client's own `save_event` would count SEQUENCE up by itself)."""
    (uid,) = {str(part["UID"]) for part in Calendar.from_ical(text).walk("VEVENT")}
    answer = calendar.client.put(f"{calendar.url}{uid}.ics", text, {"Content-Type": "text/calendar; charset=utf-8"})
    assert answer.status in (201, 204)


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("Europe/London", date(2026, 3, 27), date(2026, 4, 3)),
        ("America/New_York", date(2026, 10, 30), date(2026, 11, 6)),
        ("Australia/Lord_Howe", date(2026, 4, 3), date(2026, 4, 10)),
        ("Asia/Kolkata", date(2026, 3, 27), date(2026, 4, 3)),
    ],
)
def test_ten_o_clock_before_and_after_a_clock_change(
    calendar: caldav.Calendar, zone: str, before: date, after: date
) -> None:
    for day in (before, after):
        put(calendar, invitation(event(zone, local_time(day, 10, 0, zone), uid=f"{day}@handrail.example")))
    for day in (before, after):
        instant = local_time(day, 10, 0, zone).astimezone(UTC)
        # The server works out the instant: only the right five minutes find it, not those before it.
        hits = calendar.search(start=instant, end=instant + timedelta(minutes=5), event=True)
        assert [str(the_event(hit)["UID"]) for hit in hits] == [f"{day}@handrail.example"]
        assert calendar.search(start=instant - timedelta(minutes=5), end=instant, event=True) == []
        read = the_event(hits[0])["DTSTART"].dt
        assert (read.hour, read.minute, read.date()) == (10, 0, day)


def test_a_move_replaces_the_invitation_and_a_cancellation_calls_it_off(calendar: caldav.Calendar) -> None:
    first = event()
    put(calendar, invitation(first))
    later = moved(
        first,
        starts_at=first.starts_at + timedelta(days=7),
        ends_at=first.ends_at + timedelta(days=7),
        stamp=datetime(2026, 2, 1, tzinfo=UTC),
    )
    put(calendar, invitation(later))
    (kept,) = calendar.events()
    assert the_event(kept)["SEQUENCE"] == 1
    assert the_event(kept)["DTSTART"].dt == later.starts_at
    assert calendar.search(start=first.starts_at, end=first.ends_at, event=True) == []

    put(calendar, cancellation(cancelled(later, stamp=datetime(2026, 2, 2, tzinfo=UTC))))
    (kept,) = calendar.events()
    assert the_event(kept)["STATUS"] == "CANCELLED"
    assert the_event(kept)["SEQUENCE"] == 2


def test_privacy_title_and_links_come_back_as_they_went(calendar: caldav.Calendar) -> None:
    sent = event(title="Dal i fyny, paned; gyda Siân 🍵 " + "hir " * 30)
    put(calendar, invitation(sent))
    (kept,) = calendar.events()
    read = the_event(kept)
    assert read["SUMMARY"] == sent.title
    assert read["CLASS"] == "PRIVATE"
    assert read["ORGANIZER"] == "mailto:handrail@council.example"
    assert read["DESCRIPTION"] == f"{sent.meeting_link}\n{sent.page}"
    assert read.walk("VALARM") == []
