"""Pages for looking back. Each opens the reader's own vault while the page is made."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.closing import actions, presenters, queries, rules
from handrail.capabilities.pairings.closing.forms import AnswerForm, WhatNextForm
from handrail.capabilities.pairings.queries import own_pairing
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_those_concerned
from handrail.foundation.vault.texts import needs_open_vault


@open_to_those_concerned
@needs_open_vault
def closing(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """Three questions, each with who sees it; all of them may stay empty."""
    own = own_pairing(request, pairing_id)
    if own.pairing.closed_at is None:
        return redirect("pairing", own.pairing.pk)
    found = queries.look_back(request, own)
    answers = found.mine
    can_answer = rules.can_look_back(own.pairing, own.side)
    context = {
        "title": _("A look back"),
        "own": own,
        "line": found.line,
        "questions": presenters.questions_to_answer(answers, own) if can_answer else [],
        "rows": presenters.to_make_readable(answers, own) if can_answer else [],
        "can_answer": can_answer,
        "kept": []
        if can_answer
        else [(presenters.question_in_words(one.question, own), one.text) for one in answers.values()],
    }
    return render(request, "closing/closing.html", context)


@open_to_those_concerned
@needs_open_vault
def closing_question(request: SignedInRequest, pairing_id: int, question: str) -> HttpResponse:
    queries.known_question(question)
    own = own_pairing(request, pairing_id)
    conversation = queries.conversation_for(request, own, question)
    if conversation is None or not rules.can_look_back(own.pairing, own.side):
        return redirect("closing", own.pairing.pk)
    answer = queries.look_back(request, own).mine.get(question)
    form = AnswerForm(
        sent(request),
        question=presenters.question_in_words(question, own),
        who_sees=presenters.who_sees(question, own, answer),
        initial={"text": answer.text if answer else ""},
    )
    if request.method == "POST" and form.is_valid():
        actions.answer(by=own, conversation=conversation, question=question, text=form.cleaned_data["text"])
        return redirect("closing", own.pairing.pk)
    context = {"title": presenters.question_in_words(question, own), "own": own, "form": form}
    return render(request, "closing/closing_question.html", context)


@open_to_those_concerned
@needs_open_vault
def closing_readable(request: SignedInRequest, pairing_id: int, question: str) -> HttpResponse:
    """The act of its owner: what the coordinator would read, previewed; or the way back."""
    queries.known_question(question)
    own = own_pairing(request, pairing_id)
    answer = queries.look_back(request, own).mine.get(question)
    if answer is None or not rules.can_be_ordinary(question) or not rules.can_look_back(own.pairing, own.side):
        return redirect("closing", own.pairing.pk)
    if request.method == "POST":
        actions.make_readable(by=own, question=question, text="" if answer.ordinary else answer.text)
        messages.success(request, _("Taken back.") if answer.ordinary else _("The coordinator can read it now."))
        return redirect("closing", own.pairing.pk)
    title = _("Take it back?") if answer.ordinary else _("Let the coordinator read it?")
    return render(request, "closing/closing_readable.html", {"title": title, "own": own, "answer": answer})


@open_to_those_concerned
def closing_next(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """The last question; no vault is needed for it."""
    own = own_pairing(request, pairing_id)
    if not rules.can_look_back(own.pairing, own.side):
        return redirect("pairing", own.pairing.pk)
    form = WhatNextForm(sent(request))
    if request.method == "POST" and form.is_valid():
        wish = form.cleaned_data["answer"]
        actions.say_what_next(by=request.user, pairing=own.pairing, side=own.side, wish=wish)
        if rules.leads_to_mentoring(wish):
            messages.success(request, _("Thank you. This is where mentors sign up."))
            return redirect("sign_up_mentor")
        messages.success(request, _("Thank you, and all the best."))
        return redirect("home")
    context = {"title": _("And what would you like next?"), "own": own, "form": form}
    return render(request, "closing/closing_next.html", context)
