"""Writes about what the two settle. As with notes, the audit trail is told nothing of them."""

import json

from django.db import transaction

from handrail.capabilities.pairings.agreement import queries, rules
from handrail.capabilities.pairings.agreement.models import Line, Terms
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.capabilities.pairings.rules import check_can_write_notes
from handrail.foundation import clock
from handrail.foundation.vault.texts import OpenConversation, write


@transaction.atomic
def choose_term(*, by: OwnPairing, conversation: OpenConversation, question: str, answer: str) -> None:
    """One side's answer to one question; it may be changed as long as the pairing runs."""
    check_can_write_notes(by.pairing, by.side)
    rules.check_can_choose(question, answer)
    chosen = {**queries.agreed_in(conversation, by).mine, question: answer}
    row = queries.own_terms(by) or Terms(pairing=by.pairing, author=by.me)
    row.conversation_id, row.chosen_at = conversation.id, clock.now()
    write(conversation, row, text=json.dumps(chosen))
    row.save()


@transaction.atomic
def add_line(*, by: OwnPairing, conversation: OpenConversation, kind: str, text: str) -> Line:
    check_can_write_notes(by.pairing, by.side)
    rules.check_can_add_line(kind, queries.number_of_lines(by, kind))
    line = Line(pairing=by.pairing, author=by.me, conversation_id=conversation.id, kind=kind, written_at=clock.now())
    write(conversation, line, text=text)
    line.save(force_insert=True)
    return line


@transaction.atomic
def take_line_away(*, by: OwnPairing, line: Line) -> None:
    """Either of the two does; it is gone at once."""
    check_can_write_notes(by.pairing, by.side)
    line.delete()
