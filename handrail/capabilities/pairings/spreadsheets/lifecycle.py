"""What is held about brought lists."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = [
    Declaration(
        model="spreadsheets.PairsFile",
        fields=(
            *("scheme", "made_at", "finished_at", "state", "fault", "file_name", "stored_name", "sheet"),
            *("heading_row", "headed", "headings", "columns", "day_first", "confirmed", "tell", "reason_to_go_on"),
        ),
        subject="",
        kind=Kind.TECHNICAL,
        why="To say which list was loaded when, what its columns mean, and to go on after a stop.",
        readers=("coordinator",),
        kept="as long as the scheme",
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="spreadsheets.PairsFile",
        fields=("made_by",),
        subject="made_by",
        kind=Kind.PERSONAL,
        why="To say who loaded a list of pairs.",
        readers=("coordinator",),
        kept="as long as the scheme",
        exported=True,
        erasure=Erasure.CLEAR,
    ),
    Declaration(
        model="spreadsheets.PairsLine",
        fields=(
            *("of", "line", "leader_name", "leader_email", "mentor_name", "mentor_email", "leader", "mentor"),
            *("state", "agreed_on", "met_on", "outcome", "code", "value"),
        ),
        subject="leader__account mentor__account",
        kind=Kind.PERSONAL,
        why="To show what a list would change before it does.",
        readers=("coordinator",),
        kept="30 days after the list came in",
        exported=False,
        erasure=Erasure.EXPIRES,
    ),
]
