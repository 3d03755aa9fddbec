"""What is held about decisions."""

from handrail.capabilities.starting_point.decisions.export import decisions_to_read
from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

UNTIL_DELETED = "until its owner deletes it, or is erased"

DECLARATIONS = [
    Declaration(
        model="decisions.Decision",
        fields=("heading", "paper"),
        subject="account",
        kind=Kind.PRIVATE,
        why="The decision a leader brought, what it touches, and what came of it. Sealed, in sizes that tell little.",
        readers=("leader",),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="decisions.Decision",
        fields=("account", "conversation", "brought_on", "ahead"),
        subject="account",
        kind=Kind.PERSONAL,
        why="To list somebody's own decisions, and to know whether home has one to say. Not what about, nor when.",
        readers=("the person",),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
]

PRIVATE_READERS = {"decisions.Decision": decisions_to_read}
