"""Pages to set a scheme up: its summary, one question a page, its outcomes, and the next cohort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people.queries import organisation_of
from handrail.capabilities.schemes.joining.actions import list_people, settle_joining
from handrail.capabilities.schemes.joining.queries import joining_of, whom_it_lets_in
from handrail.capabilities.schemes.queries import contact_of
from handrail.capabilities.schemes.set_up import actions, presenters, queries, rules
from handrail.capabilities.schemes.set_up.forms import NextForm, OutcomeForm, ReviewForm
from handrail.capabilities.schemes.set_up.presenters import WhoMayJoin
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_coordinators
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.schemes.models import Scheme

GUIDED = "guided"  # ?guided: one question after another, to the end


@open_to_coordinators
def scheme_set_up(request: SignedInRequest, scheme_id: int) -> HttpResponse:
    return scheme_page(request, scheme_id)


def scheme_page(request: SignedInRequest, scheme_id: int) -> HttpResponse:
    """Everything that is settled about one scheme, each with its way to change it."""
    organisation = organisation_of(request)
    scheme = queries.own_scheme(organisation, scheme_id)
    outcomes = queries.outcomes_of(scheme)
    context = {
        "title": _("Your scheme"),
        "scheme": scheme,
        "shown": presenters.summary_of(
            scheme, queries.set_up_of(scheme), _who_may_join(scheme), outcomes, contact_of(scheme.pk)
        ),
        "can_add": rules.can_add_outcome(len(outcomes)),
        "around": presenters.around(scheme),
        "others": presenters.others_in_words(queries.other_schemes(organisation, scheme)),
        "first_step": next(iter(presenters.STEPS)),
    }
    return render(request, "set_up/scheme_set_up.html", context)


def _who_may_join(scheme: Scheme) -> WhoMayJoin:
    joining = joining_of(scheme)
    return WhoMayJoin(joining, whom_it_lets_in(scheme, joining))


@open_to_coordinators
def scheme_step(request: SignedInRequest, scheme_id: int, scheme_step: str) -> HttpResponse:
    """One question; kept at once. On the guided way the next one follows, else the summary."""
    if scheme_step not in presenters.STEPS:
        raise Http404
    organisation = organisation_of(request)
    scheme = queries.own_scheme(organisation, scheme_id)
    guided = GUIDED in request.GET
    form = presenters.form_of(scheme_step, sent(request), scheme, queries.set_up_of(scheme), organisation)
    if request.method == "POST" and form.is_valid():
        try:
            _settle(request, scheme, scheme_step, form.cleaned_data)
        except Refused as refusal:
            form.add_error(next(iter(form.fields)), str(refusal))
        else:
            return _after(request, scheme, scheme_step, guided=guided)
    steps = presenters.steps_asked(joining_of(scheme))
    context = {
        "title": presenters.STEPS[scheme_step],
        "form": form,
        "scheme": scheme,
        "number": steps.index(scheme_step) + 1 if guided and scheme_step in steps else 0,
        "of": len(steps),
    }
    return render(request, "set_up/scheme_step.html", context)


def _settle(request: SignedInRequest, scheme: Scheme, step: str, said: dict[str, Any]) -> None:
    if step in presenters.LISTS:
        list_people(by=request.user, scheme=scheme, side=presenters.LISTS[step], person_ids=said["people"])
    elif step in presenters.OF_JOINING:
        settle_joining(by=request.user, scheme=scheme, **said)
    else:
        actions.settle(by=request.user, scheme=scheme, answers=presenters.answers_of(step, said))


def _after(request: SignedInRequest, scheme: Scheme, step: str, *, guided: bool) -> HttpResponse:
    """The next question on the guided way, or the one that this answer leads to; else the summary."""
    who = _who_may_join(scheme)
    following = [one for one in presenters.steps_asked(who.joining) if presenters.comes_after(one, step)]
    leads_on = bool(following) and presenters.AFTER.get(following[0], ("",))[0] == step
    if step in presenters.OF_JOINING and not leads_on:
        messages.success(request, presenters.now_let_in(who, step))
    if not following or not (guided or leads_on):
        return redirect("scheme_set_up", scheme.pk)
    answer = redirect("scheme_step", scheme.pk, following[0])
    answer["Location"] += f"?{GUIDED}" if guided else ""
    return answer


@open_to_coordinators
def scheme_outcome_add(request: SignedInRequest, scheme_id: int) -> HttpResponse:
    return _outcome(request, scheme_id, None)


@open_to_coordinators
def scheme_outcome(request: SignedInRequest, scheme_id: int, outcome_id: int) -> HttpResponse:
    return _outcome(request, scheme_id, outcome_id)


def _outcome(request: SignedInRequest, scheme_id: int, outcome_id: int | None) -> HttpResponse:
    organisation = organisation_of(request)
    scheme = queries.own_scheme(organisation, scheme_id, or_ended=outcome_id is not None)
    outcome = None if outcome_id is None else queries.outcome_in(scheme, outcome_id)
    if outcome is not None and (scheme.ended_on or not rules.can_change_outcome(outcome)):
        context = {
            "title": outcome.name,
            "scheme": scheme,
            "outcome": outcome,
            "rows": presenters.outcome_rows(outcome),
            "can_settle": rules.can_change_outcome(outcome),
        }
        return render(request, "set_up/scheme_outcome_settled.html", context)
    initial = presenters.initial_of_outcome(outcome)
    form = OutcomeForm(sent(request), organisation=organisation, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_outcome(by=request.user, scheme=scheme, outcome=outcome, answers=form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("scheme_set_up", scheme.pk)
    title = outcome.name if outcome else _("An outcome it serves")
    context = {"title": title, "scheme": scheme, "form": form, "outcome": outcome}
    return render(request, "set_up/scheme_outcome.html", context)


@open_to_coordinators
def scheme_outcome_settle(request: SignedInRequest, scheme_id: int, outcome_id: int) -> HttpResponse:
    """Looked at for the last time: reached, or stopped, and why. Also after the scheme has ended."""
    scheme = queries.own_scheme(organisation_of(request), scheme_id, or_ended=True)
    outcome = queries.outcome_in(scheme, outcome_id)
    if not rules.can_change_outcome(outcome):
        return redirect("scheme_outcome", scheme.pk, outcome.pk)
    form = ReviewForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_outcome(by=request.user, outcome=outcome, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("scheme_outcome", scheme.pk, outcome.pk)
    title = _("What comes of “%(name)s”?") % {"name": outcome.name}
    context = {"title": title, "scheme": scheme, "outcome": outcome, "form": form}
    return render(request, "set_up/scheme_outcome_settle.html", context)


@open_to_coordinators
def scheme_next(request: SignedInRequest, scheme_id: int) -> HttpResponse:
    """The same once more, for the next cohort or another group."""
    scheme = queries.own_scheme(organisation_of(request), scheme_id, or_ended=True)
    form = NextForm(sent(request))
    if request.method == "POST" and form.is_valid():
        fresh = actions.prepare_next(by=request.user, scheme=scheme, name=form.cleaned_data["name"])
        messages.success(request, _("It is being prepared. Nobody sees it before you start it."))
        return redirect("scheme_set_up", fresh.pk)
    context = {"title": _("Prepare the next one"), "form": form, "scheme": scheme}
    return render(request, "set_up/scheme_next.html", context)


@open_to_coordinators
@require_POST
def scheme_start(request: SignedInRequest, scheme_id: int) -> HttpResponse:
    scheme = queries.own_scheme(organisation_of(request), scheme_id)
    try:
        actions.start_prepared(by=request.user, scheme=scheme)
        messages.success(request, _("It runs. Invitations, sign-ups and new pairs are in it from now on."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("scheme_set_up", scheme_id)
