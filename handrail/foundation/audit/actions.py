"""Writing the audit trail."""

from typing import Any

from django.db import models

from handrail.foundation import clock
from handrail.foundation.audit.models import Event


def record(
    *,
    by: Any,
    what: str,
    subject: models.Model | None = None,
    organisation_id: int | None = None,
    detail: dict[str, str | int | bool | None] | None = None,
) -> Event:
    """Note that `by` (an account, or None for the program itself) did `what`. `detail` holds no private text."""
    return Event.objects.create(
        at=clock.now(),
        by=by,
        what=what,
        organisation_id=organisation_id,
        subject_type=subject._meta.label if subject else "",
        subject_id=str(subject.pk) if subject else "",
        detail=detail or {},
    )
