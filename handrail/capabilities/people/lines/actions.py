"""Writes about reporting lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.people.lines.queries import line_above
from handrail.capabilities.people.lines.rules import check_can_report_to
from handrail.capabilities.people.models import Person
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account


@transaction.atomic
def set_line(*, by: Account, person: Person, manager: Person | None, known: bool = True) -> None:
    """Say whom somebody reports to: a manager; nobody above; or, with `known` false, that it is not known."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if manager is not None:
        check_can_report_to(person, manager, above_manager=line_above({manager.pk}).above)
    person.manager = manager if known else None
    person.line = Person.Line.KNOWN if known else Person.Line.UNKNOWN
    person.save(update_fields=["manager", "line"])
    record(by=by, what="person.line_set", subject=person, organisation_id=person.organisation_id)
