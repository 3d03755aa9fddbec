"""What is held about asking the pairs of a proposal, and about leaders' choices."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

KEPT = "180 days after the search"

DECLARATIONS = (
    Declaration(
        model="proposals.Asking",
        fields=("run", "leaders_choose", "pairs", "done", "left_out", "finished_at"),
        subject="",
        kind=Kind.TECHNICAL,
        why="How far the asking of a proposal is.",
        readers=("coordinator",),
        kept=KEPT,
        exported=False,
        erasure=Erasure.EXPIRES,
    ),
    Declaration(
        model="proposals.Asking",
        fields=("words", "reason_to_go_on", "made_by", "asked_by"),
        subject="made_by asked_by__account",
        kind=Kind.PERSONAL,
        why="Who asked the pairs of a proposal, and the words everybody read.",
        readers=("coordinator",),
        kept=KEPT,
        exported=True,
        erasure=Erasure.CLEAR,
    ),
    Declaration(
        model="proposals.Why",
        fields=("pairing", "reasons"),
        subject="pairing__leader__account pairing__mentor__account",
        kind=Kind.PERSONAL,
        why="The sign-up words that brought the two together.",
        readers=("leader", "mentor"),
        kept="two years after the pairing closed",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="proposals.Choice",
        fields=("asking", "leader", "pairing", "chosen_at"),
        subject="leader__account",
        kind=Kind.PERSONAL,
        why="That a leader may choose a mentor, and what came of it.",
        readers=("leader", "the program"),
        kept=KEPT,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="proposals.Seat",
        fields=("asking", "mentor", "number", "choice"),
        subject="mentor__account choice__leader__account",
        kind=Kind.TECHNICAL,
        why="So that no more leaders choose a mentor than the mentor has places.",
        readers=("the program",),
        kept=KEPT,
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
)
