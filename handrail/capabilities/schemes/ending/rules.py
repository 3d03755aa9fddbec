"""Which state of a scheme may follow which, and from when to when an end may be."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.schemes.models import Scheme

SOONEST, LATEST = 7, 366  # days from today: time to meet once more, and not a date that nobody remembers


class Standing(StrEnum):
    PREPARED = "prepared"
    RUNNING = "running"
    ENDING = "ending"
    ENDED = "ended"


# The whole of it; docs/reference/scheme-states.md is drawn from this table.
NEXT: dict[Standing, set[Standing]] = {
    Standing.PREPARED: {Standing.RUNNING},
    Standing.RUNNING: {Standing.ENDING},
    Standing.ENDING: {Standing.RUNNING, Standing.ENDED},
    Standing.ENDED: set(),
}
STARTS = (Standing.PREPARED, Standing.RUNNING)


def standing(scheme: Scheme) -> Standing:
    if scheme.ended_on is not None:
        return Standing.ENDED
    if scheme.draft:
        return Standing.PREPARED
    return Standing.RUNNING if scheme.ends_on is None else Standing.ENDING


def check_can_become(scheme: Scheme, wanted: Standing) -> None:
    if not can_become(scheme, wanted):
        raise Refused(_("This has changed in the meantime. Here is how it stands now."))


def can_become(scheme: Scheme, wanted: Standing) -> bool:
    return wanted in NEXT[standing(scheme)]


def check_day(day: date | None, today: date) -> None:
    if not can_end_on(day, today):
        raise Refused(_("Choose a day between a week and a year from now, so that everybody can meet once more."))


def can_end_on(day: date | None, today: date) -> bool:
    return day is not None and SOONEST <= (day - today).days <= LATEST


def check_takes_new(scheme: Scheme) -> None:
    """Once the end is decided nobody new is asked: they would hardly begin."""
    if scheme.ended_on is not None:
        raise Refused(_("This scheme has ended. Ask its coordinator what comes next."))
    if scheme.ends_on is not None:
        day = date_format(scheme.ends_on, "j F Y")
        raise Refused(_("This scheme ends on %(day)s, so nobody new begins in it.") % {"day": day})


def check_can_begin_unasked(*, has_ended: bool) -> None:
    """The first scheme begins with the first pair; after one has ended, somebody says which comes next."""
    if not can_begin_unasked(has_ended=has_ended):
        raise Refused(none_runs())


def none_runs() -> str:
    return _("Your scheme has ended, and no other runs. Prepare the next one, or start one that is prepared.")


def can_begin_unasked(*, has_ended: bool) -> bool:
    return not has_ended


def takes_new(scheme: Scheme) -> bool:
    return standing(scheme) in (Standing.PREPARED, Standing.RUNNING)
