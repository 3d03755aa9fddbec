"""Reads about plans, for coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from handrail.capabilities.impact.models import Plan

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation

FROZEN = ("frozen_on", "weeks", "seed", "method", "outcomes", "sights", "turns", "events", "digest")


def plans_of(organisation: Organisation) -> list[Plan]:
    """Newest first."""
    return list(Plan.objects.filter(organisation=organisation))


def plan_in(organisation: Organisation, plan_id: int) -> Plan:
    return get_object_or_404(Plan, organisation=organisation, pk=plan_id)


def frozen_body(plan: Plan) -> dict[str, Any]:
    """As `handrail impact --plan` reads it."""
    if plan.state != Plan.State.FROZEN:
        raise Http404
    return {name: plan.content[name] for name in FROZEN if name in plan.content}
