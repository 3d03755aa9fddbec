"""The kit in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as lazy

from handrail.design.parts import Task, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handrail.formats.pieces import Piece

FOR: dict[str, Text] = {
    "coordinator": lazy("For whoever runs the scheme"),
    "it": lazy("To hand to IT"),
    "information-governance": lazy("To hand to information governance"),
}


def pieces_to_choose(pieces: Iterable[Piece]) -> list[Task]:
    return [Task(one.title, reverse("kit_piece", args=[one.id]), hint=FOR[str(one.facts["for"])]) for one in pieces]


def as_markup(piece: Piece) -> SafeString:
    """Cleaned when it was read."""
    return SafeString(piece.html)
