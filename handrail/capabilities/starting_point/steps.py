"""The open pack of small steps: what the engine chooses from, and what a page shows of each."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from handrail.engines.approach import Step
from handrail.formats.steps import StepPiece, read_steps


@dataclass(frozen=True)
class StepPack:
    """Steps for the engine, and their texts by id."""

    steps: tuple[Step, ...]
    texts: dict[str, StepPiece]


@cache
def step_pack() -> StepPack:
    """The pack of the open content, read once."""
    return pack_of(read_steps(settings.CONTENT_DIR / "steps"))


def pack_of(pieces: tuple[StepPiece, ...]) -> StepPack:
    return StepPack(tuple(_step(one) for one in pieces), {one.id: one for one in pieces})


def _step(piece: StepPiece) -> Step:
    return Step(
        id=piece.id,
        approaches=frozenset(piece.approaches),
        needs=frozenset(piece.needs),
        minutes=piece.minutes,
        places=frozenset(piece.places),
        after=frozenset(piece.after),
        passes_on=piece.passes_on,
    )
