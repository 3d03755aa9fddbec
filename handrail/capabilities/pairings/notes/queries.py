"""Reading notes with the reader's own open key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest

from handrail.capabilities.pairings.models import Note
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import (
    OpenConversation,
    OpenVault,
    open_conversation,
    open_vault,
    own_conversation,
    read,
    waiting_for_reshare,
)


@dataclass(frozen=True)
class OpenNote:
    """A note while one request lasts."""

    id: UUID
    author: str
    mine: bool
    written_at: datetime
    changed: bool
    text: str | None  # None: sealed before this person's present key was shared


def opened(request: HttpRequest) -> OpenVault:
    """The reader's vault; the view's guard has seen to it that it is open."""
    vault = open_vault(request)
    if vault is None:
        raise Http404
    return vault


def conversation_of(vault: OpenVault, own: OwnPairing, *, alone: bool) -> OpenConversation | None:
    """The conversation of the pair, or one's own about it; None while the other has no key, or has to share again."""
    if alone:
        return own_conversation(vault, f"own notes of pairing {own.pairing.pk}")
    if own.pairing.conversation_id is None:
        return None
    try:
        return open_conversation(vault, own.pairing.conversation_id)
    except NotShared:
        return None


def notes_of(conversation: OpenConversation, own: OwnPairing, *, alone: bool) -> list[OpenNote]:
    """The notes in this conversation, oldest first."""
    rows = _sealed_notes(own.pairing.pk, conversation.id)
    return [_opened(conversation, row, own) for row in rows if row.own is alone]


@prepared
def _sealed_notes(pairing_id: int, conversation_id: int) -> QuerySet[Note]:
    return Note.objects.filter(pairing=pairing_id, conversation=conversation_id).annotate(written_by=F("author__name"))


def _opened(conversation: OpenConversation, row: Any, own: OwnPairing) -> OpenNote:
    try:
        text: str | None = read(conversation, row, "text")
    except NotShared:
        text = None
    return OpenNote(row.pk, row.written_by, row.author_id == own.me.pk, row.written_at, bool(row.changed_at), text)


def own_open_note(vault: OpenVault, own: OwnPairing, note_id: UUID) -> tuple[OpenConversation, Note, str]:
    """A note this person wrote, opened; anybody else's cannot be changed and is not found."""
    row = Note.objects.filter(pk=note_id, pairing=own.pairing, author=own.me).first()
    conversation = conversation_of(vault, own, alone=row.own) if row else None
    if row is None or conversation is None:
        raise Http404
    return conversation, row, read(conversation, row, "text")


def waits_for_me(vault: OpenVault, own: OwnPairing) -> bool:
    """Whether the other began again with a new key and lost what they could read before."""
    if own.pairing.conversation_id is None:
        return False
    return own.other.account_id in waiting_for_reshare(own.pairing.conversation_id)
