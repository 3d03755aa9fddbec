"""Writes about schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.schemes import queries
from handrail.capabilities.schemes.ending.queries import last_ended
from handrail.capabilities.schemes.ending.rules import check_can_begin_unasked
from handrail.capabilities.schemes.models import Scheme
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Organisation, Person


@transaction.atomic
def start_scheme(
    *,
    by: Account | None,
    organisation: Organisation,
    name: str,
    purpose: str = "",
    asked_by: Person | None = None,
    contact: Person | None = None,
) -> Scheme:
    scheme = Scheme.objects.create(
        organisation=organisation, name=name, purpose=purpose, asked_by=asked_by, contact=contact
    )
    record(by=by, what="scheme.started", subject=scheme, organisation_id=organisation.pk)
    return scheme


def scheme_to_pair_in(*, by: Account, organisation: Organisation) -> Scheme:
    """The running scheme; a plain one is started when the first two people are paired, and never after an end."""
    return queries.running_scheme_of(organisation) or _first_scheme(by, organisation)


@transaction.atomic
def _first_scheme(by: Account, organisation: Organisation) -> Scheme:
    """Looked for once more behind the lock, so that two coordinators at once start one."""
    if running := queries.running_scheme_of(organisation):
        return running
    check_can_begin_unasked(has_ended=last_ended(organisation) is not None)
    return start_scheme(by=by, organisation=organisation, name=queries.name_of_first(organisation))


@transaction.atomic
def name_contact(*, by: Account, scheme: Scheme, contact: Person) -> None:
    """Name the safeguarding contact; the earlier one keeps what was reported to them."""
    scheme.contact = contact
    scheme.save(update_fields=["contact"])
    record(by=by, what="scheme.contact_named", subject=scheme, organisation_id=scheme.organisation_id)


@transaction.atomic
def let_scheme_span(*, by: Account, scheme: Scheme, organisation_ids: list[int]) -> None:
    """Say which other organisations' people may be paired in this scheme; the list replaces the earlier one."""
    others = [number for number in organisation_ids if number != scheme.organisation_id]
    scheme.spans.set(others)
    for number in [scheme.organisation_id, *others]:
        record(by=by, what="scheme.spans", subject=scheme, organisation_id=number, detail={"spans": len(others)})
