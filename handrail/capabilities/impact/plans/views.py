"""Plans before a scheme starts: what could be seen, who should begin when, frozen with its day."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.impact import rules
from handrail.capabilities.impact.plans import actions, presenters, queries
from handrail.capabilities.impact.plans.forms import PlanForm
from handrail.capabilities.people.queries import organisation_of
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_coordinators
from handrail.foundation.access.refusal import Refused


@open_to_coordinators
@require_safe
def impact_plans(request: SignedInRequest) -> HttpResponse:
    rows = presenters.plan_rows(queries.plans_of(organisation_of(request)))
    return render(request, "impact/plans/impact_plans.html", {"title": _("Plan before leaders begin"), "rows": rows})


@open_to_coordinators
def impact_plan_new(request: SignedInRequest) -> HttpResponse:
    form = PlanForm(sent(request))
    if request.method == "POST" and form.is_valid():
        plan = actions.make_plan(by=request.user, organisation=organisation_of(request), **form.cleaned_data)
        return redirect("impact_plan", plan.pk)
    return render(request, "impact/plans/impact_plan_new.html", {"title": _("What could you see?"), "form": form})


@open_to_coordinators
@require_safe
def impact_plan(request: SignedInRequest, impact_plan_id: int) -> HttpResponse:
    found = queries.plan_in(organisation_of(request), impact_plan_id)
    context: dict[str, object] = {
        "title": presenters.title_of(found),
        "plan": found,
        "state": presenters.state_of(found),
        "may_freeze": rules.can_freeze(found),
        "may_put_aside": rules.can_put_aside(found),
    }
    if found.state == "failed":
        context["why"] = presenters.why_not(found)
    elif found.state != "waiting":
        context |= {
            "sentence": presenters.sentence(found),
            "sights": presenters.sight_rows(found),
            "sight_headers": presenters.SIGHT_HEADERS,
            "measures": presenters.measure_rows(found),
            "turns": presenters.turn_rows(found),
            "drawn": presenters.who_is_drawn(found),
            "events": presenters.events_known(found),
            "digest": found.content.get("digest", "")[:12],
        }
    return render(request, "impact/plans/impact_plan.html", context)


@open_to_coordinators
@require_safe
def impact_plan_progress(request: SignedInRequest, impact_plan_id: int) -> HttpResponse:
    found = queries.plan_in(organisation_of(request), impact_plan_id)
    response = render(request, "impact/plans/impact_plan_progress.html", {"plan": found})
    if found.state != "waiting":
        response.headers["HX-Refresh"] = "true"
    return response


@open_to_coordinators
@require_POST
def impact_plan_freeze(request: SignedInRequest, impact_plan_id: int) -> HttpResponse:
    found = queries.plan_in(organisation_of(request), impact_plan_id)
    try:
        actions.freeze_plan(by=request.user, plan=found)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("impact_plan", impact_plan_id)


@open_to_coordinators
@require_POST
def impact_plan_put_aside(request: SignedInRequest, impact_plan_id: int) -> HttpResponse:
    found = queries.plan_in(organisation_of(request), impact_plan_id)
    try:
        actions.put_plan_aside(by=request.user, plan=found)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("impact_plan", impact_plan_id)
    messages.success(request, _("The plan is deleted."))
    return redirect("impact_plans")


@open_to_coordinators
@require_safe
def impact_plan_file(request: SignedInRequest, impact_plan_id: int) -> HttpResponse:
    """The frozen plan, to keep elsewhere and to hold a report against with the command line."""
    body = queries.frozen_body(queries.plan_in(organisation_of(request), impact_plan_id))
    answer = HttpResponse(json.dumps(body, ensure_ascii=False, indent=2), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="plan-{body["frozen_on"]}.json"'
    return answer
