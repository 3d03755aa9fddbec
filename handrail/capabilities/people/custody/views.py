"""Pages about custodians: for who names them, for everybody they could help, for the custodians themselves."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people.custody import actions, presenters, queries, rules
from handrail.capabilities.people.custody.forms import OWN, OpenForm, SpokenForm, TakePartForm
from handrail.capabilities.people.queries import organisation_of, people_to_choose, person_in, words_searched
from handrail.design.forms import sent
from handrail.foundation import clock
from handrail.foundation.access.guards import open_to_coordinators, open_to_signed_in, open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault import keys
from handrail.foundation.vault.carried import never_carried
from handrail.foundation.vault.keys import custody as shares

SUGGESTIONS = 8


@open_to_coordinators
def custody(request: SignedInRequest) -> HttpResponse:
    """Who the custodians are, and whether it is on."""
    organisation = organisation_of(request)
    named, words = queries.named_in(organisation), words_searched(request)
    ready, is_on = queries.ready_among(named), queries.is_on(organisation)
    found = people_to_choose([organisation.pk], words, SUGGESTIONS) if words else []
    context = {
        "title": _("Recovery by custodians"),
        "on": is_on,
        "custodians": presenters.custodian_tasks(named, ready),
        "can_turn_on": not is_on and rules.can_turn_on(ready=len(ready)),
        "can_name": not is_on and len(named) < shares.CUSTODIANS,
        "words": words,
        "here": request.path,
        "choices": presenters.people_to_choose(found, f"{request.path}name/"),
    }
    return render(request, "custody/custody.html", context)


@open_to_coordinators
def custodian_name(request: SignedInRequest, person_id: int) -> HttpResponse:
    organisation = organisation_of(request)
    person = person_in(organisation, person_id)
    if request.method == "POST":
        try:
            actions.name_custodian(by=request.user, organisation=organisation, person=person)
            messages.success(request, _("%(name)s is named, and is told.") % {"name": person.name})
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("custody")
    title = _("Name %(name)s as a custodian?") % {"name": person.name}
    return render(request, "custody/custodian_name.html", {"title": title, "person": person})


@open_to_coordinators
@require_POST
def custodian_take_off(request: SignedInRequest, person_id: int) -> HttpResponse:
    organisation = organisation_of(request)
    actions.take_off(by=request.user, organisation=organisation, person=person_in(organisation, person_id))
    return redirect("custody")


@open_to_coordinators
@require_POST
def custody_turn_on(request: SignedInRequest) -> HttpResponse:
    try:
        actions.turn_on(by=request.user, organisation=organisation_of(request))
        messages.success(request, _("It is on. Every page about private text says so, to everybody."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("custody")


@open_to_coordinators
@require_POST
def custody_turn_off(request: SignedInRequest) -> HttpResponse:
    actions.turn_off(by=request.user, organisation=organisation_of(request))
    messages.success(request, _("It is off. The custodians can help nobody any more; those who took part are told."))
    return redirect("custody")


@open_to_signed_in
@never_carried
def custody_mine(request: SignedInRequest) -> HttpResponse:
    """What the custodians could do, and whether one takes part."""
    custodians = queries.custodians_for(request)
    if custodians is None:
        return render(request, "custody/custody_off.html", {"title": _("Recovery by custodians")})
    form = TakePartForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_part(request)
            messages.success(request, _("You take part. You can stop at any time."))
            return redirect("custody_mine")
        except Refused as refusal:
            form.add_error("understood", str(refusal))
    able = shares.able_custodians(request.user.pk)
    context = {
        "title": _("Recovery by custodians"),
        "custodians": custodians,
        "form": form,
        "open": keys.is_open(request),
        "takes_part": shares.takes_part(request.user.pk),
        "renew": len(able) < shares.CUSTODIANS,
    }
    return render(request, "custody/custody_mine.html", context)


@open_to_signed_in
@require_POST
def custody_stop(request: SignedInRequest) -> HttpResponse:
    actions.stop_taking_part(by=request.user)
    messages.success(request, _("You do not take part. The custodians can do nothing for you, or against you."))
    return redirect("custody_mine")


@open_to_signed_in
@never_carried
def custody_recovery(request: SignedInRequest) -> HttpResponse:
    """Ask the custodians, see how far it is, and open when the time has come."""
    asked = shares.request_of(request.user.pk)
    form = OpenForm(request.POST if request.POST.get("does") == "open" else None)
    if request.method == "POST" and request.POST.get("does") == "ask":
        response = redirect("custody_recovery")
        try:
            actions.ask_for_help(request, response)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return response
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_with_help(request, own_device=form.cleaned_data["device"] == OWN)
            messages.success(request, _("Your private space is open. Set a new phrase now."))
            return redirect("safe_phrase")
        except Refused as refusal:
            form.add_error("device", str(refusal))
    context = {
        "title": _("Ask the custodians"),
        "asked": asked,
        "progress": presenters.progress_of(asked) if asked else [],
        "here": asked is not None and shares.asked_here(request, asked),
        "now": bool(asked and asked.works_from and asked.works_from <= clock.now()),
        "takes_part": shares.takes_part(request.user.pk),
        "open": keys.is_open(request),
        "form": form,
    }
    return render(request, "custody/custody_recovery.html", context)


@open_to_signed_in
@require_POST
def custody_refuse(request: SignedInRequest) -> HttpResponse:
    actions.refuse_help(request)
    messages.success(request, _("Refused. Nothing that was done for it works any more."))
    return redirect("custody_recovery")


@open_to_those_concerned
def custody_requests(request: SignedInRequest) -> HttpResponse:
    """For a custodian: what it means, and who asks for help."""
    waiting = shares.requests_for(request.user.pk)
    if not waiting and not queries.is_custodian(request):
        raise Http404
    context = {
        "title": _("You as a custodian"),
        "requests": presenters.requests_to_help(waiting, request.path),
        "has_keys": keys.state_of(request.user.pk).has_keys,
    }
    return render(request, "custody/custody_requests.html", context)


@open_to_those_concerned
@never_carried
def custody_help(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    asked = queries.asked_of(request, request_id)
    if not keys.is_open(request):
        return redirect(f"{reverse('safe_open')}?{urlencode({'next': request.path})}")
    owner = queries.names_of([asked.account_id]).get(asked.account_id, "–")
    form = SpokenForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.help_owner(request, request_id, name=request.user.name)
            messages.success(request, _("Done. %(name)s is told, and can refuse for three days.") % {"name": owner})
            return redirect("custody_requests")
        except Refused as refusal:
            form.add_error("spoken", str(refusal))
    context = {
        "title": _("Help %(name)s?") % {"name": owner},
        "owner": owner,
        "form": form,
        "helped": request.user.pk in asked.helped_by,
    }
    return render(request, "custody/custody_help.html", context)
