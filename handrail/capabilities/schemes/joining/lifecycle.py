"""What is held about who may join."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = (
    Declaration(
        model="joining.Joining",
        fields=("scheme", "leaders", "mentors", "teams", "levels"),
        subject="",
        kind=Kind.ORDINARY,
        why="Who may join the scheme, in the words of the list of people.",
        readers=("everybody in it",),
        kept="as long as the scheme",
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="joining.Listed",
        fields=("scheme", "person", "side"),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="That somebody may join, where the coordinator keeps a list.",
        readers=("coordinator", "the person: that they may join"),
        kept="until they are taken off the list, or as long as the scheme",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)
