"""Time zones as people call them: by a place, the near and common ones first."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
COMMON = (
    "Europe/London",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Madrid",
    "Europe/Rome",
    "Europe/Warsaw",
    "Europe/Athens",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Perth",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/Halifax",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
)
WINTER = datetime(2026, 1, 1, tzinfo=UTC)


def place_of(zone: str) -> str:
    """ "New York" for America/New_York."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def place_and_region(zone: str) -> str:
    """ "New York, America"; a name without a region stays as it is."""
    return ", ".join(part.replace("_", " ") for part in reversed(zone.split("/")))


@lru_cache(maxsize=8)
def zones_to_choose(own: str) -> tuple[tuple[str, str], ...]:
    """(zone, words): first `own`, then common ones, the nearest first, then every place by name."""
    places = {zone for zone in available_timezones() if zone.split("/")[0] in REGIONS and "/" in zone}
    first = [
        own,
        *sorted((zone for zone in COMMON if zone in places and zone != own), key=lambda one: _apart(one, own)),
    ]
    rest = sorted(places - set(first), key=place_and_region)
    return tuple((zone, place_and_region(zone)) for zone in (*first, *rest))


def _apart(one: str, other: str) -> int:
    """Minutes between two clocks in winter, on the same day."""
    return abs(_offset(one) - _offset(other))


def _offset(zone: str) -> int:
    offset = WINTER.astimezone(ZoneInfo(zone)).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0
