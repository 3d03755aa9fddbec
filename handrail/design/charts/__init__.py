"""What charts are given: small frozen records. Each chart has its sentence; its table is made from the same numbers.

A value of None means there is not enough data to say. `unit` follows every number ("%", " posts"); `digits` is how many
decimals are shown. `low` and `high` bound the uncertainty and belong together.
"""

from dataclasses import dataclass

from handrail.design.parts import Record, Text


@dataclass(frozen=True)
class Point(Record):
    label: Text
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Series(Record):
    name: Text
    points: tuple[Point, ...]


@dataclass(frozen=True)
class LineChart(Record):
    """Up to three series over the same labels.

    `minimum` and `maximum` widen the axis; `marker` names the label where something happened; `reference` is a level
    that means something (no change). `faint`: lines of others
    behind them, over the same labels, which do not widen the axis; `faint_text` says in the legend what they are.
    """

    title: Text
    sentence: Text
    series: tuple[Series, ...]
    unit: str = ""
    digits: int = 0
    minimum: float | None = None
    maximum: float | None = None
    marker: Text = ""
    marker_text: Text = ""
    faint: tuple[tuple[float | None, ...], ...] = ()
    faint_text: Text = ""
    reference: float | None = None
    reference_text: Text = ""


@dataclass(frozen=True)
class BarChart(Record):
    """Bars from zero, one row each, in the order given."""

    title: Text
    sentence: Text
    bars: tuple[Point, ...]
    unit: str = ""
    digits: int = 0
    maximum: float | None = None


@dataclass(frozen=True)
class IntervalChart(Record):
    """Estimates with their ranges against a reference that means something (no change, the target)."""

    title: Text
    sentence: Text
    rows: tuple[Point, ...]
    reference: float | None = None
    reference_text: Text = ""
    unit: str = ""
    digits: int = 0


@dataclass(frozen=True)
class ForestPlot(Record):
    """Several estimates and the one they make together; `weights` (any scale) set the size of each square."""

    title: Text
    sentence: Text
    rows: tuple[Point, ...]
    pooled: Point
    weights: tuple[float, ...] = ()
    reference: float = 0.0
    reference_text: Text = ""
    unit: str = ""
    digits: int = 0


@dataclass(frozen=True)
class Tie(Record):
    """Somebody around the centre. `mark` is a letter or two in their place; `gave` goes to them, `got` comes back."""

    name: Text
    mark: str
    gave: int
    got: int
    note: Text = ""
    beyond: bool = False


@dataclass(frozen=True)
class EgoNetwork(Record):
    """One in the middle and whom they are in touch with: a line that goes both ways is whole, the others are broken.

    `headers` name the table's columns: who, where they are, what was given, what came back, both ways.
    """

    title: Text
    sentence: Text
    centre: Text
    ties: tuple[Tie, ...]
    headers: tuple[Text, Text, Text, Text, Text]
    key: Text = ""
