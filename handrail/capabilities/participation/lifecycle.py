"""What is held about participation.

The acts themselves lie in files, under numbers that only `Voice` gives a meaning to. When a voice goes, `AFTER_ERASURE`
sees to it that its acts leave the files too.
"""

from handrail.capabilities.participation import jobs
from handrail.capabilities.participation.own.queries import pictures_to_read, shared_pictures_to_read
from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

BELONGS = "as long as the organisation takes part"

LOG_DECLARATIONS = (
    Declaration(
        model="participation.Gathered",
        fields=("organisation", "next_number", "kept_from", "measured_at", "acts"),
        subject="",
        kind=Kind.TECHNICAL,
        why="To number people once and never twice, and to keep deleted what was deleted by date.",
        readers=("administrator",),
        kept=BELONGS,
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="participation.ExportLoad",
        fields=(
            *("organisation", "made_at", "finished_at", "state", "stopped_because", "file_name", "stored_name"),
            *("format", "bytes_done", "bytes_total", "months_done", "months_total", "records", "found", "acts"),
            *("added", "people", "matched", "first_on", "last_on"),
        ),
        subject="",
        kind=Kind.TECHNICAL,
        why="To say which export was loaded when, what was left out and why, and to go on after a stop.",
        readers=("administrator",),
        kept=f"{BELONGS}; the file itself until it is loaded, a week at most",
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="participation.ExportLoad",
        fields=("made_by",),
        subject="made_by",
        kind=Kind.PERSONAL,
        why="To say who brought an export.",
        readers=("administrator",),
        kept=BELONGS,
        exported=True,
        erasure=Erasure.CLEAR,
    ),
    Declaration(
        model="participation.Voice",
        fields=("organisation", "number", "mark", "address_mark", "person", "outside"),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="To know the same person again in the next export. Who answered whom lies in files, under this number.",
        readers=("nobody: the program only",),
        kept=f"{BELONGS}, or until the person is forgotten; their acts in the files go with it",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="participation.Suggestion",
        fields=("voice", "person", "called", "made_at"),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="To ask whether somebody in an export, so called there, is this member.",
        readers=("administrator",),
        kept="until it is answered, 90 days at most",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="participation.Channel",
        fields=("organisation", "number", "name"),
        subject="",
        kind=Kind.ORDINARY,
        why="To say which channels concern an outcome.",
        readers=("administrator", "coordinator"),
        kept=BELONGS,
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="participation.Concern",
        fields=("outcome", "topics", "channels", "units", "outside"),
        subject="",
        kind=Kind.ORDINARY,
        why="To set conversations against what the organisation wants to come about.",
        readers=("coordinator",),
        kept=BELONGS,
        exported=False,
        erasure=Erasure.KEEP,
    ),
)

OWN_DECLARATIONS = (
    Declaration(
        model="participation.Picture",
        fields=("sheet",),
        subject="account",
        kind=Kind.PRIVATE,
        why="What one's own conversations come to, made because one asked.",
        readers=("the person",),
        kept="until they stop it or are erased; made anew after each export",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="participation.Picture",
        fields=("account", "person", "conversation", "asked_on", "made_on"),
        subject="account person__account",
        kind=Kind.PERSONAL,
        why="To know who asked, and to seal it to them alone.",
        readers=("the person",),
        kept="until they stop it or are erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="participation.SharedPicture",
        fields=("sheet",),
        subject="account",
        kind=Kind.PRIVATE,
        why="What a leader chose to show their mentor of it, as it stood then, without the names of others.",
        readers=("leader", "mentor"),
        kept="until its owner takes it back, the pairing ends, or its owner is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="participation.SharedPicture",
        fields=("account", "pairing", "conversation", "shared_on"),
        subject="account",
        kind=Kind.PERSONAL,
        why="To show it to the right two people, with its day.",
        readers=("leader", "mentor"),
        kept="until its owner takes it back, the pairing ends, or its owner is erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)

GROUP_DECLARATIONS = (
    Declaration(
        model="participation.Wave",
        fields=("organisation", "name", "starts_on", "ends_on", "closed_at"),
        subject="",
        kind=Kind.ORDINARY,
        why="A named period whose figures about groups are released once.",
        readers=("coordinator", "sponsor"),
        kept=BELONGS,
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="participation.Wave",
        fields=("closed_by",),
        subject="closed_by",
        kind=Kind.PERSONAL,
        why="To say who closed a wave.",
        readers=("coordinator",),
        kept=BELONGS,
        exported=True,
        erasure=Erasure.CLEAR,
    ),
    Declaration(
        model="participation.Release",
        fields=("wave", "released_at", "content"),
        subject="",
        kind=Kind.ORDINARY,
        why="Figures about groups, as they left the gate: about nobody.",
        readers=("coordinator", "sponsor", "whoever leads a team (their own group)"),
        kept=BELONGS,
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="participation.Counted",
        fields=("release", "group", "person"),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="To see, before figures about groups are released, what they would give away beside earlier ones.",
        readers=("nobody: the program only",),
        kept=f"{BELONGS}, or until the person is forgotten",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)

DECLARATIONS = [*LOG_DECLARATIONS, *OWN_DECLARATIONS, *GROUP_DECLARATIONS]
PRIVATE_READERS = {
    "participation.Picture": pictures_to_read,
    "participation.SharedPicture": shared_pictures_to_read,
}
AFTER_ERASURE = jobs.queue_keeping_in_step
