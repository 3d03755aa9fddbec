"""The signed-in person's weekly note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handrail.capabilities.pairings.plan.models import WeeklyNote
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


def own_note(request: HttpRequest) -> WeeklyNote | None:
    return next(iter(_notes(int(request.user.pk or 0))), None)


@prepared
def _notes(account_id: int) -> QuerySet[WeeklyNote]:
    return WeeklyNote.objects.filter(account=account_id)
