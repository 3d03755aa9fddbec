"""Holidays and known events in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.impact.models import KnownEvent
from handrail.capabilities.impact.presenters import days
from handrail.design.parts import Row


def event_rows(events: Sequence[KnownEvent]) -> list[Row]:
    return [Row(one.name, said_of(one), _("Look"), reverse("known_event", args=[one.pk])) for one in events]


def said_of(event: KnownEvent) -> str:
    where = _("in %(unit)s") % {"unit": event.unit} if event.unit else _("everywhere")
    return f"{days(event.first_day, event.last_day)}, {where}"
