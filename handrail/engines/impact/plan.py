"""Before a scheme starts: what could be seen with so many units and periods, and who should begin when."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from handrail.engines.impact.block import fit_block, tune
from handrail.engines.impact.checks import detectable
from handrail.engines.impact.normalise import Floats
from handrail.engines.impact.panel import Panel, Settings
from handrail.engines.impact.timing import time_weights

LEAST_PAST = 12
LEAST_UNITS = 6


@dataclass(frozen=True)
class Sight:
    """The change that could be seen four times in five; None where too few units would be left to compare with."""

    outcome: str
    units: int
    periods: int
    together: float | None  # all units that start, as one
    alone: float | None  # a typical one of them


@dataclass(frozen=True)
class Turn:
    """`unit` begins in wave `wave`, so many periods after the first."""

    unit: str
    wave: int
    after: int


@dataclass(frozen=True)
class Plan:
    sights: tuple[Sight, ...]
    turns: tuple[Turn, ...]


def plan(
    panel: Panel, units: int, periods: int, *, waves: int = 1, seed: int = 1, settings: Settings | None = None,
    among: Collection[str] | None = None,
) -> Plan:  # fmt: skip
    """What `units` units, watched for `periods` periods after their start, would show, judged from their past.

    Periods of the settings' holidays are left out. `among`: the units in which somebody is ready to start; turns are
    drawn among them alone, for as many as there are.
    Raises ValueError where the past is shorter than 12 periods, or too few units would be left to compare with.
    """
    settings = settings or Settings()
    kept = [row for row, period in enumerate(panel.periods) if period not in settings.holidays]
    if len(kept) < LEAST_PAST:
        raise ValueError(f"the panel has {len(kept)} periods; planning needs at least {LEAST_PAST}")
    if not 1 <= units <= len(panel.units) - LEAST_UNITS:
        most = len(panel.units) - LEAST_UNITS
        raise ValueError(f"of {len(panel.units)} units at most {max(most, 0)} can start; the rest are to compare with")
    if periods < 1 or not 1 <= waves <= units:
        raise ValueError("watch at least one period, and start in at most as many waves as there are units")
    sights = [
        sight
        for index, outcome in enumerate(panel.outcomes)
        for sight in _sights(outcome, panel.values[index, kept], units, periods, settings)
    ]
    return Plan(tuple(sights), turns(panel, units, periods, waves, seed, among))


def _around(number: int) -> list[int]:
    return sorted({max(1, number // 2), number, number * 2})


def _sights(outcome: str, values: Floats, units: int, periods: int, settings: Settings) -> list[Sight]:
    past = len(values)
    kept = (np.isnan(values).mean(0) <= 0.2) & (np.nansum(values[: past // 2], axis=0) > 0) & ~(values < 0).any(0)
    found = []
    for count in _around(units):
        for length in _around(periods):
            left = int(kept.sum()) - count
            if left < LEAST_UNITS:
                found.append(Sight(outcome, count, length, None, None))
                continue
            found.append(_sight(outcome, values[:, kept], count, length, left, settings))
    return found


def _sight(outcome: str, values: Floats, count: int, length: int, left: int, settings: Settings) -> Sight:
    past = len(values)
    pretended = max(past - min(length, past // 3), past // 2)
    fit = fit_block(values, values[:, :0], pretended, tune(values, pretended))
    variance = time_weights(fit.memory, past, past + length).variance
    own = fit.calibration**2 * fit.donor_scales**2 * variance
    typical = float(np.median(own))
    shared = 1 / (1 / own).mean() / left
    degrees = max(min(left - 1, past / 2), 4.0)
    alone = detectable(np.sqrt(np.array([typical + shared])), degrees, settings.level, settings.power)[0]
    together = np.sqrt(np.array([typical / count + shared]))
    reach = detectable(together, degrees, settings.level, settings.power)[0]
    return Sight(outcome, count, length, float(reach), float(alone))


def turns(
    panel: Panel, units: int, periods: int, waves: int, seed: int, among: Collection[str] | None = None
) -> tuple[Turn, ...]:
    """Who begins when, at random within blocks of units of similar size, so that waves are alike.

    Units are sorted by size and cut into as many strata as will start; one is drawn from each. Of every `waves`
    neighbouring strata, one goes to each wave. Waves are spread over the first half of the periods.
    """
    rng = np.random.default_rng(seed)
    levels = np.nan_to_num(np.nanmean(np.nan_to_num(panel.values), axis=(0, 1)))
    ready = [i for i, unit in enumerate(panel.units) if among is None or unit in among]
    order = sorted(ready, key=lambda i: (levels[i], panel.units[i]))
    units = min(units, len(order))
    if not units:
        return ()
    drawn = [int(rng.choice(stratum)) for stratum in np.array_split(np.array(order), units)]
    step = max(1, periods // (2 * waves))
    found = []
    for first in range(0, units, waves):
        block = drawn[first : first + waves]
        for unit, wave in zip(block, rng.permutation(waves)[: len(block)], strict=True):
            found.append(Turn(panel.units[unit], int(wave) + 1, int(wave) * step))
    return tuple(sorted(found, key=lambda turn: (turn.wave, turn.unit)))


def sentence(sight: Sight) -> str:
    if sight.together is None:
        return f"With {sight.units} units starting, too few would be left to compare with."
    return (
        f"With {sight.units} units and {sight.periods} periods you could see a change of {sight.together:.0%} in "
        f"“{sight.outcome}” four times in five."
    )


def digest(body: dict[str, Any]) -> str:
    """Of everything in a frozen plan but the digest itself: a later change shows."""
    text = json.dumps({k: v for k, v in body.items() if k != "digest"}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def as_values(found: Plan) -> dict[str, Any]:
    """As it is kept in a file and in a row."""
    return {
        "sights": [
            {"outcome": s.outcome, "units": s.units, "weeks": s.periods, "together": s.together, "alone": s.alone}
            for s in found.sights
        ],
        "turns": [{"unit": turn.unit, "wave": turn.wave, "after": turn.after} for turn in found.turns],
    }


def from_values(kept: dict[str, Any]) -> Plan:
    """As `as_values` keeps it."""
    sights = (Sight(s["outcome"], s["units"], s["weeks"], s["together"], s["alone"]) for s in kept["sights"])
    return Plan(tuple(sights), tuple(Turn(turn["unit"], turn["wave"], turn["after"]) for turn in kept["turns"]))


def departures(planned: Sequence[str], actual: Sequence[str], what: str) -> list[str]:
    """What was done otherwise than planned, in words."""
    missing = sorted(set(planned) - set(actual))
    added = sorted(set(actual) - set(planned))
    said = []
    if missing:
        said.append(f"{what} planned but not there: {', '.join(missing)}.")
    if added:
        said.append(f"{what} there but not planned: {', '.join(added)}.")
    return said
