"""What the audit trail holds, and for how long."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = (
    Declaration(
        model="audit.Event",
        fields=("by",),
        subject="by",
        kind=Kind.PERSONAL,
        why="so that an act can be accounted for",
        readers=("administrator",),
        kept="two years",
        exported=True,
        erasure=Erasure.CLEAR,
    ),
    Declaration(
        model="audit.Event",
        fields=("at", "organisation_id", "what", "subject_type", "subject_id", "detail"),
        subject="by",
        kind=Kind.TECHNICAL,
        why="which act, on which row, when; never what was written",
        readers=("administrator",),
        kept="two years",
        exported=True,
        erasure=Erasure.KEEP,
    ),
)
