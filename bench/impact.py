"""Coverage, power, error and speed of the impact engine on worlds with a known truth.

    python bench/impact.py coverage --runs 200 [--seed 9] [--out FIGURES.json]   every scenario, three true effects
    python bench/impact.py speed [--leaders 1000 --outcomes 10 --controls 200]   CPU seconds and memory of one batch
    python bench/impact.py paths --runs 60                                       the effect by time since the start
    python bench/impact.py real --data DIRECTORY                                 real panels, random placebo starts

One process; CPU seconds, never wall time. Seeds of the published figures are 9,000,000 and on; the
trend guard was last changed after results on them had been seen.
"""

import argparse
import csv
import json
import os
import resource
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import numpy as np  # noqa: E402

from handrail.engines.impact import Panel, Settings, Start, estimate  # noqa: E402
from handrail.engines.impact.published import METHODS, compare, interval  # noqa: E402
from handrail.engines.impact.simulate import SCENARIOS, STRESS, WEEKLY, counts, draw, log_rates  # noqa: E402
from handrail.engines.impact.trial import summary, trial  # noqa: E402

LIFTS = (0.0, 0.1, 0.28)
HEAD = "scenario  lift  answered  holds  held|refused   rise   fall  width  error   bias  naive  naive holds"


def coverage(arguments: argparse.Namespace) -> None:
    first = arguments.seed * 1_000_000
    settings = Settings(trend_guard=not arguments.no_trend_guard)
    found = []
    print(HEAD)
    for scenario in arguments.scenarios.split(",") if arguments.scenarios else (*SCENARIOS, *STRESS):
        for lift in LIFTS:
            runs = [trial(scenario, lift, first + k, settings) for k in range(arguments.runs)]
            one = summary(scenario, lift, runs)
            found.append(one.__dict__)
            cells = (one.answered, one.coverage, one.covered_or_refused, one.rises, one.falls, one.width, one.error)
            shares = [f"{100 * value:6.1f}" if value is not None else "     -" for value in cells]
            tail = [one.bias, one.naive, one.naive_coverage]
            shares += [f"{100 * value:6.1f}" if value is not None else "     -" for value in tail]
            print(f"{scenario:<8} {lift:+5.2f}  {'  '.join(shares)}", flush=True)
            if arguments.out:
                Path(arguments.out).write_text(json.dumps(found, indent=1), encoding="utf-8")


def batch(leaders: int, outcomes: int, controls: int) -> tuple[Panel, list[Start], np.ndarray]:
    rng = np.random.default_rng(1)
    joins = rng.integers(52, 144, leaders)
    lifts = np.where(rng.random(leaders) < 1 / 3, 0.2, 0.0)
    world = WEEKLY["W1"]
    values = np.empty((outcomes, world.periods, controls + leaders))
    for outcome in range(outcomes):
        rates = log_rates(world, rng, controls + leaders)
        for unit in range(leaders):
            rates[joins[unit] :, controls + unit] += np.log1p(lifts[unit])
        values[outcome] = counts(rates, world.dispersion, rng)
    units = tuple(f"unit {i:05d}" for i in range(controls + leaders))
    panel = Panel(units, tuple(range(world.periods)), tuple(f"o{i}" for i in range(outcomes)), values)
    starts = [Start(units[controls + unit], int(joins[unit])) for unit in range(leaders)]
    return panel, starts, lifts


def speed(arguments: argparse.Namespace) -> None:
    panel, starts, lifts = batch(arguments.leaders, arguments.outcomes, arguments.controls)
    started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock = time.process_time()
    result = estimate(panel, starts, Settings(horizon=52))
    spent = time.process_time() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    series = len(result.effects)
    truth = np.repeat(lifts, arguments.outcomes)
    answered = np.array([effect.effect is not None for effect in result.effects])
    low = np.array([effect.low if effect.low is not None else np.nan for effect in result.effects])
    high = np.array([effect.high if effect.high is not None else np.nan for effect in result.effects])
    stands = np.array([bool(effect.stands_among_many) for effect in result.effects])
    holds = (low <= truth) & (truth <= high)
    print(f"{series} series in {spent:.1f} s CPU, {1000 * spent / series:.2f} ms each")
    print(f"peak {peak / 1024:.0f} MB, of which the panel and Python before the start {started / 1024:.0f} MB")
    print(f"answered {answered.mean():.1%}, intervals that hold {holds[answered].mean():.1%}")
    print(f"Benjamini-Hochberg at 0.1: {stands.sum()} stand, of them {(truth[stands] == 0).mean():.1%} false")
    print(f"pooled: {[round(row.effect or 0, 4) for row in result.pooled]}, mean truth {lifts.mean():.4f}")


def paths(arguments: argparse.Namespace) -> None:
    """Staggered starts of one effect that grows over twelve weeks: does each stretch's interval hold the truth?"""
    print("scenario  lift  what      before the start: hold   after it: hold   median width after")
    for scenario in arguments.scenarios.split(",") if arguments.scenarios else ("W1", "W2", "W4"):
        for lift in (0.0, 0.28):
            held: dict[tuple[str, bool], list[bool]] = {}
            widths: dict[str, list[float]] = {"together": [], "one unit": []}
            for k in range(arguments.runs):
                for what, since, low, high in _one_path(scenario, lift, arguments.seed * 1_000_000 + k):
                    truth = float(np.mean(_grown(lift, since + np.arange(4))))
                    held.setdefault((what, since >= 0), []).append(low <= truth <= high)
                    if since >= 0:
                        widths[what].append(high - low)
            for what in widths:
                shares = [100 * float(np.mean(held.get((what, after), [np.nan]))) for after in (False, True)]
                wide = 100 * float(np.median(widths[what] or [np.nan]))
                print(
                    f"{scenario:<8} {lift:+5.2f}  {what:<9} {shares[0]:22.1f} {shares[1]:16.1f} {wide:20.1f}",
                    flush=True,
                )


def _grown(lift: float, since: np.ndarray) -> np.ndarray:
    return lift * np.clip((since + 1) / 12, 0, 1)


def _one_path(scenario: str, lift: float, seed: int) -> list[tuple[str, int, float, float]]:
    rng, world = np.random.default_rng(seed), WEEKLY[scenario]
    rates = log_rates(world, rng, 42)
    joins = np.sort(rng.integers(60, 120, 12))
    for unit, join in enumerate(joins):
        rates[:, unit] += np.log1p(_grown(lift, np.arange(world.periods) - join))
    units = tuple(f"unit {i:02d}" for i in range(42))
    panel = Panel(units, tuple(range(world.periods)), ("value",), counts(rates, world.dispersion, rng)[None])
    starts = [Start(units[unit], int(join)) for unit, join in enumerate(joins)]
    result = estimate(panel, starts, groups={name: {name} for name in units[:12]})
    found = [("together", one.since, one.low, one.high) for one in result.pooled[0].path]
    for _name, pooled in result.grouped:
        found += [("one unit", one.since, one.low, one.high) for one in pooled.path]
    return found


def peers(arguments: argparse.Namespace) -> None:
    """The published comparison methods on the same worlds."""
    print("method scenario lift  holds  error  width")
    for scenario in arguments.scenarios.split(",") if arguments.scenarios else ("W1",):
        for method in ("did", "sc", "sdid"):
            for lift in (0.0, 0.28):
                rows = []
                for k in range(arguments.runs):
                    world = draw(scenario, lift, arguments.seed * 1_000_000 + k)
                    found = compare(method, world.values[:, 1:], world.values[:, :1], world.before)
                    low, high = interval(found, 0.95) or (np.nan, np.nan)
                    rows.append((found.estimate / found.expected - lift, low <= lift <= high, high - low))
                off, held, width = np.array(rows, dtype=float).T
                figures = f"{held.mean():6.1%} {np.sqrt((off**2).mean()):6.1%} {np.median(width):6.1%}"
                print(f"{method:<6} {scenario:<8} {lift:+.2f} {figures}", flush=True)
    assert set(METHODS) >= {"did", "sc", "sdid"}


def real(arguments: argparse.Namespace) -> None:
    """Panels in which nothing was done: a random unit and a random start, the truth is no effect."""
    folder = Path(arguments.data)
    panels = {
        "GeoLift daily": _long(folder / "geolift_pretest.csv", ",", "location", "date", "Y"),
        "Prop 99 controls": _long(
            folder / "california_prop99.csv", ";", "State", "Year", "PacksPerCapita", "California"
        ),
    }
    for name, values in panels.items():
        periods, units = values.shape
        rng = np.random.default_rng(arguments.seed)
        panel = Panel(tuple(f"{i:03d}" for i in range(units)), tuple(range(periods)), ("value",), values[None])
        held = answered = 0
        for _ in range(arguments.runs):
            start = int(rng.integers(periods // 2, periods - max(periods // 6, 3)))
            unit = panel.units[int(rng.integers(units))]
            effect = estimate(panel, [Start(unit, start)], Settings(trend_guard=not arguments.no_trend_guard)).effects[
                0
            ]
            if effect.low is not None and effect.high is not None:
                answered += 1
                held += effect.low <= 0 <= effect.high
        share = held / answered if answered else float("nan")
        print(f"{name}: {arguments.runs} placebo starts, answered {answered}, intervals that hold {share:.1%}")


def _long(path: Path, mark: str, unit: str, period: str, value: str, without: str = "") -> np.ndarray:
    with path.open(encoding="utf-8") as source:
        rows = [row for row in csv.DictReader(source, delimiter=mark) if row[unit] != without]
    units, periods = sorted({row[unit] for row in rows}), sorted({row[period] for row in rows})
    values = np.full((len(periods), len(units)), np.nan)
    for row in rows:
        values[periods.index(row[period]), units.index(row[unit])] = float(row[value])
    return values


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("coverage", "speed", "paths", "peers", "real"))
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--scenarios", help="with commas between them")
    parser.add_argument("--no-trend-guard", action="store_true")
    parser.add_argument("--leaders", type=int, default=1000)
    parser.add_argument("--outcomes", type=int, default=10)
    parser.add_argument("--controls", type=int, default=200)
    parser.add_argument("--data", default="../shared/data/impact")
    parser.add_argument("--out")
    arguments = parser.parse_args()
    {"coverage": coverage, "speed": speed, "paths": paths, "peers": peers, "real": real}[arguments.what](arguments)


if __name__ == "__main__":
    main()
