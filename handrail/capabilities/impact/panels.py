"""From participation's units week by week to what the engine compares: in a worker, never while a page is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from handrail.capabilities.impact.events.queries import events_of, weeks_of
from handrail.capabilities.impact.models import KnownEvent
from handrail.capabilities.participation.queries import MEASURES, UnitWeeks, began_in, unit_weeks
from handrail.capabilities.people.queries import present_people_and_units
from handrail.engines.impact import Event, Panel, Settings, Start
from handrail.engines.impact.normalise import Floats

HEAVY = 0.1  # of all acts of a unit whose other end is known: from there two units are neighbours


@dataclass(frozen=True)
class Compared:
    """`first`: by unit, the leader who was the first to begin there; `people`: by unit, how many there are beside
    leaders; `began` and `homes`: by leader, the day and the unit; `events`: those that touch a week of the panel."""

    panel: Panel
    starts: tuple[Start, ...]
    settings: Settings
    people: Mapping[str, int]
    first: Mapping[str, int]
    began: Mapping[int, date]
    homes: Mapping[int, str]
    events: tuple[KnownEvent, ...] = ()


def compared(organisation_id: int, last: date | None = None) -> Compared:
    """Up to the last act, or to `last`. What leaders do themselves counts nowhere: the question is what others did."""
    began = began_in(organisation_id)
    found = unit_weeks(organisation_id, without=began.keys(), last=last)
    homes = present_people_and_units(organisation_id)
    inside = sorted((day, person) for person, day in began.items() if homes.get(person, "") in found.people)
    first: dict[str, int] = {}
    for _day, person in inside:
        first.setdefault(homes[person], person)
    starts = dict.fromkeys(Start(homes[person], day) for day, person in inside)
    touched = {event: weeks for event in events_of(organisation_id) if (weeks := weeks_of(event, found.weeks))}
    everywhere = {week for event, weeks in touched.items() if not event.unit for week in weeks}
    return Compared(
        Panel(found.units, found.weeks, MEASURES, _without(found, touched)),
        tuple(starts),
        Settings(
            neighbours=_neighbours(found, set(first)),
            holidays=frozenset(everywhere),
            events=tuple(
                Event(event.unit, week, event.name) for event, weeks in touched.items() if event.unit for week in weeks
            ),
        ),
        found.people,
        first,
        began,
        {person: homes[person] for _day, person in inside},
        tuple(touched),
    )


def _without(found: UnitWeeks, touched: Mapping[KnownEvent, list[date]]) -> Floats:
    """The values, without the weeks of a unit in which something else happened there."""
    values = found.values.copy()
    for event, weeks in touched.items():
        if event.unit in found.units:
            values[:, [found.weeks.index(week) for week in weeks], found.units.index(event.unit)] = np.nan
    return values


def _neighbours(found: UnitWeeks, begun: set[str]) -> dict[str, frozenset[str]]:
    """Units that talk so much with one where a leader began that the effect may have spilled over."""
    near = {}
    for place, unit in enumerate(found.units):
        if unit not in begun:
            continue
        share = found.between[place] / max(int(found.between[place].sum()), 1)
        close = frozenset(found.units[other] for other in np.flatnonzero(share >= HEAVY) if other != place)
        if close:
            near[unit] = close
    return near
