"""Units that share a start, fitted together: counterfactuals, gaps, and intervals whose scale the placebos set."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from handrail.engines.impact.counterfactual import Structure, fold_of_bin, predictions, structure
from handrail.engines.impact.normalise import TINY, Booleans, Floats, Ratios, normalise
from handrail.engines.impact.timing import Memory, TimeWeights, memory_of, time_weights

FOLDS = 4
RANK = 3
STRENGTHS = (0.0, 0.05, 0.2, 0.6, 2.0)
CLIP = 4.0  # gaps in units of their scale, before the variogram
EXTREME = 5.0  # placebo statistics, before the calibration
LEAST_GAP = 0.1
LEAST_ERROR = 1e-6  # of a log effect, where the donors have no noise at all
LEAST_RATIO = 1e-3


@dataclass(frozen=True)
class Tuning:
    """What is learnt from donors alone, once per outcome."""

    strength: float


@dataclass(frozen=True)
class BlockFit:
    """Shapes: T periods, J donors, M treated units; rows before `before` precede the start."""

    before: int
    ratios: Ratios
    shape: Structure
    strength: float
    memory: Memory
    times: TimeWeights
    donor_gaps: Floats  # (T, J) ratio over its prediction, minus 1; cross-fitted before the start
    treated_gaps: Floats  # (T, M)
    donor_predicted: Floats  # (T, J)
    treated_predicted: Floats  # (T, M)
    donor_scales: Floats  # (J,) standard deviation of one gap
    treated_scales: Floats  # (M,)
    donor_effects: Floats  # (J,) in-space placebos: log ratio of what happened to what would have
    treated_effects: Floats  # (M,)
    donor_earlier: Floats  # (J,) observed over predicted before the start, with the kriged weights
    treated_earlier: Floats  # (M,)
    placebo_statistics: Floats  # (J,) placebo effects in units of their standard error, before calibration
    calibration: float
    degrees: float
    standard_errors: Floats  # (M,) of the log effects
    expected_mean: Floats  # (M,) counterfactual mean per period after the start, in the outcome's unit


def bin_width(before: int) -> int:
    return 2 if before >= 16 else 1


def tune(donors: Floats, before: int) -> Tuning:
    """How far to trust the shared factors, by the error of held-out stretches of the donors' own past."""
    ratios = normalise(donors, donors[:, :0], before)
    shape = _structure(ratios, before)
    bounds = fold_bounds(before)
    errors = []
    for strength in STRENGTHS:
        gaps, _ = cross_fitted(ratios, shape, strength, before)
        past = gaps[0][:before]
        means = np.array([past[a:b].mean(0) for a, b in bounds])
        point = np.mean(np.minimum(past**2 / ratios.noise, 16.0))
        whole = np.mean(np.minimum(means**2 / ratios.noise, 16.0 * FOLDS / before))
        errors.append((point, whole))
    table = np.array(errors)
    table = table / np.maximum(table.min(0), TINY)
    return Tuning(STRENGTHS[int(np.argmin(0.5 * table[:, 0] + 0.5 * table[:, 1]))])


def _structure(ratios: Ratios, before: int) -> Structure:
    width = bin_width(before)
    return structure(ratios.donors, ratios.treated, ratios.noise, before, width=width, folds=FOLDS, rank=RANK)


def fold_bounds(before: int) -> list[tuple[int, int]]:
    """Row ranges of the folds; the bins decide, and rows before the first bin go with the first fold."""
    width = bin_width(before)
    bins = before // width
    fold = fold_of_bin(bins, FOLDS)
    first = before - bins * width
    ends = [first + width * (int(np.searchsorted(fold, k, side="right"))) for k in range(FOLDS)]
    starts = [0, *ends[:-1]]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if b > a]


def cross_fitted(
    ratios: Ratios, shape: Structure, strength: float, before: int
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Gaps and predictions, each of (donors (T, J), treated (T, M)); periods before the start held out in folds."""
    donor = np.empty_like(ratios.donors)
    treated = np.empty_like(ratios.treated)
    ranges = [*fold_bounds(before), (before, len(donor))]
    fits = [*range(len(ranges) - 1), len(shape.donors) - 1]
    for fit, (a, b) in zip(fits, ranges, strict=True):
        donor[a:b], treated[a:b] = predictions(fit, shape, strength, ratios.donors[a:b])
    return (ratios.donors / donor - 1, ratios.treated / treated - 1), (donor, treated)


def fit_block(donors: Floats, treated: Floats, before: int, tuning: Tuning | None = None) -> BlockFit:
    """Estimate every treated column (T, M) against the donors (T, J); NaN marks a missing cell."""
    strength = (tuning or tune(donors, before)).strength
    ratios = normalise(donors, treated, before)
    shape = _structure(ratios, before)
    (donor_gaps, treated_gaps), (donor_hat, treated_hat) = cross_fitted(ratios, shape, strength, before)
    donor_gaps = np.where(ratios.donors_seen, donor_gaps, 0.0)
    treated_gaps = np.where(ratios.treated_seen, treated_gaps, 0.0)
    donor_scales, treated_scales = scales(donor_gaps[:before], treated_gaps[:before], ratios)
    memory = memory_of(np.clip(donor_gaps / donor_scales, -CLIP, CLIP))
    times = time_weights(memory, before, len(donors))
    common, donors_seen, treated_seen = ratios.common, ratios.donors_seen, ratios.treated_seen
    donor_effects, donor_earlier = log_effects(ratios.donors, donor_hat, donors_seen, common, times, before)
    treated_effects, treated_earlier = log_effects(ratios.treated, treated_hat, treated_seen, common, times, before)
    root = np.sqrt(times.variance)
    statistics = donor_effects / (donor_scales * root)
    count = donors.shape[1]
    calibration = float(np.sqrt(np.mean(np.minimum(statistics**2, EXTREME**2)) * (count + 1) / max(count - 1, 1)))
    degrees = float(max(min(count - 1, before / 2), 4))
    errors = np.maximum(calibration * root * treated_scales, LEAST_ERROR)
    expected = (ratios.common[before:, None] * treated_hat[before:]).mean(0) * ratios.treated_levels
    return BlockFit(
        before, ratios, shape, strength, memory, times, donor_gaps, treated_gaps, donor_hat, treated_hat,
        donor_scales, treated_scales, donor_effects, treated_effects, donor_earlier, treated_earlier, statistics,
        calibration, degrees, errors, expected,
    )  # fmt: skip


def scales(donor_gaps: Floats, treated_gaps: Floats, ratios: Ratios) -> tuple[Floats, Floats]:
    """Standard deviations of one gap before the start, each drawn towards what the unit's size suggests.

    A count's ratio varies as shared noise plus a part that falls with the unit's level; both are fitted to the donors.
    """
    before = len(donor_gaps)
    own, treated = donor_gaps.var(0), treated_gaps.var(0)
    floor, slope = size_law(own, 1 / ratios.donor_levels)
    trust = max(before / 8.0, 2.0)
    prior = 4.0
    donor_law = floor + slope / ratios.donor_levels
    treated_law = floor + slope / ratios.treated_levels
    return (
        np.sqrt((trust * own + prior * donor_law) / (trust + prior) + TINY),
        np.sqrt((trust * treated + prior * treated_law) / (trust + prior) + TINY),
    )


def size_law(variances: Floats, inverse_levels: Floats) -> tuple[float, float]:
    """variance = floor + slope / level, both at least zero: relative least squares, outliers held to four times."""
    middle = float(np.median(variances))
    kept = np.clip(variances, middle / 4, middle * 4) + TINY
    typical = float(np.median(inverse_levels))
    x = inverse_levels / typical
    floor, slope = middle, 0.0
    for _ in range(3):
        weight = 1 / (floor + slope * x + TINY)
        a, b, c = (weight**2).sum(), (weight**2 * x).sum(), (weight**2 * x * x).sum()
        y, z = (weight**2 * kept).sum(), (weight**2 * x * kept).sum()
        determinant = a * c - b * b
        if determinant <= 1e-9 * a * c:
            return middle, 0.0
        floor, slope = (c * y - b * z) / determinant, (a * z - b * y) / determinant
        if slope < 0:
            floor, slope = y / a, 0.0
        elif floor < 0:
            floor, slope = 0.0, z / c
    return float(floor), float(slope / typical)


def log_effects(
    ratios: Floats, predicted: Floats, seen: Booleans, common: Floats, times: TimeWeights, before: int
) -> tuple[Floats, Floats]:
    """Log of observed over predicted totals after the start, less the same before it with the kriged weights.

    Both are ratios of weighted totals, not means of ratios: a noisy prediction in a denominator would bias them.
    Returns the log effects and the ratios before the start.
    """
    weight = seen[before:] * common[before:, None]
    later = (weight * ratios[before:]).sum(0) / np.maximum((weight * predicted[before:]).sum(0), TINY)
    past = seen[:before] * times.level[:, None]
    expected = (past * predicted[:before]).sum(0)
    steady = np.where(expected > LEAST_GAP, expected, 1.0)
    earlier = np.maximum((past * ratios[:before]).sum(0) / steady, LEAST_GAP)
    effects: Floats = np.log(np.maximum(later, LEAST_RATIO) / earlier)
    return effects, earlier


def quantile(level: float, degrees: float) -> float:
    """Student-t quantile of a two-sided interval."""
    return float(special.stdtrit(degrees, 0.5 + level / 2))
