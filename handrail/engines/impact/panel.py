"""What goes in: outcomes of units over periods, and when a leader began to take part in which unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from handrail.engines.impact.normalise import Floats

Period = int | date


@dataclass(frozen=True)
class Panel:
    """Values (outcomes, periods, units); NaN marks a missing cell, 0 is an ordinary value.

    Raises ValueError where the shape does not fit, names are doubled, periods do not rise, or a value is infinite.
    """

    units: tuple[str, ...]
    periods: tuple[Period, ...]
    outcomes: tuple[str, ...]
    values: Floats

    def __post_init__(self) -> None:
        wanted = (len(self.outcomes), len(self.periods), len(self.units))
        if self.values.shape != wanted:
            raise ValueError(f"values have shape {self.values.shape}; outcomes, periods and units ask for {wanted}")
        for what, names in (("unit", self.units), ("outcome", self.outcomes)):
            if len(set(names)) < len(names):
                raise ValueError(f"a {what} is named twice")
        if len({isinstance(period, date) for period in self.periods}) > 1:
            raise ValueError("periods must be all dates or all whole numbers")
        ordered = [_ordinal(period) for period in self.periods]
        if any(b <= a for a, b in pairwise(ordered)):
            raise ValueError("periods must rise")
        if np.isinf(self.values).any():
            raise ValueError("values must be finite; use NaN for a missing cell")

    @cached_property
    def _ordered(self) -> npt.NDArray[np.int64]:
        return np.array([_ordinal(period) for period in self.periods], dtype=np.int64)

    def row_at(self, start: Period) -> tuple[int, bool]:
        """First period that begins on or after the start, and whether the start cuts the period before it in two.

        Raises ValueError if the start is a date and the periods are numbers, or the other way round.
        """
        if not self.periods:
            return 0, False
        if isinstance(start, date) != isinstance(self.periods[0], date):
            raise ValueError(f"the start {start} and the period {self.periods[0]} are of different kinds")
        ordered = self._ordered
        row = int(np.searchsorted(ordered, _ordinal(start)))
        whole = row == len(ordered) or ordered[row] == _ordinal(start)
        return row, bool(not whole and row > 0)


def _ordinal(period: Period) -> int:
    return period.toordinal() if isinstance(period, date) else period


@dataclass(frozen=True)
class Start:
    """A leader begins to take part in a unit."""

    unit: str
    period: Period


@dataclass(frozen=True)
class Event:
    """Something else big: `unit` None touches everyone, which the comparison takes out by itself."""

    unit: str | None
    period: Period
    what: str = "another event"


@dataclass(frozen=True)
class Settings:
    level: float = 0.95  # of the intervals
    horizon: int | None = None  # at most so many periods after the start; None: all there are
    neighbours: Mapping[str, frozenset[str]] = field(default_factory=dict)  # never donors for the unit named
    events: tuple[Event, ...] = ()
    holidays: frozenset[Period] = frozenset()  # periods left out for everyone
    exposure: Floats | None = None  # (periods, units), such as headcount: outcomes are taken per head
    power: float = 0.8
    limit: float = 0.5  # a change smaller than this must be visible, or there is no answer
    false_discoveries: float = 0.1  # Benjamini-Hochberg
    trend_guard: bool = True  # stretch intervals by, and refuse on, a slope of the unit's own
