"""What is held about accounts."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

SELF, PROGRAM = ("the person",), ("the program",)

DECLARATIONS = [
    Declaration(
        model="accounts.Account",
        fields=("email", "name", "time_zone"),
        subject="",
        kind=Kind.ORDINARY,
        why="To sign in, to be written to, and to see times by one's own clock.",
        readers=("the person", "coordinator"),
        kept="until the account is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="accounts.Account",
        fields=("password", "is_active", "is_administrator", "created_at"),
        subject="",
        kind=Kind.TECHNICAL,
        why="The password is always unusable; the others say whether and as what the account works.",
        readers=PROGRAM,
        kept="until the account is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="accounts.Letter",
        fields=("account", "made_by", "made_at", "expires_at", "used_at"),
        subject="account",
        kind=Kind.PERSONAL,
        why="To let somebody without e-mail sign in once with a printed code.",
        readers=("the person",),
        kept="30 days after it expires",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="accounts.Letter",
        fields=("code_digest",),
        subject="account",
        kind=Kind.SECRET,
        why="To recognise the code without keeping it.",
        readers=PROGRAM,
        kept="30 days after it expires",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="accounts.OneTimeLink",
        fields=("digest", "made_at", "expires_at", "used_at"),
        subject="",
        kind=Kind.SECRET,
        why="To let the first administrator of an empty installation in, once.",
        readers=PROGRAM,
        kept="until a day after it expires",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
]
