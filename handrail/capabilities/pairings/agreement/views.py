"""Pages on which two people settle how they work. Each opens the reader's own vault while the page is made."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings import rules as pairing_rules
from handrail.capabilities.pairings.actions import begin_conversation
from handrail.capabilities.pairings.agreement import actions, presenters, queries, rules
from handrail.capabilities.pairings.agreement.forms import LineForm, TermForm
from handrail.capabilities.pairings.presenters import as_markup
from handrail.capabilities.pairings.queries import OwnPairing, own_pairing
from handrail.capabilities.schemes.set_up.queries import what_pairs_agree_in
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.languages import SOURCE
from handrail.foundation.vault.texts import OpenConversation, needs_open_vault


def _settled(request: SignedInRequest, pairing_id: int) -> tuple[OwnPairing, OpenConversation | None, bool]:
    """The pairing, its open conversation if there is one, and whether something can be written."""
    own = own_pairing(request, pairing_id)
    can_write = pairing_rules.can_write_notes(own.pairing, own.side)
    if can_write:
        begin_conversation(own.pairing)  # where one side had no key yet when both said yes
    conversation = queries.own_conversation_of(request, own)
    return own, conversation, can_write and conversation is not None


@open_to_those_concerned
@needs_open_vault
def agreement(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """How the two work together: what applies, what one chose, the goals, and what to know."""
    own, conversation, can_write = _settled(request, pairing_id)
    agreed = queries.agreed_in(conversation, own) if conversation else queries.Agreed({}, False, {})
    goals = queries.lines_of(conversation, own, "goal") if conversation else []
    context = {
        "title": _("How you two work"),
        "own": own,
        "closed": conversation is None,
        "can_write": can_write,
        "everybody": what_pairs_agree_in(own.pairing.scheme_id),
        "stand": presenters.stand_of_terms(agreed, own) if can_write else "",
        "applies": presenters.applying_in_words(agreed),
        "mine": presenters.terms_in_words(agreed, own) if agreed.mine and can_write else [],
        "begin": rules.next_question(agreed.mine) if can_write else "",
        "goals": [line.text for line in goals],
        "html": as_markup(queries.piece_about("working-together", get_language() or SOURCE)),
    }
    return render(request, "agreement/agreement.html", context)


@open_to_those_concerned
@needs_open_vault
def agreement_term(request: SignedInRequest, pairing_id: int, question: str) -> HttpResponse:
    """One question; the next that is open follows."""
    queries.known_question(question)
    own, conversation, can_write = _settled(request, pairing_id)
    if conversation is None or not can_write:
        return redirect("agreement", own.pairing.pk)
    mine = queries.agreed_in(conversation, own).mine
    form = TermForm(sent(request), question=question, initial={"answer": mine.get(question)})
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["answer"]
        actions.choose_term(by=own, conversation=conversation, question=question, answer=answer)
        following = rules.next_question({**mine, question: answer})
        if following:
            return redirect("agreement_term", own.pairing.pk, following)
        return redirect("agreement", own.pairing.pk)
    context = {"title": presenters.QUESTIONS[question], "form": form, "own": own}
    return render(request, "agreement/agreement_term.html", context)


@open_to_those_concerned
@needs_open_vault
def agreement_goals(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    return _lines(request, pairing_id, "goal", _("What you want from it"))


@open_to_those_concerned
@needs_open_vault
def agreement_agenda(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    return _lines(request, pairing_id, "agenda", _("For the next time you meet"))


def _lines(request: SignedInRequest, pairing_id: int, kind: str, title: str) -> HttpResponse:
    own, conversation, can_write = _settled(request, pairing_id)
    form = LineForm(sent(request))
    if request.method == "POST" and form.is_valid() and conversation is not None:
        try:
            actions.add_line(by=own, conversation=conversation, kind=kind, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect(request.path)
    lines = queries.lines_of(conversation, own, kind) if conversation else []
    context = {
        "title": title,
        "own": own,
        "hint": presenters.HINTS[kind],
        "goals": kind == "goal",
        "cards": presenters.line_cards(lines, own, kind, can_write=can_write),
        "form": form if can_write else None,
        "closed": conversation is None,
    }
    return render(request, "agreement/agreement_lines.html", context)


@open_to_those_concerned
@needs_open_vault
@require_POST
def agreement_line_away(request: SignedInRequest, pairing_id: int, line_id: UUID, kind: str) -> HttpResponse:
    own = own_pairing(request, pairing_id)
    line = queries.line_of(own, line_id, kind)
    try:
        actions.take_line_away(by=own, line=line)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("agreement_goals" if kind == "goal" else "agreement_agenda", own.pairing.pk)


@open_to_those_concerned
def agreement_reach(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """What could reach what the two write; to be read before the first note."""
    own = own_pairing(request, pairing_id)
    piece = queries.piece_about("what-can-reach-it", get_language() or SOURCE)
    context = {"title": piece.title, "own": own, "html": as_markup(piece)}
    return render(request, "agreement/agreement_reach.html", context)
