"""The course of one unit in stretches of some weeks, for a picture: what happened, what would have, how others strayed.

A stretch never lies across the start. Its range is that of the whole stretch, from the same memory of the gaps that the
effect's interval rests on.
"""

from dataclasses import dataclass

import numpy as np

from handrail.engines.impact.block import BlockFit, quantile
from handrail.engines.impact.normalise import Floats
from handrail.engines.impact.panel import Period, Settings

MOST = 20  # stretches in a picture
SHORTEST = 4  # periods


@dataclass(frozen=True)
class Stretch:
    """Sums over `periods` periods in the outcome's unit; `happened` is None where all of them are missing.

    `strayed`: by comparison unit, what would have happened here had this unit strayed as that one did.
    """

    first: Period
    periods: int
    happened: float | None
    expected: float
    low: float
    high: float
    strayed: tuple[float, ...]
    after: bool


def bounds(before: int, periods: int) -> list[tuple[int, int]]:
    """Rows of each whole stretch, counted from the start both ways; a remainder at an end is left out."""
    width = SHORTEST
    while before // width + (periods - before) // width > MOST:
        width += SHORTEST
    first = before % width
    past = [(row, row + width) for row in range(first, before, width)]
    return past + [(row, row + width) for row in range(before, periods - width + 1, width)]


def stretches(
    fit: BlockFit, periods: tuple[Period, ...], observed: Floats, expected: Floats, placebo_gaps: Floats,
    settings: Settings,
) -> tuple[Stretch, ...]:  # fmt: skip
    covariance = fit.memory.covariance(len(expected))
    level, before = fit.times.level, fit.before
    steady = float(level @ covariance[:before, :before] @ level)
    reach = quantile(settings.level, fit.degrees) * fit.calibration * fit.treated_scales[0]
    found = []
    for first, end in bounds(before, len(expected)):
        seen = ~np.isnan(observed[first:end])
        part = np.where(seen, expected[first:end], 0.0) if seen.any() else expected[first:end]
        total = float(part.sum())
        share = part / max(total, 1e-12)
        own = float(share @ covariance[first:end, first:end] @ share)
        cross = float(share @ covariance[first:end, :before] @ level)
        room = reach * float(np.sqrt(max(own - 2 * cross + steady, 0.0)))
        strayed = total * (1 + share @ np.nan_to_num(placebo_gaps[first:end]))
        found.append(
            Stretch(
                periods[first],
                end - first,
                float(np.nansum(observed[first:end])) if seen.any() else None,
                total,
                total * float(np.exp(-room)),
                total * float(np.exp(room)),
                tuple(float(one) for one in strayed),
                first >= before,
            )
        )
    return tuple(found)
