"""A leader chooses among the best few; the coordinator sees who still waits."""

from __future__ import annotations

import contextlib

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.actions import accept_pairing
from handrail.capabilities.pairings.proposals import actions, presenters, queries
from handrail.capabilities.pairings.proposals.rules import has_chosen
from handrail.capabilities.people.queries import organisation_of
from handrail.capabilities.schemes.matching_runs import queries as found
from handrail.foundation.access.guards import open_to_coordinators, open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.faults import VaultClosed
from handrail.foundation.vault.keys import begin

PAGE = 25


@open_to_coordinators
@require_safe
def matching_choosing(request: SignedInRequest, choosing_id: int) -> HttpResponse:
    """Who has a mentor and who finds no place, in the order in which they wait."""
    run = found.run_in(organisation_of(request), choosing_id)
    if not queries.chooses(run):
        raise Http404
    page = Paginator(queries.choices_in(run), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Who waits"),
        "run": run,
        "page": page,
        "headers": presenters.CHOOSING_HEADERS,
        "rows": presenters.choosing_rows(list(page), queries.waiting_for_a_place(run, list(page))),
    }
    return render(request, "proposals/matching_choosing.html", context)


@open_to_those_concerned
def mentor_choice(request: SignedInRequest, choice_id: int) -> HttpResponse:
    """A leader is shown the best three who still have a place, and taps one."""
    choice = queries.own_choice(request, choice_id)
    if has_chosen(choice):
        return redirect("pairing", choice.pairing_id)
    if request.method == "POST":
        try:
            chosen = actions.choose(by=request.user, choice=choice, mentor_id=_number(request.POST.get("mentor", "")))
            with contextlib.suppress(VaultClosed):  # their key is made on another device already
                begin(request)
            accept_pairing(by=request.user, pairing=chosen, side="leader")
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("mentor_choice", choice.pk)
        return redirect("pairing", chosen.pk)
    offered = queries.offered_to(choice)
    context = {
        "title": _("Who would you like to learn with?"),
        "choice": choice,
        "words": choice.asking.words,
        "asker": presenters.asker_of(choice.asking),
        "mentors": presenters.mentors_to_choose(offered),
    }
    return render(request, "proposals/mentor_choice.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
