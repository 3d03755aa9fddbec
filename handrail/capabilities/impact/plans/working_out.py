"""The worker's part of a plan: what could be seen, judged from the past, and who should begin when."""

from datetime import date
from typing import Any

from django.db import transaction

from handrail.capabilities.impact.events.queries import as_values as event_values
from handrail.capabilities.impact.models import Plan
from handrail.capabilities.impact.panels import compared
from handrail.capabilities.participation.queries import measured_at
from handrail.engines.impact.plan import LEAST_PAST, LEAST_UNITS, as_values, plan


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
    past, units = len(set(found.panel.periods) - found.settings.holidays), len(found.panel.units)
    if past < LEAST_PAST:
        return {"why": "short", "past": past, "least": LEAST_PAST}
    if row.teams > units - LEAST_UNITS:
        return {"why": "many", "units": units, "most": max(0, units - LEAST_UNITS)}
    made = plan(found.panel, row.teams, row.weeks, waves=row.turns, seed=row.pk, settings=found.settings)
    last: date | int = found.panel.periods[-1]
    told = {"seed": row.pk, "units": units, "past": past, "last": str(last), "events": event_values(found.events)}
    return {**told, **as_values(made)}
