"""Marks that a chart repeats for each of its places, put together without a template: there may be hundreds."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from handrail.design.markup import escaped

SQUARE = '<rect class="hr-line__dot" x="-{half}" y="-{half}" width="{size}" height="{size}"{turned}/>'
LARGE, SMALL, MANY = 6, 3, 14  # half a dot; from so many on they are small


def dots_markup(dots: Iterable[Mapping[str, float]], number: int) -> SafeString:
    """The dots of a line: round on the first, square on the second, standing on a corner on the others."""
    dots = list(dots)
    half = LARGE if len(dots) < MANY else SMALL
    if number == 1:
        drawn = [f'<circle class="hr-line__dot" cx="{dot["x"]}%" cy="{dot["y"]}" r="{half}"/>' for dot in dots]
    else:
        square = SQUARE.format(half=half, size=2 * half, turned="" if number == 2 else ' transform="rotate(45)"')
        drawn = [f'<svg class="hr-line__at" x="{dot["x"]}%" y="{dot["y"]}">{square}</svg>' for dot in dots]
    return SafeString("".join(drawn))


def grid_markup(grid: Iterable[Mapping[str, Any]]) -> SafeString:
    """The lines across a plot with their numbers; the first is the ground."""
    drawn = []
    for index, one in enumerate(grid):
        kind, y = "grid" if index else "base", one["y"]
        drawn.append(
            f'<line class="hr-chart__{kind}" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
            f'<text x="0" y="{y}" dy="-6">{escaped(one["text"])}</text>'
        )
    return SafeString("".join(drawn))


def labels_markup(labels: Iterable[Mapping[str, Any]], bottom: float) -> SafeString:
    """What stands under a plot, from left to right."""
    return SafeString(
        "".join(
            f'<text x="{one["x"]}%" y="{bottom}" dy="26" text-anchor="{one["anchor"]}">{escaped(one["text"])}</text>'
            for one in labels
        )
    )


def ties_markup(places: Iterable[Mapping[str, Any]], middle: float) -> SafeString:
    """A line from the centre to each place; with an arrow where it goes one way only."""
    drawn = []
    for one in places:
        kind = "" if one["whole"] else " hr-ego__tie--one"
        drawn.append(
            f'<line class="hr-ego__tie{kind}" x1="{middle}" y1="{middle}" x2="{one["x"]}" y2="{one["y"]}" '
            f'stroke-width="{one["width"]}"/>'
        )
        if not one["whole"]:
            drawn.append(
                '<polygon class="hr-ego__arrow" points="-8,-6 8,0 -8,6" '
                f'transform="translate({one["arrow_x"]} {one["arrow_y"]}) rotate({one["arrow_turn"]})"/>'
            )
    return SafeString("".join(drawn))


def places_markup(places: Iterable[Mapping[str, Any]]) -> SafeString:
    """Everybody around the centre; people from beyond are squares."""
    drawn = []
    for one in places:
        tie, said = one["tie"], escaped(one["said"])
        shape = (
            f'<rect class="hr-ego__place" x="{one["left"]}" y="{one["top"]}" width="{one["size"]}" '
            f'height="{one["size"]}" rx="4"/>'
            if tie.beyond
            else f'<circle class="hr-ego__place" cx="{one["x"]}" cy="{one["y"]}" r="21"/>'
        )
        drawn.append(
            f'<g class="hr-ego__one" role="img" tabindex="0" aria-label="{said}">{shape}'
            f'<text class="hr-ego__mark" x="{one["x"]}" y="{one["y"]}" dy="5" text-anchor="middle">{escaped(tie.mark)}'
            f'</text><text class="hr-ego__said" x="180" y="364" text-anchor="middle">{said}</text></g>'
        )
    return SafeString("".join(drawn))
