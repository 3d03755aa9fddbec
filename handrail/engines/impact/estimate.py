"""Did it change anything? Effects of leaders' starts on the outcomes of their units, with intervals that hold."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy import special

from handrail.engines.impact import checks, words
from handrail.engines.impact.block import BlockFit, Tuning, fit_block, quantile, tune
from handrail.engines.impact.blocks import Block, Timeline, blocks, timeline
from handrail.engines.impact.normalise import Floats
from handrail.engines.impact.panel import Panel, Period, Settings, Start
from handrail.engines.impact.pooled import Collected, discoveries, pool
from handrail.engines.impact.results import Effect, Pooled, Result, Verdict, Why

LEAST_DONORS = 3
LEAST_BEFORE = 6
CLOSE = 2  # periods between a start and another big event


@dataclass(frozen=True)
class _Case:
    """One unit and outcome on its way to an answer."""

    unit: str
    outcome: str
    start: Period
    naive: float | None
    donors: int
    before: int
    after: int
    notes: tuple[str, ...] = ()

    def refused(self, refusal: "_Refusal", detectable: float | None = None) -> Effect:
        differs = words.naive_differs(self.naive, None)
        return Effect(
            self.unit, self.outcome, self.start, None, None, None, None, "not_enough_data", refusal.reason, self.naive,
            differs, detectable=detectable, donors=self.donors, periods_before=self.before, periods_after=self.after,
            notes=self.notes, why=refusal.why, needed=refusal.needed,
        )  # fmt: skip


class _Refusal(NamedTuple):
    """Why there is no answer, in a word and in a sentence, and after how many periods there would be one."""

    why: Why
    reason: str
    needed: int | None = None


Each = Callable[[Sequence[str]], Iterable[str]]


def estimate(
    panel: Panel, starts: Sequence[Start], settings: Settings | None = None, *, each: Each = iter,
    groups: Mapping[str, Collection[str]] | None = None,
) -> Result:  # fmt: skip
    """Effects of every start on every outcome, the pooled effects, and which units were left out of the comparison.

    A unit with several starts is estimated from the first one, up to the second where that leaves enough periods.
    `each` is handed the outcomes and gives them back one by one, so that a caller can show progress. `groups`: units
    by the name of a group, each pooled by itself as well.
    Raises ValueError for a start in a unit that the panel does not have, or of another kind than the panel's periods.
    """
    settings = settings or Settings()
    line = timeline(panel, tuple(starts))
    first = {start.unit: start for start in sorted(starts, key=lambda s: (s.period, s.unit), reverse=True)}
    effects: dict[tuple[str, str], Effect] = {}
    pooled: list[Pooled] = []
    grouped: list[tuple[str, Pooled]] = []
    out: dict[str, str] = {}
    for index, outcome in enumerate(each(panel.outcomes)):
        collected = Collected()
        values = _per_head(panel, index, settings)
        tuning = _tuning(panel, values, line)
        for block in blocks(panel, values, line, settings):
            out.update({panel.units[unit]: why for unit, why in block.left_out.items()})
            for effect in _block_effects(panel, values, outcome, block, tuning, first, line, settings, collected):
                effects[effect.unit, outcome] = effect
        for unit, start in first.items():
            if (unit, outcome) not in effects:
                effects[unit, outcome] = _outside(unit, outcome, start, line, len(panel.periods))
        pooled.append(pool(outcome, collected, settings.level))
        for name, units in (groups or {}).items():
            grouped.append((name, pool(outcome, collected.of(units), settings.level)))
    order = [(unit, outcome) for unit in dict.fromkeys(start.unit for start in starts) for outcome in panel.outcomes]
    flagged = discoveries([effects[key] for key in order], settings.false_discoveries)
    return Result(tuple(flagged), tuple(pooled), tuple(sorted(out.items())), tuple(grouped))


def _per_head(panel: Panel, index: int, settings: Settings) -> Floats:
    values: Floats = panel.values[index]
    if settings.exposure is None:
        return values
    heads = np.where(settings.exposure > 0, settings.exposure, np.nan)
    per_head: Floats = values / heads * np.nanmean(heads)
    return per_head


def _tuning(panel: Panel, values: Floats, line: Timeline) -> Tuning | None:
    """Once per outcome, on units that never start; None where there are too few, and each block tunes on its own."""
    never = [i for i, unit in enumerate(panel.units) if unit not in line.first]
    starts = [row for row in line.first.values() if 0 < row < len(values)]
    if not starts:
        return None
    before = int(np.median(starts))
    usable = [
        i for i in never if np.isnan(values[:, i]).mean() <= 0.2 and np.nansum(values[:before, i]) > 0
        and not (values[:, i] < 0).any()
    ]  # fmt: skip
    if len(usable) < 2 * LEAST_DONORS or before < LEAST_BEFORE:
        return None
    return tune(values[:, usable], before)


def _outside(unit: str, outcome: str, start: Start, line: Timeline, periods: int) -> Effect:
    late = line.first[unit] >= periods
    refusal = _Refusal("started_outside", words.started_outside(start.period, late))
    return _Case(unit, outcome, start.period, None, 0, line.first[unit], 0).refused(refusal)


def _block_effects(
    panel: Panel, values: Floats, outcome: str, block: Block, tuning: Tuning | None, first: dict[str, Start],
    line: Timeline, settings: Settings, collected: Collected,
) -> list[Effect]:  # fmt: skip
    rows = np.array(block.rows, dtype=int)
    treated = values[np.ix_(rows, np.array(block.treated))] if len(rows) else np.empty((0, len(block.treated)))
    naive = naive_change(treated, block.before)
    after = len(rows) - block.before
    cases = [
        _Case(
            panel.units[unit], outcome, first[panel.units[unit]].period,
            None if np.isnan(naive[i]) else float(naive[i]), len(block.donors), block.before, after,
            _notes(panel, line, panel.units[unit], len(rows) and int(rows[-1]) + 1),
        )
        for i, unit in enumerate(block.treated)
    ]  # fmt: skip
    reasons = [_hopeless(panel, case, treated[:, i], block, settings) for i, case in enumerate(cases)]
    open_ = [i for i, reason in enumerate(reasons) if reason is None]
    answers = {i: case.refused(reason) for i, (case, reason) in enumerate(zip(cases, reasons, strict=True)) if reason}
    if open_:
        donors = values[np.ix_(rows, np.array(block.donors))]
        if (donors < 0).any():
            reason = _below_zero()
            answers.update({i: cases[i].refused(reason) for i in open_})
        else:
            fit, broken = fit_without_broken(donors, treated[:, open_], block.before, tuning)
            cases = [replace(case, donors=len(block.donors) - int(broken.sum())) for case in cases]
            kept = np.array(block.donors)[~broken]
            judged = judge(fit, [cases[i] for i in open_], treated[:, open_], broken, settings)
            answers.update(dict(zip(open_, judged, strict=True)))
            answered = [k for k, effect in enumerate(judged) if effect.standard_error is not None]
            collected.add(fit, answered, kept, [judged[k].unit for k in answered])
    return [answers[i] for i in range(len(cases))]


def _below_zero() -> _Refusal:
    return _Refusal(
        "below_zero",
        "Not enough data to say: the measure goes below zero, so a change in per cent has no meaning. "
        "Load a count or an amount, or use --method did, sc or sdid.",
    )


def _notes(panel: Panel, line: Timeline, unit: str, end: int) -> tuple[str, ...]:
    if unit not in line.second:
        return ()
    second = line.second[unit]
    where = str(panel.periods[second]) if second < len(panel.periods) else "later"
    if second >= end:
        return (f"Another leader began here at {where}; the figure ends before that.",)
    return (f"Another leader began here at {where}; the figure is of both together.",)


def _hopeless(panel: Panel, case: _Case, treated: Floats, block: Block, settings: Settings) -> _Refusal | None:
    """A reason not even to try."""
    past, later = treated[: block.before], treated[block.before :]
    for event in settings.events:
        if event.unit == case.unit and abs(panel.row_at(event.period)[0] - panel.row_at(case.start)[0]) <= CLOSE:
            return _Refusal(
                "another_event",
                f"Not enough data to say: {event.what} ({event.period}) fell at the same time as the start, and "
                "nobody can tell the two apart.",
            )
    if (treated < 0).any():
        return _below_zero()
    if len(past) < LEAST_BEFORE or len(later) < 1:
        return _Refusal(
            "too_short",
            f"Not enough data to say: {len(past)} periods before the start and {len(later)} after it; "
            f"at least {LEAST_BEFORE} before and 1 after are needed, and usually many more.",
        )
    if np.isnan(past).mean() > 0.5 or np.isnan(later).mean() > 0.5:
        return _Refusal("missing", "Not enough data to say: more than half of the unit's periods are missing.")
    if not np.nansum(past) > 0:
        return _Refusal("silent", "Not enough data to say: nothing was seen in this unit before the start.")
    if len(block.donors) < LEAST_DONORS:
        return _Refusal(
            "few_donors",
            f"Not enough data to say: {len(block.donors)} units without a leader to compare with; at least "
            f"{LEAST_DONORS} are needed, and usually ten or more.",
        )
    return None


def fit_without_broken(
    donors: Floats, treated: Floats, before: int, tuning: Tuning | None
) -> tuple[BlockFit, np.ndarray]:
    """The fit, and which donors were left out because they broke away from all the others after the start."""
    fit = fit_block(donors, treated, before, tuning)
    broken = checks.broken_donors(fit)
    if not broken.any() or (~broken).sum() < LEAST_DONORS or broken.mean() > checks.MANY_BROKEN:
        return fit, broken & False if broken.mean() <= checks.MANY_BROKEN else broken
    return fit_block(donors[:, ~broken], treated, before, tuning), broken


def naive_change(treated: Floats, before: int) -> Floats:
    """Mean after the start over mean before, minus 1 (M,); NaN where there is nothing to compare with."""
    result = np.full(treated.shape[1], np.nan)
    for unit in range(treated.shape[1]):
        past, later = treated[:before, unit], treated[before:, unit]
        past, later = past[~np.isnan(past)], later[~np.isnan(later)]
        if len(past) and len(later) and past.mean() > 0:
            result[unit] = later.mean() / past.mean() - 1
    return result


def judge(
    fit: BlockFit, cases: Sequence[_Case], treated: Floats, broken: np.ndarray, settings: Settings
) -> list[Effect]:
    """Intervals and verdicts for the treated units of a fitted block."""
    size = quantile(settings.level, fit.degrees)
    effects, errors = fit.treated_effects, fit.standard_errors
    low, high = effects - size * errors, effects + size * errors
    lean = checks.lean(fit)
    stretch_low, stretch_high = lean.stretch(low > 0, high < 0)
    if not settings.trend_guard:
        stretch_low, stretch_high = stretch_low * 0, stretch_high * 0
    reach = checks.detectable(errors, fit.degrees, settings.level, settings.power)
    outside = checks.outside_range(fit)
    answers = []
    for i, case in enumerate(cases):
        shown = float(reach[i])
        refusal = _doubt(fit, i, case, shown, broken, settings, lean=float(lean.statistic[i]), outside=bool(outside[i]))
        if refusal is not None:
            answers.append(case.refused(refusal, shown))
            continue
        ends = float(low[i] - stretch_low[i]), float(high[i] + stretch_high[i])
        room = max(float(stretch_low[i]), float(stretch_high[i]))
        answers.append(_answer(fit, i, case, treated[:, i], ends, room, shown))
    return answers


def _doubt(
    fit: BlockFit, i: int, case: _Case, reach: float, broken: np.ndarray, settings: Settings, *, lean: float,
    outside: bool,
) -> _Refusal | None:  # fmt: skip
    """A reason not to answer although there is a figure."""
    if broken.mean() > checks.MANY_BROKEN:
        return _Refusal(
            "shock_in_donors",
            f"Not enough data to say: {int(broken.sum())} of {len(broken)} comparison units broke away from the "
            "others after the start: a shock of their own.",
        )
    if reach > settings.limit:
        needed = checks.periods_needed(fit, i, settings.limit, settings.level, settings.power)
        return _Refusal("too_weak", words.too_weak(reach, settings.limit, case.after, case.donors, needed), needed)
    if settings.trend_guard and abs(lean) > checks.RUNS_AWAY:
        return _Refusal("own_trend", words.runs_away(lean))
    if outside:
        return _Refusal(
            "outside_range",
            "Not enough data to say: for most of the time before the start the unit moved outside the range of "
            "every unit it could be compared with.",
        )
    return None


def _answer(
    fit: BlockFit, i: int, case: _Case, treated: Floats, ends: tuple[float, float], room: float, reach: float
) -> Effect:
    log_effect, error = float(fit.treated_effects[i]), float(fit.standard_errors[i])
    effect, low, high = float(np.expm1(log_effect)), float(np.expm1(ends[0])), float(np.expm1(ends[1]))
    verdict: Verdict = "rise" if low > 0 else "fall" if high < 0 else "no_sign"
    margin = ends[0] if verdict == "rise" else -ends[1]
    overturned = None if verdict == "no_sign" else float(-np.expm1(-margin))
    notes = case.notes
    if room:  # a change must outrun the lean as well to be seen
        notes, reach = (*notes, words.LEANED), float(np.expm1(np.log1p(reach) + room))
    reason = (
        words.no_sign(low, high, reach) if overturned is None else words.rise_or_fall(effect, low, high, overturned)
    )
    after = treated[fit.before :]
    mean = float(np.nanmean(after))
    expected = mean / (1 + effect) if mean > 0 else float(fit.expected_mean[i])
    p_value = float(2 * special.stdtr(fit.degrees, -max(abs(log_effect) - room, 0.0) / error))
    return Effect(
        case.unit, case.outcome, case.start, effect, low, high, mean - expected, verdict,
        " ".join([reason, *notes]), case.naive, words.naive_differs(case.naive, effect), p_value, reach, overturned,
        None, log_effect, error, case.donors, case.before, case.after, notes,
    )  # fmt: skip
