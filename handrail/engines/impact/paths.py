"""The course of the effect over time since the start, in stretches of some periods: an event study.

Per unit the effect of a stretch is the log of observed over predicted totals in it, less the same before the start with
the kriged weights: as the effect as a whole, and its error from the same memory. Stretches before the start are
predicted with that part of the past held out, so they show what the comparison is worth.

Over many units: averages by time since the start (Callaway and Sant'Anna 2021, section 3.1.1), made of group-time
averages against units not yet started, with the weights of the pooled effect. Only stretches in which every unit is
seen, so that the course is not one of who is in it (their balanced version).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from handrail.engines.impact.block import BlockFit
from handrail.engines.impact.normalise import TINY, Floats

WIDTH = 4  # periods in a stretch
MOST_BEFORE, MOST_AFTER = 8, 13  # stretches
LEAST_RATIO = 0.05


@dataclass(frozen=True)
class Path:
    """One unit's log effects by stretch, NaN where under half of it was seen; the first `before` precede the start.

    `variance`: of each stretch's error, in units of a single gap's.
    """

    before: int
    effects: Floats
    variance: Floats

    def between(self, before: int, after: int) -> "Path":
        """The same with so many stretches before the start and after it."""
        kept = slice(self.before - before, self.before + after)
        return Path(before, self.effects[kept], self.variance[kept])

    @property
    def after(self) -> int:
        return len(self.effects) - self.before


def paths_of(fit: BlockFit) -> list[Path]:
    """For every treated unit of a block."""
    before, periods = fit.before, len(fit.treated_gaps)
    earlier, later = min(before // WIDTH, MOST_BEFORE), min((periods - before) // WIDTH, MOST_AFTER)
    bounds = [(before + k * WIDTH, before + (k + 1) * WIDTH) for k in range(-earlier, later)]
    variance = _variances(fit, bounds)
    effects = np.empty((len(bounds), fit.treated_gaps.shape[1]))
    for place, (first, end) in enumerate(bounds):
        seen = fit.ratios.treated_seen[first:end]
        weight = seen * fit.ratios.common[first:end, None]
        happened = (weight * fit.ratios.treated[first:end]).sum(0)
        expected = np.maximum((weight * fit.treated_predicted[first:end]).sum(0), TINY)
        told = np.log(np.maximum(happened / expected, LEAST_RATIO) / fit.treated_earlier)
        effects[place] = np.where(seen.mean(0) >= 0.5, told, np.nan)
    return [Path(earlier, column, variance) for column in effects.T]


def _variances(fit: BlockFit, bounds: Sequence[tuple[int, int]]) -> Floats:
    """Of a stretch's mean gap less the level before the start, in units of a single gap's."""
    covariance = fit.memory.covariance(len(fit.treated_gaps))
    level, before = fit.times.level, fit.before
    towards = covariance[:, :before] @ level
    steady = float(level @ towards[:before])
    found = [covariance[first:end, first:end].mean() - 2 * towards[first:end].mean() + steady for first, end in bounds]
    variances: Floats = np.maximum(np.array(found), TINY)
    return variances


def balanced(paths: Sequence[Path]) -> list[Path]:
    """All with as many stretches before and after as the shortest of them has."""
    before, after = min(one.before for one in paths), min(one.after for one in paths)
    return [one.between(before, after) for one in paths]
