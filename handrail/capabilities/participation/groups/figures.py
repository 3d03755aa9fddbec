"""The figures of a wave about groups: from a fixed list, each through the gate, none about anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from handrail.capabilities.participation.actions.measuring import StoredLog
from handrail.capabilities.participation.models import Wave
from handrail.capabilities.people.queries import present_people_and_units
from handrail.engines import disclosure
from handrail.engines.participation import measures
from handrail.engines.participation.measures import Measures

NOWHERE = ""  # people whom no unit is known of
SPREAD = "spread"
Row = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """A share of people of whom something is true, and the measure it needs."""

    name: str
    needs: str
    holds: Callable[[Row], bool]


SHARES = (
    Figure("took_part", "posts", lambda row: row["contribution"] + row["mentions_given"] > 0),
    Figure("answered_others", "replies_given", lambda row: row["replies_given"] > 0),
    Figure("both_ways", "two_way", lambda row: row["two_way"] > 0),
    Figure("across", "cross_unit_share", lambda row: row["cross_ties"] > 0),
)


def content_of(wave: Wave, threshold: int) -> dict[str, Any]:
    """What a release holds: groups with their figures, how alive the whole is, what could not be measured."""
    log = StoredLog(wave.organisation_id, first=wave.starts_on, last=wave.ends_on)
    members = present_people_and_units(wave.organisation_id)
    measured = log.measured()
    rows = {row["person"]: row for row in measured.people.to_pylist()}
    silent = {"contribution": 0, "mentions_given": 0, "replies_given": 0, "two_way": 0, "cross_ties": 0}
    by_unit: dict[str, list[Row]] = {}
    for person, unit in members.items():
        row = rows.get(log.people.number_of.get(person, -1), silent)
        by_unit.setdefault(unit or NOWHERE, []).append(row)
    try:
        groups = disclosure.merged({unit: len(people) for unit, people in by_unit.items()}, threshold)
    except disclosure.TooFew:
        return {"groups": [], "few": True}
    told = [figure for figure in SHARES if figure.needs not in measured.unmeasured]
    return {
        "few": False,
        "groups": [_group(group, by_unit, told, measured, threshold) for group in groups],
        "health": _health(log, wave, threshold),
        "unmeasured": sorted({why for name, why in measured.unmeasured.items() if name in _NEEDED}),
        "with_outcomes": bool(log.outcomes),
    }


_NEEDED = {figure.needs for figure in SHARES} | {"two_way_share"}


def _group(
    group: disclosure.Group, by_unit: dict[str, list[Row]], told: list[Figure], measured: Measures, threshold: int
) -> dict[str, Any]:
    people = [row for unit in group.names for row in by_unit[unit]]
    shares = {}
    for figure in told:
        share = disclosure.share(sum(map(figure.holds, people)), len(people), threshold)
        shares[figure.name] = None if share is None else {"bound": share.bound, "percent": share.percent}
    kept: dict[str, Any] = {"names": list(group.names), "people": disclosure.size(group.people), "shares": shares}
    if "two_way_share" not in measured.unmeasured:
        kept[SPREAD] = disclosure.split(_spread(people), threshold)
    return kept


def _spread(people: list[Row]) -> list[int]:
    """A distribution, not an average: nobody to talk with, under half of it both ways, half and more."""
    values = [row.get("two_way_share") for row in people]
    return [
        sum(value is None for value in values),
        sum(value is not None and value < 0.5 for value in values),
        sum(value is not None and value >= 0.5 for value in values),
    ]


def _health(log: StoredLog, wave: Wave, threshold: int) -> dict[str, Any] | None:
    """People active in the wave's last month, of those active in the twelve months to it; reading not counted."""
    year = StoredLog(log.organisation_id, first=_year_before(wave), last=wave.ends_on)
    months = measures.health(year.acts_about(), year.query).to_pylist()
    if not months:
        return None
    last = months[-1]
    share = disclosure.share(last["active_in_month"], last["active_in_year"], threshold)
    if share is None:
        return None
    return {"bound": share.bound, "percent": share.percent, "people": disclosure.size(last["active_in_year"])}


def _year_before(wave: Wave) -> Any:
    month = np.datetime64(wave.ends_on, "M") - 11
    return month.astype("datetime64[D]").item()
