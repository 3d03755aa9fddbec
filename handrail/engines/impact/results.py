"""What comes out: numbers, their uncertainty, the verdict and its reason, and what was left out and why."""

from dataclasses import dataclass
from typing import Literal

from handrail.engines.impact.panel import Period

Verdict = Literal["rise", "fall", "no_sign", "not_enough_data"]
# Why there is no answer: `reason` without its figures, for those who put it into words of their own.
Why = Literal[
    "another_event", "below_zero", "too_short", "missing", "silent", "few_donors", "shock_in_donors", "too_weak",
    "own_trend", "outside_range", "started_outside",
]  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """One unit and outcome. Effects are relative (0.28 is +28 %); None where the engine refuses to give a number.

    `naive` is the mean after the start over the mean before, minus 1. `absolute` is per period, in the outcome's unit.
    `detectable` is the change that would have been seen four times in five. `overturned_by` is how much an unseen
    shift would have to be (as a share of the unit's own outcome) for the interval to include no change. `needed`: so
    many periods after the start would do, where the change that could be seen is too large and waiting helps.
    """

    unit: str
    outcome: str
    start: Period
    effect: float | None
    low: float | None
    high: float | None
    absolute: float | None
    verdict: Verdict
    reason: str
    naive: float | None
    naive_differs: str
    p_value: float | None = None
    detectable: float | None = None
    overturned_by: float | None = None
    stands_among_many: bool | None = None
    log_effect: float | None = None
    standard_error: float | None = None
    donors: int = 0
    periods_before: int = 0
    periods_after: int = 0
    notes: tuple[str, ...] = ()
    why: Why | None = None
    needed: int | None = None


@dataclass(frozen=True)
class Moment:
    """The effect in `periods` periods, the first of them `since` periods after the start (before it: negative)."""

    since: int
    periods: int
    effect: float
    low: float
    high: float


@dataclass(frozen=True)
class Pooled:
    """All answered units of one outcome together. `spread` is the sd of true effects between units (log scale).

    `path`: the effect by time since the start, over the stretches in which every unit is seen.
    """

    outcome: str
    effect: float | None
    low: float | None
    high: float | None
    units: int
    spread: float | None
    varied: float | None  # I squared: the share of the differences that is not noise
    path: tuple[Moment, ...] = ()
    p_value: float | None = None


@dataclass(frozen=True)
class Result:
    """Effects in the order of the starts, then of the outcomes; one pooled row per outcome.

    `grouped`: the pooled rows of each group of units that was asked for, with its name.
    """

    effects: tuple[Effect, ...]
    pooled: tuple[Pooled, ...]
    left_out: tuple[tuple[str, str], ...]  # unit, why it was not used for comparison
    grouped: tuple[tuple[str, Pooled], ...] = ()
