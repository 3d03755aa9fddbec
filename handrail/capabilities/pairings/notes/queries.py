"""Reading notes with the reader's own open key."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest

from handrail.capabilities.pairings.models import Note, Pairing
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.foundation.lifecycle.registry import Read
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
    text = text_of(conversation, row)
    return OpenNote(row.pk, row.written_by, row.author_id == own.me.pk, row.written_at, bool(row.changed_at), text)


def notes_to_read(request: HttpRequest) -> Iterator[Read]:
    """For the export: every note that the signed-in person may read, theirs and the other's; never the other's own."""
    vault = opened(request)
    mine = Pairing.objects.filter(Q(leader__account=vault.account_id) | Q(mentor__account=vault.account_id))
    for pairing in mine.with_people().filter(notes__isnull=False).distinct().order_by("pk"):
        own = OwnPairing(pairing, "leader" if pairing.leader.account_id == vault.account_id else "mentor")
        for alone, author in ((False, Q()), (True, Q(author=own.me))):
            rows = list(Note.objects.filter(author, pairing=pairing, own=alone).select_related("author", "pairing"))
            conversation = conversation_of(vault, own, alone=alone) if rows else None
            for row in rows:
                yield Read(row, {"text": text_of(conversation, row)})


def text_of(conversation: OpenConversation | None, row: Note) -> str | None:
    """The note's text, or None where this person's present key does not open it."""
    if conversation is None or conversation.id != row.conversation_id:
        return None
    try:
        return read(conversation, row, "text")
    except NotShared:
        return None


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
