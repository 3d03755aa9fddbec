"""Writing notes. The audit trail is told nothing of them: that somebody writes is theirs to know."""

from django.db import transaction

from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.models import Note
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.foundation import clock
from handrail.foundation.vault.texts import OpenConversation, OpenVault, reshare, write


@transaction.atomic
def write_note(*, by: OwnPairing, conversation: OpenConversation, text: str, alone: bool) -> Note:
    """Seal a new note into the conversation."""
    rules.check_can_write_notes(by.pairing, by.side)
    note = Note(pairing=by.pairing, author=by.me, conversation_id=conversation.id, own=alone, written_at=clock.now())
    write(conversation, note, text=text)
    note.save(force_insert=True)
    return note


@transaction.atomic
def change_note(*, by: OwnPairing, conversation: OpenConversation, note: Note, text: str) -> None:
    rules.check_can_write_notes(by.pairing, by.side)
    write(conversation, note, text=text)
    note.changed_at = clock.now()
    note.save(update_fields=["text", "changed_at"])


@transaction.atomic
def delete_note(*, by: OwnPairing, note: Note) -> None:
    """Gone from the database at once; the other may have read it, and older backups expire."""
    note.delete()


def share_again(*, by: OwnPairing, vault: OpenVault) -> int:
    """Give the other's new key what both could read before. Returns how many keys were shared."""
    assert by.pairing.conversation_id is not None
    assert by.other.account_id is not None
    return reshare(vault, by.pairing.conversation_id, by.other.account_id)
