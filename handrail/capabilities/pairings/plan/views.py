"""The plan's pages: its rail, choosing and writing steps, what it is for, going on, deleting."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.plan import actions, presenters, queries
from handrail.capabilities.pairings.plan.forms import GoalsForm, StepForm
from handrail.capabilities.pairings.plan.queries import OpenPlan
from handrail.capabilities.pairings.plan.together.actions import take_home_if_over
from handrail.capabilities.pairings.plan.weekly.queries import own_note
from handrail.capabilities.pairings.queries import mentors_of
from handrail.capabilities.starting_point.queries import has_begun
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.carried import fills_itself, initial_for
from handrail.foundation.vault.texts import needs_open_vault

View = Callable[..., HttpResponse]
OFFERED = 6  # steps to choose from on one page


def with_plan(view: View) -> View:
    """Below the guard: the plan is looked for before anything is opened, so that no stranger's look makes a key."""
    opened_first = needs_open_vault(view)

    @wraps(view)
    def found_first(request: SignedInRequest, plan_id: UUID, **named: Any) -> HttpResponse:
        queries.row_called(request, plan_id)
        return opened_first(request, plan_id=plan_id, **named)

    return found_first


@open_to_those_concerned
def plan(request: SignedInRequest) -> HttpResponse:
    """One's own plan; before there is one, what it is. Looking makes nothing."""
    if queries.own_row(request) is not None:
        return _own(request)
    return render(request, "plan/plan_none.html", {"title": _("Your plan"), "told": has_begun(request)})


@needs_open_vault
def _own(request: SignedInRequest) -> HttpResponse:
    if said := take_home_if_over(request):
        messages.success(request, said)
    return _rail(request, queries.own_plan(request))


@open_to_those_concerned
@with_plan
def plan_of_the_pair(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The same plan, for the mentor of the pair."""
    return _rail(request, queries.plan_called(request, plan_id))


def _rail(request: SignedInRequest, shown: OpenPlan) -> HttpResponse:
    context = {"title": presenters.page_title(shown), "plan": shown, "who_reads": presenters.who_reads(shown)}
    if shown.shut:
        return render(request, "plan/plan_shut.html", context)
    leads = shown.side == "leader"
    context |= {
        "leads": leads,
        "nothing_today": presenters.nothing_today_in_words(shown),
        "paused": presenters.paused_in_words(shown),
        "rail": presenters.rail_of(shown),
        "ways": presenters.ways_of(shown),
        "own_ways": presenters.ways_of_leader(shown, own_note(request), mentors_of(request.user.pk)) if leads else [],
        "skipped": presenters.skipped_of(shown) if leads else [],
        "over": not shown.sheet.todo,
    }
    return render(request, "plan/plan.html", context)


@open_to_those_concerned
@require_POST
@needs_open_vault
def plan_begin(request: SignedInRequest) -> HttpResponse:
    """The first three steps, and straight to the first."""
    actions.begin_plan(by=request.user, vault=queries.opened(request))
    queries.forget_row(request)
    shown = queries.own_plan(request)
    first = presenters.next_of(shown)
    return redirect(first.href if first else "plan")


@open_to_those_concerned
@with_plan
def plan_choose(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """A few steps that fit; those for one need on asking. What was asked for stands in no address."""
    shown = queries.plan_called(request, plan_id)
    need = request.POST.get("need", "")
    need = need if need in presenters.NEEDS else ""
    offers = queries.steps_on_offer(shown, OFFERED, need)
    if request.method == "POST" and "step" in request.POST:
        return put_in_plan(request, shown, request.POST["step"])
    context = {
        "title": _("Choose a step"),
        "plan": shown,
        "need": presenters.NEEDS.get(need, ""),
        "offers": presenters.offers_of(offers),
        "none_left": not offers,
        "needs": presenters.need_choices(need),
    }
    return render(request, "plan/plan_choose.html", context)


def put_in_plan(request: SignedInRequest, shown: OpenPlan, step_id: str) -> HttpResponse:
    """One step of the pack that was offered."""
    try:
        if not presenters.offers_of([step_id]):
            raise Refused(_("There is no such step. Choose another."))
        actions.choose_step(by=shown, step_id=step_id)
        messages.success(request, _("It is in the plan."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(shown.address)


@open_to_those_concerned
@fills_itself
@with_plan
def plan_write(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """A step in own words."""
    shown = queries.plan_called(request, plan_id)
    goals = presenters.goals_to_serve(shown.sheet)
    first = shown.sheet.goals_chosen[:1]
    form = StepForm(sent(request), goals=goals, initial={"goal": "".join(first), **initial_for(request)})
    if request.method == "POST" and form.is_valid():
        words = form.words
        try:
            actions.write_step(by=shown, title=words["title"], how=words["how"], goal=words["goal"] or "".join(first))
        except Refused as refusal:
            form.add_error("title", str(refusal))
        else:
            messages.success(request, _("It is in the plan."))
            return redirect(shown.address)
    return render(request, "plan/plan_write.html", {"title": _("A step of your own"), "plan": shown, "form": form})


@open_to_those_concerned
@fills_itself
def plan_goals(request: SignedInRequest) -> HttpResponse:
    """What the plan is for."""
    return _goals(request) if queries.own_row(request) is not None else redirect("plan")


@needs_open_vault
def _goals(request: SignedInRequest) -> HttpResponse:
    shown = queries.own_plan(request)
    before = {"goals": list(shown.sheet.goals), "own": shown.sheet.own_goal}
    form = GoalsForm(sent(request), initial={**before, **initial_for(request)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_goals(by=shown, goals=form.cleaned_data["goals"], own=form.cleaned_data["own"].strip())
        except Refused as refusal:
            form.add_error("goals", str(refusal))
        else:
            return redirect("plan")
    return render(request, "plan/plan_goals.html", {"title": _("What it is for"), "plan": shown, "form": form})


@open_to_those_concerned
@require_POST
def plan_go_on(request: SignedInRequest) -> HttpResponse:
    """Three more steps and a new end, after something was passed on."""
    return _go_on(request) if queries.own_row(request) is not None else redirect("plan")


@needs_open_vault
def _go_on(request: SignedInRequest) -> HttpResponse:
    try:
        actions.go_on(by=queries.own_plan(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plan")


@open_to_those_concerned
def plan_delete(request: SignedInRequest) -> HttpResponse:
    """Asked once more, then gone."""
    if request.method == "POST":
        actions.delete_plan(by=request.user)
        messages.success(request, _("Deleted. If it was the pair’s, it may have been read before."))
        return redirect("home")
    return render(request, "plan/plan_delete.html", {"title": _("Delete your plan?")})
