"""What is held about custodians."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = (
    Declaration(
        model="custody.Custody",
        fields=("organisation", "turned_on_at"),
        subject="",
        kind=Kind.ORDINARY,
        why="That an organisation turned recovery by custodians on, and when.",
        readers=("everybody in it",),
        kept="until it is turned off",
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="custody.Custodian",
        fields=("organisation", "person"),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="Who is a custodian: everybody in the organisation sees it.",
        readers=("everybody in it",),
        kept="until somebody else is named",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)
