"""`handrail impact plan`: what could be seen, who should begin when, and a plan frozen to be held against."""

import argparse
import json
from datetime import UTC, datetime
from typing import Any

from handrail.commands.files import FaultyFile, NoAnswer, WrongUse, written_whole
from handrail.commands.impact_tables import read_holidays, read_panel, read_units
from handrail.engines.impact.panel import Settings
from handrail.engines.impact.plan import Plan, Sight, as_values, digest, from_values, plan, sentence


def run(arguments: argparse.Namespace, words: list[str]) -> int:
    if len(words) != 1:
        raise WrongUse("name one PANEL file after plan: handrail impact plan PANEL.csv --units 10 --weeks 26")
    if words[0].lower().endswith(".json"):
        return _show(words[0])
    if arguments.units is None or arguments.weeks is None:
        raise WrongUse("plan needs --units (how many will get a leader) and --weeks (how long they are watched).")
    panel = read_panel(words[0], absent_is_zero=arguments.absent_is_zero)
    settings = Settings(holidays=read_holidays(arguments.holidays, panel) if arguments.holidays else frozenset())
    among = read_units(arguments.among) if arguments.among else None
    if among is not None and (unknown := sorted(among - set(panel.units))):
        raise FaultyFile(arguments.among, f"the unit “{unknown[0]}” is not in the panel.")
    try:
        found = plan(
            panel, arguments.units, arguments.weeks, waves=arguments.blocks, seed=arguments.seed, settings=settings,
            among=among,
        )  # fmt: skip
    except ValueError as error:
        raise NoAnswer(f"{error}.") from error
    if arguments.freeze:
        with written_whole(arguments.freeze) as out:
            json.dump(frozen(found, arguments), out, ensure_ascii=False, indent=2)
            out.write("\n")
    with written_whole(arguments.json or "-") as out:
        if arguments.json:
            json.dump(as_values(found), out, ensure_ascii=False, indent=2)
            out.write("\n")
        else:
            out.write(as_table(found, arguments.units, arguments.weeks))
    return 0


def _show(path: str) -> int:
    """A frozen plan in words; a FaultyFile where it was changed after it was frozen."""
    held = read_frozen(path)
    found = from_values(held)
    head = f"Frozen on {held['frozen_on']} and not changed since (digest {held['digest'][:12]}).\n"
    with written_whole("-") as out:
        out.write(head + as_table(found, len(found.turns), held["weeks"]))
    return 0


def as_table(found: Plan, units: int, weeks: int) -> str:
    lines = [sentence(s) for s in found.sights if (s.units, s.periods) == (units, weeks)]
    lines += ["", f"{'outcome':<20} {'units':>6} {'weeks':>6} {'all together':>13} {'a typical one':>14}"]
    lines += [_row(sight) for sight in found.sights]
    lines += ["", f"{'unit':<20} {'wave':>6} {'weeks after the first':>22}"]
    lines += [f"{turn.unit:<20} {turn.wave:>6} {turn.after:>22}" for turn in found.turns]
    return "\n".join(lines) + "\n"


def _row(sight: Sight) -> str:
    together = "-" if sight.together is None else f"{sight.together:.0%}"
    alone = "-" if sight.alone is None else f"{sight.alone:.0%}"
    return f"{sight.outcome:<20} {sight.units:>6} {sight.periods:>6} {together:>13} {alone:>14}"


def frozen(found: Plan, arguments: argparse.Namespace) -> dict[str, Any]:
    """The plan with its date and a digest of everything in it, so that a later change shows."""
    body = {
        "frozen_on": datetime.now(UTC).date().isoformat(),
        "weeks": arguments.weeks, "seed": arguments.seed, "method": "handrail",
        "outcomes": sorted({sight.outcome for sight in found.sights}), **as_values(found),
    }  # fmt: skip
    return {**body, "digest": digest(body)}


def read_frozen(path: str) -> dict[str, Any]:
    """A frozen plan whose digest still fits."""
    try:
        with open(path, encoding="utf-8") as source:
            body = json.load(source)
    except OSError as error:
        raise FaultyFile(path, f"cannot be read ({error.strerror or error}).") from error
    except ValueError as error:
        raise FaultyFile(path, "is not a JSON file.") from error
    if not isinstance(body, dict) or body.get("digest") != digest(body):
        raise FaultyFile(path, "was changed after it was frozen: its digest does not fit. Use the file as written.")
    return body
