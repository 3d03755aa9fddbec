"""The worker's part of a plan: what could be seen, judged from the past, and who should begin when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from handrail.capabilities.impact.events.queries import as_values as event_values
from handrail.capabilities.impact.models import Plan
from handrail.capabilities.impact.panels import Compared, compared
from handrail.capabilities.participation.queries import measured_at
from handrail.capabilities.people.queries import present_people_and_units
from handrail.capabilities.schemes.queries import running_scheme_of
from handrail.capabilities.schemes.sign_up.queries import people_signed_up
from handrail.engines.impact import Panel
from handrail.engines.impact.plan import LEAST_PAST, LEAST_UNITS, as_values, plan

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation


def work_out(row: Plan) -> None:
    """Run twice, the same comes out: who begins when is drawn by the plan's own number."""
    with transaction.atomic():
        content = _content(row)
        state = Plan.State.FAILED if "why" in content else Plan.State.READY
        Plan.objects.filter(pk=row.pk, state=Plan.State.WAITING).update(state=state, content=content)


def _content(row: Plan) -> dict[str, Any]:
    if measured_at(row.organisation_id) is None:
        return {"why": "no_log"}
    found = compared(row.organisation_id)
    panel = _not_begun(found) if found.panel.periods else found.panel
    past, units = len(set(panel.periods) - found.settings.holidays), len(panel.units)
    if past < LEAST_PAST:
        return {"why": "short", "past": past, "least": LEAST_PAST}
    if row.teams > units - LEAST_UNITS:
        return {"why": "many", "units": units, "most": max(0, units - LEAST_UNITS)}
    ready = _ready(row.organisation, found)
    made = plan(panel, row.teams, row.weeks, waves=row.turns, seed=row.pk, settings=found.settings, among=ready)
    last: date | int = panel.periods[-1]
    told = {"seed": row.pk, "units": units, "past": past, "last": str(last), "events": event_values(found.events)}
    return {**told, **as_values(made)}


def _not_begun(found: Compared) -> Panel:
    """Without the teams in which a leader began within these weeks: their past is not one without."""
    begun = {unit for unit, leader in found.first.items() if str(found.began[leader]) <= str(found.panel.periods[-1])}
    kept = [place for place, unit in enumerate(found.panel.units) if unit not in begun]
    units = tuple(found.panel.units[place] for place in kept)
    return Panel(units, found.panel.periods, found.panel.outcomes, found.panel.values[:, :, kept])


def _ready(organisation: Organisation, found: Compared) -> set[str]:
    """The teams in which a leader has signed up and none has begun: turns are drawn among nobody else."""
    scheme = running_scheme_of(organisation)
    if scheme is None:
        return set()
    signed_up, homes = people_signed_up(scheme, "leader"), present_people_and_units(organisation.pk)
    return {homes[person] for person in signed_up if person in homes} - set(found.first)
