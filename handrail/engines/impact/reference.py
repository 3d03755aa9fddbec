"""The slow, plain twin of the estimator: one placebo at a time, one fold at a time, dense matrices, no tricks.

It follows the method in docs/methods/impact.md step by step, without missing cells or spikes. Tests assert that the
engine gives the same effects and standard errors on generated panels.
"""

import math
from dataclasses import dataclass

import numpy as np

from handrail.engines.impact.normalise import Floats

FOLDS, RANK, STEPS, STRENGTHS = 4, 3, 10, (0.0, 0.05, 0.2, 0.6, 2.0)
DECAYS = (0.0, 0.2, 0.4, 0.55, 0.7, 0.8, 0.87, 0.92, 0.95, 0.97, 0.985, 0.993, 0.998)
TINY = 1e-9


@dataclass(frozen=True)
class Plain:
    strength: float
    effects: list[float]  # log effects of the treated units
    errors: list[float]
    placebos: list[float]  # log effects of the donors
    slopes: list[float]  # own slope of each treated unit over its standard error


def common_course(donors: Floats, before: int) -> tuple[list[float], list[float], list[float]]:
    """Shared course by period, level and noise of each donor."""
    periods, count = donors.shape
    levels = [float(donors[:before, j].mean()) for j in range(count)]
    weights = [1 / count] * count
    noise = [1.0] * count
    for _ in range(3):
        course = [sum(weights[j] * donors[t, j] / levels[j] for j in range(count)) for t in range(periods)]
        course = _steady(course)
        levels = [float(donors[:before, j].sum() / sum(course[:before])) for j in range(count)]
        own = [
            sum((donors[t, j] / levels[j] / course[t] - 1) ** 2 for t in range(before)) / before for j in range(count)
        ]
        middle = float(np.median(own))
        noise = [0.7 * value + 0.3 * middle + TINY for value in own]
        whole = sum(1 / value for value in noise)
        weights = [1 / value / whole for value in noise]
    course = [sum(weights[j] * donors[t, j] / levels[j] for j in range(count)) for t in range(periods)]
    course = _steady(course)
    levels = [float(donors[:before, j].sum() / sum(course[:before])) for j in range(count)]
    return course, levels, noise


def _steady(course: list[float]) -> list[float]:
    least = TINY + 1e-4 * sum(course) / len(course)
    return [max(value, least) for value in course]


def bins_of(before: int) -> list[list[int]]:
    width = 2 if before >= 16 else 1
    count = before // width
    first = before - count * width
    return [list(range(first + width * k, first + width * (k + 1))) for k in range(count)]


def folds_of(before: int) -> list[tuple[list[int], list[int]]]:
    """For each fold: the bins held out, and the periods predicted with them held out."""
    bins = bins_of(before)
    held: list[list[int]] = [[] for _ in range(FOLDS)]
    for k in range(len(bins)):
        held[min(k * FOLDS // len(bins), FOLDS - 1)].append(k)
    folds, begin = [], 0
    for fold in held:
        end = bins[fold[-1]][-1] + 1
        folds.append((fold, list(range(begin, end))))
        begin = end
    return folds


def loadings_of(ratios: Floats, noise: list[float], before: int, held_out: list[int]) -> tuple[Floats, Floats]:
    """Loadings of the donors (J, R), in units of their noise, by the hollow second moment; and the bins used."""
    bins = bins_of(before)
    rows = []
    for k, bin_ in enumerate(bins):
        mean = ratios[bin_].mean(0) - 1
        rows.append(mean / np.sqrt(noise) if k not in held_out else np.zeros(len(noise)))
    used = np.array(rows) / math.sqrt(len(bins) - len(held_out))
    moment = used.T @ used
    count, rank = len(noise), min(RANK, max(len(noise) - 2, 1), max(len(bins) // 3, 1))
    waves = np.array(
        [[math.cos(math.pi * (k + 0.5) * r / len(bins)) for r in range(1, rank + 1)] for k in range(len(bins))]
    )
    vectors = np.linalg.qr(used.T @ waves)[0]
    shared = np.zeros(count)
    loadings = np.zeros((count, rank))
    for _ in range(STEPS):
        hollow = moment.copy()
        for j in range(count):
            hollow[j, j] = shared[j]
        image = hollow @ vectors
        values, rotation = np.linalg.eigh(vectors.T @ image)
        loadings = vectors @ rotation * np.sqrt(np.maximum(values, 0))
        shared = np.array([min(float(loadings[j] @ loadings[j]), 0.9 * moment[j, j]) for j in range(count)])
        vectors = np.linalg.qr(image @ rotation)[0]
    return loadings, used


def weights_without(covariance: Floats, target: Floats, others: list[int]) -> Floats:
    """Weights on the others that sum to one and minimise the variance of target minus the weighted others."""
    size = len(others)
    system = np.ones((size + 1, size + 1))
    system[:size, :size] = covariance[np.ix_(others, others)]
    system[size, size] = 0
    solved: Floats = np.linalg.solve(system, np.append(target[others], 1.0))[:size]
    return solved


def predicted(
    donors: Floats, treated: Floats, noise: list[float], before: int, strength: float
) -> tuple[Floats, Floats]:
    """What each donor and each treated unit would have done, periods before the start held out fold by fold."""
    count = donors.shape[1]
    donor_hat, treated_hat = np.empty_like(donors), np.empty_like(treated)
    plan = [*folds_of(before), ([], list(range(before, len(donors))))]
    root = np.sqrt(noise)
    for held_out, periods in plan:
        loadings, used = loadings_of(donors, noise, before, held_out)
        covariance = (strength * loadings @ loadings.T + np.eye(count)) * np.outer(root, root)
        for j in range(count):
            others = [k for k in range(count) if k != j]
            weights = weights_without(covariance, covariance[j], others)
            donor_hat[periods, j] = donors[np.ix_(periods, others)] @ weights
        for m in range(treated.shape[1]):
            own = _treated_loading(treated[:, m], loadings, used, before, held_out)
            target = strength * root * (loadings @ own)
            weights = weights_without(covariance, target, list(range(count)))
            treated_hat[periods, m] = donors[periods] @ weights
    return np.maximum(donor_hat, 0.05), np.maximum(treated_hat, 0.05)


def _treated_loading(ratios: Floats, loadings: Floats, used: Floats, before: int, held_out: list[int]) -> Floats:
    bins = bins_of(before)
    kept = len(bins) - len(held_out)
    moved = np.array([ratios[b].mean() - 1 if k not in held_out else 0.0 for k, b in enumerate(bins)]) / math.sqrt(kept)
    own = np.zeros(loadings.shape[1])
    for r in range(loadings.shape[1]):
        strength = float(loadings[:, r] @ loadings[:, r])
        if strength > TINY:
            own[r] = float(moved @ (used @ loadings[:, r])) / strength
    return own


def best_strength(ratios: Floats, noise: list[float], before: int) -> float:
    """By the error of held-out periods and of the means of held-out stretches, half and half."""
    table = []
    for strength in STRENGTHS:
        hat, _ = predicted(ratios, ratios[:, :0], noise, before, strength)
        gaps = ratios / hat - 1
        points = [min(gaps[t, j] ** 2 / noise[j], 16) for t in range(before) for j in range(len(noise))]
        means = [
            min(gaps[periods, j].mean() ** 2 / noise[j], 16 * FOLDS / before)
            for _, periods in folds_of(before)
            for j in range(len(noise))
        ]
        table.append((float(np.mean(points)), float(np.mean(means))))
    low = [max(min(row[k] for row in table), TINY) for k in (0, 1)]
    return STRENGTHS[int(np.argmin([0.5 * row[0] / low[0] + 0.5 * row[1] / low[1] for row in table]))]


def covariance_of(gaps: Floats) -> Floats:
    """Covariance of consecutive gaps (T, T): nugget and exponential, fitted to the pooled variogram."""
    periods = len(gaps)
    longest = max(3, min(periods // 2, 52))
    lags = sorted({*range(1, 7), *np.linspace(8, max(longest, 8), 8).astype(int).tolist()})
    lags = [lag for lag in lags if lag < periods - 2 and lag <= longest]
    index = np.abs(np.arange(periods)[:, None] - np.arange(periods)[None, :])
    rises = [0.5 * float(np.mean((gaps[lag:] - gaps[:-lag]) ** 2)) for lag in lags]
    best = None
    for decay in DECAYS:
        for parts in ("both", "nugget", "sill"):
            columns = np.array([[1.0, 1 - decay**lag] for lag in lags]) / np.sqrt(lags)[:, None]
            if parts == "both" and decay == 0:
                continue
            use = {"both": [0, 1], "nugget": [0], "sill": [1]}[parts]
            fitted = np.zeros(2)
            fitted[use] = np.linalg.lstsq(columns[:, use], np.array(rises) / np.sqrt(lags), rcond=None)[0]
            if (fitted < 0).any():
                continue
            error = float(((columns @ fitted - np.array(rises) / np.sqrt(lags)) ** 2).sum())
            if best is None or error < best[0] * (1 - 1e-9):
                best = error, fitted, decay
    assert best is not None
    _, (nugget, sill), decay = best
    part = np.where(index == 0, 1.0, 0.0) if decay == 0 else decay**index
    covariance: Floats = sill * part + nugget * np.eye(periods)
    return covariance


def level_weights(covariance: Floats, before: int) -> tuple[Floats, float]:
    """Kriging weights of the gaps before the start, and the variance of the error; by its linear system."""
    target = covariance[:before, before:].mean(1)
    past = covariance[:before, :before]
    system = np.ones((before + 1, before + 1))
    system[:before, :before] = past + covariance[0, 0] * 1e-6 * np.eye(before)
    system[before, before] = 0
    weights = np.linalg.solve(system, np.append(target, 1.0))[:before]
    variance = covariance[before:, before:].mean() - 2 * weights @ target + weights @ past @ weights
    return weights, max(float(variance), 1e-12)


def plain_estimate(donors: Floats, treated: Floats, before: int) -> Plain:
    """The whole method for complete panels: donors (T, J), treated (T, M), rows `< before` precede the start."""
    course, levels, noise = common_course(donors, before)
    shares = np.array(course)
    ratios = donors / np.array(levels) / shares[:, None]
    treated_levels = treated[:before].sum(0) / shares[:before].sum()
    own_ratios = treated / treated_levels / shares[:, None]
    strength = best_strength(ratios, noise, before)
    donor_hat, treated_hat = predicted(ratios, own_ratios, noise, before, strength)
    donor_gaps, treated_gaps = ratios / donor_hat - 1, own_ratios / treated_hat - 1
    donor_scales, treated_scales = _scales(donor_gaps[:before], treated_gaps[:before], np.array(levels), treated_levels)
    covariance = covariance_of(np.clip(donor_gaps / donor_scales, -4, 4))
    weights, variance = level_weights(covariance, before)
    placebos = _log_effects(ratios, donor_hat, shares, weights, before)
    effects = _log_effects(own_ratios, treated_hat, shares, weights, before)
    root = math.sqrt(variance)
    squares = [min((placebo / (scale * root)) ** 2, 25) for placebo, scale in zip(placebos, donor_scales, strict=True)]
    count = donors.shape[1]
    calibration = math.sqrt(sum(squares) / count * (count + 1) / (count - 1))
    slopes = _slopes(covariance, before, donor_gaps / donor_scales, treated_gaps / treated_scales)
    return Plain(
        strength, effects, [max(calibration * root * scale, 1e-6) for scale in treated_scales], placebos, slopes
    )


def _scales(donor: Floats, treated: Floats, levels: Floats, treated_levels: Floats) -> tuple[list[float], list[float]]:
    before = len(donor)
    variances = donor.var(0)
    middle = float(np.median(variances))
    kept = np.clip(variances, middle / 4, middle * 4) + TINY
    typical = float(np.median(1 / levels))
    x = 1 / levels / typical
    floor, slope = middle, 0.0
    for _ in range(3):
        weight = 1 / (floor + slope * x + TINY)
        design = np.stack([weight, weight * x], axis=1)
        if np.linalg.det(design.T @ design) <= 1e-9 * np.prod((design**2).sum(0)):
            floor, slope = middle, 0.0
            break
        floor, slope = np.linalg.lstsq(design, weight * kept, rcond=None)[0]
        if slope < 0:
            floor, slope = float((weight**2 * kept).sum() / (weight**2).sum()), 0.0
        elif floor < 0:
            floor, slope = 0.0, float((weight**2 * x * kept).sum() / (weight**2 * x * x).sum())
    trust = max(before / 8, 2.0)

    def drawn(own: float, level: float) -> float:
        law = floor + slope / typical / level
        return math.sqrt((trust * own + 4 * law) / (trust + 4) + TINY)

    return (
        [drawn(float(v), float(a)) for v, a in zip(variances, levels, strict=True)],
        [drawn(float(v), float(a)) for v, a in zip(treated.var(0), treated_levels, strict=True)],
    )


def _log_effects(ratios: Floats, hat: Floats, shares: Floats, weights: Floats, before: int) -> list[float]:
    effects = []
    for j in range(ratios.shape[1]):
        observed = sum(shares[t] * ratios[t, j] for t in range(before, len(ratios)))
        expected = sum(shares[t] * hat[t, j] for t in range(before, len(ratios)))
        seen = sum(weights[t] * ratios[t, j] for t in range(before))
        hoped = sum(weights[t] * hat[t, j] for t in range(before))
        earlier = max(seen / (hoped if hoped > 0.1 else 1.0), 0.1)
        effects.append(math.log(max(observed / max(expected, TINY), 1e-3) / earlier))
    return effects


def _slopes(covariance: Floats, before: int, donor: Floats, treated: Floats) -> list[float]:
    """Generalised least squares slope beside a free step, over the spread of the donors' slopes."""
    periods = len(covariance)
    design = np.array([[1.0, float(t >= before), float(t)] for t in range(periods)])
    steady = covariance + covariance[0, 0] * 1e-6 * np.eye(periods)
    solved = np.linalg.solve(steady, design)
    inverse = np.linalg.inv(design.T @ solved)
    weights = (solved @ inverse)[:, 2] / math.sqrt(inverse[2, 2])
    count = donor.shape[1]
    squares = [min(float(weights @ donor[:, j]) ** 2, 25) for j in range(count)]
    spread = math.sqrt(sum(squares) / count * (count + 1) / (count - 1)) + TINY
    return [float(weights @ treated[:, m]) / spread for m in range(treated.shape[1])]
