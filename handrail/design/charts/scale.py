"""From numbers to places: an axis with round ticks."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import formats

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
UNGROUPED = 999.0  # up to here no thousands are set apart, rounded or not


@dataclass(frozen=True)
class Scale:
    """A straight axis from `low` to `high`, drawn between the percentages `start` and `end`."""

    low: float
    high: float
    ticks: tuple[float, ...]
    start: float = 0.0
    end: float = 100.0

    def at(self, value: float) -> float:
        """Where a value stands, in percent of the drawing, never outside the axis."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)


def scale_over(values: Iterable[float | None], *, wanted: int = 4, start: float = 0.0, end: float = 100.0) -> Scale:
    """The narrowest axis with about `wanted` round ticks that holds every finite value, to nine decimals."""
    known = [round(value, 9) for value in values if value is not None and math.isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if high - low <= max(abs(high), abs(low)) * 1e-9:
        low, high = low - (abs(low) or 1.0) / 2, high + (abs(high) or 1.0) / 2
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(candidate for candidate in (factor * power for factor in STEPS) if candidate >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(index * step, 12) for index in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks, start, end)


def written(value: float | None, unit: str = "", digits: int = 0) -> str:
    """A number as a person reads it, in the page's language: rounded, which Django's own formats do not."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{abs(value):.{digits}f}"
    if abs(value) >= UNGROUPED:
        text = str(formats.number_format(text, digits, use_l10n=True, force_grouping=True))
    elif digits:  # a chart writes dozens of numbers: most need no more than the language's own point
        text = text.replace(".", str(formats.get_format("DECIMAL_SEPARATOR")))
    return f"{'−' if value < 0 and text.strip('0.,') else ''}{text}{unit}"
