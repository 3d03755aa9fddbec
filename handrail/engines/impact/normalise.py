"""Stage 1: take out what a unit's size and the whole network's rise and fall explain, without logarithms.

    value[t, i] = level[i] * common[t] * ratio[t, i]

so that a ratio of 1 means "as this unit usually does, in a week like this one". Zeros are safe: they are ratios of 0.
Weeks far outside a unit's own range before the start (a spike) are set aside and treated like missing weeks.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]

ROUNDS = 3
SPIKE = 8.0  # robust standard deviations
TINY = 1e-9


@dataclass(frozen=True)
class Ratios:
    """Shapes: T periods, J donors, M treated units."""

    common: Floats  # (T,)
    donors: Floats  # (T, J), missing cells hold 1
    treated: Floats  # (T, M), missing cells hold 1
    donor_levels: Floats  # (J,)
    treated_levels: Floats  # (M,)
    donors_seen: Booleans  # (T, J)
    treated_seen: Booleans  # (T, M)
    noise: Floats  # (J,) variance of a donor's ratio before the start, drawn a little towards the median


def normalise(donors: Floats, treated: Floats, before: int) -> Ratios:
    """Ratios of donors (T, J) and treated (T, M); rows `< before` precede the start; NaN marks a missing cell."""
    donors_seen, treated_seen = ~np.isnan(donors), ~np.isnan(treated)
    for _ in range(2):
        common, noise = _common(donors, donors_seen, before)
        donor_levels = _levels(donors, donors_seen, common, before)
        treated_levels = _levels(treated, treated_seen, common, before)
        donor_ratios = _ratios(donors, donors_seen, donor_levels, common)
        treated_ratios = _ratios(treated, treated_seen, treated_levels, common)
        donor_spikes = spikes(donor_ratios, donors_seen)
        treated_spikes = spikes(treated_ratios[:before], treated_seen[:before])
        if not donor_spikes.any() and not treated_spikes.any():
            break
        donors_seen = donors_seen & ~donor_spikes
        treated_seen = treated_seen.copy()
        treated_seen[:before] &= ~treated_spikes
    return Ratios(common, donor_ratios, treated_ratios, donor_levels, treated_levels, donors_seen, treated_seen, noise)


def _common(values: Floats, seen: Booleans, before: int) -> tuple[Floats, Floats]:
    """The shared course (T,), as a mean of the donors weighted by precision, and their noise (J,)."""
    filled = np.where(seen, values, 0.0)
    count = np.maximum(seen[:before].sum(0), 1)
    levels = np.maximum(filled[:before].sum(0) / count, TINY * filled.max())
    weights = np.full(values.shape[1], 1.0 / values.shape[1])
    for _ in range(ROUNDS):
        common = _weighted(filled / levels, seen, weights)
        levels = _levels(values, seen, common, before)
        ratios = _ratios(values, seen, levels, common)[:before]
        noise = ((ratios - 1) ** 2).sum(0) / count
        noise = 0.7 * noise + 0.3 * np.median(noise) + TINY
        weights = 1 / noise / (1 / noise).sum()
    return _weighted(filled / levels, seen, weights), noise


def _weighted(ratios: Floats, seen: Booleans, weights: Floats) -> Floats:
    total = seen @ weights
    common = np.where(total > 0, (ratios @ weights) / np.maximum(total, TINY), 1.0)
    steady: Floats = np.maximum(common, TINY + 1e-4 * common.mean())
    return steady


def _levels(values: Floats, seen: Booleans, common: Floats, before: int) -> Floats:
    """Total before the start over what the common course adds up to in the same periods."""
    filled = np.where(seen, values, 0.0)
    share = (seen[:before] * common[:before, None]).sum(0)
    least = TINY * max(float(filled.max(initial=0.0)), TINY)
    levels: Floats = np.maximum(filled[:before].sum(0) / np.maximum(share, TINY), least)
    return levels


def _ratios(values: Floats, seen: Booleans, levels: Floats, common: Floats) -> Floats:
    return np.where(seen, np.where(seen, values, 0.0) / levels / common[:, None], 1.0)


def spikes(ratios: Floats, seen: Booleans) -> Booleans:
    """Cells more than eight robust standard deviations above their unit's median, and over three times it.

    Only upwards: a ratio cannot fall below zero, and a week of silence is an ordinary thing.
    """
    ordered = np.sort(np.where(seen, ratios, 1.0), axis=0)
    middle = ordered[len(ordered) // 2]
    low, high = ordered[int(0.16 * len(ordered))], ordered[min(int(0.84 * len(ordered)), len(ordered) - 1)]
    spread = np.maximum((high - low) / 2, 0.1 * np.maximum(middle, 1.0))
    found: Booleans = seen & (ratios > middle + SPIKE * spread) & (ratios > 3 * np.maximum(middle, 1.0))
    return found
