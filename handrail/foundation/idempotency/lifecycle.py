"""What is kept of a form that was handled."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = (
    Declaration(
        model="idempotency.HandledForm",
        fields=("location", "at"),
        subject="",
        kind=Kind.TECHNICAL,
        why="so that the same press twice does the thing once; only a digest says which form it was",
        readers=(),
        kept="two days",
        exported=False,
        erasure=Erasure.EXPIRES,
    ),
)
