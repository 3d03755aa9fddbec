"""Pages on which a coordinator ends a scheme: three questions, what it means, and a way back until the last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.ending import actions, presenters, queries
from handrail.capabilities.people.queries import organisation_of
from handrail.capabilities.schemes.ending.actions import think_of_end
from handrail.capabilities.schemes.ending.queries import ending_of
from handrail.capabilities.schemes.ending.rules import Standing, standing
from handrail.capabilities.schemes.set_up.queries import outcomes_of, own_scheme
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_coordinators
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.schemes.models import Scheme

GUIDED = "guided"  # ?guided: one question after another, to the end


def _scheme(request: SignedInRequest, scheme_id: int) -> Scheme:
    """One's own that runs; one that is only being prepared has nothing to end."""
    scheme = own_scheme(organisation_of(request), scheme_id)
    if standing(scheme) not in (Standing.RUNNING, Standing.ENDING):
        raise Http404
    return scheme


@open_to_coordinators
def scheme_end(request: SignedInRequest, scheme_id: int) -> HttpResponse:
    """What is settled, what it means for whom, what everybody reads; then the decision, or the way back."""
    scheme = _scheme(request, scheme_id)
    ending = ending_of(scheme)
    ending.scheme = scheme
    decided = standing(scheme) == Standing.ENDING
    whole = presenters.is_whole(ending)
    day = date_format(ending.day, "j F Y") if ending.day else ""
    context = {
        "title": _("It ends on %(day)s") % {"day": day} if decided else _("End this scheme"),
        "scheme": scheme,
        "decided": decided,
        "begun": bool(ending.day),
        "whole": whole,
        "day": day,
        "first_step": next(iter(presenters.STEPS)),
        "rows": presenters.rows_of(ending),
        "what_happens": presenters.what_happens(queries.concerned(scheme)),
        "previews": presenters.previews(ending) if whole else [],
        "outcomes": presenters.outcomes_to_settle(outcomes_of(scheme)),
    }
    return render(request, "pairings/ending/scheme_end.html", context)


@open_to_coordinators
def scheme_end_step(request: SignedInRequest, scheme_id: int, end_step: str) -> HttpResponse:
    """One question, kept at once; nobody is told yet."""
    if end_step not in presenters.STEPS:
        raise Http404
    scheme = _scheme(request, scheme_id)
    if standing(scheme) != Standing.RUNNING:
        return redirect("scheme_end", scheme.pk)
    form = presenters.form_of(end_step, sent(request), ending_of(scheme))
    if request.method == "POST" and form.is_valid():
        try:
            think_of_end(by=request.user, scheme=scheme, answers=form.cleaned_data)
        except Refused as refusal:
            form.add_error(end_step, str(refusal))
        else:
            return _after(request, scheme, end_step)
    context = {"title": presenters.STEPS[end_step], "form": form, "scheme": scheme}
    return render(request, "pairings/ending/scheme_end_step.html", context)


def _after(request: SignedInRequest, scheme: Scheme, step: str) -> HttpResponse:
    steps = list(presenters.STEPS)
    following = steps[steps.index(step) + 1 :] if GUIDED in request.GET else []
    if not following:
        return redirect("scheme_end", scheme.pk)
    answer = redirect("scheme_end_step", scheme.pk, following[0])
    answer["Location"] += f"?{GUIDED}"
    return answer


@open_to_coordinators
@require_POST
def scheme_end_decide(request: SignedInRequest, scheme_id: int) -> HttpResponse:
    scheme = _scheme(request, scheme_id)
    try:
        actions.decide_end(by=request.user, scheme=scheme)
        messages.success(request, _("Decided, and everybody in it is told. You can take it back until the last day."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("scheme_end", scheme.pk)


@open_to_coordinators
@require_POST
def scheme_end_take_back(request: SignedInRequest, scheme_id: int) -> HttpResponse:
    scheme = _scheme(request, scheme_id)
    try:
        actions.take_end_back(by=request.user, scheme=scheme)
        messages.success(request, _("It goes on, and everybody who was told reads that."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("scheme_set_up", scheme.pk)
