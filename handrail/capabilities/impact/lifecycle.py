"""What is held about effects. A leader's own answer is sealed to them; what is kept of groups has passed the gate."""

from handrail.capabilities.impact.own.queries import answers_to_read
from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

BELONGS = "as long as the organisation takes part"

OWN_DECLARATIONS = (
    Declaration(
        model="impact.OwnAnswer",
        fields=("sheet",),
        subject="account",
        kind=Kind.PRIVATE,
        why="What came of one's own taking part, in one's team; made because one asked.",
        readers=("the person",),
        kept="until they stop it or are erased; made anew after each export",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="impact.OwnAnswer",
        fields=("account", "person", "conversation", "asked_on", "made_on", "made_of"),
        subject="account person__account",
        kind=Kind.PERSONAL,
        why="To know who asked, and to seal it to them alone.",
        readers=("the person",),
        kept="until they stop it or are erased",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)

PLAN_DECLARATIONS = (
    Declaration(
        model="impact.Plan",
        fields=(
            *("organisation", "made_at", "state", "outcome", "teams", "weeks", "turns", "content"),
            "frozen_on",
        ),
        subject="",
        kind=Kind.ORDINARY,
        why="What could be seen, and which teams' leaders should begin when: written down before it is looked at.",
        readers=("coordinator", "sponsor (without the names of teams)"),
        kept=BELONGS,
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="impact.Plan",
        fields=("made_by",),
        subject="made_by",
        kind=Kind.PERSONAL,
        why="To say who made a plan.",
        readers=("coordinator",),
        kept=BELONGS,
        exported=True,
        erasure=Erasure.CLEAR,
    ),
)

GROUP_DECLARATIONS = (
    Declaration(
        model="impact.Effects",
        fields=("wave", "made_at", "done", "total", "released_at", "content"),
        subject="",
        kind=Kind.ORDINARY,
        why="Effects of groups of leaders, as they left the gate: about nobody.",
        readers=("coordinator", "sponsor"),
        kept=BELONGS,
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="impact.Effects",
        fields=("made_by",),
        subject="made_by",
        kind=Kind.PERSONAL,
        why="To say who released them.",
        readers=("coordinator",),
        kept=BELONGS,
        exported=True,
        erasure=Erasure.CLEAR,
    ),
    Declaration(
        model="impact.Cell",
        fields=("organisation", "names", "of", "made_at"),
        subject="",
        kind=Kind.TECHNICAL,
        why="Leaders of whom effects are told together, so that two releases never differ by one of them.",
        readers=("nobody: the program only",),
        kept=BELONGS,
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="impact.InCell",
        fields=("cell", "person"),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="To know of whom effects are told together.",
        readers=("nobody: the program only",),
        kept=f"{BELONGS}, or until the person is forgotten; the cell is told of no more then",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)

EVENT_DECLARATIONS = (
    Declaration(
        model="impact.KnownEvent",
        fields=("organisation", "name", "first_day", "last_day", "unit", "stated_on"),
        subject="",
        kind=Kind.ORDINARY,
        why="Holidays and events to leave out, or that nobody can tell apart from a leader's beginning.",
        readers=("coordinator", "sponsor (those everywhere)", "leaders whom it concerns"),
        kept=f"{BELONGS}, or until it is taken back",
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="impact.KnownEvent",
        fields=("made_by",),
        subject="made_by",
        kind=Kind.PERSONAL,
        why="To say who stated it.",
        readers=("coordinator",),
        kept=BELONGS,
        exported=True,
        erasure=Erasure.CLEAR,
    ),
)

DECLARATIONS = [*OWN_DECLARATIONS, *PLAN_DECLARATIONS, *EVENT_DECLARATIONS, *GROUP_DECLARATIONS]
PRIVATE_READERS = {"impact.OwnAnswer": answers_to_read}
