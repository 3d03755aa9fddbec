"""Holidays and known events: stated by coordinators, before something is planned or worked out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.impact.events import actions, presenters, queries
from handrail.capabilities.impact.events.forms import EventForm
from handrail.capabilities.people.queries import organisation_of, units_in
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_coordinators
from handrail.foundation.access.refusal import Refused


@open_to_coordinators
@require_safe
def known_events(request: SignedInRequest) -> HttpResponse:
    rows = presenters.event_rows(queries.events_of(organisation_of(request).pk))
    return render(request, "impact/events/known_events.html", {"title": _("Holidays and known events"), "rows": rows})


@open_to_coordinators
def known_event_new(request: SignedInRequest) -> HttpResponse:
    organisation = organisation_of(request)
    form = EventForm(units_in(organisation.pk), sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.state_event(by=request.user, organisation=organisation, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("last_day", str(refusal))
        else:
            messages.success(request, _("Noted. It counts from the next time that something is worked out."))
            return redirect("known_events")
    return render(request, "impact/events/known_event_new.html", {"title": _("State an event"), "form": form})


@open_to_coordinators
def known_event(request: SignedInRequest, known_event_id: int) -> HttpResponse:
    found = queries.event_in(organisation_of(request), known_event_id)
    if request.method == "POST":
        actions.take_event_back(by=request.user, event=found)
        messages.success(request, _("Taken back. What was released already stays as it is."))
        return redirect("known_events")
    context = {"title": found.name, "said": presenters.said_of(found)}
    return render(request, "impact/events/known_event.html", context)
