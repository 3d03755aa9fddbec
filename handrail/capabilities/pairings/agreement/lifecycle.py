"""What is held about how two people work together."""

from handrail.capabilities.pairings.agreement.queries import lines_to_read, terms_to_read
from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

PAIR = ("leader", "mentor")
KEPT = "as long as the pairing, or until its author is erased"


def _declared(model: str, whole: str, readers: tuple[str, ...], others: tuple[str, ...]) -> tuple[Declaration, ...]:
    return (
        Declaration(
            model=model,
            fields=("text",),
            subject="author__account",
            kind=Kind.PRIVATE,
            why=whole,
            readers=readers,
            kept=KEPT,
            exported=True,
            erasure=Erasure.DELETE_ROW,
        ),
        Declaration(
            model=model,
            fields=others,
            subject="author__account",
            kind=Kind.PERSONAL,
            why="To show it in its place. That it is there, and since when, is not sealed.",
            readers=PAIR,
            kept=KEPT,
            exported=True,
            erasure=Erasure.DELETE_ROW,
        ),
    )


DECLARATIONS = (
    *_declared(
        "agreement.Terms",
        "How its author would like to work. The other sees only what applies to both.",
        ("author",),
        ("pairing", "author", "conversation", "chosen_at"),
    ),
    *_declared(
        "agreement.Line",
        "Goals and what to talk about, for the two.",
        PAIR,
        ("pairing", "author", "conversation", "kind", "written_at"),
    ),
)
PRIVATE_READERS = {"agreement.Terms": terms_to_read, "agreement.Line": lines_to_read}
