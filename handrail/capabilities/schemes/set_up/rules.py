"""What may be settled about a scheme."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.schemes.models import Scheme

LEAST_THRESHOLD = 10
MOST_THRESHOLD = 200
MOST_OUTCOMES = 8
FEWEST_WEEKS, MOST_WEEKS = 6, 104
State = Outcome.State


def check_threshold(now: int, wanted: int) -> None:
    """A promise that was made about group figures is never made smaller."""
    if wanted < LEAST_THRESHOLD:
        raise Refused(_("Ten is the least: in smaller groups people can be recognised."))
    if wanted < now:
        raise Refused(
            _("It is %(now)d now, and people signed up under that promise. It can be raised, not lowered.")
            % {"now": now}
        )
    if wanted > MOST_THRESHOLD:
        raise Refused(_("Two hundred at most: above that, no group here would ever be counted."))


def can_have_threshold(now: int, wanted: int) -> bool:
    return max(now, LEAST_THRESHOLD) <= wanted <= MOST_THRESHOLD


def check_can_add_outcome(number: int) -> None:
    if number >= MOST_OUTCOMES:
        raise Refused(_("Eight outcomes at most. A scheme that serves everything can be judged by nothing."))


def can_add_outcome(number: int) -> bool:
    return number < MOST_OUTCOMES


def check_review(review_on: date, today: date) -> None:
    if not can_review(review_on, today):
        raise Refused(_("Choose a day to come, within the next five years."))


def can_review(review_on: date, today: date) -> bool:
    return 0 < (review_on - today).days <= 5 * 366


def check_can_change_outcome(outcome: Outcome) -> None:
    if outcome.state != State.RUNNING:
        raise Refused(_("This outcome is settled. What was written about it stays as it is."))


def can_change_outcome(outcome: Outcome) -> bool:
    return outcome.state == State.RUNNING


def check_can_start(scheme: Scheme) -> None:
    if not scheme.draft:
        raise Refused(_("This scheme runs already."))


def can_start(scheme: Scheme) -> bool:
    return scheme.draft
