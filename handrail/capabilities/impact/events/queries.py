"""Reads about holidays and known events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404

from handrail.capabilities.impact.models import KnownEvent

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation

WEEK = timedelta(days=6)


def events_of(organisation_id: int) -> list[KnownEvent]:
    """By their first day."""
    return list(KnownEvent.objects.filter(organisation=organisation_id))


def event_in(organisation: Organisation, event_id: int) -> KnownEvent:
    return get_object_or_404(KnownEvent, organisation=organisation, pk=event_id)


def weeks_of(event: KnownEvent, weeks: Iterable[date]) -> list[date]:
    """The weeks, named by their Mondays, in which it fell with a day or more."""
    return [week for week in weeks if week <= event.last_day and event.first_day <= week + WEEK]


def as_values(events: Iterable[KnownEvent]) -> list[dict[str, Any]]:
    """As a frozen plan and a release keep them."""
    return [
        {"name": one.name, "first": one.first_day.isoformat(), "last": one.last_day.isoformat(), "unit": one.unit}
        for one in events
    ]
