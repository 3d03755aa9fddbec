"""What the two saw together; and, for the leader, how it changed what would help."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.actions import begin_conversation
from handrail.capabilities.pairings.plan.queries import opened, own_row, suggestion_since
from handrail.capabilities.pairings.plan.seen import actions, presenters, queries
from handrail.capabilities.pairings.plan.seen.forms import SeenForm
from handrail.capabilities.pairings.queries import own_pairing
from handrail.capabilities.starting_point.queries import has_begun, mixture_in_lines
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.texts import needs_open_vault


@open_to_those_concerned
@needs_open_vault
def seen_together(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """Taps for either of the two, and what both noted so far."""
    own = own_pairing(request, pairing_id)
    vault = opened(request)
    begin_conversation(own.pairing)
    form = SeenForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_down(by=own, vault=vault, what=form.cleaned_data["what"])
            messages.success(request, _("Noted, for you and %(name)s.") % {"name": own.other.name})
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("seen_together", own.pairing.pk)
    sheet = queries.seen_by_pair(vault, own.pairing)
    context = {
        "title": _("What did you see together?"),
        "own": own,
        "leads": own.side == "leader",
        "form": form if rules.can_write_notes(own.pairing, own.side) and sheet is not None else None,
        "seen": presenters.sightings_in_words(sheet, own) if sheet is not None else [],
        "shut": sheet is None,
    }
    return render(request, "plan/seen_together.html", context)


@open_to_those_concerned
@require_POST
@needs_open_vault
def seen_together_take_back(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    own = own_pairing(request, pairing_id)
    try:
        actions.take_back_sighting(by=own, vault=opened(request), sighting_id=request.POST.get("sighting", ""))
        messages.success(request, _("Taken back. It may have been read before."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("seen_together", own.pairing.pk)


@open_to_those_concerned
def plan_changes(request: SignedInRequest) -> HttpResponse:
    """What would help as it was, what changed it, and as it is: for the leader alone."""
    if own_row(request) is None and not has_begun(request):
        return redirect("plan")
    return _changes(request)


@needs_open_vault
def _changes(request: SignedInRequest) -> HttpResponse:
    vault = opened(request)
    sightings = queries.sightings_about(vault)
    suggestion = suggestion_since(request, sightings)
    first = suggestion.history[0].before if suggestion.history else suggestion.weights
    context = {
        "title": _("What would help, and what changed it"),
        "first": mixture_in_lines(first),
        "changes": presenters.changes_in_words(suggestion.history, sightings),
        "now": mixture_in_lines(suggestion.weights),
        "told": has_begun(request),
    }
    return render(request, "plan/plan_changes.html", context)
