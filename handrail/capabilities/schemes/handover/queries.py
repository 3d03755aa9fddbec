"""Reads about covering."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404

from handrail.capabilities.schemes.handover.models import Cover

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation


def covers_in(organisation: Organisation) -> list[Cover]:
    return list(Cover.objects.filter(person__organisation=organisation).select_related("person", "colleague"))


def cover_in(organisation: Organisation, cover_id: int) -> Cover:
    for cover in covers_in(organisation):
        if cover.pk == cover_id:
            return cover
    raise Http404


def due(today: date) -> QuerySet[Cover]:
    """Those that begin or end by today."""
    begins = Q(given=False, from_on__lte=today)
    found = Cover.objects.filter(begins | Q(until_on__lt=today))
    return found.select_related("person__organisation", "colleague__organisation", "colleague__account")
