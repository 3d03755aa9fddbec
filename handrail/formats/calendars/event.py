"""One session as a calendar sees it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from handrail.formats.calendars.text import checked_address, checked_link, one_line, parameter


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Party:
    """A calendar user: an address, and the name shown with it."""

    address: str
    name: str = ""

    def __post_init__(self) -> None:
        checked_address(self.address)
        object.__setattr__(self, "name", parameter(self.name))


@dataclass(frozen=True)
class CalendarEvent:
    """What goes into a calendar, and nothing else: no agenda, no notes, no reminder.

    uid: the same for every version; sequence: 0, then one more with each change.
    starts_at, ends_at: aware, in any zone; zone: the IANA name of the place whose clock the session follows.
    place: a room, or "" ; meeting_link: a web address, or "" ; page: the session's page in Handrail.
    organiser: the installation's own sender, so that no reply goes to anybody's private address.
    attendees: only those who may see one another's addresses; usually one.
    Raises ValueError for an unknown zone, a naive or reversed time, a bad link or a bad uid.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    organiser: Party
    stamp: datetime
    attendees: tuple[Party, ...] = ()
    place: str = ""
    meeting_link: str = ""
    page: str = ""
    status: Status = Status.CONFIRMED

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(
                f"There is no time zone {one_line(self.zone)!r}. Use a name such as Europe/London."
            ) from error
        if not all(time.tzinfo for time in (self.starts_at, self.ends_at, self.stamp)):
            raise ValueError("A session's times need a time zone.")
        if self.starts_at >= self.ends_at:
            raise ValueError("A session ends after it starts.")
        if not self.uid or not self.uid.isascii() or not self.uid.isprintable() or self.sequence < 0:
            raise ValueError("A session has a uid of plain letters and a sequence from 0.")
        checked_link(self.meeting_link)
        checked_link(self.page)
        object.__setattr__(self, "title", one_line(self.title))
        object.__setattr__(self, "place", one_line(self.place))

    @property
    def location(self) -> str:
        return self.place or self.meeting_link


def moved(event: CalendarEvent, *, starts_at: datetime, ends_at: datetime, stamp: datetime) -> CalendarEvent:
    """The same session at another time: same uid, next sequence (RFC 5546, 2.1.4)."""
    return replace(event, starts_at=starts_at, ends_at=ends_at, stamp=stamp, sequence=event.sequence + 1)


def cancelled(event: CalendarEvent, *, stamp: datetime) -> CalendarEvent:
    """The same session called off: same uid, next sequence."""
    return replace(event, status=Status.CANCELLED, stamp=stamp, sequence=event.sequence + 1)
