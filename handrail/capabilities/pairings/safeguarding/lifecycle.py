"""What is kept about reports. No column says who reported, or about which pair: that is sealed with the notes."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

KEPT = "until the contact deletes it, two years at most"

REPORT_DECLARATIONS = (
    Declaration(
        model="pairings.Report",
        fields=("text",),
        subject="contact",
        kind=Kind.PRIVATE,
        why="Notes shown to you as the safeguarding contact. They are about others: read them on your page.",
        readers=("safeguarding contact",),
        kept=KEPT,
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Report",
        fields=("contact", "made_on", "opened"),
        subject="contact",
        kind=Kind.PERSONAL,
        why="That something was reported to you as the safeguarding contact, on which day, and whether you looked.",
        readers=("safeguarding contact",),
        kept=KEPT,
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="pairings.Report",
        fields=("conversation",),
        subject="contact",
        kind=Kind.TECHNICAL,
        why="Which key a report is sealed under.",
        readers=("the program",),
        kept=KEPT,
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
)
