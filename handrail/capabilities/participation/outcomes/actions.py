"""Writes about where outcomes are talked of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.participation import jobs
from handrail.capabilities.participation.models import Channel, Concern
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Organisation
    from handrail.capabilities.schemes.set_up.models import Outcome


@transaction.atomic
def say_where(
    *,
    by: Account,
    organisation: Organisation,
    outcome: Outcome,
    topics: str,
    channels: Sequence[int],
    units: Sequence[str],
    outside: bool,
) -> Concern:
    """Where an outcome is talked of and whom it is for; whoever asked to see their own is measured anew."""
    concern, _made = Concern.objects.update_or_create(
        outcome=outcome, defaults={"topics": topics, "units": list(units), "outside": outside}
    )
    concern.channels.set(Channel.objects.filter(organisation=organisation, pk__in=channels))
    record(by=by, what="outcome.placed", organisation_id=organisation.pk)
    jobs.measure_organisation.enqueue(organisation_id=organisation.pk)
    return concern
