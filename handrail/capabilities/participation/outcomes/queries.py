"""Reads about where outcomes are talked of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from handrail.capabilities.participation.models import Channel, Concern
from handrail.capabilities.schemes.queries import running_scheme_of
from handrail.capabilities.schemes.set_up.queries import outcomes_of
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from handrail.capabilities.people.models import Organisation
    from handrail.capabilities.schemes.set_up.models import Outcome

MOST_CHANNELS = 200  # shown to choose from; a topic finds the others


@dataclass(frozen=True)
class Talked:
    """An outcome of the running scheme, and where it is talked of, if that was said."""

    outcome: Outcome
    concern: Concern | None


def talked_of(organisation: Organisation) -> list[Talked]:
    scheme = running_scheme_of(organisation)
    if scheme is None or scheme.organisation_id != organisation.pk:
        return []
    outcomes = [one for one in outcomes_of(scheme) if one.state == "running"]
    known = {one.outcome_id: one for one in _concerns([one.pk for one in outcomes])}
    return [Talked(one, known.get(one.pk)) for one in outcomes]


@prepared
def _concerns(outcomes: list[int]) -> QuerySet[Concern]:
    return Concern.objects.filter(outcome__in=outcomes)


def talked(organisation: Organisation, outcome_id: int) -> Talked:
    for one in talked_of(organisation):
        if one.outcome.pk == outcome_id:
            return one
    raise Http404


def channels_of(organisation: Organisation) -> list[Channel]:
    return _channels(organisation.pk)


@prepared
def _channels(organisation: int) -> QuerySet[Channel]:
    return Channel.objects.filter(organisation=organisation)[:MOST_CHANNELS]


def channels_named_in(concern: Concern) -> list[int]:
    """The ids of the channels where this outcome is talked of."""
    return _channels_of_concern(concern.pk)


@prepared
def _channels_of_concern(concern: int) -> QuerySet[Concern, int]:
    return Concern.objects.filter(pk=concern, channels__isnull=False).values_list("channels", flat=True)
