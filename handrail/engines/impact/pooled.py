"""Many leaders together: one effect with its heterogeneity, its course over time, and false discoveries controlled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import optimize, special

from handrail.engines.impact.block import BlockFit, quantile
from handrail.engines.impact.counterfactual import treated_weights
from handrail.engines.impact.normalise import TINY, Floats
from handrail.engines.impact.paths import WIDTH, Path, balanced, paths_of
from handrail.engines.impact.results import Effect, Moment, Pooled

LEAST_OWN = 0.2  # share of a unit's variance that is at least its own


@dataclass
class Collected:
    """What pooling needs of every answered unit of one outcome, gathered block by block."""

    units: list[str] = field(default_factory=list)
    effects: list[float] = field(default_factory=list)
    variances: list[float] = field(default_factory=list)
    degrees: list[float] = field(default_factory=list)
    donor_errors: list[tuple[Floats, Floats]] = field(default_factory=list)  # donors' columns, weight x error
    paths: list[Path] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)  # variance of the whole effect, in units of a single gap's

    def add(self, fit: BlockFit, answered: Sequence[int], donors: np.ndarray, names: Sequence[str]) -> None:
        """`names`: of the answered units."""
        if not len(answered):
            return
        weights = treated_weights(fit.shape, fit.strength)
        error = fit.calibration * np.sqrt(fit.times.variance) * fit.donor_scales
        paths = paths_of(fit)
        for i, name in zip(answered, names, strict=True):
            self.units.append(name)
            self.effects.append(float(fit.treated_effects[i]))
            self.variances.append(float(fit.standard_errors[i] ** 2))
            self.degrees.append(fit.degrees)
            self.donor_errors.append((donors, weights[:, i] * error))
            self.paths.append(paths[i])
            self.whole.append(fit.times.variance)

    def of(self, units: Collection[str]) -> "Collected":
        """The same of these units alone."""
        kept = [i for i, name in enumerate(self.units) if name in units]
        return Collected(
            [self.units[i] for i in kept], [self.effects[i] for i in kept], [self.variances[i] for i in kept],
            [self.degrees[i] for i in kept], [self.donor_errors[i] for i in kept], [self.paths[i] for i in kept],
            [self.whole[i] for i in kept],
        )  # fmt: skip


def pool(outcome: str, collected: Collected, level: float) -> Pooled:
    """Random effects (Paule and Mandel 1982) with the errors that units share through their donors.

    Each unit's variance has a part of its own and a part from its donors' noise; the second does not average out over
    units that share donors, and is added up donor by donor.
    """
    count = len(collected.effects)
    if not count:
        return Pooled(outcome, None, None, None, 0, None, None)
    effects, total = np.array(collected.effects), np.array(collected.variances)
    shared = np.array([float(error @ error) for _, error in collected.donor_errors])
    own = np.maximum(total - shared, LEAST_OWN * total)
    spread = _between(effects, own)
    weights = 1 / (own + spread)
    weights = weights / weights.sum()
    centre = float(weights @ effects)
    variance = float(weights**2 @ (own + spread)) + _common_error(weights, collected.donor_errors)
    statistic = float(((effects - centre) ** 2 / own).sum())
    varied = max(0.0, 1 - (count - 1) / statistic) if count > 1 and statistic > 0 else 0.0
    degrees = max(float(np.median(collected.degrees)), count - 1.0)
    reach = quantile(level, degrees) * np.sqrt(variance)
    low, high = float(np.expm1(centre - reach)), float(np.expm1(centre + reach))
    path = _path(collected, weights, own, quantile(level, degrees))
    p_value = float(2 * special.stdtr(degrees, -abs(centre) / np.sqrt(variance)))
    return Pooled(outcome, float(np.expm1(centre)), low, high, count, float(np.sqrt(spread)), varied, path, p_value)


def _between(effects: Floats, own: Floats) -> float:
    """Variance of the true effects: the one at which the weighted squares equal their expectation."""
    if len(effects) < 2:
        return 0.0

    def excess(spread: float) -> float:
        weights = 1 / (own + spread)
        centre = (weights @ effects) / weights.sum()
        return float(weights @ (effects - centre) ** 2) - (len(effects) - 1)

    if excess(0.0) <= 0:
        return 0.0
    top = float(effects.var()) * 4 + TINY  # there the squares are a quarter of the number: less than expected
    return float(optimize.brentq(excess, 0.0, top))


def _common_error(weights: Floats, donor_errors: Sequence[tuple[Floats, Floats]]) -> float:
    size = 1 + max(int(donors.max()) for donors, _ in donor_errors)
    total = np.zeros(size)
    for weight, (donors, error) in zip(weights, donor_errors, strict=True):
        total[donors] += weight * error
    return float(total @ total)


def _path(collected: Collected, weights: Floats, own: Floats, size: float) -> tuple[Moment, ...]:
    """The pooled effect by time since the start; each stretch with its own spread between units.

    Weights are those of the whole effect, the same in every stretch, so that its course is not one of who counts most.
    """
    paths = balanced(collected.paths)
    effects = np.array([one.effects for one in paths])
    grown = np.array([one.variance for one in paths]) / np.array(collected.whole)[:, None]
    found = []
    for place in range(effects.shape[1]):
        there = ~np.isnan(effects[:, place])
        if there.sum() < max(1, len(paths) / 2):
            continue
        share = weights[there] / weights[there].sum()
        value, noise = effects[there, place], own[there] * grown[there, place]
        errors = [
            (donors, error * np.sqrt(grown[i, place]))
            for i, (donors, error) in enumerate(collected.donor_errors) if there[i]
        ]  # fmt: skip
        variance = float(share**2 @ (noise + _between(value, noise))) + _common_error(share, errors)
        centre, reach = float(share @ value), size * np.sqrt(variance)
        since = (place - paths[0].before) * WIDTH
        ends = float(np.expm1(centre - reach)), float(np.expm1(centre + reach))
        found.append(Moment(since, WIDTH, float(np.expm1(centre)), *ends))
    return tuple(found)


def discoveries(effects: Sequence[Effect], rate: float) -> list[Effect]:
    """Mark which rises and falls stand when so many are looked at together."""
    told = [effect.p_value for effect in effects if effect.p_value is not None]
    stand = iter(standing(told, rate))
    return [effect if effect.p_value is None else replace(effect, stands_among_many=next(stand)) for effect in effects]


def standing(p_values: Sequence[float], rate: float) -> list[bool]:
    """Of which of so many changes looked at together a share of `rate` at most is false, in the long run.

    Benjamini and Hochberg 1995, section 3.
    """
    ordered = np.sort(p_values)
    below = np.flatnonzero(ordered <= rate * np.arange(1, len(ordered) + 1) / max(len(ordered), 1))
    limit = float(ordered[below[-1]]) if len(below) else -1.0
    return [bool(value <= limit) for value in p_values]
