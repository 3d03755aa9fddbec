"""The parts of the preparation, from the open content: a text, a moment, and what each choice leads to."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from handrail.formats.pieces import FaultyPiece, Piece, read_piece


@dataclass(frozen=True)
class Choice:
    """One thing a mentor might do, and what is said to it. None is marked as wrong."""

    text: str
    says: str


@dataclass(frozen=True)
class Part:
    """A few minutes on one thing."""

    number: int  # from 1
    id: str
    title: str
    minutes: int
    html: str
    question: str
    choices: tuple[Choice, ...]


@cache
def parts() -> tuple[Part, ...]:
    """Every part in its order."""
    pieces = [read_piece(path) for path in (settings.CONTENT_DIR / "preparation").glob("*.md")]
    in_order = sorted(pieces, key=lambda piece: int(piece.facts["order"]))
    return tuple(part_of(piece, number) for number, piece in enumerate(in_order, start=1))


def part_of(piece: Piece, number: int) -> Part:
    """Raises FaultyPiece when the moment, or something to choose, is missing."""
    try:
        choices = tuple(Choice(str(one["text"]), str(one["says"])) for one in piece.facts["choices"])
        question, minutes = str(piece.facts["question"]), int(piece.facts["minutes"])
    except (KeyError, TypeError, ValueError) as error:
        raise FaultyPiece(f"{piece.id}: wants a question, minutes, and choices with text and says.") from error
    if len(choices) < 2:
        raise FaultyPiece(f"{piece.id}: one choice is no choice.")
    return Part(number, piece.id, piece.title, minutes, piece.html, question, choices)


def minutes_in_all() -> int:
    return sum(part.minutes for part in parts())
