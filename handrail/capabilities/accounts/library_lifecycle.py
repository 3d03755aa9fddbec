"""What the sign-in library's tables hold about people. They hang on the account and go with it."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind


def _held(
    model: str,
    *fields: str,
    why: str,
    subject: str = "user",
    secret: bool = False,
    kept: str = "as long as the account",
) -> Declaration:
    return Declaration(
        model=model,
        fields=fields,
        subject=subject,
        kind=Kind.SECRET if secret else Kind.PERSONAL,
        why=why,
        readers=("the program",) if secret else ("the person",),
        kept=kept,
        exported=not secret,
        erasure=Erasure.DELETE_ROW,
    )


WHILE_SIGNED_IN = "until you sign out there, or for 30 days"

LIBRARY_DECLARATIONS = (
    _held(
        "account.EmailAddress", "user", "email", "verified", "primary",
        why="An address that was proved by a code.",
    ),
    _held(
        "account.EmailConfirmation", "email_address", "created", "sent", "key",
        subject="email_address__user", secret=True, why="A code that proves an address, until it is used.",
    ),
    _held(
        "mfa.Authenticator", "user", "type", "created_at", "last_used_at",
        why="So that you see your passkeys and second factors, and can end them.",
    ),
    _held("mfa.Authenticator", "data", secret=True, why="What a passkey or a code is checked against."),
    _held(
        "usersessions.UserSession", "user", "created_at", "ip", "last_seen_at", "user_agent",
        why="So that you see where you are signed in, and can end it.", kept=WHILE_SIGNED_IN,
    ),
    _held(
        "usersessions.UserSession", "session_key", "data",
        secret=True, why="What recognises a browser that is signed in.", kept=WHILE_SIGNED_IN,
    ),
    _held(
        "socialaccount.SocialAccount", "user", "provider", "uid", "last_login", "date_joined", "extra_data",
        why="Who you are at your organisation's own sign-in, and what it said about you.",
    ),
    _held(
        "socialaccount.SocialToken", "app", "account", "token", "token_secret", "expires_at",
        subject="account__user", secret=True, why="Nothing: tokens of other sign-ins are not kept.",
    ),
)  # fmt: skip
