"""Reading the panel, the starts and the events of `handrail impact`; every fault names its line."""

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from handrail.commands.files import FaultyFile, NoAnswer, rows_of
from handrail.engines.impact import Event, Panel, Period, Start


def read_panel(path: str, *, absent_is_zero: bool = False) -> Panel:
    """`unit,period,outcome,value`. A row that is not there, or an empty value, is missing, not zero."""
    cells: dict[tuple[str, Period, str], float] = {}
    lines: dict[tuple[str, Period, str], int] = {}
    kind: tuple[type, int] | None = None
    for line, row in rows_of(path, required=("unit", "period", "outcome", "value")):
        period = read_period(path, line, row["period"])
        kind = kind or (type(period), line)
        if type(period) is not kind[0]:
            message = f"“{row['period']}” is another kind of period than in line {kind[1]}; use dates or whole numbers."
            raise FaultyFile(path, message, line=line, column="period")
        key = (named(path, line, row, "unit"), period, named(path, line, row, "outcome"))
        if key in cells:
            message = f"unit “{key[0]}”, period {key[1]}, outcome “{key[2]}” is already in line {lines[key]}."
            raise FaultyFile(path, message, line=line)
        cells[key], lines[key] = read_value(path, line, row["value"]), line
    if not cells:
        raise NoAnswer(f"{path} has no rows, so there is nothing to compare.")
    return _panel(cells, absent_is_zero)


def _panel(cells: dict[tuple[str, Period, str], float], absent_is_zero: bool) -> Panel:
    unit_at = {name: i for i, name in enumerate(sorted({unit for unit, _, _ in cells}))}
    period_at = {period: i for i, period in enumerate(sorted({period for _, period, _ in cells}))}
    outcome_at = {name: i for i, name in enumerate(sorted({outcome for _, _, outcome in cells}))}
    values = np.full((len(outcome_at), len(period_at), len(unit_at)), 0.0 if absent_is_zero else np.nan)
    for (unit, period, outcome), value in cells.items():
        values[outcome_at[outcome], period_at[period], unit_at[unit]] = value
    return Panel(tuple(unit_at), tuple(period_at), tuple(outcome_at), values)


def named(path: str, line: int, row: dict[str, str], column: str) -> str:
    name = row[column].strip()
    if not name:
        raise FaultyFile(path, "is empty; a name is needed.", line=line, column=column)
    return name


def read_period(path: str, line: int, text: str, column: str = "period") -> Period:
    """A whole number, or a date as year-month-day (a time after it is ignored)."""
    text = text.strip()
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return date.fromisoformat(text[:10]) if len(text) <= 10 or text[10] in " T" else date.fromisoformat(text)
    except ValueError:
        message = f"“{text}” is neither a date like 2026-03-30 nor a whole number."
        raise FaultyFile(path, message, line=line, column=column) from None


def read_value(path: str, line: int, text: str) -> float:
    text = text.strip()
    if text.lower() in ("", "na", "nan", "null"):
        return math.nan
    try:
        value = float(text)
    except ValueError:
        raise FaultyFile(path, f"“{text}” is not a number.", line=line, column="value") from None
    if not math.isfinite(value):
        raise FaultyFile(path, f"“{text}” is not a finite number.", line=line, column="value")
    return value


def read_starts(path: str, panel: Panel) -> list[Start]:
    """`unit,start`. A unit may be there several times, for several leaders, but not twice with the same start."""
    starts: dict[tuple[str, Period], int] = {}
    known = set(panel.units)
    for line, row in rows_of(path, required=("unit", "start")):
        unit = named(path, line, row, "unit")
        if unit not in known:
            message = f"the unit “{unit}” is not in the panel{_close_to(unit, panel.units)}."
            raise FaultyFile(path, message, line=line, column="unit")
        period = read_period(path, line, row["start"], "start")
        if isinstance(period, date) != isinstance(panel.periods[0], date):
            wanted = "dates" if isinstance(panel.periods[0], date) else "whole numbers"
            message = f"“{row['start']}” does not fit: the panel's periods are {wanted}."
            raise FaultyFile(path, message, line=line, column="start")
        if (unit, period) in starts:
            message = f"unit “{unit}” with start {period} is already in line {starts[unit, period]}."
            raise FaultyFile(path, message, line=line)
        starts[unit, period] = line
    if not starts:
        raise NoAnswer(f"{path} names no start, so there is no effect to look for.")
    return [Start(unit, period) for unit, period in starts]


def _close_to(name: str, known: Sequence[str]) -> str:
    alike = [unit for unit in known if unit.strip().casefold() == name.casefold()]
    return f" (did you mean “{alike[0]}”?)" if alike else ""


def read_events(path: str, panel: Panel) -> list[Event]:
    """`unit,period,what`; an empty unit touches everyone."""
    events = []
    for line, row in rows_of(path, required=("unit", "period")):
        period = read_period(path, line, row["period"])
        if isinstance(period, date) != isinstance(panel.periods[0], date):
            raise FaultyFile(path, "is another kind of period than in the panel.", line=line, column="period")
        events.append(Event(row["unit"].strip() or None, period, row.get("what", "").strip() or "another event"))
    return events


def read_neighbours(path: str) -> dict[str, frozenset[str]]:
    """`unit,neighbour`: pairs in heavy conversation; neither is compared with the other."""
    pairs: dict[str, set[str]] = {}
    for line, row in rows_of(path, required=("unit", "neighbour")):
        unit, near = named(path, line, row, "unit"), named(path, line, row, "neighbour")
        pairs.setdefault(unit, set()).add(near)
        pairs.setdefault(near, set()).add(unit)
    return {unit: frozenset(near) for unit, near in pairs.items()}


def read_holidays(path: str, panel: Panel) -> frozenset[Period]:
    """`first,last,what` (an empty last is the first): the panel's periods that are touched, left out for everyone."""
    touched: set[Period] = set()
    for line, row in rows_of(path, required=("first",)):
        first = read_period(path, line, row["first"], "first")
        last = read_period(path, line, row["last"], "last") if row.get("last", "").strip() else first
        if {isinstance(one, date) for one in (first, last, panel.periods[0])} not in ({True}, {False}):
            raise FaultyFile(path, "is another kind of period than in the panel.", line=line, column="first")
        if last < first:  # type: ignore[operator]
            raise FaultyFile(path, "ends before it begins.", line=line, column="last")
        for period, after in pairwise([*panel.periods, None]):
            begun = period <= last  # type: ignore[operator]
            if begun and (after is None or after > first):  # type: ignore[operator]
                touched.add(period)  # type: ignore[arg-type]
    return frozenset(touched)


def read_units(path: str) -> set[str]:
    """`unit`: those in which a leader is ready to begin."""
    return {named(path, line, row, "unit") for line, row in rows_of(path, required=("unit",))}
