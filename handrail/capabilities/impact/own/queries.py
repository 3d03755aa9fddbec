"""Reads of one's own answer, with one's own open key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from handrail.capabilities.impact.models import OwnAnswer
from handrail.capabilities.impact.sheet import Sheet, sheet_from
from handrail.capabilities.participation.own.queries import has_log
from handrail.capabilities.people.queries import me
from handrail.foundation.lifecycle.registry import Read
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenVault, open_conversation, open_vault, read

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

__all__ = ["answers_to_read", "has_log", "opened", "own_answer", "sheet_of"]


def own_answer(request: HttpRequest) -> OwnAnswer | None:
    """The signed-in person's, unopened; None where they have not asked."""
    return next(iter(_answers(me(request).pk)), None)


@prepared
def _answers(person_id: int) -> QuerySet[OwnAnswer]:
    return OwnAnswer.objects.filter(person=person_id)


def opened(request: HttpRequest) -> OpenVault:
    """The reader's vault; the view has seen to it that it is open."""
    vault = open_vault(request)
    if vault is None:
        raise Http404
    return vault


def sheet_of(vault: OpenVault, row: OwnAnswer) -> Sheet | None:
    """What was sealed for its reader; None while nothing was, or where their key is a new one."""
    if row.conversation_id is None or not row.sheet:
        return None
    try:
        return sheet_from(read(open_conversation(vault, row.conversation_id), row, "sheet"))
    except NotShared:
        return None


def answers_to_read(request: HttpRequest) -> list[Read]:
    """For the export of one's own data."""
    vault = opened(request)
    found = []
    for row in OwnAnswer.objects.filter(account=vault.account_id, conversation__isnull=False):
        try:
            text = read(open_conversation(vault, row.conversation_id or 0), row, "sheet").rstrip()
        except NotShared:
            found.append(Read(row, {"sheet": None}))
        else:
            found.append(Read(row, {"sheet": text}))
    return found
