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
from handrail.capabilities.essentials.rules import other_questions, three_questions
from handrail.capabilities.starting_point.decisions.heading import Heading, heading_from
from handrail.capabilities.starting_point.decisions.models import Decision
from handrail.formats.essentials import QUESTIONS
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
TEXT = "text-"  # how the reference of a question about the text begins


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


def essential_questions(heading: Heading) -> dict[str, str]:
    """The questions of what was ticked by their references, the three that stand there by themselves first."""
    chosen = chosen_essentials(heading)
    asked = [*three_questions(chosen), *other_questions(chosen)]
    return {f"{one.essential.id}-{one.essential.questions.index(one.question)}": one.question for one in asked}


def references_of(heading: Heading) -> list[str]:
    """Every question there is for a decision: of what was ticked, then two of each kind of fact in its text."""
    of_text = [f"{TEXT}{kind}-{which}" for which in (0, 1) for kind in heading.facts.kinds]
    return [*essential_questions(heading), *of_text]


def three_asked(heading: Heading) -> list[str]:
    """The references of the three: those that stand there by themselves, or what their owner put in their place."""
    there = references_of(heading)
    own = [one for one in heading.swapped if one in there]
    return own if len(own) == len(heading.swapped) > 0 else there[:QUESTIONS]


def essentials_by_tap() -> dict[str, tuple[str, ...]]:
    """What follows from each tap on what would change hands."""
    return {one.id: one.essentials for one in openings()}
