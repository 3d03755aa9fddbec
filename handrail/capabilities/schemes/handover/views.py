"""Pages to hand a scheme over, or to have it covered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people.queries import me, organisation_of, people_to_choose, person_in, words_searched
from handrail.capabilities.schemes.handover import actions, presenters, queries
from handrail.capabilities.schemes.handover.forms import COVER, HandoverForm
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_coordinators
from handrail.foundation.access.refusal import Refused

SUGGESTIONS = 12


@open_to_coordinators
def handover(request: SignedInRequest) -> HttpResponse:
    """Who covers for whom; and to whom it could be handed."""
    organisation, words = organisation_of(request), words_searched(request)
    found = people_to_choose([organisation.pk], words, SUGGESTIONS, me(request).pk) if words else []
    context = {
        "title": _("Hand over, or have it covered"),
        "covers": [(cover.pk, presenters.cover_in_words(cover)) for cover in queries.covers_in(organisation)],
        "words": words,
        "choices": presenters.colleagues_to_choose(found),
    }
    return render(request, "handover/handover.html", context)


@open_to_coordinators
def handover_to(request: SignedInRequest, person_id: int) -> HttpResponse:
    """For a while, or for good."""
    colleague = person_in(organisation_of(request), person_id)
    form = HandoverForm(sent(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if said["how"] == COVER:
                days = {name: said[name] for name in ("from_on", "until_on")}
                actions.have_covered(by=request.user, person=me(request), colleague=colleague, **days)
                messages.success(request, _("%(name)s is told, and covers on these days.") % {"name": colleague.name})
                return redirect("handover")
            actions.hand_over(by=request.user, person=me(request), colleague=colleague)
            messages.success(request, _("Handed over to %(name)s, who is told.") % {"name": colleague.name})
            return redirect("home")
        except Refused as refusal:
            form.add_error("how", str(refusal))
    context = {"title": _("Hand over to %(name)s") % {"name": colleague.name}, "form": form}
    return render(request, "handover/handover_to.html", context)


@open_to_coordinators
@require_POST
def cover_end(request: SignedInRequest, cover_id: int) -> HttpResponse:
    actions.end_cover(by=request.user, cover=queries.cover_in(organisation_of(request), cover_id))
    messages.success(request, _("Ended."))
    return redirect("handover")
