"""Reads of the administrator's page about exports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404

from handrail.capabilities.participation.models import ExportLoad, Gathered, Suggestion, Voice
from handrail.capabilities.people import queries as people

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation


@dataclass(frozen=True)
class Held:
    """What there is of an organisation, in whole numbers: nothing about anybody."""

    acts: int
    people: int
    members: int
    first_on: date | None
    last_on: date | None
    kept_from: date | None
    unanswered: int


def organisations() -> list[Organisation]:
    return people.every_organisation()


def organisation(organisation_id: int) -> Organisation:
    for one in people.every_organisation():
        if one.pk == organisation_id:
            return one
    raise Http404


def recent_loads(of: Organisation, limit: int = 10) -> list[ExportLoad]:
    return list(ExportLoad.objects.filter(organisation=of)[:limit])


def load_named(load_id: int) -> ExportLoad:
    found = ExportLoad.objects.filter(pk=load_id).select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def suggestions(of: Organisation) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(voice__organisation=of).select_related("person")


def held(of: Organisation) -> Held:
    gathered = Gathered.objects.filter(organisation=of).first()
    voices = Voice.objects.filter(organisation=of)
    loads = ExportLoad.objects.filter(organisation=of, state=ExportLoad.State.DONE)
    days = [(load.first_on, load.last_on) for load in loads.only("first_on", "last_on") if load.first_on]
    kept_from = gathered.kept_from if gathered else None
    first = min((first for first, _ in days if first), default=None)
    return Held(
        acts=gathered.acts if gathered else 0,
        people=voices.count(),
        members=voices.filter(person__isnull=False).count(),
        first_on=max(first, kept_from) if first and kept_from else first,
        last_on=max((last for _, last in days if last), default=None),
        kept_from=kept_from,
        unanswered=suggestions(of).count(),
    )
