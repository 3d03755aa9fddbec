"""To whom a coordinator may hand over, and for how long somebody may cover."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person

LONGEST_COVER = 92  # days: beyond that, hand over


def check_can_take_over(person: Person, colleague: Person, roles: set[str], at_risk: str) -> None:
    """`roles` are the colleague's; `at_risk`: the promise that coordinating as well would break, in words."""
    if colleague.pk == person.pk:
        raise Refused(_("Choose somebody else."))
    if "coordinator" in roles:
        raise Refused(_("%(name)s coordinates already, so there is nothing to hand over.") % {"name": colleague.name})
    if at_risk:
        raise Refused(at_risk)


def can_take_over(person: Person, colleague: Person, roles: set[str], at_risk: str) -> bool:
    return colleague.pk != person.pk and "coordinator" not in roles and not at_risk


def check_days(from_on: date, until_on: date, today: date) -> None:
    if from_on < today:
        raise Refused(_("The first day is over already. Choose today or a day to come."))
    if until_on < from_on:
        raise Refused(_("The last day is before the first."))
    if (until_on - from_on).days > LONGEST_COVER:
        raise Refused(_("Three months at most. For longer, hand over and take it back later."))


def can_cover(from_on: date, until_on: date, today: date) -> bool:
    return today <= from_on <= until_on and (until_on - from_on).days <= LONGEST_COVER
