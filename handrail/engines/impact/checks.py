"""Reasons not to answer, or to answer with a wider interval. Each is a test against the donors' own placebos."""

from dataclasses import dataclass

import numpy as np

from handrail.engines.impact.block import LEAST_ERROR, BlockFit, quantile
from handrail.engines.impact.normalise import TINY, Booleans, Floats
from handrail.engines.impact.timing import time_weights

LEANS = 0.5  # slope of its own over its standard error, from which an interval that claims a change is stretched
RUNS_AWAY = 2.6  # slope over its standard error, from which there is no answer
BROKEN = 4.0  # robust standard deviations of a placebo effect
MANY_BROKEN = 0.2
STRETCHES = 8
OUTSIDE = 0.5
LONGEST_WAIT = 520


@dataclass(frozen=True)
class Lean:
    """Slopes of the treated units' own (M,), beside the donors' course, with a free step at the start."""

    statistic: Floats  # over its standard error, as set by the donors' slopes
    explains: Floats  # the log effect that the slope alone would make

    def stretch(self, rising: Booleans, falling: Booleans) -> tuple[Floats, Floats]:
        """How far the lower end must move where a rise is claimed, and the upper where a fall is."""
        low = np.where(rising & (self.statistic > LEANS), self.explains, 0.0)
        high = np.where(falling & (self.statistic < -LEANS), -self.explains, 0.0)
        return low, high


def lean(fit: BlockFit) -> Lean:
    """Does a unit grow or shrink on its own, more than the donors do?

    The slope is the generalised least squares slope of the gaps, the same before and after the start, beside a level
    that may step at the start. Its scale is set by the donors' slopes, as the interval's is by their placebo effects.
    """
    before, times = fit.before, fit.times
    root = np.sqrt(times.slope_variance)
    donors = (times.slope @ fit.donor_gaps) / (fit.donor_scales * root)
    count = len(donors)
    factor = np.sqrt(np.mean(np.minimum(donors**2, 25.0)) * (count + 1) / max(count - 1, 1)) + TINY
    slopes = times.slope @ fit.treated_gaps
    after = len(fit.treated_gaps) - before
    distance = float(before + (after - 1) / 2 - times.level @ np.arange(before))
    errors = np.maximum(fit.treated_scales * root * factor, LEAST_ERROR / max(abs(distance), 1.0))
    return Lean(slopes / errors, slopes * distance)


def broken_donors(fit: BlockFit) -> Booleans:
    """Donors (J,) that broke away from all the others after the start: a shock of their own."""
    sizes = np.abs(fit.placebo_statistics)
    typical = max(float(np.median(sizes)) / 0.6745, TINY)
    return sizes > BROKEN * typical


def outside_range(fit: BlockFit) -> Booleans:
    """Treated units (M,) that, over most of the time before the start, moved as no donor did."""
    before, donors = fit.before, fit.ratios.donors
    width = max(before // STRETCHES, 1)
    bins = before // width
    if donors.shape[1] < 5 or bins < 3:
        return np.zeros(fit.ratios.treated.shape[1], dtype=bool)
    first = before - bins * width
    past = donors[first:before].reshape(bins, width, -1).mean(1)
    own = fit.ratios.treated[first:before].reshape(bins, width, -1).mean(1)
    low, high = past.min(1, keepdims=True), past.max(1, keepdims=True)
    room = 0.25 * (high - low)
    share: Booleans = ((own > high + room) | (own < low - room)).mean(0) >= OUTSIDE
    return share


def detectable(errors: Floats, degrees: float, level: float, power: float) -> Floats:
    """The relative rise that would be seen with probability `power`, from standard errors of the log effect."""
    reach = quantile(level, degrees) + quantile(2 * power - 1, degrees)
    return np.expm1(np.minimum(reach * errors, 50.0))


def periods_needed(fit: BlockFit, unit: int, wanted: float, level: float, power: float) -> int | None:
    """How many periods after the start would bring the detectable change down to `wanted`; None if none would."""
    reach = quantile(level, fit.degrees) + quantile(2 * power - 1, fit.degrees)
    target = np.log1p(wanted) / reach
    scale = fit.calibration * fit.treated_scales[unit]
    after = len(fit.treated_gaps) - fit.before
    while after < LONGEST_WAIT:
        after = max(after + 1, int(after * 1.25))
        if scale * np.sqrt(time_weights(fit.memory, fit.before, fit.before + after).variance) <= target:
            return after
    return None
