"""What is held about plans, weekly notes, and what pairs saw together."""

from handrail.capabilities.pairings.plan.export import alone_to_read, plans_to_read, seen_to_read
from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

UNTIL_DELETED = "until its leader deletes it, or is erased"
BOTH = "pairing__leader__account pairing__mentor__account"

DECLARATIONS = (
    Declaration(
        model="plan.Plan",
        fields=("sheet",),
        subject="account",
        kind=Kind.PRIVATE,
        why="The small steps of one leader, or of the pair, in one sealed sheet: not even their number is readable.",
        readers=("leader", "mentor"),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="plan.Plan",
        fields=("account", "conversation", "pairing", "begun_on"),
        subject="account",
        kind=Kind.PERSONAL,
        why="That there is a plan, since when, and whether it is the pair's. Says nothing of its steps.",
        readers=("leader", "mentor"),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="plan.Plan",
        fields=("paused", "paused_until"),
        subject="account",
        kind=Kind.PERSONAL,
        why="So that nothing is expected and no note goes out while a leader is away. Why they are is written nowhere.",
        readers=("leader", "mentor"),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="plan.KeptAlone",
        fields=("sheet",),
        subject="account",
        kind=Kind.PRIVATE,
        why="What a leader keeps to themselves of their plan, also while the plan is the pair's.",
        readers=("leader",),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="plan.KeptAlone",
        fields=("account", "conversation"),
        subject="account",
        kind=Kind.TECHNICAL,
        why="Which key it is sealed under.",
        readers=("the program",),
        kept=UNTIL_DELETED,
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="plan.WeeklyNote",
        fields=("account", "weekday", "hour", "on"),
        subject="account",
        kind=Kind.PERSONAL,
        why="When a leader wants their one note a week, and whether they want it.",
        readers=("leader",),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="plan.WeeklyNote",
        fields=("next_at",),
        subject="account",
        kind=Kind.PERSONAL,
        why="When the next note goes out. It is put off by a week by whatever the leader does in their plan, by a "
        "pause and by a note that went out, and does not say which it was.",
        readers=("leader", "the program"),
        kept=UNTIL_DELETED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="plan.SeenTogether",
        fields=("sheet",),
        subject=BOTH,
        kind=Kind.PRIVATE,
        why="What the two saw together of what the leader does, so that the approach can be revised.",
        readers=("leader", "mentor"),
        kept="two years after the pairing closed, or until either of the two is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="plan.SeenTogether",
        fields=("pairing", "conversation"),
        subject=BOTH,
        kind=Kind.PERSONAL,
        why="Whose it is: that something was noted, and by which two.",
        readers=("leader", "mentor"),
        kept="two years after the pairing closed, or until either of the two is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)

PRIVATE_READERS = {
    "plan.Plan": plans_to_read,
    "plan.KeptAlone": alone_to_read,
    "plan.SeenTogether": seen_to_read,
}
