"""What is kept about times, sessions and calendars: when and where two people meet, never what about."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

PAIR = ("leader", "mentor")
ARRANGERS = (*PAIR, "delegate")
BOTH = "pairing__leader__account pairing__mentor__account"
WHILE_PAIRED = "as long as the pairing"

SESSION_DECLARATIONS = (
    Declaration(
        model="pairings.Session",
        fields=("starts_at", "minutes", "time_zone", "title", "place", "meeting_link", "agreed_at", "changed_at"),
        subject=BOTH,
        kind=Kind.PERSONAL,
        why="so that two people meet, and their calendars agree",
        readers=ARRANGERS,
        kept=WHILE_PAIRED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Session",
        fields=("state",),
        subject=BOTH,
        kind=Kind.PERSONAL,
        why="whether they met, so that a pairing that stalls is asked privately what it needs",
        readers=PAIR,
        kept=WHILE_PAIRED,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Session",
        fields=("pairing", "uid", "sequence"),
        subject=BOTH,
        kind=Kind.TECHNICAL,
        why="so that a calendar knows which entry a change belongs to",
        readers=(),
        kept=WHILE_PAIRED,
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.TimeOffer",
        fields=("starts_at", "minutes", "time_zone"),
        subject="offered_by__account",
        kind=Kind.PERSONAL,
        why="times to choose from",
        readers=ARRANGERS,
        kept="until a time is chosen or has passed",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.TimeOffer",
        fields=("pairing", "offered_by", "offered_at"),
        subject="offered_by__account",
        kind=Kind.TECHNICAL,
        why="whose times they are",
        readers=(),
        kept="until a time is chosen or has passed",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.CalendarSettings",
        fields=("title", "address"),
        subject="account",
        kind=Kind.PERSONAL,
        why="what entries in the calendar are called, and where invitations go",
        readers=("owner",),
        kept="as long as the account",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.CalendarSettings",
        fields=("account", "feed_digest", "feed_made_at"),
        subject="account",
        kind=Kind.SECRET,
        why="to know the address of the owner's calendar feed again without keeping it",
        readers=(),
        kept="until the owner ends the feed",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
)
