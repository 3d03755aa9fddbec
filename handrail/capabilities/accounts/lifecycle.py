"""What is held about accounts."""

from handrail.capabilities.accounts.library_lifecycle import LIBRARY_DECLARATIONS
from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

SELF, PROGRAM = ("the person",), ("the program",)

OWN_DECLARATIONS = (
    Declaration(
        model="accounts.Account",
        fields=("email", "name", "time_zone", "language"),
        subject="pk",
        kind=Kind.PERSONAL,
        why="To sign in, to be written to in one's own language, and to see times by one's own clock.",
        readers=("the person", "coordinator"),
        kept="until the account is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="accounts.Account",
        fields=("is_active", "is_administrator", "created_at"),
        subject="pk",
        kind=Kind.TECHNICAL,
        why="Whether and as what the account works.",
        readers=PROGRAM,
        kept="until the account is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="accounts.Account",
        fields=("password",),
        subject="pk",
        kind=Kind.SECRET,
        why="A mark that no password works: nobody has one here.",
        readers=PROGRAM,
        kept="until the account is erased",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="accounts.Letter",
        fields=("made_by",),
        subject="account made_by",
        kind=Kind.PERSONAL,
        why="Who printed a sign-in letter for whom.",
        readers=("the person", "whoever printed it"),
        kept="30 days after it expires",
        exported=True,
        erasure=Erasure.CLEAR,
    ),
    Declaration(
        model="accounts.Letter",
        fields=("account", "made_at", "expires_at", "used_at"),
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
)
DECLARATIONS = (*OWN_DECLARATIONS, *LIBRARY_DECLARATIONS)
