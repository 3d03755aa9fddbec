"""Connecting one's own calendar, and ending that."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.busy import actions, presenters, queries
from handrail.capabilities.pairings.busy.forms import ConnectForm
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_signed_in


@open_to_signed_in
def calendar_busy(request: SignedInRequest) -> HttpResponse:
    form = ConnectForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.connect_calendar(by=request.user, address=form.cleaned_data["address"])
        return redirect("calendar_busy")
    calendar = queries.calendar_of(request.user)
    state = presenters.state_of(calendar, len(queries.own_busy_times(request.user))) if calendar else ""
    context = {"title": _("Times when you are busy"), "form": form, "calendar": calendar, "state": state}
    return render(request, "busy/calendar_busy.html", context)


@open_to_signed_in
@require_POST
def calendar_busy_end(request: SignedInRequest) -> HttpResponse:
    actions.disconnect_calendar(by=request.user)
    messages.success(request, _("Disconnected. The address and the times are deleted."))
    return redirect("calendar_busy")
