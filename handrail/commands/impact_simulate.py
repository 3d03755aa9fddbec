"""`handrail impact simulate`: how often the intervals hold where the truth is known."""

import argparse
import json

from handrail.commands.files import WrongUse, progress, written_whole
from handrail.engines.impact.panel import Settings
from handrail.engines.impact.trial import Record, Summary, summary, trial


def run(arguments: argparse.Namespace, words: list[str]) -> int:
    if words:
        raise WrongUse(f"simulate takes no file (found “{words[0]}”); it makes its own worlds.")
    if arguments.runs < 1:
        raise WrongUse("--runs is at least 1.")
    if not -0.9 <= arguments.lift <= 10:
        raise WrongUse("--lift is a share between -0.9 and 10: 0.1 is +10 %.")
    settings = Settings(trend_guard=not arguments.no_trend_guard)
    seeds = range(arguments.seed * 1_000_000, arguments.seed * 1_000_000 + arguments.runs)
    records: list[Record] = [
        trial(arguments.scenario, arguments.lift, seed, settings) for seed in progress(seeds, what="worlds")
    ]
    found = summary(arguments.scenario, arguments.lift, records)
    with written_whole(arguments.json or "-") as out:
        if arguments.json:
            json.dump(found.__dict__, out, indent=2)
            out.write("\n")
        else:
            out.write(as_table(found))
    return 0


def as_table(found: Summary) -> str:
    rows = [
        ("scenario", found.scenario), ("true effect", f"{found.lift:+.0%}"), ("runs", str(found.runs)),
        ("answered", _share(found.answered)), ("intervals that hold, of the answered", _share(found.coverage)),
        ("covered or refused", _share(found.covered_or_refused)), ("said rise", _share(found.rises)),
        ("said fall", _share(found.falls)), ("median width of the interval", _share(found.width)),
        ("root mean square error", _share(found.error)), ("mean error", _share(found.bias)),
        ("naive before/after, mean", _share(found.naive)),
        ("naive 95 % intervals that hold", _share(found.naive_coverage)),
    ]  # fmt: skip
    return "".join(f"{name:<38} {value:>8}\n" for name, value in rows)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value * 100:.1f} %"
