"""Where the scheme's outcomes are talked of, and whom they are for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.participation.outcomes import actions, queries
from handrail.capabilities.participation.outcomes.forms import ConcernForm
from handrail.capabilities.people.queries import organisation_of, units_in
from handrail.design.forms import sent
from handrail.design.parts import Task
from handrail.foundation.access.guards import open_to_coordinators


@open_to_coordinators
@require_safe
def concerns(request: SignedInRequest) -> HttpResponse:
    tasks = [
        Task(
            one.outcome.name,
            reverse("concern", args=[one.outcome.pk]),
            status=_("Said") if one.concern else _("Not yet"),
            done=one.concern is not None,
        )
        for one in queries.talked_of(organisation_of(request))
    ]
    context = {"title": _("Where your outcomes are talked of"), "tasks": tasks}
    return render(request, "participation/outcomes/concerns.html", context)


@open_to_coordinators
def concern(request: SignedInRequest, outcome_id: int) -> HttpResponse:
    organisation = organisation_of(request)
    found = queries.talked(organisation, outcome_id)
    channels = [(str(one.pk), one.name) for one in queries.channels_of(organisation)]
    kept = found.concern
    initial = {
        "topics": kept.topics if kept else "",
        "channels": [str(pk) for pk in queries.channels_named_in(kept)] if kept else [],
        "units": kept.units if kept else [],
        "outside": kept.outside if kept else False,
    }
    form = ConcernForm(channels, units_in(organisation.pk), sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        actions.say_where(
            by=request.user,
            organisation=organisation,
            outcome=found.outcome,
            topics=typed["topics"],
            channels=[int(pk) for pk in typed.get("channels", [])],
            units=typed.get("units", []),
            outside=typed["outside"],
        )
        messages.success(request, _("Noted."))
        return redirect("concerns")
    context = {"title": found.outcome.name, "form": form}
    return render(request, "participation/outcomes/concern.html", context)
