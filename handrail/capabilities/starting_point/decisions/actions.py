"""Bringing a decision, choosing what it touches, looking back, deleting. The audit trail is told nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from handrail.capabilities.essentials.queries import dictionary, essentials
from handrail.capabilities.essentials.rules import essentials_touched
from handrail.capabilities.starting_point.decisions import rules
from handrail.capabilities.starting_point.decisions.facts import facts_in
from handrail.capabilities.starting_point.decisions.heading import Heading, heading_from, title_of
from handrail.capabilities.starting_point.decisions.models import Decision
from handrail.capabilities.starting_point.decisions.queries import number_of_decisions, references_of, three_asked
from handrail.foundation import clock
from handrail.foundation.vault.texts import OpenVault, open_conversation, own_conversation, padded, read, write

if TYPE_CHECKING:
    from datetime import date

    from handrail.capabilities.accounts.models import Account

SUBJECT = "decisions"


@transaction.atomic
def bring_decision(*, by: Account, vault: OpenVault, paper: str) -> UUID:
    """Seal the text, if there is one, and which essentials it touches by its own words."""
    rules.check_can_bring(number_of_decisions(by.pk))
    conversation = own_conversation(vault, SUBJECT)
    row = Decision(id=uuid4(), account=by, conversation_id=conversation.id, brought_on=clock.today())
    touched = essentials_touched(paper, dictionary())[: rules.OFFERED]
    heading = Heading(
        brought_at=clock.now().isoformat(),
        title=title_of(paper),
        touches={one.essential.id: one.words[: rules.WORDS_KEPT] for one in touched},
        facts=facts_in(paper, clock.today()),
    )
    write(conversation, row, heading=heading.as_text(), paper=_sealable(paper))
    row.save(force_insert=True)
    return row.pk


def _sealable(paper: str) -> str:
    """As JSON, which is never empty: a text that is gone is as long as a short one."""
    return padded(json.dumps(paper, ensure_ascii=False))


@transaction.atomic
def choose_essentials(*, by: Account, vault: OpenVault, decision_id: UUID, chosen: Sequence[str]) -> None:
    rules.check_choice(chosen, list(essentials()))
    _change(by, vault, decision_id, lambda heading: heading.with_chosen(chosen))


@transaction.atomic
def swap_question(*, by: Account, vault: OpenVault, decision_id: UUID, taken: str, left_out: str) -> None:
    """One of the other questions in place of one of the three; both by their references."""

    def change(heading: Heading) -> Heading:
        three = rules.swapped(three_asked(heading), references_of(heading), taken, left_out)
        return heading.with_swapped(three)

    _change(by, vault, decision_id, change)


@transaction.atomic
def look_back(*, by: Account, vault: OpenVault, decision_id: UUID, differently: str) -> None:
    """One line on what was decided differently; an empty one: nothing was. Home is done with it."""
    _change(by, vault, decision_id, lambda heading: heading.with_outcome(differently))


@transaction.atomic
def choose_day(*, by: Account, vault: OpenVault, decision_id: UUID, day: date | None, called: str = "") -> None:
    """When it is decided, and what home calls it; None: home says nothing of it."""
    if day is not None:
        rules.check_day(day, clock.today())
    _change(by, vault, decision_id, lambda heading: heading.with_day(day, called))


def _change(by: Account, vault: OpenVault, decision_id: UUID, change: Callable[[Heading], Heading]) -> None:
    row = Decision.objects.select_for_update().get(account=by, pk=decision_id)
    conversation = open_conversation(vault, row.conversation_id)
    heading = change(heading_from(read(conversation, row, "heading")))
    write(conversation, row, heading=heading.as_text())
    row.ahead = heading.day is not None and not heading.looked_back
    row.save(update_fields=["heading", "ahead"])


@transaction.atomic
def forget_paper(*, by: Account, vault: OpenVault, decision_id: UUID) -> None:
    """The text goes; the questions, and what came of it, stay."""
    row = Decision.objects.select_for_update().get(account=by, pk=decision_id)
    write(open_conversation(vault, row.conversation_id), row, paper=_sealable(""))
    row.save(update_fields=["paper"])


@transaction.atomic
def delete_decision(*, by: Account, decision_id: UUID) -> None:
    Decision.objects.filter(account=by, pk=decision_id).delete()
