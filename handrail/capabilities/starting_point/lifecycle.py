"""What is held about starting points."""

from handrail.capabilities.starting_point.export import copies_to_read, sheets_to_read
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
        fields=("scheme", "person", "side", "invited_at", "started", "reminders", "last_asked_at"),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="So that nobody is asked twice. Of what follows it knows only whether there was a start.",
        readers=("the person", "coordinator"),
        kept="until the person is forgotten, or the scheme is",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="starting_point.Invitation",
        fields=("in_peace",),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="So that whoever said “not for me” is not asked again. Shown to nobody; it looks like having been asked.",
        readers=("the person",),
        kept="until the person is forgotten, or the scheme is",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="starting_point.Invitation",
        fields=("asked_by", "words"),
        subject="person__account asked_by__account",
        kind=Kind.PERSONAL,
        why="So that a named person asks, and says why now.",
        readers=("the person", "whoever asked", "coordinator"),
        kept="until the person is forgotten, or the scheme is",
        exported=True,
        erasure=Erasure.CLEAR,
    ),
    Declaration(
        model="starting_point.FindingWord",
        fields=("person", "word", "written_on"),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="Made ordinary by the leader, on a page that says so, so that a mentor can be found.",
        readers=("the person", "coordinator"),
        kept="until the leader removes it",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
]

PRIVATE_READERS = {"starting_point.StartingPoint": sheets_to_read, "starting_point.SharedCopy": copies_to_read}
