"""What the charts' templates draw: places in percent across and in pixels down, and the table of the same numbers.

Words are ordinary text at reading size on every screen; only marks are stretched.
"""

import math
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from handrail.design.charts import BarChart, EgoNetwork, ForestPlot, IntervalChart, LineChart, Point, Series, Tie
from handrail.design.charts.repeated import dots_markup, grid_markup, labels_markup, places_markup, ties_markup
from handrail.design.charts.scale import Scale, scale_over, written
from handrail.design.parts import Record

TOP, BOTTOM = 26, 214  # the plot of a line chart, in pixels
LEFT, RIGHT = 13.0, 97.0  # and in percent
SHORT = 10  # letters of a label that fit left of the first place
LABELS = 4  # words under the axis that fit on a narrow phone; one fewer where one is longer than NARROW letters
NARROW = 7


@dataclass(frozen=True)
class Table(Record):
    headers: list[Any]
    rows: list[list[Any]]
    caption: Any


@dataclass(frozen=True)
class Mark(Record):
    """One estimate on its strip: places in percent, None where there is nothing to draw."""

    label: Any
    text: str
    at: float | None
    low: float | None
    high: float | None
    size: float = 12.0
    pooled: bool = False

    @property
    def half(self) -> float:
        return self.size / 2


def range_text(point: Point, unit: str, digits: int) -> str:
    if point.value is None:
        return _("Not enough data to say")
    value = written(point.value, unit, digits)
    if point.low is None or point.high is None:
        return value
    low, high = written(point.low, unit, digits), written(point.high, unit, digits)
    return _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}


def table_of(title: Any, points: tuple[Point, ...], unit: str, digits: int) -> Table:
    ranged = any(point.low is not None for point in points)
    headers = [_("What"), _("Value"), *([_("From"), _("To")] if ranged else [])]
    rows = [
        [
            point.label,
            *(written(value, unit, digits) for value in (point.value, point.low, point.high)[: len(headers) - 1]),
        ]
        for point in points
    ]
    return Table(headers, rows, title)


def _mark(point: Point, scale: Scale, unit: str, digits: int, *, size: float = 12.0, pooled: bool = False) -> Mark:
    known = point.value is not None
    at, low, high = (
        scale.at(value) if known and value is not None else None for value in (point.value, point.low, point.high)
    )
    return Mark(point.label, range_text(point, unit, digits), at, low, high, size, pooled)


def _tick(tick: float, scale: Scale, unit: str) -> str:
    """A tick with no more decimals than the axis needs."""
    digits = next((count for count in range(4) if all(round(t, count) == t for t in scale.ticks)), 4)
    return written(tick, unit, digits)


def _axis(scale: Scale, unit: str, reference: float | None) -> list[dict[str, Any]]:
    """Both ends of the axis, and the reference between them where there is room."""
    shown = [scale.low, scale.high]
    if reference is not None and 20 < scale.at(reference) < 80:
        shown.insert(1, reference)
    places = [(scale.at(tick), _tick(tick, scale, unit)) for tick in shown]
    return [{"x": x, "text": text, "anchor": _anchor(x)} for x, text in places]


def _anchor(x: float) -> str:
    return "start" if x < 12 else "end" if x > 88 else "middle"


def _under(x: float, label: Any) -> str:
    """A long first label begins where its place is, lest it be cut off; a short one stands in the middle of it."""
    return _anchor(x if len(str(label)) <= SHORT else x - 4)


def draw_bars(chart: BarChart) -> dict[str, Any]:
    values = [value for bar in chart.bars for value in (bar.value, bar.low, bar.high)]
    scale = scale_over([0.0, chart.maximum, *values])
    zero = scale.at(0.0)
    bars = []
    for bar in chart.bars:
        mark = _mark(bar, scale, chart.unit, chart.digits)
        at = zero if mark.at is None else mark.at
        bars.append({"mark": mark, "x": min(zero, at), "width": round(abs(at - zero), 2)})
    return {"bars": bars, "zero": zero, "table": table_of(chart.title, chart.bars, chart.unit, chart.digits)}


def draw_intervals(chart: IntervalChart) -> dict[str, Any]:
    values = [value for row in chart.rows for value in (row.value, row.low, row.high)]
    scale = scale_over([chart.reference, *values], start=2, end=98)
    return {
        "marks": [_mark(row, scale, chart.unit, chart.digits) for row in chart.rows],
        "reference": None if chart.reference is None else scale.at(chart.reference),
        "axis": _axis(scale, chart.unit, chart.reference),
        "table": table_of(chart.title, chart.rows, chart.unit, chart.digits),
    }


def draw_forest(chart: ForestPlot) -> dict[str, Any]:
    points = (*chart.rows, chart.pooled)
    scale = scale_over(
        [chart.reference, *(value for point in points for value in (point.value, point.low, point.high))],
        start=2,
        end=98,
    )
    heaviest = max(chart.weights, default=0.0) or 1.0
    weights = chart.weights or (heaviest,) * len(chart.rows)
    marks = [
        _mark(row, scale, chart.unit, chart.digits, size=round(8 + 10 * (weight / heaviest) ** 0.5, 1))
        for row, weight in zip(chart.rows, weights, strict=True)
    ]
    return {
        "marks": [*marks, _mark(chart.pooled, scale, chart.unit, chart.digits, pooled=True)],
        "reference": scale.at(chart.reference),
        "axis": _axis(scale, chart.unit, chart.reference),
        "table": table_of(chart.title, points, chart.unit, chart.digits),
    }


def draw_lines(chart: LineChart) -> dict[str, Any]:
    points = [point for series in chart.series for point in series.points]
    values = [value for point in points for value in (point.value, point.low, point.high)]
    down = scale_over([chart.minimum, chart.maximum, chart.reference, *values], wanted=3, start=BOTTOM, end=TOP)
    labels = [point.label for point in chart.series[0].points] if chart.series else []
    across = [round(LEFT + (RIGHT - LEFT) * index / max(1, len(labels) - 1), 2) for index in range(len(labels))]
    few = LABELS if max((len(str(label)) for label in labels), default=0) <= NARROW else LABELS - 1
    every = max(1, -(-(len(labels) - 1) // (few - 1))) if labels else 1
    shown = range(0, len(labels), every)
    return {
        "grid": grid_markup({"y": down.at(tick), "text": _tick(tick, down, chart.unit)} for tick in down.ticks),
        "labels": labels_markup(
            (
                {"x": across[index], "text": labels[index], "anchor": _under(across[index], labels[index])}
                for index in shown
            ),
            BOTTOM,
        ),
        "faint": [_faint(line, across, down) for line in chart.faint],
        "series": [_line(one, number, across, down) for number, one in enumerate(chart.series, start=1)],
        "marker": across[labels.index(chart.marker)] if chart.marker in labels else None,
        "level": None if chart.reference is None else down.at(chart.reference),
        "level_text": written(chart.reference, chart.unit, chart.digits),
        "height": BOTTOM + 34,
        "bottom": BOTTOM,
        "table": _lines_table(chart, labels),
    }


def _line(series: Series, number: int, across: list[float], down: Scale) -> dict[str, Any]:
    placed = [(x, point) for x, point in zip(across, series.points, strict=True) if point.value is not None]
    ranged = [(x, point) for x, point in placed if point.low is not None and point.high is not None]
    upper = [f"{x},{down.at(point.high)}" for x, point in ranged if point.high is not None]
    lower = [f"{x},{down.at(point.low)}" for x, point in reversed(ranged) if point.low is not None]
    dots = [{"x": x, "y": down.at(point.value)} for x, point in placed if point.value is not None]
    line = " ".join(f"{dot['x']},{dot['y']}" for dot in dots)
    marks = dots_markup(dots, number)
    return {"name": series.name, "band": " ".join(upper + lower), "dots": dots, "marks": marks, "points": line}


def _faint(values: tuple[float | None, ...], across: list[float], down: Scale) -> str:
    placed = zip(across, values, strict=True)
    return " ".join(f"{x},{down.at(value)}" for x, value in placed if value is not None)


def _lines_table(chart: LineChart, labels: list[Any]) -> Table:
    headers = [_("When"), *(series.name for series in chart.series)]
    rows = [
        [label, *(range_text(series.points[index], chart.unit, chart.digits) for series in chart.series)]
        for index, label in enumerate(labels)
    ]
    return Table(headers, rows, chart.title)


MIDDLE, AROUND, HALF_PLACE = 180.0, 138.0, 21.0  # of a picture 360 wide: the centre, the circle, half a place on it


def draw_ego(chart: EgoNetwork) -> dict[str, Any]:
    """Whoever one has most to do with stands on top; the others follow clockwise."""
    most = max((tie.gave + tie.got for tie in chart.ties), default=1) or 1
    rows = [
        [tie.name, tie.note, f"{tie.gave:,}", f"{tie.got:,}", _("Yes") if tie.gave and tie.got else _("No")]
        for tie in chart.ties
    ]
    places = [_place(tie, index, len(chart.ties), most) for index, tie in enumerate(chart.ties)]
    return {
        "ties": ties_markup(places, MIDDLE),
        "around": places_markup(places),
        "middle": MIDDLE,
        "table": Table(list(chart.headers), rows, chart.title),
    }


def _place(tie: Tie, index: int, of: int, most: int) -> dict[str, Any]:
    turn = 2 * math.pi * index / of - math.pi / 2
    across, down = math.cos(turn), math.sin(turn)
    x, y = MIDDLE + AROUND * across, MIDDLE + AROUND * down
    outward = tie.gave > 0
    halfway = MIDDLE + 0.55 * AROUND * across, MIDDLE + 0.55 * AROUND * down
    return {
        "tie": tie,
        "x": round(x, 1),
        "y": round(y, 1),
        "left": round(x - HALF_PLACE, 1),
        "top": round(y - HALF_PLACE, 1),
        "size": 2 * HALF_PLACE,
        "width": round(1.5 + 6.5 * math.sqrt((tie.gave + tie.got) / most), 1),
        "whole": tie.gave > 0 and tie.got > 0,
        "arrow_x": round(halfway[0], 1),
        "arrow_y": round(halfway[1], 1),
        "arrow_turn": round(math.degrees(turn) + (0 if outward else 180), 1),
        "said": _("%(name)s: %(gave)s to them, %(got)s from them")
        % {"name": tie.name, "gave": f"{tie.gave:,}", "got": f"{tie.got:,}"},
    }
