"""What is kept about pairings, times, calendars and notes."""

from handrail.capabilities.pairings.notes.lifecycle import NOTE_DECLARATIONS
from handrail.capabilities.pairings.notes.queries import notes_to_read
from handrail.capabilities.pairings.safeguarding.lifecycle import REPORT_DECLARATIONS
from handrail.capabilities.pairings.sessions.lifecycle import SESSION_DECLARATIONS
from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

BOTH = "leader__account mentor__account"

PAIRING_DECLARATIONS = (
    Declaration(
        model="pairings.Pairing",
        fields=("scheme", "leader", "mentor", "state", "asked_at", "agreed_at", "met_at", "closed_at"),
        subject=BOTH,
        kind=Kind.PERSONAL,
        why="Who works with whom, and how far it is.",
        readers=("leader", "mentor", "coordinator"),
        kept="two years after the pairing closed",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Pairing",
        fields=("asked_by", "asked_words"),
        subject=f"{BOTH} asked_by__account",
        kind=Kind.PERSONAL,
        why="Who asked the two, and the words both read.",
        readers=("leader", "mentor", "coordinator"),
        kept="two years after the pairing closed",
        exported=True,
        erasure=Erasure.CLEAR,
    ),
    Declaration(
        model="pairings.Pairing",
        fields=("reason_to_go_on",),
        subject=BOTH,
        kind=Kind.PERSONAL,
        why="Why two were paired against a rule all the same. It speaks of both, so ask the coordinator.",
        readers=("coordinator",),
        kept="two years after the pairing closed",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Pairing",
        fields=("answers",),
        subject=BOTH,
        kind=Kind.PERSONAL,
        why="What each of the two has said, until both have said yes or it is settled that it will not go ahead.",
        readers=("the program",),
        kept="until the morning after",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Pairing",
        fields=("asked_how_at", "heard_at", "leader_next", "mentor_next"),
        subject=BOTH,
        kind=Kind.PERSONAL,
        why="That the two were asked how to go on, and what each would like next. It speaks of both.",
        readers=("coordinator, once it has ended",),
        kept="two years after the pairing closed",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Pairing",
        fields=("conversation",),
        subject=BOTH,
        kind=Kind.TECHNICAL,
        why="Which key the pair's notes are sealed under.",
        readers=("the program",),
        kept="two years after the pairing closed",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
)
PRIVATE_READERS = {"pairings.Note": notes_to_read}
DECLARATIONS = (*PAIRING_DECLARATIONS, *REPORT_DECLARATIONS, *SESSION_DECLARATIONS, *NOTE_DECLARATIONS)
