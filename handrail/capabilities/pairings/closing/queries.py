"""Reading closing answers: with the reader's own key, or what its author made readable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from handrail.capabilities.pairings.closing import rules
from handrail.capabilities.pairings.closing.models import ClosingAnswer
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.notes.queries import conversation_of, opened
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.capabilities.pairings.rules import State
from handrail.foundation.lifecycle.registry import Read
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenConversation, OpenVault, open_conversation, own_conversation, read


@dataclass(frozen=True)
class OpenAnswer:
    question: str
    text: str
    ordinary: str


def known_question(question: str) -> str:
    if question not in ClosingAnswer.Question.values:
        raise Http404
    return question


def conversation_for(request: HttpRequest, own: OwnPairing, question: str) -> OpenConversation | None:
    """Where an answer to this question is sealed: for the two, or for its author alone."""
    vault = opened(request)
    if question in rules.FOR_THE_TWO:
        return conversation_of(vault, own, alone=False)
    return own_conversation(vault, f"closing of pairing {own.pairing.pk}")


@dataclass(frozen=True)
class LookBack:
    """What this person answered, by question, and the line that the other left for them."""

    mine: dict[str, OpenAnswer]
    line: str


def look_back(request: HttpRequest, own: OwnPairing) -> LookBack:
    opening = _Opening(opened(request))
    mine, line = {}, ""
    for row in _answers(own.pairing.pk):
        if row.author_id == own.me.pk and (text := opening.text(row)) is not None:
            mine[row.question] = OpenAnswer(row.question, text, row.ordinary)
        elif row.author_id != own.me.pk and row.question in rules.FOR_THE_TWO:
            line = opening.text(row) or ""
    return LookBack(mine, line)


class _Opening:
    """Opens each conversation once."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault
        self._open: dict[int, OpenConversation] = {}

    def text(self, row: Any) -> str | None:
        """None where this person's present key does not open it."""
        try:
            if row.conversation_id not in self._open:
                self._open[row.conversation_id] = open_conversation(self._vault, row.conversation_id)
            return read(self._open[row.conversation_id], row, "text")
        except NotShared:
            return None


@prepared
def _answers(pairing_id: int) -> QuerySet[ClosingAnswer]:
    return ClosingAnswer.objects.filter(pairing=pairing_id)


def own_answer(own: OwnPairing, question: str) -> ClosingAnswer | None:
    return ClosingAnswer.objects.filter(pairing=own.pairing, author=own.me, question=question).first()


def made_readable(pairing: Pairing) -> list[tuple[str, str, str]]:
    """(who, which question, their words) of what its author made ordinary, for the coordinator."""
    return list(_readable(pairing.pk)) if pairing.state in (State.ENDED, State.CLOSED) else []


@prepared
def _readable(pairing_id: int) -> QuerySet[ClosingAnswer, Any]:
    made = ClosingAnswer.objects.filter(pairing=pairing_id).exclude(ordinary="")
    return made.values_list("author__name", "question", "ordinary")


def ended_before(moment: datetime) -> list[Pairing]:
    return list(Pairing.objects.filter(state=State.ENDED, closed_at__lt=moment).with_people())


def answers_to_read(request: HttpRequest) -> Iterator[Read]:
    """For the export: one's own answers, and the line that the other left."""
    vault = opened(request)
    mine = ClosingAnswer.objects.filter(author__account=vault.account_id)
    for_me = ClosingAnswer.objects.filter(
        question__in=rules.FOR_THE_TWO, conversation__participants__account_id=vault.account_id
    )
    opening = _Opening(vault)
    for row in (mine | for_me).distinct().select_related("author", "pairing"):
        yield Read(row, {"text": opening.text(row)})
