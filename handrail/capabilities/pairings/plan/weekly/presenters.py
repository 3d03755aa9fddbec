"""The weekly note and the pause, in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.queries import zone_of
from handrail.capabilities.pairings.plan.weekly import rules
from handrail.design.parts import Choice
from handrail.formats.calendars import place_of
from handrail.foundation import clock

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.pairings.plan.models import Plan, WeeklyNote
    from handrail.capabilities.pairings.plan.sheet import PlanSheet

HOURS = (7, 8, 9, 12, 13, 16, 17, 18, 20)


def note_in_words(note: WeeklyNote | None) -> str:
    if note is None or not note.on:
        return _("Off")
    return _("%(day)ss at %(time)s") % {"day": WEEKDAYS[note.weekday], "time": f"{note.hour:02}:00"}


def next_in_words(note: WeeklyNote) -> str:
    at = timezone.localtime(note.next_at)
    return _("The next one: %(day)s at %(time)s.") % {"day": date_format(at, "l j F"), "time": date_format(at, "H:i")}


def days() -> list[Choice]:
    return [Choice(str(number), name) for number, name in WEEKDAYS.items()]


def hours() -> list[Choice]:
    return [Choice(str(hour), f"{hour:02}:00") for hour in HOURS]


def pauses() -> list[Choice]:
    return [
        Choice("14", _("Two weeks")),
        Choice("28", _("Four weeks")),
        Choice("open", _("Until I come back")),
    ]


def is_away(plan: Plan) -> bool:
    return rules.is_away(paused=plan.paused, until=plan.paused_until, today=clock.today())


def pause_in_words(plan: Plan) -> str:
    """That nothing is expected now; empty where there is no pause."""
    if not is_away(plan):
        return ""
    if plan.paused_until is None:
        return _("Paused until you come back. Nothing is expected of you.")
    return _("Paused until %(day)s. Nothing is expected of you.") % {"day": date_format(plan.paused_until, "j F Y")}


def did_this_week(sheet: PlanSheet) -> bool:
    """Whether a step was done since Monday, by the leader's own clock."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    return any(one.day is not None and one.day >= monday for one in sheet.done)


def clock_in_words(account: Account) -> str:
    return _("These are hours in %(place)s.") % {"place": place_of(zone_of(account))}
