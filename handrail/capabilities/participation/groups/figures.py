"""What a wave's figures about groups are: of whom each holds, from a fixed list. Told only through the gate."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from handrail.capabilities.participation.actions.measuring import StoredLog
from handrail.capabilities.participation.models import Wave
from handrail.capabilities.people.queries import present_people_and_units
from handrail.engines.participation.measures import Measures

NOWHERE = ""  # people whom no unit is known of
MONTH = timedelta(weeks=4)  # as long as the shortest wave, so that it never reaches beyond one
Row = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """How many people something is true of, in the wave or another time, and the measures it needs.

    `within`: the figures that hold of everybody of whom this one does. `since`: those of an earlier wave of which the
    same is true the other way about. The gate must know each.
    """

    name: str
    holds: Callable[[Row], bool]
    needs: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    time: str = "wave"


def _took_part(row: Row) -> bool:
    return bool(row["contribution"] + row["mentions_given"] > 0)


# The order counts: where one figure leaves less to say of another, the earlier is told.
FIGURES = (
    Figure("took_part", _took_part, within=("this_year",)),
    Figure("both_ways", lambda row: row["two_way"] > 0, ("two_way",), ("took_part", "in_touch")),
    Figure("answered_others", lambda row: row["replies_given"] > 0, ("replies_given",), ("took_part",)),
    Figure("across", lambda row: row["cross_ties"] > 0, ("cross_unit_share",), ("took_part", "in_touch")),
    Figure("in_touch", lambda row: row["two_way_share"] is not None, ("two_way_share",)),
    Figure("mostly_both_ways", lambda row: (row["two_way_share"] or 0) >= 0.5, ("two_way_share",), ("both_ways",)),
    Figure("this_year", _took_part, since=("took_part", "last_weeks"), time="year"),
    Figure("last_weeks", _took_part, within=("took_part",), time="month"),
)
IN_TIME = "active_weeks"  # a measure of what has a time: without it nobody can say what belongs to a wave
SILENT: Row = {
    **dict.fromkeys(("contribution", "mentions_given", "replies_given", "two_way", "cross_ties"), 0),
    "two_way_share": None,
}


@dataclass(frozen=True)
class Facts:
    """Of whom each figure holds. Never shown and never kept."""

    units: Mapping[str, Collection[int]]
    holds: Mapping[str, Collection[int]]
    within: Mapping[str, Collection[str]]
    since: Mapping[str, Collection[str]]
    unmeasured: list[str]  # why something could not be measured
    with_outcomes: bool


def facts_of(wave: Wave) -> Facts:
    logs = {time: StoredLog(wave.organisation_id, first=first, last=wave.ends_on) for time, first in _starts(wave)}
    measured = {time: log.measured() for time, log in logs.items()}
    lacking = measured["wave"].unmeasured
    units: dict[str, set[int]] = {}
    for person, unit in present_people_and_units(wave.organisation_id).items():
        units.setdefault(unit or NOWHERE, set()).add(person)
    people = set().union(*units.values())
    told = [figure for figure in FIGURES if not {IN_TIME, *figure.needs} & lacking.keys()]
    return Facts(
        units=units,
        holds={one.name: _holds(one, people, logs[one.time], measured[one.time]) for one in told},
        within={figure.name: figure.within for figure in FIGURES},
        since={figure.name: figure.since for figure in FIGURES},
        unmeasured=sorted({lacking[need] for one in FIGURES for need in (IN_TIME, *one.needs) if need in lacking}),
        with_outcomes=bool(logs["wave"].outcomes),
    )


def _starts(wave: Wave) -> list[tuple[str, date]]:
    """The times that figures are about, each within the one before, all ending with the wave."""
    year: date = (np.datetime64(wave.ends_on, "M") - 11).astype("datetime64[D]").item()
    return [
        ("year", min(year, wave.starts_on)),
        ("wave", wave.starts_on),
        ("month", wave.ends_on - MONTH + timedelta(days=1)),
    ]


def _holds(figure: Figure, people: set[int], log: StoredLog, measured: Measures) -> set[int]:
    rows = {row["person"]: row for row in measured.people.to_pylist()}
    number_of = log.people.number_of
    return {person for person in people if figure.holds(rows.get(number_of.get(person, -1), SILENT))}
