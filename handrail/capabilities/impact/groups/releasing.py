"""The worker's part of releasing effects: compare, pass the gate, keep what it let through. Once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from handrail.capabilities.impact.events.queries import as_values
from handrail.capabilities.impact.groups.told import TOGETHER, Told, mark_standing, row_of
from handrail.capabilities.impact.models import Cell, Effects, InCell, Plan
from handrail.capabilities.impact.panels import Compared, compared
from handrail.capabilities.pairings.group_figures import queries as gate
from handrail.engines.impact import estimate
from handrail.foundation import clock


class ChangedMeanwhile(Exception):
    """Another release made cells of the same people; the job is run again."""


def release(effects: Effects) -> None:
    """Once: what was released stays as it is, whatever is loaded afterwards."""
    if effects.released_at is not None:
        return
    wave, organisation = effects.wave, effects.wave.organisation
    found = compared(organisation.pk, last=wave.ends_on)
    begun = begun_by_quarter(found, wave.ends_on)
    cells = gate.cells(organisation, begun=begun, earlier=earlier_cells(organisation.pk))
    plan = held_against(organisation.pk, found, wave.ends_on)
    planned: str | None = plan["measure"] if plan else None
    content: dict[str, Any] = _measured(effects, found, cells, planned) if cells else {"few": True}
    content["plan"] = plan
    content |= _left_out(found)
    with transaction.atomic():
        # one release of an organisation at a time: each must be held against all before it
        list(Effects.objects.select_for_update().filter(wave__organisation=organisation).order_by("pk"))
        if gate.cells(organisation, begun=begun, earlier=earlier_cells(organisation.pk)) != cells:
            raise ChangedMeanwhile
        Effects.objects.filter(pk=effects.pk).update(released_at=clock.now(), content=content)
        _keep(organisation.pk, cells)


def _left_out(found: Compared) -> dict[str, Any]:
    """What was left out everywhere; of single teams only that there was something, never in which."""
    return {
        "left_out": as_values(one for one in found.events if not one.unit),
        "in_teams": any(one.unit for one in found.events),
    }


def begun_by_quarter(found: Compared, until: date) -> dict[str, set[int]]:
    """Leaders by when they began: the first in each team, who is told of for it. The one grouping there is."""
    begun: dict[str, set[int]] = defaultdict(set)
    for leader in found.first.values():
        day = found.began[leader]
        if day <= until:
            begun[f"{day.year}-{(day.month + 2) // 3}"].add(leader)
    return dict(begun)


def earlier_cells(organisation_id: int) -> list[gate.Cell]:
    people: dict[int, set[int]] = defaultdict(set)
    for cell, person in InCell.objects.filter(cell__organisation=organisation_id).values_list("cell", "person"):
        people[cell].add(person)
    return [
        gate.Cell(tuple(one.names), frozenset(people[one.pk]), one.of)
        for one in Cell.objects.filter(organisation=organisation_id)
    ]


def _keep(organisation_id: int, cells: Sequence[gate.Cell]) -> None:
    known = {one.people for one in earlier_cells(organisation_id)}
    for one in cells:
        if one.people not in known:
            made = Cell.objects.create(
                organisation_id=organisation_id, names=list(one.names), of=one.of, made_at=clock.now()
            )
            InCell.objects.bulk_create(InCell(cell=made, person_id=person) for person in sorted(one.people))


def _measured(effects: Effects, found: Compared, cells: Sequence[gate.Cell], planned: str | None) -> dict[str, Any]:
    team_of = {leader: unit for unit, leader in found.first.items()}
    groups = {str(place): {team_of[person] for person in one.people} for place, one in enumerate(cells)}
    groups[TOGETHER] = set().union(*groups.values())
    Effects.objects.filter(pk=effects.pk).update(done=0, total=len(found.panel.outcomes))

    def each(names: Sequence[str]) -> Iterator[str]:
        for name in names:
            yield name
            Effects.objects.filter(pk=effects.pk).update(done=F("done") + 1)

    result = estimate(found.panel, found.starts, found.settings, each=each, groups=groups)
    told = Told(effects.wave.organisation_id, result, groups)
    rows = {(group, name): row_of(told, name, group) for name in found.panel.outcomes for group in groups}
    looked_at = mark_standing(told, rows, planned)
    without = len(found.panel.units) - len(found.first)
    return {
        "few": False,
        "groups": [{"names": list(one.names), "teams": gate.about_how_many(one.of)} for one in cells],
        "compared_with": gate.about_how_many(without),
        "first": str(found.panel.periods[0]),
        "last": str(found.panel.periods[-1]),
        "looked_at": looked_at,
        "measures": [
            {
                "measure": name,
                "together": rows[TOGETHER, name],
                "rows": [rows[str(place), name] for place in range(len(cells))],
            }
            for name in found.panel.outcomes
        ],
    }


def held_against(organisation_id: int, found: Compared, until: date) -> dict[str, Any] | None:
    """The newest plan frozen by then, and how far it was kept to: in words of all or some, never a team's name."""
    frozen = Plan.objects.filter(organisation=organisation_id, state=Plan.State.FROZEN, frozen_on__lte=until)
    plan = frozen.order_by("-frozen_on", "-pk").first()
    if plan is None:
        return None
    planned = {turn["unit"] for turn in plan.content["turns"]}
    begun = {unit for unit, leader in found.first.items() if found.began[leader] <= until}
    reach = next(one["together"] for one in plan.content["sights"] if _is_chosen(one, plan))
    return {
        "frozen_on": plan.frozen_on and plan.frozen_on.isoformat(),
        "digest": plan.content["digest"],
        "measure": plan.outcome,
        "weeks": plan.weeks,
        "reach": reach,
        "kept": _how_many(planned & begun, planned) if planned else None,
        "stated_later": any(one.stated_on > plan.frozen_on for one in found.events if plan.frozen_on),
        "added": bool(planned and begun - planned),
    }


def _is_chosen(sight: Mapping[str, Any], plan: Plan) -> bool:
    return (sight["outcome"], sight["units"], sight["weeks"]) == (plan.outcome, plan.teams, plan.weeks)


def _how_many(some: Collection[str], of: Collection[str]) -> str:
    return "all" if len(some) == len(of) else "most" if 2 * len(some) > len(of) else "some" if some else "none"
