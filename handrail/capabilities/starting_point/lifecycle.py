"""What is held about starting points."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

UNTIL_DELETED = "until its owner deletes it, or is erased"

DECLARATIONS = [
    Declaration(
        model="starting_point.StartingPoint",
        fields=("sheet",),
        subject="account",
        kind=Kind.PRIVATE,
        why="What a leader told, so that it can say what would help. One sealed sheet of a fixed size.",
        readers=("leader",),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="starting_point.StartingPoint",
        fields=("account", "conversation", "started_on", "at_rest", "wish_waits"),
        subject="account",
        kind=Kind.PERSONAL,
        why="To go on where somebody stopped, and to share later what they wished to. Says nothing of the answers.",
        readers=("the person",),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="starting_point.SharedCopy",
        fields=("sections",),
        subject="account",
        kind=Kind.PRIVATE,
        why="What a leader chose to show their mentor, as it stood then.",
        readers=("leader", "mentor"),
        kept="until its owner takes it back, the pairing ends, or its owner is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="starting_point.SharedCopy",
        fields=("account", "conversation", "shared_on"),
        subject="account",
        kind=Kind.PERSONAL,
        why="To show it to the right two people, with its day.",
        readers=("leader", "mentor"),
        kept="until its owner takes it back, the pairing ends, or its owner is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="starting_point.Invitation",
        fields=("scheme", "person", "asked_by", "words", "invited_at", "started"),
        subject="person.account",
        kind=Kind.PERSONAL,
        why="So that a named person asks, says why now, and nobody is asked twice.",
        readers=("the person", "coordinator"),
        kept="until the person is forgotten, or the scheme is",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="starting_point.FindingWord",
        fields=("person", "word", "written_on"),
        subject="person.account",
        kind=Kind.PERSONAL,
        why="Made ordinary by the leader, on a page that says so, so that a mentor can be found.",
        readers=("the person", "coordinator"),
        kept="until the leader removes it",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
]
