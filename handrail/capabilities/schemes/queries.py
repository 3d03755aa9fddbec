"""Reads about schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from handrail.capabilities.schemes.models import Scheme

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation


def running_scheme_of(organisation: Organisation) -> Scheme | None:
    """The organisation's running scheme: its own, or one that spans it."""
    own = Scheme.objects.filter(organisation=organisation, ended_on__isnull=True).select_related("asked_by").first()
    return own or Scheme.objects.filter(spans=organisation, ended_on__isnull=True).select_related("asked_by").first()


def organisations_in(scheme: Scheme) -> list[int]:
    """The ids of the organisations whose people may be paired in this scheme."""
    return [scheme.organisation_id, *scheme.spans.values_list("pk", flat=True)]


def running_schemes() -> list[Scheme]:
    """Every running scheme of the installation, for its administrator."""
    running = Scheme.objects.filter(ended_on__isnull=True).select_related("organisation").prefetch_related("spans")
    return list(running.order_by("organisation__name", "pk"))


def running_scheme(scheme_id: int) -> Scheme:
    for scheme in running_schemes():
        if scheme.pk == scheme_id:
            return scheme
    raise Http404


def names_of_schemes(scheme_ids: list[int]) -> dict[int, list[str]]:
    return {pk: [name] for pk, name in Scheme.objects.filter(pk__in=scheme_ids).order_by().values_list("pk", "name")}
