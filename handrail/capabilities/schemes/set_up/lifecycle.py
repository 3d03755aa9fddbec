"""What is held about a scheme's set-up: nothing about a person but who owns an outcome."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

KEPT = "as long as the scheme"
DECLARATIONS = (
    Declaration(
        model="set_up.SetUp",
        fields=("scheme", "weeks", "rhythm", "who_may_join", "takes_sign_ups", "about_data", "pairs_agree"),
        subject="",
        kind=Kind.ORDINARY,
        why="How the scheme runs and what everybody in it can rely on.",
        readers=("everybody in it",),
        kept=KEPT,
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="set_up.Outcome",
        fields=(
            *("scheme", "name", "strategy_line", "measure", "figure", "figure_on", "review_on", "state"),
            *("found", "said", "settled_on"),
        ),
        subject="",
        kind=Kind.ORDINARY,
        why="What the scheme is for, in the organisation's own measures.",
        readers=("everybody in it",),
        kept=KEPT,
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="set_up.Outcome",
        fields=("owner",),
        subject="owner__account",
        kind=Kind.PERSONAL,
        why="The named person who owns it.",
        readers=("everybody in it",),
        kept=KEPT,
        exported=True,
        erasure=Erasure.CLEAR,
    ),
)
