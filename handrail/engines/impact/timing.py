"""Stage 3: how the gaps of a unit hang together over time, and how much weight each period before the start deserves.

A pooled variogram (nugget + exponential) is fitted to the donors' gaps; kriging turns it into weights on the gaps
before the start. Gaps without memory give equal weights (difference-in-differences); gaps that wander like a random
walk put the weight on the last weeks. Source: Cressie 1993, Statistics for Spatial Data, sections 2.4 and 3.2.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_toeplitz

from handrail.engines.impact.normalise import Floats

MEMORIES = (0.0, 0.2, 0.4, 0.55, 0.7, 0.8, 0.87, 0.92, 0.95, 0.97, 0.985, 0.993, 0.998)


@dataclass(frozen=True)
class Memory:
    """Covariance of a gap with itself `lag` periods later: nugget (lag 0 only) + sill * decay ** lag."""

    nugget: float
    sill: float
    decay: float

    def line(self, periods: int) -> Floats:
        """Covariances at lags 0 to periods - 1; consecutive gaps have the Toeplitz matrix of them."""
        lags = np.arange(periods, dtype=float)
        line: Floats = self.sill * (self.decay**lags if self.decay > 0 else (lags == 0).astype(float))
        line[0] += self.nugget
        return line

    def covariance(self, periods: int) -> Floats:
        """(periods, periods) covariance of consecutive gaps."""
        index = np.abs(np.arange(periods)[:, None] - np.arange(periods)[None, :])
        matrix: Floats = self.line(periods)[index]
        return matrix


def lags_of(periods: int, longest: int) -> Floats:
    """The lags at which the variogram is taken: the first six, then eight spread to the longest."""
    lags = np.unique(np.concatenate([np.arange(1, 7), np.linspace(8, max(longest, 8), 8).astype(int)]))
    return lags[(lags < periods - 2) & (lags <= max(longest, 1))]


def memory_of(gaps: Floats) -> Memory:
    """Fit by least squares over a grid of decays to the pooled variogram of gaps (T, J) in units of their scale."""
    periods = len(gaps)
    lags = lags_of(periods, max(3, min(periods // 2, 52)))
    rises = np.array([0.5 * np.mean((gaps[lag:] - gaps[:-lag]) ** 2) for lag in lags])
    weight = 1 / np.sqrt(lags)
    target = rises * weight
    best: tuple[float, Memory] | None = None
    for decay in MEMORIES:
        nugget, sill = _two_parts(weight, (1 - decay**lags) * weight, target)
        residual = float(((nugget * weight + sill * (1 - decay**lags) * weight - target) ** 2).sum())
        if best is None or residual < best[0] * (1 - 1e-9):
            best = residual, Memory(nugget, sill, decay)
    assert best is not None
    return best[1]


def _two_parts(first: Floats, second: Floats, target: Floats) -> tuple[float, float]:
    """Least squares with both parts at least zero; where both columns are the same, all goes to the first."""
    a, b, c = float(first @ first), float(first @ second), float(second @ second)
    x, y = float(first @ target), float(second @ target)
    if a * c - b * b > 1e-9 * a * c:
        nugget, sill = (c * x - b * y) / (a * c - b * b), (a * y - b * x) / (a * c - b * b)
        if nugget >= 0 and sill >= 0:
            return nugget, sill
        alone, other = max(x / a, 0.0), max(y / c, 0.0)
        return (alone, 0.0) if alone * x >= other * y else (0.0, other)
    return max(x / a, 0.0), 0.0


@dataclass(frozen=True)
class TimeWeights:
    level: Floats  # (before,) sums to one: predicts the mean gap after the start
    variance: float  # of that prediction's error, in units of the gaps' scale
    slope: Floats  # (periods,) generalised least squares slope per period, the same before and after, with a free step
    slope_variance: float


def time_weights(memory: Memory, before: int, periods: int) -> TimeWeights:
    """Ordinary kriging of the mean gap after the start, and the slope of the gaps, from the same covariance."""
    covariance = memory.covariance(periods)
    line = _steadied(memory, periods)
    to_mean = covariance[:before, before:].mean(1)
    krige, ones = solve_toeplitz(line[:before], np.stack([to_mean, np.ones(before)], axis=1)).T
    level = krige + ones * (1 - krige.sum()) / ones.sum()
    variance = covariance[before:, before:].mean() - 2 * level @ to_mean + level @ covariance[:before, :before] @ level
    slope, slope_variance = _common_slope(line, before)
    return TimeWeights(level, float(max(variance, 1e-12)), slope, slope_variance)


def _steadied(memory: Memory, periods: int) -> Floats:
    """Covariances by lag, with a little more at lag 0 so that a wandering series can be solved for."""
    line = memory.line(periods)
    line[0] = line[0] * (1 + 1e-6) + 1e-300
    return line


def _common_slope(line: Floats, before: int) -> tuple[Floats, float]:
    """Weights (periods,) of the slope beside a level that may step at the start, and the slope's variance."""
    periods = len(line)
    time = np.arange(periods, dtype=float)
    design = np.stack([np.ones(periods), time >= before, (time - time.mean()) / periods], axis=1)
    solved = solve_toeplitz(line, design)
    information = design.T @ solved
    inverse = np.linalg.inv(information)
    return (solved @ inverse)[:, 2] / periods, float(inverse[2, 2]) / periods**2
