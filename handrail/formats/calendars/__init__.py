"""Sessions as iCalendar (RFC 5545), as invitations by mail (RFC 5546, RFC 6047) and as a feed; and times that suit.

`invitation`, `cancellation` and `feed` turn events into text; `moved` and `cancelled` make the next version of an
event; `read_busy` says when somebody is busy by their own calendar; `days_on_offer` and `slots_in_common` help two
people find a time.
"""

from handrail.formats.calendars.busy import Busy, NotACalendar, clashes, read_busy
from handrail.formats.calendars.event import CalendarEvent, Party, Status, cancelled, moved
from handrail.formats.calendars.messages import cancellation, feed, invitation
from handrail.formats.calendars.places import place_and_region, place_of, zones_to_choose
from handrail.formats.calendars.slots import (
    BEGINS,
    WEEKEND,
    Day,
    PartOfDay,
    Slot,
    day_in_words,
    days_on_offer,
    few_of,
    slots_in_common,
    words_for,
)
from handrail.formats.calendars.text import checked_link, is_address
from handrail.formats.calendars.zones import local_time, time_zone_component

__all__ = [
    "BEGINS",
    "WEEKEND",
    "Busy",
    "CalendarEvent",
    "Day",
    "NotACalendar",
    "PartOfDay",
    "Party",
    "Slot",
    "Status",
    "cancellation",
    "cancelled",
    "checked_link",
    "clashes",
    "day_in_words",
    "days_on_offer",
    "feed",
    "few_of",
    "invitation",
    "is_address",
    "local_time",
    "moved",
    "place_and_region",
    "place_of",
    "read_busy",
    "slots_in_common",
    "time_zone_component",
    "words_for",
    "zones_to_choose",
]
