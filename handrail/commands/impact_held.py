"""What the report says of a frozen plan: what was planned, and what was done otherwise."""

from collections.abc import Sequence
from html import escape
from typing import Any

from handrail.engines.impact import Panel, Result, Settings, Start
from handrail.engines.impact.plan import departures
from handrail.engines.impact.words import percent

MOST_LISTED = 10


def section(
    held: dict[str, Any], panel: Panel, starts: Sequence[Start], settings: Settings, method: str, result: Result
) -> str:
    planned = "".join(f"<li>{escape(line)}</li>" for line in _planned(held))
    differs = _differs(held, panel, starts, settings, method) or ["Nothing was done otherwise than planned."]
    listed = "".join(f"<li>{escape(line)}</li>" for line in [*differs, *_reached(held, result)])
    return (
        f"<h2>The plan it is held against</h2><p>Frozen on {escape(held['frozen_on'])}, digest "
        f"{escape(held['digest'][:12])}.</p><h3>What was planned</h3><ul>{planned}</ul>"
        f"<h3>What was done otherwise, and what came of it</h3><ul>{listed}</ul>"
    )


def _planned(held: dict[str, Any]) -> list[str]:
    outcomes, units = held["outcomes"], [turn["unit"] for turn in held["turns"]]
    said = [
        f"To judge by “{outcomes[0]}” first"
        + (f", then by {', '.join(f'“{name}”' for name in outcomes[1:])}." if outcomes[1:] else "."),
        f"To look at {held['weeks']} periods after each start, by the method “{held['method']}”.",
        f"{len(units)} units to start, in {len({turn['wave'] for turn in held['turns']})} turns.",
    ]
    reach = reach_of(held)
    if reach is not None:
        said.append(f"It said that a change of {percent(reach, sign=False)} could be seen four times in five.")
    said += [f"To leave out “{one['name']}”, {one['first']} to {one['last']}." for one in held.get("events", ())]
    return said


def reach_of(held: dict[str, Any]) -> float | None:
    """The change that the plan said could be seen in its first outcome, with its units and periods."""
    wanted = (held["outcomes"][0], len(held["turns"]), held["weeks"])
    found = (s["together"] for s in held["sights"] if (s["outcome"], s["units"], s["weeks"]) == wanted)
    return next(found, None)


def _differs(held: dict[str, Any], panel: Panel, starts: Sequence[Start], settings: Settings, method: str) -> list[str]:
    said = departures([t["unit"] for t in held["turns"]], [s.unit for s in starts], "Units")
    said += _out_of_turn(held, panel, starts)
    said += departures(held["outcomes"], list(panel.outcomes), "Outcomes")
    if method != held["method"]:
        said.append(f"The method is “{method}”, not “{held['method']}”.")
    if settings.horizon != held["weeks"]:
        looked = "all there are" if settings.horizon is None else str(settings.horizon)
        said.append(f"Periods looked at after each start: {looked}, not {held['weeks']} (--horizon {held['weeks']}).")
    planned = bool([one for one in held.get("events", ()) if not one["unit"]])
    if bool(settings.holidays) != planned:
        done = "left out, though the plan named none" if settings.holidays else "counted, though the plan named some"
        said.append(f"Holidays are {done}.")
    if not settings.trend_guard:
        said.append("The guard against a trend of a unit's own was taken off.")
    return said


def _out_of_turn(held: dict[str, Any], panel: Panel, starts: Sequence[Start]) -> list[str]:
    """Units that started earlier or later after the first than was planned."""
    planned = {turn["unit"]: int(turn["after"]) for turn in held["turns"]}
    rows: dict[str, int] = {}
    for start in starts:
        row = panel.row_at(start.period)[0]
        rows[start.unit] = min(row, rows.get(start.unit, row))
    both = sorted(planned.keys() & rows.keys())
    if not both:
        return []
    first, least = min(rows[unit] for unit in both), min(planned[unit] for unit in both)
    moved = [(unit, planned[unit] - least, rows[unit] - first) for unit in both]
    moved = [one for one in moved if one[1] != one[2]]
    said = [
        f"“{unit}” was to start {wanted} periods after the first, and started {got} after it."
        for unit, wanted, got in moved[:MOST_LISTED]
    ]
    if len(moved) > MOST_LISTED:
        said.append(f"So did {len(moved) - MOST_LISTED} more, each at another time than planned.")
    return said


def _reached(held: dict[str, Any], result: Result) -> list[str]:
    """The first outcome, as it was to be judged."""
    name = held["outcomes"][0]
    row = next((row for row in result.pooled if row.outcome == name), None)
    if row is None or row.effect is None or row.low is None or row.high is None:
        return [f"“{name}”, the first outcome, has no answer."]
    told = f"{percent(row.effect)} ({percent(row.low)} to {percent(row.high)})"
    return [f"“{name}”, the first outcome: {told}. It was looked at alone; the others are looked at together."]
