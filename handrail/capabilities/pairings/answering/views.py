"""The page on which somebody says whether they would like to meet."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings import actions, queries, rules
from handrail.capabilities.pairings.answering.forms import ACCEPT, OUTSIDE, PAUSE, AnswerForm
from handrail.capabilities.pairings.proposals.queries import why_by_sign_up, why_us_two
from handrail.capabilities.schemes.sign_up.actions import ask_for_outside, pause_sign_up
from handrail.capabilities.schemes.sign_up.queries import has_mentors_beyond, own_sign_up
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.faults import VaultClosed
from handrail.foundation.vault.keys import begin

if TYPE_CHECKING:
    from handrail.capabilities.schemes.sign_up.models import SignUp


@open_to_those_concerned
def pairing_answer(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """Yes, no, or somebody else; with one line why these two, from what they signed up with."""
    own = queries.own_pairing(request, pairing_id)
    leads = own.side == "leader"
    outside = leads and has_mentors_beyond(own.pairing.scheme, own.me.organisation_id)
    row = own_sign_up(request, own.pairing.scheme, own.side)
    pauses = row is not None and row.paused_on is None
    form = AnswerForm(sent(request), leads=leads, outside=outside, pauses=pauses)
    if request.method == "POST" and form.is_valid():
        _answer(request, own, row, form.cleaned_data["answer"])
        return redirect("pairing", own.pairing.pk)
    if not rules.can_answer(own.pairing, own.side):
        return redirect("pairing", own.pairing.pk)
    title = _("Would you like to meet %(name)s?") % {"name": own.other.name}
    why, *more = why_us_two(own) or why_by_sign_up(own) or [""]
    context = {"title": title, "own": own, "form": form, "why": why, "more": more, "leads": leads, "outside": outside}
    context["pauses"] = pauses
    return render(request, "pairings/pairing_answer.html", context)


def _answer(request: SignedInRequest, own: queries.OwnPairing, row: SignUp | None, answer: str) -> None:
    """No message after a no, and no way of its own: what a session or a log keeps would tell whose it was."""
    try:
        if answer == ACCEPT:  # a key made with a no would tell whose it was
            with contextlib.suppress(VaultClosed):  # their key is made on another device already
                begin(request)
            actions.accept_pairing(by=request.user, pairing=own.pairing, side=own.side)
            return
        actions.decline_pairing(by=request.user, pairing=own.pairing, side=own.side)
        if row is not None and answer == OUTSIDE:
            ask_for_outside(by=request.user, row=row)
        if row is not None and answer == PAUSE:
            pause_sign_up(by=request.user, row=row)
    except Refused as refusal:
        messages.error(request, str(refusal))
