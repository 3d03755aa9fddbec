"""What is held of looking back."""

from handrail.capabilities.pairings.closing.queries import answers_to_read
from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

KEPT = "two years after the pairing closed, or until its author takes it back"

DECLARATIONS = [
    Declaration(
        model="closing.ClosingAnswer",
        fields=("text",),
        subject="author__account",
        kind=Kind.PRIVATE,
        why="What somebody thought of it when it ended, for themselves or for the other.",
        readers=("author", "the other of the two, where it is a line for them"),
        kept=KEPT,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="closing.ClosingAnswer",
        fields=("pairing", "author", "conversation", "question", "ordinary", "answered_at"),
        subject="author__account",
        kind=Kind.PERSONAL,
        why="Which question was answered, and what its author let the coordinator read.",
        readers=("author", "coordinator"),
        kept=KEPT,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
]
PRIVATE_READERS = {"closing.ClosingAnswer": answers_to_read}
