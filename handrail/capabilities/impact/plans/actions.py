"""Writes about plans: make one, freeze it, put one aside that is not frozen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.impact import jobs, rules
from handrail.capabilities.impact.models import Plan
from handrail.engines.impact.plan import digest
from handrail.foundation import clock
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Organisation


@transaction.atomic
def make_plan(*, by: Account, organisation: Organisation, outcome: str, teams: int, weeks: int, turns: int) -> Plan:
    plan = Plan.objects.create(
        organisation=organisation,
        made_by=by,
        made_at=clock.now(),
        outcome=outcome,
        teams=teams,
        weeks=weeks,
        turns=turns,
    )
    record(by=by, what="plan.made", subject=plan, organisation_id=organisation.pk)
    jobs.work_out_plan.enqueue(plan_id=plan.pk)
    return plan


@transaction.atomic
def freeze_plan(*, by: Account, plan: Plan, on: date | None = None) -> None:
    """From now on it stays as it is, with its day (today) and a digest of everything in it."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    rules.check_can_freeze(plan)
    plan.state, plan.frozen_on = Plan.State.FROZEN, on or clock.today()
    body = {
        "frozen_on": plan.frozen_on.isoformat(),
        "weeks": plan.weeks,
        "seed": plan.content["seed"],
        "method": "handrail",
        "outcomes": [plan.outcome, *sorted({one["outcome"] for one in plan.content["sights"]} - {plan.outcome})],
        "sights": plan.content["sights"],
        "turns": plan.content["turns"],
        "events": plan.content.get("events", []),
    }
    plan.content = {**plan.content, **body, "digest": digest(body)}
    plan.save(update_fields=["state", "frozen_on", "content"])
    record(by=by, what="plan.frozen", subject=plan, organisation_id=plan.organisation_id)


@transaction.atomic
def put_plan_aside(*, by: Account, plan: Plan) -> None:
    rules.check_can_put_aside(plan)
    record(by=by, what="plan.put_aside", subject=plan, organisation_id=plan.organisation_id)
    plan.delete()
