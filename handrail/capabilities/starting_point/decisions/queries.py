"""Reads of one's own decisions, with one's own open key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404

from handrail.capabilities.essentials.queries import essentials, openings
from handrail.capabilities.starting_point.decisions.heading import Heading, heading_from
from handrail.capabilities.starting_point.decisions.models import Decision
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenConversation, OpenVault, open_conversation, read

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.core.paginator import Page
    from django.db.models import QuerySet

    from handrail.formats.essentials import Essential

PAGE = 10


@dataclass(frozen=True)
class OwnDecision:
    """A decision as its owner reads it; without a heading when it was sealed with a key that is gone."""

    id: UUID
    brought_on: date
    heading: Heading | None
    paper: str = ""  # where it was asked for


def has_decisions(account_id: int) -> bool:
    return Decision.objects.filter(account=account_id).exists()


def number_of_decisions(account_id: int) -> int:
    return Decision.objects.filter(account=account_id).count()


def decisions_beside() -> QuerySet[Decision]:
    """For the account of an outer read: what it brought, unopened, the newest first."""
    return Decision.objects.filter(account=OuterRef("account"))


@dataclass(frozen=True)
class Ahead:
    """A decision with a day that was tapped, for home: what it is called there, and nothing of what it is about."""

    id: UUID
    day: date
    called: str


def decisions_ahead(vault: OpenVault) -> list[Ahead]:
    """Those with a day and nothing noted since, the nearest day first."""
    found = []
    for row in _rows_ahead(vault.account_id):
        heading = _opened(open_conversation(vault, row.conversation_id), row).heading
        if heading is not None and heading.day is not None:
            found.append(Ahead(row.pk, heading.day, heading.called))
    return sorted(found, key=lambda one: one.day)


@prepared
def _rows_ahead(account_id: int) -> QuerySet[Decision]:
    return Decision.objects.filter(account=account_id, ahead=True).defer("paper")[:PAGE]


def check_own(account_id: int, decision_id: UUID) -> None:
    """Before anything is opened: whoever asks for what is not theirs finds nothing, and no key is made by looking."""
    if not Decision.objects.filter(account=account_id, pk=decision_id).exists():
        raise Http404


def page_of_decisions(account_id: int, number: Any) -> Page[Decision]:
    """One page of somebody's, by day, the newest first; unopened."""
    return Paginator(Decision.objects.filter(account=account_id).defer("paper"), PAGE).get_page(number)


def own_decisions(vault: OpenVault, page: Page[Decision]) -> list[OwnDecision]:
    """Those of this page, opened; within a day the newest first, too."""
    rows = list(page.object_list)
    conversation = open_conversation(vault, rows[0].conversation_id) if rows else None
    opened = [_opened(conversation, row) for row in rows if conversation]
    return sorted(opened, key=lambda one: (one.brought_on, one.heading.brought_at if one.heading else ""), reverse=True)


def own_decision(vault: OpenVault, decision_id: UUID, *, with_paper: bool = False) -> OwnDecision:
    row = get_object_or_404(Decision, account=vault.account_id, pk=decision_id)
    return _opened(open_conversation(vault, row.conversation_id), row, with_paper=with_paper)


def _opened(conversation: OpenConversation, row: Decision, *, with_paper: bool = False) -> OwnDecision:
    try:
        heading = heading_from(read(conversation, row, "heading"))
        paper = json.loads(read(conversation, row, "paper")) if with_paper else ""
    except NotShared:
        return OwnDecision(row.pk, row.brought_on, None)
    return OwnDecision(row.pk, row.brought_on, heading, paper)


def chosen_essentials(heading: Heading) -> list[Essential]:
    """What the leader said it touches, as far as it is still among the essentials."""
    return [essentials()[one] for one in heading.chosen if one in essentials()]


def essentials_by_tap() -> dict[str, tuple[str, ...]]:
    """What follows from each tap on what would change hands."""
    return {one.id: one.essentials for one in openings()}
