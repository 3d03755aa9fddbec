"""Difference-in-differences, synthetic control and synthetic difference-in-differences exactly as published.

Kept to compare with, and because readers know them; none of them decides a verdict. Values here are levels, not ratios.

- DiD: two means before and after (Card and Krueger 1994, Table 3).
- SC: weights at least zero that sum to one (Abadie, Diamond and Hainmueller 2010, without covariates).
- SDID: Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021, Algorithm 1; DIFP their section 5 and Table 1.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from handrail.engines.impact.normalise import Floats

ALMOST_NONE = 1e-6  # ridge, in units of the noise, where the paper has none or next to none
STOP = 1e-5
ROUGH_STEPS = 100
MAXIMUM_STEPS = 10_000
PLACEBO_STEPS = 100  # the errors need no more


@dataclass(frozen=True)
class Weights:
    units: Floats  # (J,) of the controls
    periods: Floats  # (before,)


@dataclass(frozen=True)
class Published:
    """`estimate` in the outcome's unit; `error` from placebos in space, None where there are too few controls."""

    estimate: float
    error: float | None
    expected: float  # mean of the counterfactual after the start


Method = Callable[[Floats, Floats, int, int], Weights]


def did(controls: Floats, treated: Floats, before: int, steps: int = MAXIMUM_STEPS) -> Weights:
    """All controls and all periods alike."""
    return Weights(np.full(controls.shape[1], 1 / controls.shape[1]), np.full(before, 1 / before))


def sc(controls: Floats, treated: Floats, before: int, steps: int = MAXIMUM_STEPS) -> Weights:
    """Synthetic control: no intercept, no weight on the periods before."""
    noise = noise_level(controls, before)
    units = on_simplex(controls[:before], treated[:before].mean(1), ALMOST_NONE * noise, noise, steps)
    return Weights(units, np.zeros(before))


def difp(controls: Floats, treated: Floats, before: int, steps: int = MAXIMUM_STEPS) -> Weights:
    """Synthetic control with an intercept (Doudchenko and Imbens 2016; Ferman and Pinto 2021)."""
    noise = noise_level(controls, before)
    past = _centred(controls[:before])
    units = on_simplex(past, _centred(treated[:before].mean(1)), ALMOST_NONE * noise, noise, steps)
    return Weights(units, np.full(before, 1 / before))


def sdid(controls: Floats, treated: Floats, before: int, steps: int = MAXIMUM_STEPS) -> Weights:
    """Synthetic difference-in-differences: the ridge is (treated cells)^(1/4) times the noise (equation 5)."""
    noise = noise_level(controls, before)
    after = len(controls) - before
    ridge = (treated.shape[1] * after) ** 0.25 * noise
    units = on_simplex(_centred(controls[:before]), _centred(treated[:before].mean(1)), ridge, noise, steps)
    past, later = controls[:before].T, controls[before:].mean(0)
    return Weights(units, on_simplex(_centred(past), _centred(later), ALMOST_NONE * noise, noise, steps))


METHODS: dict[str, Method] = {"did": did, "sc": sc, "sdid": sdid, "difp": difp}


def compare(method: str, controls: Floats, treated: Floats, before: int) -> Published:
    """Estimate for the mean of the treated columns (T, M) against the controls (T, J), without missing cells.

    The error is the standard deviation of the placebo estimates, every control in the treated unit's place in turn
    (Arkhangelsky and others 2021, Algorithm 4, without drawing at random).
    """
    weigh = METHODS[method]
    estimate, expected = _contrast(controls, treated, before, weigh(controls, treated, before, MAXIMUM_STEPS))
    placebos = []
    if controls.shape[1] > max(treated.shape[1], 2):
        for unit in range(controls.shape[1]):
            others, alone = np.delete(controls, unit, axis=1), controls[:, [unit]]
            placebos.append(_contrast(others, alone, before, weigh(others, alone, before, PLACEBO_STEPS))[0])
    error = float(np.std(placebos)) / np.sqrt(treated.shape[1]) if placebos else None
    return Published(estimate, error, expected)


def _contrast(controls: Floats, treated: Floats, before: int, weights: Weights) -> tuple[float, float]:
    gap = treated.mean(1) - controls @ weights.units
    estimate = float(gap[before:].mean() - weights.periods @ gap[:before])
    return estimate, float(treated[before:].mean()) - estimate


def noise_level(controls: Floats, before: int) -> float:
    """Standard deviation of the controls' first differences before the start."""
    differences = np.diff(controls[:before], axis=0)
    return float(np.std(differences, ddof=1)) if differences.size > 1 else 0.0


def _centred(values: Floats) -> Floats:
    centred: Floats = values - values.mean(0)
    return centred


def on_simplex(columns: Floats, target: Floats, ridge: float, noise: float, steps: int) -> Floats:
    """Small |columns w - target|^2 / n + ridge^2 |w|^2 over w at least zero that sum to one, as the authors compute it.

    columns (n, J), target (n,). Frank-Wolfe steps from equal weights; after 100 steps, weights of a quarter of the
    largest or less are dropped, and the steps go on until the objective falls by less than (1e-5 noise)^2. The printed
    digits of the paper depend on this stopping rule: with it, synthetic control for California gives -19.6; at the
    exact minimum it would be -19.5.
    """
    least_fall = (STOP * noise) ** 2
    start = np.full(columns.shape[1], 1 / columns.shape[1])
    rough = _frank_wolfe(columns, target, ridge, start, least_fall, ROUGH_STEPS)
    kept = np.where(rough <= rough.max() / 4, 0.0, rough)
    return _frank_wolfe(columns, target, ridge, kept / kept.sum(), least_fall, steps)


def _frank_wolfe(
    columns: Floats, target: Floats, ridge: float, weights: Floats, least_fall: float, steps: int
) -> Floats:
    rows = len(columns)
    penalty = rows * ridge**2
    fitted = columns @ weights
    value = np.inf
    for step in range(steps):
        slope = columns.T @ (fitted - target) + penalty * weights
        chosen = int(np.argmin(slope))
        way = -weights
        way[chosen] += 1.0
        if not way.any():
            break
        moved = columns[:, chosen] - fitted
        length = -float(slope @ way) / max(float(moved @ moved + penalty * (way @ way)), 1e-300)
        length = min(max(length, 0.0), 1.0)
        weights = weights + length * way
        fitted = fitted + length * moved
        earlier, value = value, float(ridge**2 * (weights @ weights) + ((fitted - target) ** 2).mean())
        if step >= 1 and earlier - value <= least_fall:
            break
    return weights


@dataclass(frozen=True)
class GroupTime:
    """Average effects of the units that started in `group`, at `period` (both as given), and their aggregates."""

    effects: tuple[tuple[int, int, float], ...]
    simple: float
    simple_error: float
    dynamic: float
    dynamic_error: float
    by_length: tuple[tuple[int, float], ...]
    by_group: tuple[tuple[int, float], ...]
    group: float
    group_error: float


def group_time(values: Floats, periods: Floats, first: Floats) -> GroupTime:
    """Callaway and Sant'Anna 2021, section 2 (never treated as controls, no covariates) and section 3 (aggregates).

    values (T, N) without missing cells, periods (T,), first (N,): the period of the start, inf where never. Errors
    are from the influence functions of the aggregates (their section 4), unit by unit.
    """
    never = np.isinf(first)
    cells: list[tuple[int, int, float]] = []
    influences: list[Floats] = []
    count = len(first)
    groups = [group for group in np.unique(first[~never]) if group > periods[0]]
    for group in groups:
        base = int(np.flatnonzero(periods < group)[-1])
        member = first == group
        for time in np.flatnonzero(periods >= group):
            change = values[time] - values[base]
            effect = change[member].mean() - change[never].mean()
            influence = np.where(member, (change - change[member].mean()) / member.mean(), 0.0)
            influence -= np.where(never, (change - change[never].mean()) / never.mean(), 0.0)
            cells.append((int(group), int(periods[time]), float(effect)))
            influences.append(influence)
    effects = np.array([cell[2] for cell in cells])
    group_of = np.array([cell[0] for cell in cells])
    length = np.array([cell[1] - cell[0] for cell in cells])
    table = np.array(influences)
    share = {int(group): float((first == group).mean()) for group in groups}
    size = np.array([share[group] for group in group_of])

    def mix(chosen: list[tuple[float, Floats]]) -> tuple[float, float]:
        """Weighted sums of cells, with the influence of estimated group sizes left to `size_influence`."""
        value = sum(part for part, _ in chosen)
        error = np.sqrt(np.mean(sum(influence for _, influence in chosen) ** 2) / count)
        return float(value), float(error)

    def average(mask: np.ndarray) -> tuple[float, Floats]:
        weights = size[mask] / size[mask].sum()
        value = float(weights @ effects[mask])
        member = np.array([(first == group) - share[int(group)] for group in group_of[mask]], dtype=float)
        tilt = (member * (effects[mask] - value)[:, None]).sum(0) / size[mask].sum()
        return value, weights @ table[mask] + tilt

    simple = average(np.ones(len(effects), dtype=bool))
    lengths = [(int(gap), average(length == gap)) for gap in np.unique(length)]
    dynamic = mix([(value / len(lengths), influence / len(lengths)) for _, (value, influence) in lengths])
    by_group = []
    for group in groups:
        mask = group_of == group
        by_group.append((int(group), float(effects[mask].mean()), table[mask].mean(0)))
    total = sum(share.values())
    overall = sum(share[group] / total * value for group, value, _ in by_group)
    influence = sum(
        share[group] / total * part + ((first == group) - share[group]) * (value - overall) / total
        for group, value, part in by_group
    )
    return GroupTime(
        tuple(cells), simple[0], mix([simple])[1], dynamic[0], dynamic[1],
        tuple((gap, value) for gap, (value, _) in lengths), tuple((group, value) for group, value, _ in by_group),
        float(overall), mix([(float(overall), np.asarray(influence))])[1],
    )  # fmt: skip


def two_groups(treated_change: Floats, control_change: Floats) -> tuple[float, float]:
    """DiD from each unit's change: difference of means and its standard error (unequal variances)."""
    difference = treated_change.mean() - control_change.mean()
    error = np.sqrt(treated_change.var(ddof=1) / len(treated_change) + control_change.var(ddof=1) / len(control_change))
    return float(difference), float(error)


def interval(found: Published, level: float) -> tuple[float, float] | None:
    """Relative interval from the placebo error; None without one, or where the counterfactual is not above zero."""
    if found.error is None or found.expected <= 0:
        return None
    reach = float(stats.norm.ppf(0.5 + level / 2)) * found.error
    return (found.estimate - reach) / found.expected, (found.estimate + reach) / found.expected
