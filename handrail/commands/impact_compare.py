"""The published methods on a panel, one unit at a time, each against the units that never start."""

from collections.abc import Sequence

import numpy as np

from handrail.engines.impact import Effect, Panel, Pooled, Result, Settings, Start, Verdict
from handrail.engines.impact.estimate import naive_change
from handrail.engines.impact.normalise import Floats
from handrail.engines.impact.published import Published, compare, interval
from handrail.engines.impact.words import naive_differs

NAMES = {"did": "difference-in-differences", "sc": "synthetic control", "sdid": "synthetic difference-in-differences"}


def compare_all(panel: Panel, starts: Sequence[Start], method: str, settings: Settings) -> Result:
    """Every start on every outcome. `absolute` is the estimate as published, in the outcome's unit."""
    first: dict[str, Start] = {}
    for start in sorted(starts, key=lambda s: (s.period, s.unit)):
        first.setdefault(start.unit, start)
    order = list(dict.fromkeys(start.unit for start in starts))
    never = [i for i, unit in enumerate(panel.units) if unit not in first]
    effects, pooled = [], []
    for outcome in range(len(panel.outcomes)):
        here = [_one(panel, outcome, first[unit], never, method, settings) for unit in order]
        effects.extend(here)
        pooled.append(_together(panel, outcome, list(first.values()), never, method, settings))
    by_unit = {(effect.unit, effect.outcome): effect for effect in effects}
    return Result(tuple(by_unit[unit, outcome] for unit in order for outcome in panel.outcomes), tuple(pooled), ())


def _columns(
    panel: Panel, outcome: int, units: list[int], row: int, never: list[int], settings: Settings
) -> tuple[Floats, Floats] | str:
    """Controls and treated without missing cells, up to the horizon; or why it cannot be done."""
    if not 0 < row < len(panel.periods):
        return "the start lies outside the panel's periods."
    end = len(panel.periods) if settings.horizon is None else min(row + settings.horizon, len(panel.periods))
    values = panel.values[outcome, :end]
    treated, controls = values[:, units], values[:, never]
    if np.isnan(treated).any():
        return "a period of the unit is missing, and this method needs them all."
    controls = controls[:, ~np.isnan(controls).any(0)]
    if not controls.shape[1]:
        return "no unit without a leader has all periods, and this method needs one."
    return controls, treated


def _one(panel: Panel, outcome: int, start: Start, never: list[int], method: str, settings: Settings) -> Effect:
    unit, name = panel.units.index(start.unit), panel.outcomes[outcome]
    row, _ = panel.row_at(start.period)
    ready = _columns(panel, outcome, [unit], row, never, settings)
    naive = naive_change(panel.values[outcome, :, [unit]].T, row)[0] if 0 < row < len(panel.periods) else np.nan
    before_after = None if np.isnan(naive) else float(naive)
    if isinstance(ready, str):
        return Effect(
            start.unit, name, start.period, None, None, None, None, "not_enough_data",
            f"Not enough data to say: {ready}", before_after, naive_differs(before_after, None),
        )  # fmt: skip
    found = compare(method, *ready, row)
    effect = found.estimate / found.expected if found.expected > 0 else None
    ends = interval(found, settings.level)
    verdict, reason = _verdict(found, ends, method)
    low, high = ends or (None, None)
    return Effect(
        start.unit, name, start.period, effect, low, high, found.estimate, verdict, reason, before_after,
        naive_differs(before_after, effect), donors=ready[0].shape[1], periods_before=row,
        periods_after=len(ready[0]) - row,
    )  # fmt: skip


def _verdict(found: Published, ends: tuple[float, float] | None, method: str) -> tuple[Verdict, str]:
    told = f"By {NAMES[method]} as published: {found.estimate:.4g} a period"
    if ends is None:
        return "not_enough_data", f"{told}; there are too few comparison units for an interval."
    verdict: Verdict = "rise" if ends[0] > 0 else "fall" if ends[1] < 0 else "no_sign"
    told += f" (standard error {found.error:.3g} from placebos in space)"
    return verdict, f"{told}. For comparison only: these intervals are often too narrow (docs/methods/impact.md)."


def _together(
    panel: Panel, outcome: int, starts: list[Start], never: list[int], method: str, settings: Settings
) -> Pooled:
    """Units that share a start as one, then starts by treated cells (Clarke and others 2023, section 2.3)."""
    groups: dict[int, list[int]] = {}
    for start in starts:
        groups.setdefault(panel.row_at(start.period)[0], []).append(panel.units.index(start.unit))
    found: list[tuple[float, Published]] = []
    for row, units in groups.items():
        ready = _columns(panel, outcome, units, row, never, settings)
        if not isinstance(ready, str):
            found.append((len(units) * (len(ready[0]) - row), compare(method, *ready, row)))
    name = panel.outcomes[outcome]
    if not found:
        return Pooled(name, None, None, None, 0, None, None)
    size = sum(weight for weight, _ in found)
    error = None
    if all(part.error is not None for _, part in found):
        error = float(np.sqrt(sum((weight / size * (part.error or 0)) ** 2 for weight, part in found)))
    together = Published(
        sum(weight / size * part.estimate for weight, part in found), error,
        sum(weight / size * part.expected for weight, part in found),
    )  # fmt: skip
    low, high = interval(together, settings.level) or (None, None)
    effect = together.estimate / together.expected if together.expected > 0 else None
    return Pooled(name, effect, low, high, len(starts), None, None)
