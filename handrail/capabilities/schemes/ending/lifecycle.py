"""What is held about the end of a scheme: nothing about a person."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = (
    Declaration(
        model="ending.Ending",
        fields=("scheme", "day", "words", "why", "decided_on"),
        subject="",
        kind=Kind.ORDINARY,
        why="When the scheme ends, what everybody in it reads of that, and why it was decided.",
        readers=("coordinator", "the words: everybody in it"),
        kept="as long as the scheme",
        exported=False,
        erasure=Erasure.KEEP,
    ),
)
