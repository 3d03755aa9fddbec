"""Events as iCalendar text: an invitation, a cancellation, a feed. CRLF, folded, UTF-8."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vDuration, vText, vUri

from handrail.formats.calendars.event import CalendarEvent, Party, Status
from handrail.formats.calendars.text import one_line
from handrail.formats.calendars.zones import time_zone_component

PRODUCT = "-//Handrail//Sessions//EN"


def invitation(event: CalendarEvent) -> str:
    """METHOD:REQUEST: a new session, or a later version of one (same uid, higher sequence)."""
    if event.status is Status.CANCELLED:
        raise ValueError("A session that is called off is not an invitation.")
    return _message("REQUEST", event)


def cancellation(event: CalendarEvent) -> str:
    """METHOD:CANCEL. `event` is the cancelled version, made with `cancelled`."""
    if event.status is not Status.CANCELLED:
        raise ValueError("Only a session that is called off is cancelled.")
    return _message("CANCEL", event)


def feed(events: Sequence[CalendarEvent], *, name: str, refresh: timedelta = timedelta(hours=1)) -> str:
    """METHOD:PUBLISH: the sessions a calendar programme fetches by itself. Addresses of attendees stay out.

    refresh: how often a programme may ask again.
    """
    calendar = _calendar("PUBLISH", events)
    for property_name in ("NAME", "X-WR-CALNAME"):
        calendar.add(property_name, vText(one_line(name)))
    calendar.add("REFRESH-INTERVAL", vDuration(refresh), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(refresh))
    for event in events:
        calendar.add_component(_component(event, ()))
    return _text(calendar)


def _message(method: str, event: CalendarEvent) -> str:
    if not event.attendees:
        raise ValueError("An invitation needs somebody to go to.")
    calendar = _calendar(method, [event])
    calendar.add_component(_component(event, event.attendees))
    return _text(calendar)


def _text(calendar: Calendar) -> str:
    content: bytes = calendar.to_ical(sorted=False)
    return content.decode()


def _calendar(method: str, events: Iterable[CalendarEvent]) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    times: dict[str, list[datetime]] = {}
    for event in events:
        if _said_by_the_clock(event):
            times.setdefault(event.zone, []).extend((event.starts_at, event.ends_at))
    for zone in sorted(times):
        calendar.add_component(time_zone_component(zone, times[zone]))
    return calendar


def _said_by_the_clock(event: CalendarEvent) -> bool:
    """False in the hour that the clock shows twice: written local, its second half would be read as its first."""
    place = ZoneInfo(event.zone)
    return not any(time.astimezone(place).fold for time in (event.starts_at, event.ends_at))


def _component(event: CalendarEvent, attendees: Iterable[Party]) -> Event:
    zone = ZoneInfo(event.zone) if _said_by_the_clock(event) else UTC
    component = Event()
    component.add("UID", event.uid)
    component.add("SEQUENCE", event.sequence)
    component.add("DTSTAMP", event.stamp.astimezone(UTC))
    component.add("LAST-MODIFIED", event.stamp.astimezone(UTC))
    component.add("DTSTART", event.starts_at.astimezone(zone))
    component.add("DTEND", event.ends_at.astimezone(zone))
    component.add("SUMMARY", event.title)
    component.add("STATUS", event.status.value)
    component.add("CLASS", "PRIVATE")
    component.add("TRANSP", "TRANSPARENT" if event.status is Status.CANCELLED else "OPAQUE")
    if event.location:
        component.add("LOCATION", event.location)
    if links := [link for link in (event.meeting_link, event.page) if link]:
        component.add("DESCRIPTION", "\n".join(links))
        component.add("URL", vUri(links[0]))
    component.add("ORGANIZER", _address(event.organiser))
    for attendee in attendees:
        component.add("ATTENDEE", _attendee(attendee))
    return component


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.address}")
    if party.name:
        address.params["CN"] = party.name
    return address


def _attendee(party: Party) -> vCalAddress:
    """Both said yes in Handrail already, so no answer is asked for."""
    address = _address(party)
    address.params.update({"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION"})
    address.params["RSVP"] = "FALSE"
    return address
