"""What is kept about pairings, times, calendars and notes."""

from handrail.capabilities.pairings.notes.lifecycle import NOTE_DECLARATIONS
from handrail.capabilities.pairings.sessions.lifecycle import SESSION_DECLARATIONS
from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

PAIRING_DECLARATIONS = (
    Declaration(
        model="pairings.Pairing",
        fields=("scheme", "leader", "mentor", "state", "asked_by", "asked_words", "asked_at", "agreed_at", "closed_at"),
        subject="leader.account",
        kind=Kind.PERSONAL,
        why="Who works with whom, and how far it is.",
        readers=("leader", "mentor", "coordinator"),
        kept="two years after the pairing closed",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Pairing",
        fields=("reason_to_go_on",),
        subject="leader.account",
        kind=Kind.PERSONAL,
        why="Why two people in one reporting line were asked all the same.",
        readers=("coordinator",),
        kept="two years after the pairing closed",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Pairing",
        fields=("leader_accepted_at", "mentor_accepted_at"),
        subject="leader.account",
        kind=Kind.PERSONAL,
        why="To know when both have said yes. Emptied when one says no.",
        readers=("the program",),
        kept="two years after the pairing closed",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Pairing",
        fields=("conversation",),
        subject="leader.account",
        kind=Kind.TECHNICAL,
        why="Which key the pair's notes are sealed under.",
        readers=("the program",),
        kept="two years after the pairing closed",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
)
DECLARATIONS = (*PAIRING_DECLARATIONS, *SESSION_DECLARATIONS, *NOTE_DECLARATIONS)
