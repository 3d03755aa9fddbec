"""What may follow: when effects are released, and when a plan is frozen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from handrail.capabilities.impact.models import Effects, Plan
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.participation.models import Wave

LONGEST_EVENT = timedelta(weeks=12)
MOST_TEAMS, MOST_WEEKS, MOST_TURNS = 2000, 156, 12


def check_can_release(wave: Wave, effects: Effects | None) -> None:
    if not can_release(wave, effects):
        raise Refused(_("What changed by the end of a wave is released once, after the wave was closed."))


def can_release(wave: Wave, effects: Effects | None) -> bool:
    return wave.closed_at is not None and effects is None


def check_can_freeze(plan: Plan) -> None:
    if not can_freeze(plan):
        raise Refused(_("This plan is frozen already, or is not worked out yet. A frozen plan stays as it is."))


def can_freeze(plan: Plan) -> bool:
    return plan.state == Plan.State.READY


def check_can_put_aside(plan: Plan) -> None:
    if not can_put_aside(plan):
        raise Refused(_("A frozen plan stays, whatever comes of it. Make another one if it no longer fits."))


def can_put_aside(plan: Plan) -> bool:
    return plan.state != Plan.State.FROZEN


def check_days_of_event(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise Refused(_("The last day lies before the first. Please look at both."))
    if last_day - first_day > LONGEST_EVENT:
        raise Refused(_("More than twelve weeks are too long to leave out. State those in which it weighed most."))
