"""What is held about stories."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = (
    Declaration(
        model="stories.Story",
        fields=("scheme", "person", "text", "named", "approved"),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="Two sentences that a leader made ordinary, on a page that says so and previews them.",
        readers=("everybody in the scheme", "sponsor", "with the name only where the leader said so"),
        kept="until its leader takes it back, or the scheme is forgotten",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)
