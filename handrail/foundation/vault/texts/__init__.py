"""Opening, reading and writing private text. Openers only; an import rule says who they are."""

from handrail.foundation.vault.keys.opening import open_vault
from handrail.foundation.vault.keys.wrappings import OpenVault
from handrail.foundation.vault.models import Conversation
from handrail.foundation.vault.texts.anew import write_anew
from handrail.foundation.vault.texts.columns import SealedField
from handrail.foundation.vault.texts.conversations import (
    OpenConversation,
    add_participant,
    conversation_for,
    open_ahead,
    open_conversation,
    own_conversation,
    remove_participant,
    reshare,
    start_conversation,
    to_read,
    waiting_for_reshare,
)
from handrail.foundation.vault.texts.guarding import needs_open_vault
from handrail.foundation.vault.texts.sealing import SHEET_BYTES, padded, read, seal, unseal, writable, write

__all__ = [
    "SHEET_BYTES",
    "Conversation",
    "OpenConversation",
    "OpenVault",
    "SealedField",
    "add_participant",
    "conversation_for",
    "needs_open_vault",
    "open_ahead",
    "open_conversation",
    "open_vault",
    "own_conversation",
    "padded",
    "read",
    "remove_participant",
    "reshare",
    "seal",
    "start_conversation",
    "to_read",
    "unseal",
    "waiting_for_reshare",
    "writable",
    "write",
    "write_anew",
]
