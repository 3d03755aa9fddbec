"""Reading what the two settled, with the reader's own open key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from handrail.capabilities.pairings.agreement import rules
from handrail.capabilities.pairings.agreement.models import Line, Terms
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.notes.queries import conversation_of, opened
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.formats.pieces import Piece, read_piece
from handrail.foundation.lifecycle.registry import Read
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenConversation, read


@dataclass(frozen=True)
class Agreed:
    """How far the two are with their terms. What the other chose is in here only as far as it applies."""

    mine: dict[str, str]
    other_has_chosen: bool
    applies: dict[str, str]


@dataclass(frozen=True)
class OpenLine:
    id: UUID
    text: str
    mine: bool


def own_conversation_of(request: HttpRequest, own: OwnPairing) -> OpenConversation | None:
    """The conversation of the two; None while one of them has no key, or has to be given it again."""
    return conversation_of(opened(request), own, alone=False)


def agreed_in(conversation: OpenConversation, own: OwnPairing) -> Agreed:
    chosen = {row.author_id: _chosen(conversation, row) for row in _terms(own.pairing.pk, conversation.id)}
    mine, theirs = chosen.get(own.me.pk, {}), chosen.get(own.other.pk, {})
    return Agreed(mine, rules.is_whole(theirs), rules.what_applies(mine, theirs))


@prepared
def _terms(pairing_id: int, conversation_id: int) -> QuerySet[Terms]:
    return Terms.objects.filter(pairing=pairing_id, conversation=conversation_id)


def own_terms(own: OwnPairing) -> Terms | None:
    return Terms.objects.filter(pairing=own.pairing, author=own.me).first()


def _chosen(conversation: OpenConversation, row: Terms) -> dict[str, str]:
    """The answers in this row; none where this person's present key does not open it. Unknown ones are left out."""
    try:
        kept: dict[str, Any] = json.loads(read(conversation, row, "text"))
    except NotShared:
        return {}
    return {question: answer for question, answer in kept.items() if rules.can_choose(question, answer)}


def number_of_terms(own: OwnPairing) -> int:
    """How many of the two have begun to choose; that is all that can be known without a key."""
    return len(_who_chose(own.pairing.pk))


@prepared
def _who_chose(pairing_id: int) -> QuerySet[Terms, Any]:
    return Terms.objects.filter(pairing=pairing_id).values_list("author_id", flat=True)


def lines_of(conversation: OpenConversation, own: OwnPairing, kind: str) -> list[OpenLine]:
    """The lines of the two that this person can open, oldest first."""
    found = []
    for row in _lines(own.pairing.pk, conversation.id, kind):
        try:
            found.append(OpenLine(row.pk, read(conversation, row, "text"), row.author_id == own.me.pk))
        except NotShared:
            continue
    return found


@prepared
def _lines(pairing_id: int, conversation_id: int, kind: str) -> QuerySet[Line]:
    return Line.objects.filter(pairing=pairing_id, conversation=conversation_id, kind=kind)


def number_of_lines(own: OwnPairing, kind: str) -> int:
    return Line.objects.filter(pairing=own.pairing, kind=kind).count()


def line_of(own: OwnPairing, line_id: UUID, kind: str) -> Line:
    """A line of the two, of either: it is theirs together."""
    return get_object_or_404(Line, pk=line_id, pairing=own.pairing, kind=kind)


def known_question(question: str) -> str:
    if question not in rules.TERMS:
        raise Http404
    return question


@cache
def piece_about(name: str, language: str) -> Piece:
    """What the two should know before they begin, from the open content."""
    guides = settings.CONTENT_DIR / "guides"
    translated = guides / language / f"{name}.md"
    return read_piece(translated if translated.is_file() else guides / f"{name}.md")


def terms_to_read(request: HttpRequest) -> Iterator[Read]:
    """For the export: what this person chose; never what the other did."""
    for own, conversation in _conversations(request):
        for row in Terms.objects.filter(pairing=own.pairing, author=own.me).select_related("author", "pairing"):
            yield Read(row, {"text": _text(conversation, row)})


def lines_to_read(request: HttpRequest) -> Iterator[Read]:
    """For the export: the lines of the two, which both may read."""
    for own, conversation in _conversations(request):
        for row in Line.objects.filter(pairing=own.pairing).select_related("author", "pairing"):
            yield Read(row, {"text": _text(conversation, row)})


def _conversations(request: HttpRequest) -> Iterator[tuple[OwnPairing, OpenConversation | None]]:
    vault = opened(request)
    mine = Pairing.objects.filter(Q(leader__account=vault.account_id) | Q(mentor__account=vault.account_id))
    for pairing in mine.filter(conversation__isnull=False).with_people().order_by("pk"):
        own = OwnPairing(pairing, "leader" if pairing.leader.account_id == vault.account_id else "mentor")
        yield own, conversation_of(vault, own, alone=False)


def _text(conversation: OpenConversation | None, row: Terms | Line) -> str | None:
    if conversation is None or conversation.id != row.conversation_id:
        return None
    try:
        return read(conversation, row, "text")
    except NotShared:
        return None
