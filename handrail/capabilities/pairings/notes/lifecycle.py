"""What is kept about notes."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

NOTE_DECLARATIONS = (
    Declaration(
        model="pairings.Note",
        fields=("text",),
        subject="author__account",
        kind=Kind.PRIVATE,
        why="What two people, or one alone, write down.",
        readers=("leader", "mentor"),
        kept="until its author deletes it, or is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Note",
        fields=("pairing", "author", "conversation", "own", "written_at", "changed_at"),
        subject="author__account",
        kind=Kind.PERSONAL,
        why="To show a note in its place. Who wrote when is not sealed, and the product says so.",
        readers=("leader", "mentor"),
        kept="until its author deletes it, or is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)
