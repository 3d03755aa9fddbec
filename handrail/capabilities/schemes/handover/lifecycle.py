"""What is held about covering."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = (
    Declaration(
        model="handover.Cover",
        fields=("person", "colleague", "from_on", "until_on", "given"),
        subject="person__account colleague__account",
        kind=Kind.PERSONAL,
        why="Who coordinates in whose place, and until when.",
        readers=("coordinator",),
        kept="until its last day is over",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)
