"""What may be told of a group's effect: to two digits, and only where it rests on enough teams."""

from collections.abc import Collection, Mapping
from math import expm1, log1p
from statistics import median
from typing import Any

from handrail.capabilities.pairings.group_figures.queries import about_how_many, enough, two_digits
from handrail.engines.impact import Effect, Pooled, Result, Settings
from handrail.engines.impact.pooled import standing

POWER_OVER_LEVEL = (1.96 + 0.84) / 1.96  # what is seen four times in five, over half an interval that holds 95 %
LEAST_NAIVE = -0.95
TOGETHER = ""  # the group of all
WEEKS = 5  # to which a number of weeks is rounded up


class Told:
    """One organisation's result, by group of teams."""

    def __init__(self, organisation_id: int, result: Result, groups: Mapping[str, Collection[str]]) -> None:
        self.organisation_id = organisation_id
        self.pooled = {(name, one.outcome): one for name, one in result.grouped}
        self.effects = {
            (name, outcome): [one for one in result.effects if one.outcome == outcome and one.unit in units]
            for name, units in groups.items()
            for outcome in {one.outcome for one in result.effects}
        }

    def enough(self, counted: int) -> bool:
        return enough(self.organisation_id, counted)


def row_of(told: Told, measure: str, group: str) -> dict[str, Any]:
    """The effect of a group, or that there is not enough, and after how many weeks there may be."""
    pooled, effects = told.pooled[group, measure], told.effects[group, measure]
    row: dict[str, Any] = {"verdict": "not_enough_data", "effect": None, "low": None, "high": None, "naive": None}
    row |= {"detectable": None, "needed": None, "differ": None, "teams": None, "stands": None, "path": []}
    if not told.enough(pooled.units) or pooled.effect is None or pooled.low is None or pooled.high is None:
        return row | {"why": "few_teams", "needed": _weeks(told, effects)}
    row |= {"teams": about_how_many(pooled.units), "naive": two_digits(_naive(effects)), "why": None}
    detectable = expm1(POWER_OVER_LEVEL * (log1p(pooled.high) - log1p(pooled.low)) / 2)
    row["detectable"] = two_digits(detectable)
    if detectable > Settings().limit:
        return row | {"why": "too_weak", "needed": _weeks(told, effects)}
    return row | {
        "verdict": _verdict(pooled.low, pooled.high),
        "effect": two_digits(pooled.effect),
        "low": two_digits(pooled.low),
        "high": two_digits(pooled.high),
        "differ": _differ(pooled),
        "path": _path(pooled),
    }


def _path(pooled: Pooled) -> list[list[float]]:
    """Stretch by stretch. The engine tells of stretches only in which the same teams are seen: nothing to subtract."""
    return [
        [one.since, one.periods, two_digits(one.effect), two_digits(one.low), two_digits(one.high)]
        for one in pooled.path
    ]


def mark_standing(told: Told, rows: Mapping[tuple[str, str], dict[str, Any]], planned: str | None) -> int:
    """Say of each told figure (by group and measure) whether it stands when all are looked at together; how many.

    `planned`: the measure that a plan frozen before names first. Its figure of all together was looked at alone.
    """
    p_values = {
        key: told.pooled[key].p_value or 0.0
        for key, row in rows.items()
        if row["effect"] is not None and key != (TOGETHER, planned)
    }
    for key, stands in zip(p_values, standing(list(p_values.values()), Settings().false_discoveries), strict=True):
        rows[key]["stands"] = stands
    return len(p_values)


def _verdict(low: float, high: float) -> str:
    return "rise" if low > 0 else "fall" if high < 0 else "no_sign"


def _differ(pooled: Pooled) -> bool:
    """Whether most of the differences between teams are more than chance."""
    return (pooled.varied or 0.0) >= 0.5


def _naive(effects: list[Effect]) -> float:
    """Before and after of the same teams: what would be told without anything to compare with."""
    changes = [max(one.naive, LEAST_NAIVE) for one in effects if one.naive is not None and one.effect is not None]
    return expm1(sum(map(log1p, changes)) / len(changes)) if changes else 0.0


def _weeks(told: Told, effects: list[Effect]) -> int | None:
    """After how many weeks most of those without an answer would have one; only where these are enough to tell of."""
    needed = [one.needed for one in effects if one.needed is not None]
    if not told.enough(len(needed)):
        return None
    return -(-int(median(needed)) // WEEKS) * WEEKS
