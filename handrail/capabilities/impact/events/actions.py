"""Writes about holidays and known events: state one, take one back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.impact import rules
from handrail.capabilities.impact.models import KnownEvent
from handrail.foundation import clock
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Organisation


@transaction.atomic
def state_event(
    *, by: Account, organisation: Organisation, name: str, first_day: date, last_day: date, unit: str = ""
) -> KnownEvent:
    """From the next time on that something is worked out. What was released stays as it is."""
    rules.check_days_of_event(first_day, last_day)
    made = KnownEvent.objects.create(
        organisation=organisation,
        name=name,
        first_day=first_day,
        last_day=last_day,
        unit=unit,
        made_by=by,
        stated_on=clock.today(),
    )
    record(by=by, what="event.stated", subject=made, organisation_id=organisation.pk)
    return made


@transaction.atomic
def take_event_back(*, by: Account, event: KnownEvent) -> None:
    record(by=by, what="event.taken_back", subject=event, organisation_id=event.organisation_id)
    event.delete()
