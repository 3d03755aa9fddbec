"""What is held of a calendar that somebody connected."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

KEPT = "until the owner disconnects it"

DECLARATIONS = (
    Declaration(
        model="busy.BusyCalendar",
        fields=("account", "connected_at", "read_at", "fault"),
        subject="account",
        kind=Kind.PERSONAL,
        why="That a calendar is connected, and whether it could be read.",
        readers=("owner",),
        kept=KEPT,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="busy.BusyCalendar",
        fields=("address",),
        subject="account",
        kind=Kind.SECRET,
        why="To read when the owner is busy. Sealed: whoever has it reads the whole calendar.",
        readers=("nobody: the program only",),
        kept=KEPT,
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="busy.BusyTime",
        fields=("calendar", "starts_at", "ends_at"),
        subject="calendar__account",
        kind=Kind.PERSONAL,
        why="To mark times that clash, to the owner alone. No title, no place, nobody who comes.",
        readers=("owner",),
        kept="until the calendar is read again, an hour later",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)
