"""Writes about waves: name one, close it once, release its figures once."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.participation import jobs, rules
from handrail.capabilities.participation.models import Wave
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Organisation


@transaction.atomic
def begin_wave(*, by: "Account", organisation: "Organisation", name: str, starts_on: date, ends_on: date) -> Wave:
    rules.check_wave(starts_on, ends_on)
    waves = Wave.objects.filter(organisation=organisation)
    if waves.filter(name=name).exists():
        raise Refused(_("There is a wave of that name already. Give this one another."))
    if waves.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refused(
            _("These days overlap with another wave. Each day belongs to one, so that none can be subtracted.")
        )
    wave = Wave.objects.create(organisation=organisation, name=name, starts_on=starts_on, ends_on=ends_on)
    record(by=by, what="wave.begun", subject=wave, organisation_id=organisation.pk)
    return wave


@transaction.atomic
def close_wave(*, by: "Account", wave: Wave) -> None:
    """For good: the figures are measured now, released once and never made again."""
    rules.check_can_close(wave, clock.today())
    wave.closed_at, wave.closed_by = clock.now(), by
    wave.save(update_fields=["closed_at", "closed_by"])
    record(by=by, what="wave.closed", subject=wave, organisation_id=wave.organisation_id)
    jobs.release_wave.enqueue(wave_id=wave.pk)
