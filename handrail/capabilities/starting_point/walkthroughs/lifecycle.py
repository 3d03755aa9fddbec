"""What is held about walk-throughs."""

from handrail.capabilities.starting_point.walkthroughs.export import marks_to_read, shared_marks_to_read
from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

UNTIL_DELETED = "until its owner deletes it, or is erased"
UNTIL_TAKEN_BACK = "until its owner takes it back, the pairing ends, or its owner is erased"

DECLARATIONS = [
    Declaration(
        model="walkthroughs.Marks",
        fields=("sheet",),
        subject="account",
        kind=Kind.PRIVATE,
        why="What a leader marked and when, how far they are in what is begun, and the networks they use. Sealed.",
        readers=("leader",),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="walkthroughs.Marks",
        fields=("account", "conversation", "wish_waits"),
        subject="account",
        kind=Kind.PERSONAL,
        why="To go on where somebody stopped, and to share later what they wished to. Says nothing of the marks.",
        readers=("the person",),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="walkthroughs.SharedMarks",
        fields=("sections",),
        subject="account",
        kind=Kind.PRIVATE,
        why="What a leader chose to show their mentor of it, as it stood then.",
        readers=("leader", "mentor"),
        kept=UNTIL_TAKEN_BACK,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="walkthroughs.SharedMarks",
        fields=("account", "conversation", "shared_on"),
        subject="account",
        kind=Kind.PERSONAL,
        why="To show it to the right two people, with its day.",
        readers=("leader", "mentor"),
        kept=UNTIL_TAKEN_BACK,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
]

PRIVATE_READERS = {"walkthroughs.Marks": marks_to_read, "walkthroughs.SharedMarks": shared_marks_to_read}
