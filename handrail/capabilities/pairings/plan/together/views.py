"""Who sees the plan: previewed as the mentor will see it, made the pair's, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.plan import queries
from handrail.capabilities.pairings.plan.queries import OpenPlan
from handrail.capabilities.pairings.plan.together import actions
from handrail.capabilities.pairings.plan.together.forms import TogetherForm
from handrail.capabilities.pairings.plan.together.presenters import rows_of
from handrail.capabilities.pairings.plan.together.queries import pairings_to_share_with
from handrail.design.forms import sent
from handrail.design.parts import Choice
from handrail.foundation.access.guards import open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.texts import needs_open_vault


@open_to_those_concerned
def plan_share(request: SignedInRequest) -> HttpResponse:
    """Who sees it now; and the way to make it the pair's."""
    return _share(request) if queries.own_row(request) is not None else redirect("plan")


@needs_open_vault
def _share(request: SignedInRequest) -> HttpResponse:
    plan = queries.own_plan(request)
    if plan.is_the_pairs:
        context = {"title": _("Who sees it"), "plan": plan, "rows": rows_of(plan.sheet)}
        return render(request, "plan/plan_shared.html", context)
    pairings = pairings_to_share_with(request)
    form = TogetherForm(sent(request))
    chosen = next((one for one in pairings if str(one.pk) == request.POST.get("pairing", "")), None)
    if request.method == "POST" and form.is_valid():
        parts = list(form.cleaned_data["parts"])
        if chosen is not None:
            return _made(request, plan, chosen, parts)
        choices = [Choice(str(one.pk), _("Share it with %(name)s") % {"name": one.mentor.name}) for one in pairings]
        context = {
            "title": _("This is what your mentor will see"),
            "rows": rows_of(actions.as_the_pair_sees(plan, parts)),
            "parts": parts,
            "choices": choices,
        }
        return render(request, "plan/plan_share_preview.html", context)
    context = {"title": _("Who sees it"), "plan": plan, "form": form, "mentors": pairings}
    return render(request, "plan/plan_share.html", context)


def _made(request: SignedInRequest, plan: OpenPlan, pairing: object, parts: list[str]) -> HttpResponse:
    try:
        actions.make_it_the_pairs(by=plan, pairing=pairing, parts=parts)  # type: ignore[arg-type]
        messages.success(request, _("It is the plan of you two now. You can take it back."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plan")


@open_to_those_concerned
@require_POST
def plan_take_back(request: SignedInRequest) -> HttpResponse:
    """The leader's alone again."""
    return _take_back(request) if queries.own_row(request) is not None else redirect("plan")


@needs_open_vault
def _take_back(request: SignedInRequest) -> HttpResponse:
    if actions.take_home(account_id=request.user.pk, vault=queries.opened(request)):
        messages.success(request, _("Yours alone again. It may have been read before."))
    else:
        messages.error(request, _("Your key does not open this plan any more. Nothing was changed."))
    return redirect("plan")
