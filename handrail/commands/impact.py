"""`handrail impact`: did a leader's taking part change anything? Also plans, and simulates known worlds."""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from handrail.commands import impact_compare, impact_plan, impact_report, impact_simulate
from handrail.commands.files import WrongUse, progress, written_whole
from handrail.commands.impact_tables import read_events, read_holidays, read_neighbours, read_panel, read_starts
from handrail.engines.impact import Panel, Result, Settings, Start, estimate
from handrail.engines.impact.simulate import SCENARIOS, STRESS

EXAMPLE = """examples:
  handrail impact PANEL.csv --start STARTS.csv --out RESULT.json --report REPORT.html
  handrail impact plan PANEL.csv --units 10 --weeks 26 --blocks 2 --freeze PLAN.json
  handrail impact plan PLAN.json                          shows a frozen plan, and whether it was changed since
  handrail impact PANEL.csv --start STARTS.csv --report REPORT.html --plan PLAN.json --horizon 26
  handrail impact simulate --scenario W1 --lift 0.1 --runs 100

PANEL.csv   unit,period,outcome,value     period: a date (2026-03-30) or a whole number
            team 1,2026-03-30,replies,14  a row that is not there is missing, not zero (see --absent-is-zero)
STARTS.csv  unit,start
            team 1,2026-06-01

RESULT.json: effect, low and high are relative (0.28 is +28 %); verdict is rise, fall, no_sign or not_enough_data;
where there is not enough data to say, effect, low, high and absolute are null and the reason says what would do.
Both files may be Parquet (.parquet); - is standard input or output."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EXAMPLE
    parser.add_argument("words", nargs="*", metavar="PANEL | plan PANEL | plan PLAN.json | simulate")
    parser.add_argument("--start", metavar="STARTS", help="which unit a leader began to take part in, and when")
    parser.add_argument("--out", metavar="RESULT.json", help="results as JSON")
    parser.add_argument("--report", metavar="REPORT.html", help="a report in one file, with pictures and tables")
    parser.add_argument("--method", default="handrail", choices=("handrail", "sdid", "sc", "did"))
    parser.add_argument("--events", metavar="EVENTS", help="other big events: unit,period,what (unit empty: everyone)")
    parser.add_argument("--holidays", metavar="HOLIDAYS", help="periods left out for everyone: first,last,what")
    parser.add_argument("--neighbours", metavar="NEIGHBOURS", help="units in heavy conversation: unit,neighbour")
    parser.add_argument("--horizon", type=int, metavar="PERIODS", help="look at most so many periods past the start")
    parser.add_argument("--absent-is-zero", action="store_true", help="a row that is not there means nothing happened")
    parser.add_argument("--no-trend-guard", action="store_true", help="do not guard against a trend of the unit's own")
    parser.add_argument("--plan", metavar="PLAN.json", help="the frozen plan that the report is held against")
    planning = parser.add_argument_group("plan")
    planning.add_argument("--units", type=int, help="how many units will get a leader")
    planning.add_argument("--weeks", type=int, help="how many periods will be watched after the start")
    planning.add_argument("--blocks", type=int, default=1, help="how many dates to start on, drawn at random in blocks")
    planning.add_argument("--among", metavar="UNITS", help="draw turns only among these (unit): who is ready to begin")
    planning.add_argument("--freeze", metavar="PLAN.json", help="write the plan, dated, to be held against later")
    simulating = parser.add_argument_group("simulate")
    simulating.add_argument("--scenario", default="W1", choices=(*SCENARIOS, *STRESS))
    simulating.add_argument("--lift", type=float, default=0.0, help="the true effect (0.1 is +10 %%)")
    simulating.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="for plan and simulate")
    parser.add_argument("--json", nargs="?", const="-", metavar="FILE", help="for plan and simulate: JSON, not a table")


def run(arguments: argparse.Namespace) -> int:
    words = arguments.words
    if words[:1] == ["plan"]:
        return impact_plan.run(arguments, words[1:])
    if words[:1] == ["simulate"]:
        return impact_simulate.run(arguments, words[1:])
    if len(words) != 1:
        raise WrongUse("name one PANEL file, or say plan or simulate; see handrail impact --help.")
    if not arguments.start:
        raise WrongUse("--start STARTS.csv is needed: which unit a leader began to take part in, and when.")
    if not arguments.out and not arguments.report:
        raise WrongUse("say where the result goes: --out RESULT.json, --report REPORT.html, or both.")
    return _estimate(arguments, words[0])


def _estimate(arguments: argparse.Namespace, path: str) -> int:
    if path == "-" and arguments.start == "-":
        raise WrongUse("only one of the files can be standard input.")
    if arguments.horizon is not None and arguments.horizon < 1:
        raise WrongUse("--horizon is at least 1.")
    for written in (arguments.out, arguments.report):
        if written and written != "-" and not os.path.isdir(Path(written).parent):
            raise WrongUse(f"the folder of {written} does not exist.")
    held = impact_plan.read_frozen(arguments.plan) if arguments.plan else None
    panel = read_panel(path, absent_is_zero=arguments.absent_is_zero)
    starts = read_starts(arguments.start, panel)
    settings = Settings(
        horizon=arguments.horizon,
        events=tuple(read_events(arguments.events, panel)) if arguments.events else (),
        holidays=read_holidays(arguments.holidays, panel) if arguments.holidays else frozenset(),
        neighbours=read_neighbours(arguments.neighbours) if arguments.neighbours else {},
        trend_guard=not arguments.no_trend_guard,
    )
    if arguments.method == "handrail":
        result = _by_outcome(panel, starts, settings)
    else:
        result = impact_compare.compare_all(panel, starts, arguments.method, settings)
    if arguments.out:
        with written_whole(arguments.out) as out:
            json.dump(as_json(result), out, ensure_ascii=False, indent=2, allow_nan=False)
            out.write("\n")
    if arguments.report:
        page = impact_report.page(panel, starts, settings, result, arguments.method, held)
        with written_whole(arguments.report) as out:
            out.write(page)
    return 0


def _by_outcome(panel: Panel, starts: list[Start], settings: Settings) -> Result:
    """The same as one call over all outcomes, with progress."""
    if len(panel.outcomes) == 1:
        return estimate(panel, starts, settings)
    return estimate(panel, starts, settings, each=lambda outcomes: progress(outcomes, what="outcomes"))


def as_json(result: Result) -> dict[str, list[dict[str, Any]]]:
    """RESULT.json, exactly as promised in the reference of the commands."""
    return {
        "results": [
            {
                "unit": effect.unit, "outcome": effect.outcome, "effect": effect.effect, "low": effect.low,
                "high": effect.high, "absolute": effect.absolute, "verdict": effect.verdict, "reason": effect.reason,
                "naive": effect.naive,
            }
            for effect in result.effects
        ],
        "pooled": [
            {"outcome": row.outcome, "effect": row.effect, "low": row.low, "high": row.high} for row in result.pooled
        ],
    }  # fmt: skip
