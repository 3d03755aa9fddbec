"""Sealing one text, bound to its table, row, field and conversation; and opening it again.

A sealed text is: version (1 byte, now 1), epoch (4 bytes, big-endian), nonce (24), ciphertext and tag. Before it is
encrypted a text is padded to a multiple of 256 bytes. The associated data are the version, conversation, epoch, model
label, row and field, each with its length, so that a sealed text that was moved anywhere else does not open.
"""

from typing import Protocol
from uuid import UUID

from handrail.foundation.vault import cipher
from handrail.foundation.vault.faults import NotShared, Tampered
from handrail.foundation.vault.texts.conversations import OpenConversation

EPOCH_BYTES = 4
SHEET_BYTES = 8192
RowId = int | str | UUID


def seal(conversation: OpenConversation, model_label: str, row_id: RowId, field: str, text: str) -> bytes:
    """`text` (any length; halves of surrogate pairs become U+FFFD) sealed under the conversation's latest epoch.

    Raises NotShared when the person has not been given that epoch's key.
    """
    key = conversation.keys.get(conversation.latest)
    if key is None:
        raise NotShared
    header = cipher.VERSION + conversation.latest.to_bytes(EPOCH_BYTES, "big")
    plain = cipher.pad(writable(text).encode())
    return header + cipher.encrypt(key, plain, _bound_to(header, conversation.id, model_label, row_id, field))


def unseal(conversation: OpenConversation, model_label: str, row_id: RowId, field: str, sealed: bytes) -> str:
    """The text. Raises Tampered for anything but this text in this place, NotShared for an epoch one has no key of."""
    sealed = bytes(sealed)
    header, body = sealed[: 1 + EPOCH_BYTES], sealed[1 + EPOCH_BYTES :]
    if header[:1] != cipher.VERSION or len(header) != 1 + EPOCH_BYTES:
        raise Tampered("This text")
    epoch = int.from_bytes(header[1:], "big")
    if not 1 <= epoch <= conversation.latest:
        raise Tampered("This text")
    key = conversation.keys.get(epoch)
    if key is None:
        raise NotShared
    try:
        plain = cipher.decrypt(key, body, _bound_to(header, conversation.id, model_label, row_id, field))
    except cipher.Unreadable:
        raise Tampered("This text") from None
    return cipher.unpad(plain).decode()


class SealedRow(Protocol):
    """A model instance with its own id (a UUID, set before it is saved) and the conversation it belongs to."""

    @property
    def pk(self) -> RowId: ...

    @property
    def conversation_id(self) -> int | None: ...


def write(conversation: OpenConversation, row: SealedRow, **texts: str) -> None:
    """Seal each text into the row's column of that name; the row then wants saving."""
    for field, text in texts.items():
        setattr(row, field, seal(conversation, _label(conversation, row), row.pk, field, text))


def read(conversation: OpenConversation, row: SealedRow, field: str) -> str:
    """The text in the row's column; an empty column reads as an empty text."""
    sealed = getattr(row, field)
    return unseal(conversation, _label(conversation, row), row.pk, field, sealed) if sealed else ""


def writable(text: str) -> str:
    """Text that every page can show: half surrogates, which no encoding can carry, are replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def padded(text: str) -> str:
    """A JSON text with blanks behind it, up to the next multiple of SHEET_BYTES, so that its length tells nothing."""
    return text + " " * (-len(text.encode()) % SHEET_BYTES)


def _label(conversation: OpenConversation, row: SealedRow) -> str:
    if row.conversation_id != conversation.id:
        raise Tampered("This row's conversation")
    if row.pk is None:
        raise ValueError("A sealed row needs its id before it is written: give it a UUID primary key with a default.")
    return str(row._meta.label)  # type: ignore[attr-defined]


def _bound_to(header: bytes, conversation_id: int, model_label: str, row_id: RowId, field: str) -> bytes:
    return cipher.context("text", header, conversation_id, model_label, str(row_id), field)
