"""Reads about effects of groups. Sponsors' pages are made of what was released and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from handrail.capabilities.impact.models import Effects
from handrail.capabilities.participation.groups.queries import wave_in, waves_of

if TYPE_CHECKING:
    from handrail.capabilities.participation.models import Wave
    from handrail.capabilities.people.models import Organisation


@dataclass(frozen=True)
class WaveEffects:
    """A wave, and the effects by its end, if somebody asked for them."""

    wave: Wave
    effects: Effects | None


def closed_waves(organisation: Organisation) -> list[WaveEffects]:
    """Newest first."""
    asked = {one.wave_id: one for one in Effects.objects.filter(wave__organisation=organisation)}
    return [WaveEffects(wave, asked.get(wave.pk)) for wave in waves_of(organisation) if wave.closed_at is not None]


def wave_effects(organisation: Organisation, wave_id: int) -> WaveEffects:
    wave = wave_in(organisation, wave_id)
    if wave.closed_at is None:
        raise Http404
    return WaveEffects(wave, Effects.objects.filter(wave=wave).first())


def released_effects(organisation: Organisation) -> list[Effects]:
    """Newest first, for sponsors."""
    found = Effects.objects.filter(wave__organisation=organisation, released_at__isnull=False)
    return list(found.select_related("wave").order_by("-wave__ends_on", "-pk"))


def released_in(organisation: Organisation, wave_id: int) -> Effects:
    for one in released_effects(organisation):
        if one.wave_id == wave_id:
            return one
    raise Http404
