"""What the outbox holds, and for how long."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

MODEL = "mail.OutboxMessage"

DECLARATIONS = (
    Declaration(
        model=MODEL,
        fields=("recipient", "to_address", "to_name"),
        subject="recipient",
        kind=Kind.PERSONAL,
        why="so that the message reaches the right person",
        readers=("administrator", "coordinator"),
        kept="a year",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model=MODEL,
        fields=("subject", "text", "calendar", "unsubscribe_url"),
        subject="recipient",
        kind=Kind.PERSONAL,
        why="names, times and links for the recipient; never private text",
        readers=("administrator", "coordinator"),
        kept="sign-in messages until sent, others 30 days (the subject a year)",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model=MODEL,
        fields=(
            "message_id",
            "dedupe_key",
            "organisation_id",
            "kind",
            "language",
            "calendar_method",
            "state",
            "attempts",
            "created_at",
            "due_at",
            "claimed_at",
            "handed_over_at",
            "sent_at",
            "emptied_at",
            "fault",
        ),
        subject="recipient",
        kind=Kind.TECHNICAL,
        why="to send it once, and to see what did not go",
        readers=("administrator", "coordinator"),
        kept="a year",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
)
