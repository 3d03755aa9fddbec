"""Writes about looking back, and the close itself. The audit trail hears only that it closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.closing import queries, rules
from handrail.capabilities.pairings.closing.models import ClosingAnswer
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.rules import check_can_become
from handrail.foundation import clock
from handrail.foundation.vault.texts import OpenConversation, remove_participant, write

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.pairings.queries import OwnPairing


@transaction.atomic
def answer(*, by: OwnPairing, conversation: OpenConversation, question: str, text: str) -> None:
    """One's own answer; an empty one takes it back. A changed answer is no longer readable to anybody else."""
    rules.check_can_look_back(by.pairing, by.side)
    row = queries.own_answer(by, question)
    if not text:
        if row is not None:
            row.delete()
        return
    row = row or ClosingAnswer(pairing=by.pairing, author=by.me, question=question)
    row.conversation_id, row.ordinary, row.answered_at = conversation.id, "", clock.now()
    write(conversation, row, text=text)
    row.save()


@transaction.atomic
def make_readable(*, by: OwnPairing, question: str, text: str) -> None:
    """Its author lets the coordinator read this answer, word for word as previewed; an empty text takes it back."""
    rules.check_can_look_back(by.pairing, by.side)
    rules.check_can_be_ordinary(question)
    row = queries.own_answer(by, question)
    if row is not None:
        row.ordinary = text
        row.save(update_fields=["ordinary"])


@transaction.atomic
def say_what_next(*, by: Account, pairing: Pairing, side: str, wish: str) -> Pairing:
    """The last question. The coordinator reads it: what somebody would like next is for them to know."""
    pairing = pairings.locked(pairing)
    rules.check_can_look_back(pairing, side)
    setattr(pairing, f"{side}_next", wish)
    pairing.save(update_fields=["leader_next", "mentor_next"])
    return pairing


@transaction.atomic
def close_what_is_over() -> int:
    """Close what ended a month ago: the leader keeps the shared notes, the mentor only their own. How many."""
    found = queries.ended_before(clock.now() - rules.OPEN_FOR)
    for pairing in found:
        _close(pairings.locked(pairing))
    return len(found)


def _close(pairing: Pairing) -> None:
    check_can_become(pairing, Pairing.State.CLOSED)
    pairing.state = Pairing.State.CLOSED
    pairing.save(update_fields=["state"])
    if pairing.conversation_id is not None and pairing.mentor.account_id is not None:
        remove_participant(pairing.conversation_id, pairing.mentor.account_id)
    pairings.record_of(None, "pairing.closed", pairing)
