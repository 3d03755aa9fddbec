"""When the next note goes out. Weeks begin on Monday, by the leader's own clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused

LATE = timedelta(hours=12)  # a note that could not go out in time waits for its next week
LONGEST_PAUSE = timedelta(days=366)


def next_time(now: datetime, zone: str, *, weekday: int, hour: int, not_before: date | None = None) -> datetime:
    """The first such hour after `now`, on `not_before` or later."""
    local = now.astimezone(ZoneInfo(zone))
    day = max(local.date(), not_before or local.date())
    day += timedelta(days=(weekday - day.weekday()) % 7)
    at = datetime.combine(day, time(hour), tzinfo=ZoneInfo(zone))
    return at if at > now else datetime.combine(day + timedelta(days=7), time(hour), tzinfo=ZoneInfo(zone))


def next_week(now: datetime, zone: str) -> date:
    """The Monday after this week."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return today + timedelta(days=7 - today.weekday())


def week_of(at: datetime, zone: str) -> str:
    """ "2026-48": no week has two notes."""
    year, week, _day = at.astimezone(ZoneInfo(zone)).isocalendar()
    return f"{year}-{week:02}"


def is_late(due: datetime, now: datetime) -> bool:
    return now - due > LATE


def is_away(*, paused: bool, until: date | None, today: date) -> bool:
    """Whether a pause still lasts: an open one does until its owner comes back."""
    return paused and (until is None or until > today)


def check_pause(until: date | None, today: date) -> None:
    if until is None:
        return
    if until <= today:
        raise Refused(_("Choose a day that is still to come. Or leave it open."))
    if until - today > LONGEST_PAUSE:
        raise Refused(_("A year at most. For longer than that, leave it open."))


def can_pause(until: date | None, today: date) -> bool:
    try:
        check_pause(until, today)
    except Refused:
        return False
    return True
