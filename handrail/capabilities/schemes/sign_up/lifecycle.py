"""What is held about sign-ups."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

SUBJECT = "person__account"
KEPT = "until its owner takes it back or is forgotten, or the scheme ends"

DECLARATIONS = (
    Declaration(
        model="sign_up.SignUp",
        fields=(
            *("scheme", "person", "side", "themes", "channels", "how_many", "times", "meets", "place", "languages"),
            *("lines", "signed_up_at"),
        ),
        subject=SUBJECT,
        kind=Kind.PERSONAL,
        why="To find a good pair. These words are given for that, and are the only ones used for it.",
        readers=("the person", "coordinator", "whoever they are proposed to"),
        kept=KEPT,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="sign_up.SignUp",
        fields=("wishes",),
        subject=SUBJECT,
        kind=Kind.PERSONAL,
        why="Whom somebody would like to be paired with, if they named anybody. Those they named are not told.",
        readers=("the person", "coordinator"),
        kept=KEPT,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="sign_up.SignUp",
        fields=("party",),
        subject=SUBJECT,
        kind=Kind.PERSONAL,
        why="The party or group somebody sits for, so that whoever would rather not is not paired across it, and "
        "nobody is where the coordinator chooses so.",
        readers=("the person", "coordinator (that two differ, where they chose that it counts)"),
        kept=KEPT,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="sign_up.SignUp",
        fields=("whom_not",),
        subject=SUBJECT,
        kind=Kind.SECRET,
        why="Whom somebody would rather not be paired with, if anybody: sealed, and as long when it says nothing. The "
        "person finds it where they change their sign-up; matching heeds it; nobody else is shown it.",
        readers=("nobody: the program only",),
        kept=KEPT,
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="sign_up.SignUp",
        fields=("with_care",),
        subject=SUBJECT,
        kind=Kind.PERSONAL,
        why="That a leader is paired by searches only with mentors the coordinator approved for special care, or that "
        "a mentor is approved; without a reason. Ask the coordinator.",
        readers=("coordinator",),
        kept=KEPT,
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="sign_up.SignUp",
        fields=("paused_on",),
        subject=SUBJECT,
        kind=Kind.PERSONAL,
        why="So that nobody is proposed who asked not to be. The coordinator sees it from the Monday after.",
        readers=("the person", "coordinator"),
        kept=KEPT,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="sign_up.TimeAgreement",
        fields=("sign_up", "state", "hours", "asked_at"),
        subject="sign_up__person__account",
        kind=Kind.PERSONAL,
        why="That a mentor's time is agreed where they work.",
        readers=("the person", "coordinator (that it is agreed)", "their manager (hours)"),
        kept=KEPT,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="sign_up.TimeAgreement",
        fields=("manager_name", "manager_address"),
        subject="sign_up__person__account",
        kind=Kind.PERSONAL,
        why="To ask the manager once.",
        readers=("the person",),
        kept="until the manager has answered",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="sign_up.TimeAgreement",
        fields=("digest",),
        subject="sign_up__person__account",
        kind=Kind.SECRET,
        why="To know the manager's link again.",
        readers=("nobody: the program only",),
        kept="until somebody else is asked",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
)
