"""Reads about waves and what was released. Pages of groups are made of releases and of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest

from handrail.capabilities.participation.models import Release, Wave
from handrail.capabilities.people.queries import has_reports, me

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation


def waves_of(organisation: Organisation) -> list[Wave]:
    return list(Wave.objects.filter(organisation=organisation).select_related("release"))


def wave_in(organisation: Organisation, wave_id: int) -> Wave:
    found = Wave.objects.filter(organisation=organisation, pk=wave_id).select_related("release").first()
    if found is None:
        raise Http404
    return found


def release_of(wave: Wave) -> Release | None:
    return getattr(wave, "release", None)


def releases_of(organisation: Organisation) -> list[Release]:
    """Newest first, for sponsors."""
    found = Release.objects.filter(wave__organisation=organisation).select_related("wave")
    return list(found.order_by("-wave__ends_on", "-pk"))


def release_in(organisation: Organisation, wave_id: int) -> Release:
    for one in releases_of(organisation):
        if one.wave_id == wave_id:
            return one
    raise Http404


def leads_a_team(request: HttpRequest) -> bool:
    """Whether anybody reports to the signed-in person."""
    return has_reports(me(request))
