"""Writes about who may join."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction

from handrail.capabilities.schemes.joining import queries, rules
from handrail.capabilities.schemes.joining.models import Listed
from handrail.capabilities.schemes.models import Scheme
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account

COPIED = ("leaders", "mentors", "teams", "levels")


@transaction.atomic
def settle_joining(*, by: Account, scheme: Scheme, **answers: Any) -> None:
    """Keep one answer at once. Whoever has signed up already stays, whatever it is."""
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    joining = queries.joining_of(scheme)
    for name, value in answers.items():
        setattr(joining, name, value)
    rules.check_go_together(joining.leaders, joining.mentors)
    joining.save()
    record(by=by, what="scheme.changed", subject=scheme, organisation_id=scheme.organisation_id)


@transaction.atomic
def list_people(*, by: Account, scheme: Scheme, side: str, person_ids: Collection[int]) -> None:
    """The list replaces the earlier one."""
    Listed.objects.filter(scheme=scheme, side=side).exclude(person__in=person_ids).delete()
    rows = [Listed(scheme=scheme, person_id=pk, side=side) for pk in person_ids]
    Listed.objects.bulk_create(rows, ignore_conflicts=True)
    record(by=by, what="scheme.changed", subject=scheme, organisation_id=scheme.organisation_id)


def copy_joining(*, by: Account, scheme: Scheme, fresh: Scheme) -> None:
    """For the next cohort: the answers, without the names on a list."""
    usual = queries.joining_of(scheme)
    settle_joining(by=by, scheme=fresh, **{name: getattr(usual, name) for name in COPIED})
