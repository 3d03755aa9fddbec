"""What is held about schemes."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = [
    Declaration(
        model="schemes.Scheme",
        fields=("organisation", "spans", "name", "purpose", "threshold", "created_at", "draft", "ends_on", "ended_on"),
        subject="",
        kind=Kind.ORDINARY,
        why="What the scheme is, whose it is, and from what size a group may be counted.",
        readers=("everybody in it",),
        kept="as long as the organisation takes part",
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="schemes.Scheme",
        fields=("asked_by",),
        subject="asked_by__account",
        kind=Kind.PERSONAL,
        why="The named person who asks.",
        readers=("everybody in it",),
        kept="as long as the scheme runs",
        exported=True,
        erasure=Erasure.CLEAR,
    ),
    Declaration(
        model="schemes.Scheme",
        fields=("contact",),
        subject="contact__account",
        kind=Kind.PERSONAL,
        why="The named person to turn to when something must not stay between two people.",
        readers=("everybody in it",),
        kept="as long as the scheme runs",
        exported=True,
        erasure=Erasure.CLEAR,
    ),
]
