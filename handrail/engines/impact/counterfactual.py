"""Stage 2: what each unit would have done, from the others: weights that sum to one.

The ratios of the donors move together through a few hidden factors. Their loadings are found by principal components
that ignore the diagonal (Zhang, Cai and Wu 2022, "Heteroskedastic PCA", Algorithm 1), because the diagonal holds each
unit's own noise. With loadings L (in units of each donor's noise) and strength k, the covariance that matters for
totals over many periods is D^(1/2) (k L L' + I) D^(1/2). Its inverse costs nothing (Woodbury), and from the inverse
the leave-one-out weights of ALL donors follow at once: c[j, i] = -P[i, j] / P[j, j], where P is the inverse projected
to sum-to-one weights. k = 0 is difference-in-differences with precision weights; a large k is synthetic control.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from handrail.engines.impact.normalise import TINY, Floats

STEPS = 10
COMMUNALITY = 0.9  # share of a donor's variance that factors may claim
LEAST_PREDICTION = 0.05


@dataclass(frozen=True)
class Structure:
    """Loadings for a stack of F fits (time folds; the last is the fit on all periods before the start)."""

    donors: Floats  # (F, J, R)
    treated: Floats  # (F, M, R), in units of ratio
    noise: Floats  # (J,)


def binned(ratios: Floats, before: int, width: int) -> Floats:
    """Means over consecutive periods of the deviation from 1, aligned to end at the start: (bins, units)."""
    bins = before // width
    means: Floats = ratios[before - bins * width : before].reshape(bins, width, -1).mean(1) - 1
    return means


def fold_of_bin(bins: int, folds: int) -> npt.NDArray[np.int64]:
    """Which contiguous fold each bin belongs to."""
    return np.minimum(np.arange(bins) * folds // max(bins, 1), folds - 1)


def structure(
    donors: Floats, treated: Floats, noise: Floats, before: int, *, width: int, folds: int, rank: int
) -> Structure:
    """Loadings with each fold left out in turn, and with none left out."""
    scaled = binned(donors, before, width) / np.sqrt(noise)
    target = binned(treated, before, width)
    bins, count = scaled.shape
    keep = np.ones((folds + 1, bins, 1))
    keep[fold_of_bin(bins, folds), np.arange(bins), 0] = 0.0
    size = keep.sum(1, keepdims=True)
    stack = scaled * keep / np.sqrt(size)  # (F, bins, J): stack' stack is the second moment
    rank = min(rank, max(count - 2, 1), max(bins // 3, 1))
    own = (stack**2).sum(1)
    vectors = _first_guess(stack, rank)
    shared = np.zeros_like(own)
    for _ in range(STEPS):
        image = np.swapaxes(stack, 1, 2) @ (stack @ vectors) - (own - shared)[:, :, None] * vectors
        values, rotation = np.linalg.eigh(np.swapaxes(vectors, 1, 2) @ image)
        values = np.maximum(values, 0.0)
        loadings = (vectors @ rotation) * np.sqrt(values)[:, None, :]
        shared = np.minimum((loadings**2).sum(2), COMMUNALITY * own)
        vectors = np.linalg.qr(image @ rotation)[0]
    return Structure(loadings, _project(stack, target * keep / np.sqrt(size), loadings, values), noise)


def _first_guess(stack: Floats, rank: int) -> Floats:
    """Slow waves over time, seen through the data: depends on neither the order nor the scale of the units."""
    bins = stack.shape[1]
    waves = np.cos(np.pi * np.outer(np.arange(bins) + 0.5, np.arange(1, rank + 1)) / bins)
    return np.linalg.qr(np.swapaxes(stack, 1, 2) @ waves)[0]


def _project(stack: Floats, target: Floats, loadings: Floats, values: Floats) -> Floats:
    """Loadings of the treated units (F, M, R) from their cross-moments, as if each had been one of the donors."""
    cross = np.swapaxes(target, 1, 2) @ (stack @ loadings)  # (F, M, R)
    values = values[:, None, :]
    loaded: Floats = np.where(values > TINY, cross / np.maximum(values, TINY), 0.0)
    return loaded


def predictions(fit: int, shape: Structure, strength: float, rows: Floats) -> tuple[Floats, Floats]:
    """Leave-one-out predictions of the donors' rows (n, J), and of the treated (n, M), from loadings `fit`."""
    loadings, inner, centre = _inverse(fit, shape, strength)
    root = np.sqrt(shape.noise)
    scaled = rows / root
    solved = (scaled - (scaled @ loadings) @ inner @ loadings.T) / root  # rows @ M
    total = centre.sum()
    projected = solved - np.outer(rows @ centre, centre) / total
    diagonal = (1 - ((loadings @ inner) * loadings).sum(1)) / shape.noise - centre**2 / total
    weights = _treated_weights(fit, shape, strength, loadings, inner, centre)
    donors = rows - projected / np.maximum(diagonal, TINY)
    return np.maximum(donors, LEAST_PREDICTION), np.maximum(rows @ weights, LEAST_PREDICTION)


def treated_weights(shape: Structure, strength: float) -> Floats:
    """Weights of the donors (J, M) in the counterfactual of each treated unit; each column sums to one."""
    fit = len(shape.donors) - 1
    return _treated_weights(fit, shape, strength, *_inverse(fit, shape, strength))


def _inverse(fit: int, shape: Structure, strength: float) -> tuple[Floats, Floats, Floats]:
    """Woodbury's pieces of M = (D^(1/2) (k L L' + I) D^(1/2))^-1: loadings, inner matrix, and M 1."""
    loadings = shape.donors[fit]
    rank = loadings.shape[1]
    inner = strength * np.linalg.inv(np.eye(rank) + strength * loadings.T @ loadings)
    root = 1 / np.sqrt(shape.noise)
    centre = (root - loadings @ (inner @ (loadings.T @ root))) * root
    return loadings, inner, centre


def _treated_weights(
    fit: int, shape: Structure, strength: float, loadings: Floats, inner: Floats, centre: Floats
) -> Floats:
    gram = loadings.T @ loadings
    rank = len(gram)
    part = strength * loadings @ (np.eye(rank) - inner @ gram) @ shape.treated[fit].T / np.sqrt(shape.noise)[:, None]
    weights: Floats = part + centre[:, None] * ((1 - part.sum(0)) / centre.sum())
    return weights
