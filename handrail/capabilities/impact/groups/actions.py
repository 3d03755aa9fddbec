"""Writes about effects of groups: have those by the end of a closed wave worked out and released, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.impact import jobs, rules
from handrail.capabilities.impact.models import Effects
from handrail.foundation import clock
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.participation.models import Wave


@transaction.atomic
def release_effects(*, by: Account, wave: Wave) -> Effects:
    """For good: they are worked out now, released once and never made again."""
    rules.check_can_release(wave, Effects.objects.select_for_update().filter(wave=wave).first())
    made = Effects.objects.create(wave=wave, made_by=by, made_at=clock.now())
    record(by=by, what="effects.released", subject=wave, organisation_id=wave.organisation_id)
    jobs.release_effects.enqueue(effects_id=made.pk)
    return made
