"""Pages about going on: for the two, and the coordinator's question to both."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.going_on import actions, presenters, rules
from handrail.capabilities.pairings.going_on.forms import HowForm, NextForm
from handrail.capabilities.pairings.queries import own_pairing, pairing_and_people_run_by
from handrail.capabilities.people.queries import organisation_of
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_coordinators, open_to_those_concerned
from handrail.foundation.access.refusal import Refused


@open_to_those_concerned
def pairing_how(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """Continue, pause, change or end: asked of the two, and of nobody else."""
    own = own_pairing(request, pairing_id)
    if not rules.can_say_how(own.pairing, own.side):
        return redirect("pairing", own.pairing.pk)
    form = HowForm(sent(request), answers=rules.answers_for(own.pairing))
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["answer"] == rules.CHANGE:
            return redirect("pairing_another", own.pairing.pk)
        try:
            actions.say_how(by=request.user, pairing=own.pairing, side=own.side, answer=form.cleaned_data["answer"])
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("pairing", own.pairing.pk)
    title = _("How shall it go on with %(name)s?") % {"name": own.other.name}
    return render(request, "pairings/pairing_how.html", {"title": title, "own": own, "form": form})


@open_to_those_concerned
def pairing_another(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """Before anything is sent: what each of the two, and the coordinator, would read."""
    own = own_pairing(request, pairing_id)
    if not rules.can_begin_change(own.pairing):
        return redirect("pairing", own.pairing.pk)
    if request.method == "POST":
        try:
            actions.say_how(by=request.user, pairing=own.pairing, side=own.side, answer=rules.CHANGE)
            messages.success(request, _("Sent to you both. Your own wish is noted: to meet somebody else."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("pairing", own.pairing.pk)
    context = {"title": _("Somebody else?"), "own": own, "previews": presenters.previews(own.pairing)}
    return render(request, "pairings/pairing_another.html", context)


@open_to_those_concerned
def pairing_next(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    own = own_pairing(request, pairing_id)
    if not rules.can_say_next(own.pairing, own.side):
        return redirect("pairing", own.pairing.pk)
    form = NextForm(sent(request), initial={"answer": rules.next_of(own.pairing, own.side)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_next(by=request.user, pairing=own.pairing, side=own.side, answer=form.cleaned_data["answer"])
            messages.success(request, _("Noted."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("pairing", own.pairing.pk)
    title = _("What would you like next?")
    return render(request, "pairings/pairing_next.html", {"title": title, "own": own, "form": form})


@open_to_coordinators
def pairing_propose_change(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """The coordinator asks both first, and sees what each will read."""
    pairing = pairing_and_people_run_by(organisation_of(request), pairing_id)
    if not rules.can_begin_change(pairing):
        return redirect("pairing_overview", pairing.pk)
    if request.method == "POST":
        try:
            actions.propose_change(by=request.user, pairing=pairing)
            messages.success(request, _("Both are asked. You see what each would like once it is settled."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("pairing_overview", pairing.pk)
    names = {"leader": pairing.leader.name, "mentor": pairing.mentor.name}
    context = {
        "title": _("Ask %(leader)s and %(mentor)s about a change?") % names,
        "pairing": pairing,
        "previews": presenters.previews(pairing),
    }
    return render(request, "pairings/pairing_propose_change.html", context)
