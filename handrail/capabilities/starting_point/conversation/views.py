"""The conversation's pages. A key is made with the first answer, never by looking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.queries import way_back
from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people.queries import coordinators_of, person_of
from handrail.capabilities.starting_point import queries, rules
from handrail.capabilities.starting_point.conversation import actions
from handrail.capabilities.starting_point.conversation.forms import AnswerForm
from handrail.capabilities.starting_point.conversation.presenters import consent, pages, questions, result
from handrail.capabilities.starting_point.conversation.queries import question_after, question_before, question_called
from handrail.capabilities.starting_point.sharing.actions import seal_waiting
from handrail.capabilities.starting_point.sheet import BY_ID, UNNAMED, Sheet
from handrail.capabilities.starting_point.steps import step_pack
from handrail.foundation.access.guards import open_to_signed_in, open_to_those_concerned
from handrail.foundation.vault.carried import fills_itself, initial_for
from handrail.foundation.vault.texts import needs_open_vault

if TYPE_CHECKING:
    from handrail.engines.approach import Question

FIRST = next(iter(BY_ID))
PASS, SURELY, SO_FAR = "pass", "surely", "so_far"  # names of taps beside an answer
FROM_ANSWERS = "answers"  # ?from=answers: somebody changes one answer and goes back to the list


@open_to_those_concerned
def starting_point(request: SignedInRequest) -> HttpResponse:
    """Who asks and why now, who can read what; then the first question. Looking uses nothing up."""
    state = queries.own_state(request)
    if state.begun:
        return _where_i_am(request)
    context = {
        "title": _("Your starting point"),
        "asked": pages.asked_by(state.invitation),
        "in_short": _in_short(request),
        "in_full": consent.in_full(),
        "first": reverse("starting_point_question", args=[FIRST]),
    }
    return render(request, "starting_point/conversation/starting_point.html", context)


def _in_short(request: SignedInRequest) -> list[str]:
    person = person_of(request)
    coordinators = coordinators_of(person.organisation_id) if person else []
    return consent.in_short([one.name for one in coordinators], queries.names_of_mentors(request))


@needs_open_vault
def _where_i_am(request: SignedInRequest) -> HttpResponse:
    """Begun already: go on, see what it says, change, share, delete."""
    if shared := seal_waiting(request):
        messages.success(request, shared)
    sheet = queries.own_sheet(request)
    context = {
        "title": _("Your starting point"),
        "progress": pages.progress_in_words(sheet),
        "tasks": pages.places(sheet, queries.names_of_mentors(request)),
        "go_on": sheet.next_question,
    }
    return render(request, "starting_point/conversation/where_i_am.html", context)


@open_to_those_concerned
def starting_point_consent(request: SignedInRequest) -> HttpResponse:
    """The same words again, for whoever has begun."""
    context = {
        "title": _("Who can read what"),
        "in_short": _in_short(request),
        "in_full": consent.in_full(),
    }
    return render(request, "starting_point/conversation/starting_point_consent.html", context)


@open_to_those_concerned
def starting_point_go_on(request: SignedInRequest) -> HttpResponse:
    """Straight to where one stopped."""
    if not queries.has_begun(request):
        return redirect("starting_point")
    return _go_on(request)


@needs_open_vault
def _go_on(request: SignedInRequest) -> HttpResponse:
    return _to(queries.own_sheet(request).next_question)


def _to(question: Question | None) -> HttpResponse:
    return redirect("starting_point_question", question.id) if question else redirect("starting_point_result")


@open_to_signed_in
@fills_itself
def starting_point_question(request: SignedInRequest, question: str) -> HttpResponse:
    """One question. Looking at it makes no key; answering does, and asks for nothing."""
    asked = question_called(question)
    if request.method != "POST" and not queries.has_begun(request):
        return _ask(request, asked, Sheet(), AnswerForm(question=asked, initial=initial_for(request)))
    return _answer(request, asked)


@needs_open_vault
def _answer(request: SignedInRequest, asked: Question) -> HttpResponse:
    if request.method != "POST":
        sheet = queries.own_sheet(request)
        before = {"options": _initial(sheet, asked), "words": sheet.words.get(asked.id, "")}
        return _ask(request, asked, sheet, AnswerForm(question=asked, initial={**before, **initial_for(request)}))
    vault = queries.opened(request)
    form = AnswerForm(request.POST, question=asked)
    if PASS in request.POST:
        return _pass_over(request, asked, form)
    if SO_FAR in request.POST and not _says_something(request):
        return redirect("starting_point_result")
    if not form.is_valid():
        return _ask(request, asked, queries.own_sheet(request), form)
    options, words = form.options, form.words
    if not asked.several:  # own words may be sent without a tap: what was tapped before stays
        sheet = queries.own_sheet(request)
        options = options if "options" in request.POST else list(sheet.chosen.get(asked.id, ()))
        words = words if "words" in request.POST else sheet.words.get(asked.id, "")
    sheet = actions.keep_answer(by=request.user, vault=vault, question=asked, options=options, words=words)
    return redirect("starting_point_result") if SO_FAR in request.POST else _after(request, sheet, asked)


def _says_something(request: SignedInRequest) -> bool:
    return any(text.strip() for name in ("options", "words") for text in request.POST.getlist(name))


def _pass_over(request: SignedInRequest, asked: Question, form: AnswerForm) -> HttpResponse:
    """No answer. Words typed just now are not thrown away at a first tap, nor kept against what it says."""
    typed = request.POST.get("words", "").strip()
    before = queries.own_sheet(request)
    if typed and typed != before.words.get(asked.id, "") and request.POST[PASS] != SURELY:
        form.is_valid()
        return _ask(request, asked, before, form, typed=True)
    sheet = actions.pass_over(by=request.user, vault=queries.opened(request), question=asked)
    return _after(request, sheet, asked)


def _initial(sheet: Sheet, asked: Question) -> list[str] | str:
    tapped = list(sheet.chosen.get(asked.id, ()))
    return tapped if asked.several else next(iter(tapped), "")


def _after(request: SignedInRequest, sheet: Sheet, asked: Question) -> HttpResponse:
    if request.GET.get("from") == FROM_ANSWERS:
        return redirect("starting_point_answers")
    return _to(question_after(sheet, asked))


def _ask(
    request: SignedInRequest, asked: Question, sheet: Sheet, form: AnswerForm, *, typed: bool = False
) -> HttpResponse:
    """`typed`: words were typed and the question was passed over; they are shown again, to keep or to leave out."""
    tapped = form["options"].value() or []
    before = question_before(sheet, asked)
    context = {
        "title": str(questions.WORDS[asked.id].title),
        "question": asked,
        "hint": questions.WORDS[asked.id].hint,
        "form": form,
        "taps": [] if asked.several else questions.taps_of(asked, [tapped] if isinstance(tapped, str) else tapped),
        "place": questions.place_in_words(sheet, asked),
        "before": reverse("starting_point_question", args=[before.id]) if before else reverse("starting_point"),
        "opened": bool(form["words"].value() or UNNAMED in tapped) if asked.own_words else False,
        "typed": typed,
        "passing": SURELY if typed else "1",
        "enough": rules.says_enough(sheet),
        "first_time": len(sheet.answered) == rules.ENOUGH,
        "changing": request.GET.get("from") == FROM_ANSWERS,
    }
    return render(request, "starting_point/conversation/starting_point_question.html", context)


@open_to_those_concerned
def starting_point_answers(request: SignedInRequest) -> HttpResponse:
    """Everything told so far, to look over and change."""
    return _answers(request) if queries.has_begun(request) else redirect("starting_point")


@needs_open_vault
def _answers(request: SignedInRequest) -> HttpResponse:
    sheet = queries.own_sheet(request)
    context = {
        "title": _("Your answers"),
        "rows": pages.answer_rows(sheet, in_confidence=False),
        "folded": pages.answer_rows(sheet, in_confidence=True),
        "go_on": sheet.next_question,
    }
    return render(request, "starting_point/conversation/starting_point_answers.html", context)


@open_to_those_concerned
def starting_point_result(request: SignedInRequest) -> HttpResponse:
    """What works, what would help and why, three small steps; then how to keep it safe."""
    return _result(request) if queries.has_begun(request) else redirect("starting_point")


@needs_open_vault
def _result(request: SignedInRequest) -> HttpResponse:
    if shared := seal_waiting(request):
        messages.success(request, shared)
    vault, row = queries.opened(request), queries.own_row(request)
    since = queries.since_then(vault, beside=row.conversation_id if row else None)
    sheet, mentors = queries.own_sheet(request), queries.names_of_mentors(request)
    context = {
        "title": _("What would help you"),
        "enough": rules.says_enough(sheet),
        "missing": pages.missing_in_words(sheet),
        "said": result.said_by(sheet, step_pack(), since),
        "go_on": sheet.next_question,
        "keep_safe": queries.only_this_device_opens(request),
        "way_back": way_back(request),
        "has_mentor": bool(mentors),
        "sharing": pages.sharing_in_words(mentors),
    }
    return render(request, "starting_point/conversation/starting_point_result.html", context)


@open_to_those_concerned
@require_POST
def starting_point_rest(request: SignedInRequest) -> HttpResponse:
    """Enough for now."""
    actions.let_rest(by=request.user)
    messages.success(request, _("It stays here, as it is. Nobody will remind you."))
    return redirect("home")


@open_to_those_concerned
def starting_point_delete(request: SignedInRequest) -> HttpResponse:
    """Asked once more, then gone."""
    if request.method == "POST":
        actions.delete_starting_point(by=request.user)
        messages.success(request, _("Deleted. If you had shared something, it may have been read before."))
        return redirect("home")
    context = {"title": _("Delete your starting point?")}
    return render(request, "starting_point/conversation/starting_point_delete.html", context)
