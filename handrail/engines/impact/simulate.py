"""Worlds in which the truth is known: weekly counts of teams (W1-W8), daily sales (A1-A4), and stress cases.

A1-A4 re-write the process of a published comparison of tools (Recast 2025, geolift-simulation-study): log-normal
baselines, a shared trend, days of the week, noise with memory, noise larger in larger units. W1-W8 are ours: negative
binomial counts around a log rate made of a unit's level, the network's growth, seasons, holidays, sudden shocks,
two hidden factors and a unit's own noise with memory. Column 0 is the treated unit; its rate is multiplied by
1 + lift from the start on.
"""

from dataclasses import dataclass, replace

import numpy as np

from handrail.engines.impact.normalise import Floats


@dataclass(frozen=True)
class World:
    """Parameters of a weekly scenario. Rates are logs, sd per week unless said otherwise."""

    periods: int = 156
    before: int = 104
    donors: int = 30
    level: float = 150.0  # median count a week
    spread: float = 0.7  # sd of the log level between units
    dispersion: float = 30.0  # k of the negative binomial
    memory: float = 0.6  # of the unit's own noise
    noise: float = 0.08
    wandering: float = 0.0  # sd of each unit's random walk
    factors: int = 2
    loading: float = 0.10
    factor_memory: float = 0.9
    season: float = 0.12
    growth: float = 0.15  # a year, shared
    rollout: float = 0.0  # growth of the whole network about the start
    worst_of: int = 0  # the treated unit is the one of so many with the worst last eight weeks
    holiday: float = 0.35
    own_trend: float = 0.0  # a year, the treated unit only
    spike: float = 0.0  # the treated unit's fifth week from the start is so many times its rate
    break_share: float = 0.0  # share of donors that jump by 60 % at the start
    neighbours: int = 0  # donors that receive a third of the effect and 5 %


@dataclass(frozen=True)
class Sales:
    """Parameters of a daily scenario after the published comparison."""

    periods: int = 105
    before: int = 90
    donors: int = 20
    size: float = 1.0  # of the treated unit, times its baseline


@dataclass(frozen=True)
class Draw:
    values: Floats  # (periods, 1 + donors), column 0 treated
    before: int
    lift: float
    neighbours: tuple[int, ...] = ()  # donor columns known to be in heavy conversation with the treated unit


TYPICAL = World()
WEEKLY: dict[str, World] = {
    "W1": TYPICAL,
    "W2": replace(TYPICAL, level=6.0, dispersion=10.0),
    "W3": replace(TYPICAL, donors=10),
    "W4": replace(TYPICAL, wandering=0.03, noise=0.04),
    "W5": replace(TYPICAL, rollout=0.30),
    "W6": replace(TYPICAL, periods=52, before=26),
    "W7": replace(TYPICAL, worst_of=5),
    "W8": replace(TYPICAL, donors=200),
}
STRESS: dict[str, World] = {
    "S-spill": replace(TYPICAL, neighbours=6),
    "S-break": replace(TYPICAL, break_share=0.07),
    "S-trend": replace(TYPICAL, own_trend=0.10),
    "S-spike": replace(TYPICAL, spike=12.0),
    "S-tiny": replace(TYPICAL, level=1.0, dispersion=10.0),
}
DAILY: dict[str, Sales] = {
    "A1": Sales(),
    "A2": Sales(size=5.0),
    "A3": Sales(donors=9),
    "A4": Sales(periods=45, before=30),
}
SCENARIOS: tuple[str, ...] = (*WEEKLY, *DAILY)


def draw(scenario: str, lift: float, seed: int) -> Draw:
    """One world. The same scenario and seed give the same world whatever the lift, up to the counting noise."""
    rng = np.random.default_rng([sum(ord(letter) * 131**i for i, letter in enumerate(scenario)) % 100_003, seed])
    if scenario in DAILY:
        return _sales(DAILY[scenario], lift, rng)
    return _weekly({**WEEKLY, **STRESS}[scenario], lift, rng)


def autoregressive(rng: np.random.Generator, periods: int, count: int, memory: float, spread: float) -> Floats:
    """Stationary first-order noise (periods, count) with standard deviation `spread`."""
    noise = rng.normal(0, spread, (periods, count))
    fresh = np.sqrt(1 - memory**2)
    for t in range(1, periods):
        noise[t] = memory * noise[t - 1] + fresh * noise[t]
    return noise


def log_rates(world: World, rng: np.random.Generator, units: int) -> Floats:
    """Log of the expected count a week (periods, units), nothing having happened."""
    week = np.arange(world.periods)
    of_year = week % 52
    phase = rng.uniform(0, 2 * np.pi)
    season = np.sin(2 * np.pi * of_year / 52 + phase) + 0.5 * np.sin(4 * np.pi * of_year / 52 + 2 * phase)
    holiday = np.isin(of_year, [0, 51]) + 0.5 * np.isin(of_year, [29, 30, 31, 32])
    shock = (rng.random(world.periods) < 0.05) * rng.normal(0, 0.25, world.periods)
    rates = np.log(world.level) + rng.normal(0, world.spread, units) + world.growth * week[:, None] / 52
    rates = rates + world.season * np.outer(season, 1 + 0.4 * rng.normal(size=units))
    rates = rates - world.holiday * np.outer(holiday, 1 + 0.3 * rng.normal(size=units))
    rates = rates + np.outer(shock, 1 + 0.3 * rng.normal(size=units))
    hidden = autoregressive(rng, world.periods, world.factors, world.factor_memory, 1.0)
    rates = rates + world.loading * hidden @ rng.normal(0.7, 1.0, (world.factors, units))
    rates = rates + autoregressive(rng, world.periods, units, world.memory, world.noise)
    if world.wandering:
        rates = rates + np.cumsum(rng.normal(0, world.wandering, rates.shape), axis=0)
    if world.rollout:
        middle = world.before + rng.integers(-6, 7)
        curve = np.log1p(world.rollout) / (1 + np.exp(-(week - middle) / 4.0))
        rates = rates + np.outer(curve, 1 + 0.3 * rng.normal(size=units))
    return np.asarray(rates)


def counts(rates: Floats, dispersion: float, rng: np.random.Generator) -> Floats:
    """Negative binomial counts with mean exp(rates) and variance mean + mean^2 / dispersion."""
    means = np.exp(rates) * rng.gamma(dispersion, 1 / dispersion, rates.shape)
    return np.asarray(rng.poisson(means), dtype=float)


def _weekly(world: World, lift: float, rng: np.random.Generator) -> Draw:
    rates = log_rates(world, rng, world.donors + 1)
    before = world.before
    if world.worst_of:
        apart = rates - rates.mean(1, keepdims=True)
        apart = apart - apart[: before - 8].mean(0)
        worst = int(np.argmin(apart[before - 8 : before, : world.worst_of].mean(0)))
        rates = rates[:, [worst, *(unit for unit in range(rates.shape[1]) if unit != worst)]]
    rates[before:, 0] += np.log1p(lift)
    rates[:, 0] += world.own_trend * np.arange(world.periods) / 52
    rates[before:, 1 : 1 + world.neighbours] += np.log1p(0.05 + lift / 3)
    broken = round(world.break_share * world.donors)
    rates[before:, rates.shape[1] - broken :] += np.log(1.6)
    values = counts(rates, world.dispersion, rng)
    if world.spike:
        values[before - 5, 0] = np.round(values[before - 5, 0] * world.spike)
    return Draw(values, before, lift, tuple(range(world.neighbours)))


def _sales(world: Sales, lift: float, rng: np.random.Generator) -> Draw:
    units, periods = world.donors + 1, world.periods
    base = np.sort(rng.lognormal(np.log(4000) - 0.18, 0.6, units))
    chosen = int(np.argsort(np.abs(base - np.median(base)), kind="stable")[0])
    loudness = np.sqrt(base / base.mean())
    base[chosen] *= world.size
    day = np.arange(1, periods + 1)
    weekday = np.array([-1, -0.5, 0, 0.2, 0.8, 1, 0.5])[(day - 1) % 7]
    noise = rng.standard_normal((periods, units))
    for t in range(1, periods):
        noise[t] += 0.3 * noise[t - 1]
    values = base * (1 + 0.001 * day)[:, None] * (1 + 0.1 * weekday)[:, None] * np.exp(0.2 * loudness * noise)
    values[world.before :, chosen] *= 1 + lift
    order = [chosen, *(unit for unit in range(units) if unit != chosen)]
    return Draw(values[:, order], world.before, lift)
