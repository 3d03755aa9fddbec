"""One unit and outcome laid open: the course with and without, the placebos, the donors, and what if one had not been.

Slower than the estimate by one fit per donor; made for one page, not for a batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from handrail.engines.impact import checks
from handrail.engines.impact.block import BlockFit, fit_block, quantile, tune
from handrail.engines.impact.blocks import blocks, timeline
from handrail.engines.impact.counterfactual import treated_weights
from handrail.engines.impact.estimate import LEAST_BEFORE, LEAST_DONORS, fit_without_broken
from handrail.engines.impact.normalise import Floats
from handrail.engines.impact.panel import Panel, Period, Settings, Start
from handrail.engines.impact.stretches import Stretch, stretches

MOST_LEFT_OUT = 40  # donors tried without, the heaviest first
IN_TIME = (0.5, 0.65, 0.8)  # pretended starts, as shares of the periods before


@dataclass(frozen=True)
class InTime:
    """The effect of a start that never was, on the periods before the true one."""

    period: Period
    effect: float
    low: float
    high: float


@dataclass(frozen=True)
class Explanation:
    """Courses are per period, in the outcome's unit, NaN where missing; gaps are relative to the counterfactual."""

    unit: str
    outcome: str
    periods: tuple[Period, ...]
    before: int
    observed: Floats  # (T,)
    expected: Floats  # (T,)
    low: Floats  # (T,) 95 % range of one period, had nothing changed
    high: Floats  # (T,)
    gap: Floats  # (T,) the unit's
    placebo_gaps: Floats  # (T, J) the donors', each in the unit's place
    placebo_effects: tuple[tuple[str, float], ...]  # relative, as if each donor had started
    rank: int  # of the unit's effect in size among all placebos, 1 the largest, in units of each one's own noise
    weights: tuple[tuple[str, float], ...]  # donors, heaviest first
    in_time: tuple[InTime, ...]
    without: tuple[tuple[str, float], ...]  # the effect with one donor left out
    misfit: float  # sd of the unit's gap before the start over the median donor's
    lean: float  # slope of its own over its standard error
    stretches: tuple[Stretch, ...]  # the same course, some weeks together


def explain(
    panel: Panel, starts: Sequence[Start], unit: str, outcome: str, settings: Settings | None = None
) -> Explanation | None:
    """Everything behind one estimate; None where there was too little even to try.

    Raises ValueError if the panel has no such outcome or start.
    """
    settings = settings or Settings()
    values = panel.values[panel.outcomes.index(outcome)]
    column = panel.units.index(unit)
    line = timeline(panel, tuple(starts))
    block = next((b for b in blocks(panel, values, line, settings) if column in b.treated), None)
    if block is None or len(block.donors) < LEAST_DONORS or block.before < LEAST_BEFORE:
        return None
    rows = np.array(block.rows)
    own = values[rows][:, [column]]
    all_donors = values[rows][:, list(block.donors)]
    if (own < 0).any() or (all_donors < 0).any() or not np.nansum(own[: block.before]) > 0 or len(rows) <= block.before:
        return None
    fit, broken = fit_without_broken(all_donors, own, block.before, None)
    names = [panel.units[donor] for donor, out in zip(block.donors, broken, strict=True) if not out]
    periods = tuple(panel.periods[row] for row in rows)
    donors = all_donors[:, ~broken] if len(names) == len(fit.donor_effects) else all_donors
    names = names if len(names) == len(fit.donor_effects) else [panel.units[donor] for donor in block.donors]
    return _explanation(panel, unit, outcome, periods, own, donors, names, fit, settings)


def _explanation(
    panel: Panel, unit: str, outcome: str, periods: tuple[Period, ...], own: Floats, donors: Floats, names: list[str],
    fit: BlockFit, settings: Settings,
) -> Explanation:  # fmt: skip
    before = fit.before
    lift = fit.treated_earlier[0]
    expected = fit.ratios.common * fit.treated_predicted[:, 0] * fit.ratios.treated_levels[0] * lift
    reach = quantile(settings.level, fit.degrees) * fit.calibration * fit.treated_scales[0] * _single(fit)
    weights = treated_weights(fit.shape, fit.strength)[:, 0]
    order = np.argsort(-np.abs(weights), kind="stable")
    strayed = (1 + fit.donor_gaps) / fit.donor_earlier - 1
    sizes = np.abs(fit.placebo_statistics) * fit.calibration
    size = abs(fit.treated_effects[0]) / fit.standard_errors[0] * fit.calibration
    return Explanation(
        unit, outcome, periods, before, own[:, 0], expected, expected * np.exp(-reach), expected * np.exp(reach),
        own[:, 0] / expected - 1, strayed,
        tuple((name, float(np.expm1(effect))) for name, effect in zip(names, fit.donor_effects, strict=True)),
        1 + int((sizes > size * fit.calibration).sum()),
        tuple((names[i], float(weights[i])) for i in order),
        _in_time(periods, donors, own, before, settings),
        _without(donors, own, names, fit, order),
        float(fit.treated_gaps[:before, 0].std() / max(float(np.median(fit.donor_gaps[:before].std(0))), 1e-12)),
        float(checks.lean(fit).statistic[0]),
        stretches(fit, periods, own[:, 0], expected, strayed, settings),
    )  # fmt: skip


def _single(fit: BlockFit) -> Floats:
    """Standard deviation (T,) of one period's gap around the kriged level, in units of the unit's scale."""
    before = fit.before
    covariance = fit.memory.covariance(len(fit.treated_gaps))
    level = fit.times.level
    variance = np.diag(covariance) - 2 * level @ covariance[:before] + level @ covariance[:before, :before] @ level
    single: Floats = np.sqrt(np.maximum(variance, 0.0))
    return single


def _in_time(
    periods: tuple[Period, ...], donors: Floats, own: Floats, before: int, settings: Settings
) -> tuple[InTime, ...]:
    found = []
    for share in IN_TIME:
        pretended = int(before * share)
        past = donors[:pretended]
        enough = pretended >= LEAST_BEFORE and np.nansum(own[:pretended]) > 0 and (np.nansum(past, axis=0) > 0).all()
        if not enough or before - pretended < 3:
            continue
        fit = fit_block(donors[:before], own[:before], pretended, tune(donors[:before], pretended))
        effect, error = float(fit.treated_effects[0]), float(fit.standard_errors[0])
        reach = quantile(settings.level, fit.degrees) * error
        ends = float(np.expm1(effect - reach)), float(np.expm1(effect + reach))
        found.append(InTime(periods[pretended], float(np.expm1(effect)), *ends))
    return tuple(found)


def _without(
    donors: Floats, own: Floats, names: list[str], fit: BlockFit, order: np.ndarray
) -> tuple[tuple[str, float], ...]:
    if len(names) <= LEAST_DONORS:
        return ()
    tuning = tune(donors, fit.before)
    left_out = []
    for i in order[:MOST_LEFT_OUT]:
        again = fit_block(np.delete(donors, i, axis=1), own, fit.before, tuning)
        left_out.append((names[int(i)], float(np.expm1(again.treated_effects[0]))))
    return tuple(left_out)
