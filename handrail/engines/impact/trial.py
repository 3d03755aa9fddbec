"""Trials on simulated worlds: does the interval hold, how wide is it, and what would before/after have said?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from handrail.engines.impact.estimate import estimate
from handrail.engines.impact.normalise import Floats
from handrail.engines.impact.panel import Panel, Settings, Start
from handrail.engines.impact.results import Effect
from handrail.engines.impact.simulate import Draw, draw


@dataclass(frozen=True)
class Record:
    effect: Effect
    naive_low: float
    naive_high: float


@dataclass(frozen=True)
class Summary:
    """Shares of all runs, unless said otherwise; None where nothing was answered."""

    scenario: str
    lift: float
    runs: int
    answered: float
    coverage: float | None  # of the answered
    covered_or_refused: float
    rises: float
    falls: float
    width: float | None  # median, relative
    error: float | None  # root mean square, relative
    bias: float | None
    naive: float
    naive_coverage: float


def as_panel(world: Draw) -> tuple[Panel, Start, dict[str, frozenset[str]]]:
    """Unit 0 is treated; the neighbours known to be in conversation with it are named."""
    periods, units = world.values.shape
    names = tuple(f"unit {i:04d}" for i in range(units))
    panel = Panel(names, tuple(range(periods)), ("value",), world.values[None])
    near = frozenset(names[1 + i] for i in world.neighbours)
    return panel, Start(names[0], world.before), {names[0]: near} if near else {}


def trial(scenario: str, lift: float, seed: int, settings: Settings | None = None) -> Record:
    world = draw(scenario, lift, seed)
    panel, start, near = as_panel(world)
    chosen = settings or Settings()
    chosen = Settings(neighbours=near, trend_guard=chosen.trend_guard, level=chosen.level, limit=chosen.limit)
    effect = estimate(panel, [start], chosen).effects[0]
    return Record(effect, *naive_interval(world.values[:, 0], world.before))


def naive_interval(values: Floats, before: int) -> tuple[float, float]:
    """What a two-sample interval for before and after says, as dashboards do it."""
    past, later = values[:before], values[before:]
    if not past.mean() > 0:
        return float("nan"), float("nan")
    error = np.sqrt(past.var(ddof=1) / len(past) + later.var(ddof=1) / len(later)) / past.mean()
    change = later.mean() / past.mean() - 1
    reach = float(stats.norm.ppf(0.975)) * error
    return float(change - reach), float(change + reach)


def summary(scenario: str, lift: float, records: Sequence[Record]) -> Summary:
    answered = [r.effect for r in records if r.effect.effect is not None]
    low = np.array([e.low for e in answered], dtype=float)
    high = np.array([e.high for e in answered], dtype=float)
    off = np.array([e.effect for e in answered], dtype=float) - lift
    holds = (low <= lift) & (lift <= high)
    runs, some = len(records), bool(answered)
    return Summary(
        scenario, lift, runs, len(answered) / runs,
        float(holds.mean()) if some else None, (int(holds.sum()) + runs - len(answered)) / runs,
        sum(r.effect.verdict == "rise" for r in records) / runs,
        sum(r.effect.verdict == "fall" for r in records) / runs,
        float(np.median(high - low)) if some else None, float(np.sqrt(np.mean(off**2))) if some else None,
        float(off.mean()) if some else None,
        float(np.mean([r.effect.naive for r in records if r.effect.naive is not None])),
        sum(r.naive_low <= lift <= r.naive_high for r in records) / runs,
    )  # fmt: skip
