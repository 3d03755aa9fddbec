"""The kit's pieces, from the open content."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import Http404

from handrail.formats.pieces import Piece, read_piece


@cache
def kit() -> dict[str, Piece]:
    """Every piece by id, in their order."""
    found = [read_piece(path) for path in (settings.CONTENT_DIR / "kit").glob("*.md")]
    return {piece.id: piece for piece in sorted(found, key=lambda piece: int(piece.facts["order"]))}


def kit_piece(name: str) -> Piece:
    if name not in kit():
        raise Http404
    return kit()[name]


def as_written(piece: Piece) -> str:
    """The file itself, to change and use elsewhere."""
    return (settings.CONTENT_DIR / "kit" / f"{piece.id}.md").read_text("utf-8")


def text_to_copy(piece: Piece) -> str:
    """Its words without the lines between the dashes."""
    return as_written(piece).partition("\n---\n")[2].strip()
