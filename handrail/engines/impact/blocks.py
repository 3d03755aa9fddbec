"""Which units are fitted together, over which periods, against which donors."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from handrail.engines.impact.normalise import Booleans, Floats
from handrail.engines.impact.panel import Panel, Settings, Start

ENOUGH_DONORS = 12
PLENTY_OF_DONORS = 100  # units that never start; with so many, those that start later are not needed
LEAST_AFTER = 4
LATE = 0.1  # a unit that misses this share of the earliest periods is fitted from where it begins
MISSING = 0.2  # a donor may miss this share of the periods
SILENT = 8  # a donor that was never silent and ends in so many zeros has ended


@dataclass(frozen=True)
class Timeline:
    """When each unit started: `first` row at or after the start (T where never), `cut` if a period was cut in two."""

    first: Mapping[str, int]
    second: Mapping[str, int]  # the next start of another leader in the same unit
    cut: Mapping[str, bool]


@dataclass(frozen=True)
class Block:
    """Units (columns) that share rows, donors and start."""

    treated: tuple[int, ...]
    donors: tuple[int, ...]
    rows: tuple[int, ...]
    before: int  # how many of the rows precede the start
    left_out: Mapping[int, str] = field(default_factory=dict)


def timeline(panel: Panel, starts: tuple[Start, ...]) -> Timeline:
    """Rows of the first and second start per unit. Raises ValueError for a unit that the panel does not have."""
    known = set(panel.units)
    rows: dict[str, set[tuple[int, bool]]] = defaultdict(set)
    for start in starts:
        if start.unit not in known:
            raise ValueError(f"the panel has no unit “{start.unit}”")
        rows[start.unit].add(panel.row_at(start.period))
    ordered = {unit: sorted(found) for unit, found in rows.items()}
    return Timeline(
        {unit: found[0][0] for unit, found in ordered.items()},
        {unit: found[1][0] for unit, found in ordered.items() if len(found) > 1},
        {unit: found[0][1] for unit, found in ordered.items()},
    )


def blocks(panel: Panel, values: Floats, line: Timeline, settings: Settings) -> Iterator[Block]:
    """One outcome's (T, N) units, grouped. Units that start outside the panel's periods are left to the caller."""
    periods, column = len(panel.periods), {unit: i for i, unit in enumerate(panel.units)}
    begins = np.array([line.first.get(unit, periods) for unit in panel.units])
    holidays = np.array([period in settings.holidays for period in panel.periods])
    seen = ~np.isnan(values)
    groups: dict[tuple[int, int, int, bool, frozenset[str]], list[int]] = defaultdict(list)
    for unit, start in line.first.items():
        if 0 < start < periods:
            here = column[unit]
            first, end = _span(seen[:, here], start, line.second.get(unit, periods), settings)
            end = _shortened(start, end, begins, here)
            near = settings.neighbours.get(unit, frozenset())
            groups[(first, start, end, line.cut[unit], near)].append(here)
    for (first, start, end, cut, near), treated in sorted(groups.items(), key=lambda item: item[0][:4]):
        rows = [row for row in range(first, end) if not holidays[row] and not (cut and row == start - 1)]
        before = sum(row < start for row in rows)
        waiting = begins >= (periods if (begins >= periods).sum() >= PLENTY_OF_DONORS else end)
        donors, out = _donors(panel, values, seen, waiting, rows, before, near)
        yield Block(tuple(treated), tuple(donors), tuple(rows), before, out)


def _span(seen: Booleans, start: int, second: int, settings: Settings) -> tuple[int, int]:
    """First and end row for a unit: from where it begins, to where it ends, the horizon, or the next leader's start."""
    there = np.flatnonzero(seen)
    first, end = 0, len(seen)
    if len(there):
        first = int(there[0]) if there[0] > LATE * start else 0
        end = int(there[-1]) + 1 if there[-1] + 1 > start else len(seen)
    if second - start >= 2 * LEAST_AFTER:
        end = min(end, second)
    if settings.horizon is not None:
        end = min(end, start + settings.horizon)
    return min(first, start), end


def _shortened(start: int, end: int, begins: np.ndarray, here: int) -> int:
    """End earlier where too few units stay without a leader for so long, but more do for a shorter time."""
    others = np.delete(begins, here)
    if (others >= end).sum() >= ENOUGH_DONORS:
        return end
    choices = [end, *sorted({int(row) for row in others if start + LEAST_AFTER <= row < end}, reverse=True)]
    counts = [int((others >= choice).sum()) for choice in choices]
    wanted = min(ENOUGH_DONORS, max(counts))
    return next(choice for choice, count in zip(choices, counts, strict=True) if count >= wanted)


def _donors(
    panel: Panel, values: Floats, seen: Booleans, waiting: Booleans, rows: list[int], before: int, near: frozenset[str]
) -> tuple[list[int], dict[int, str]]:
    """Units without a leader over all rows, and fit to compare with; for the others of them, why not."""
    if not rows:
        return [], {}
    units = np.flatnonzero(waiting)
    cells = np.ix_(np.array(rows), units)
    here, there = np.nan_to_num(values[cells]), seen[cells]
    missing = 1 - there.mean(0)
    nothing = here[:before].sum(0) <= 0
    quiet = ((here[:before] == 0) & there[:before]).sum(0) / np.maximum(there[:before].sum(0), 1)
    ended = (here[-SILENT:] == 0).all(0) & there[-SILENT:].all(0) & (quiet < 0.05) & (len(rows) > 3 * SILENT)
    close = np.array([panel.units[unit] in near for unit in units], dtype=bool)
    out: dict[int, str] = {}
    for place in np.flatnonzero(close | (missing > MISSING) | nothing | ended):
        if close[place]:
            why = "in heavy conversation with the unit itself"
        elif missing[place] > MISSING:
            why = f"{missing[place]:.0%} of its periods are missing"
        else:
            why = (
                "nothing happened there before the start"
                if nothing[place]
                else "it fell silent: it seems to have ended"
            )
        out[int(units[place])] = why
    return [int(unit) for unit in units if int(unit) not in out], out
