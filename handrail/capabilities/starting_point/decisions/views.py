"""The pages of a decision on my desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.queries import zone_of
from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.starting_point.decisions import actions, presenters, queries, rules
from handrail.capabilities.starting_point.decisions.forms import DayForm, OutcomeForm, PaperForm, TouchesForm
from handrail.capabilities.starting_point.decisions.heading import Heading
from handrail.capabilities.starting_point.decisions.presenters import BY_THEME, Choosable
from handrail.capabilities.starting_point.queries import opened
from handrail.design.forms import sent
from handrail.foundation import clock
from handrail.foundation.access.guards import open_to_signed_in, open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.carried import fills_itself, initial_for
from handrail.foundation.vault.texts import needs_open_vault

EVERY_THEME = "every-theme"
SOMETHING_ELSE = "something-else"
TAP = "hands"  # the name of the field of a tap
DAY, NO_DAY = "on", "none"
SWAP = "question"


def of_ones_own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Below the access guard: only the owner of a decision comes as far as opening anything."""

    @wraps(view)
    def looked_up_first(request: SignedInRequest, decision_id: UUID, **named: Any) -> HttpResponse:
        queries.check_own(request.user.pk, decision_id)
        return view(request, decision_id, **named)

    return looked_up_first


@open_to_signed_in
@fills_itself
def decisions(request: SignedInRequest) -> HttpResponse:
    """A box to bring one in, and one's own below. Looking makes no key; bringing does, and asks for nothing."""
    if request.method != "POST" and not queries.has_decisions(request.user.pk):
        return _page(request, PaperForm(initial=initial_for(request)))
    return _bring_or_list(request)


@needs_open_vault
def _bring_or_list(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, PaperForm(initial=initial_for(request)), **_own(request))
    form = PaperForm(request.POST)
    by_taps = "by_taps" in request.POST  # what was typed beside it comes along
    if not form.is_valid() and not (by_taps and not request.POST.get("paper", "").strip()):
        return _page(request, form, **_own(request))
    paper = form.cleaned_data.get("paper", "")
    try:
        decision_id = actions.bring_decision(by=request.user, vault=opened(request), paper=paper)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("decisions")
    there = reverse("decision_touches", args=[decision_id])
    return redirect(f"{there}?{SOMETHING_ELSE}" if by_taps and paper else there)


def _own(request: SignedInRequest) -> dict[str, Any]:
    page = queries.page_of_decisions(request.user.pk, request.GET.get("page"))
    return {"page": page, "tasks": presenters.decision_tasks(queries.own_decisions(opened(request), page))}


def _page(request: SignedInRequest, form: PaperForm, **own: Any) -> HttpResponse:
    return render(request, "decisions/decisions.html", {"title": _("A decision on my desk"), "form": form, **own})


@open_to_those_concerned
@fills_itself
@of_ones_own
@needs_open_vault
def decision_touches(request: SignedInRequest, decision_id: UUID) -> HttpResponse:
    """What it touches: offered by the text's own words; else one question to tap; or chosen by theme."""
    found = queries.own_decision(opened(request), decision_id)
    if found.heading is None:
        return redirect("decision", decision_id)
    offered = presenters.offered(found.heading)
    if TAP in request.POST or _asks_by_tap(request, found.heading, offered):
        return _ask_by_tap(request, decision_id, found.heading)
    ticked = _ticked(found.heading, offered)
    themes = presenters.by_theme(offered) if _shows_themes(request, ticked, offered) else []
    groups = [*([offered] if offered else []), *themes]
    form = TouchesForm(sent(request), groups=groups, ticked=ticked, initial=initial_for(request))
    if request.method == "POST" and form.is_valid():
        return _choose(request, decision_id, form.chosen)
    context = {
        "title": _("What does it touch?"),
        "form": form,
        "offered": form["offered"] if offered else None,
        "themes": [(group.name, form[group.field]) for group in themes],
        "other": f"{request.path}?{SOMETHING_ELSE}",
    }
    return render(request, "decisions/decision_touches.html", context)


def _choose(request: SignedInRequest, decision_id: UUID, chosen: Sequence[str]) -> HttpResponse:
    actions.choose_essentials(by=request.user, vault=opened(request), decision_id=decision_id, chosen=chosen)
    return redirect("decision", decision_id)


def _ask_by_tap(request: SignedInRequest, decision_id: UUID, heading: Heading) -> HttpResponse:
    """One question, and each of its answers leads to three."""
    chosen = queries.essentials_by_tap().get(request.POST.get(TAP, ""), ())
    if chosen:
        return _choose(request, decision_id, chosen)
    if request.method == "POST":
        messages.error(request, _("Please tap one of these."))
    context = {
        "title": _("What would change hands?"),
        "taps": presenters.taps(),
        "none_found": bool(heading.title) and not heading.touches,
        "every": f"{request.path}?{EVERY_THEME}",
    }
    return render(request, "decisions/decision_touches.html", context)


def _asks_by_tap(request: SignedInRequest, heading: Heading, offered: Choosable | None) -> bool:
    """Where it is about something else, or none of our words were found; until themes are asked for or chosen from."""
    if EVERY_THEME in request.GET or request.method == "POST":
        return False
    if SOMETHING_ELSE in request.GET:
        return True
    return offered is None and (not heading.chosen or _chosen_by_tap(heading))


def _ticked(heading: Heading, offered: Choosable | None) -> tuple[str, ...]:
    """What was chosen; before anything was, what the text's own words point to, so that one tap is enough."""
    if _chosen_by_tap(heading):
        return ()
    found = tuple(one for one, _name in offered.choices) if offered else ()
    return heading.chosen or found[: rules.MOST]


def _chosen_by_tap(heading: Heading) -> bool:
    """Whether what was chosen came with a tap: then nobody has ticked it."""
    return heading.chosen in queries.essentials_by_tap().values()


def _shows_themes(request: SignedInRequest, ticked: Sequence[str], offered: Choosable | None) -> bool:
    """What is offered by the text's own words comes first and alone; all themes when asked for, or where needed."""
    if offered is None or EVERY_THEME in request.GET or any(name.startswith(BY_THEME) for name in request.POST):
        return True
    return bool(set(ticked) - {one for one, _name in offered.choices})


@open_to_those_concerned
@of_ones_own
@needs_open_vault
def decision(request: SignedInRequest, decision_id: UUID) -> HttpResponse:
    """Three questions to ask; and what came of it."""
    found = queries.own_decision(opened(request), decision_id, with_paper=True)
    if found.heading is not None and not queries.chosen_essentials(found.heading):
        return redirect("decision_touches", decision_id)
    day = found.heading.day if found.heading else None
    context = {
        "title": _("Three questions to ask") if found.heading else presenters.title_in_words(found),
        "decision": found,
        "name": presenters.title_in_words(found),
        "questions": presenters.questions_of(found.heading) if found.heading else None,
        "days": presenters.days_to_tap(found.heading) if found.heading and not day else [],
        "day": presenters.day_in_words(day) if day else "",
        "reminders": presenters.reminders_in_words(day, zone_of(request.user)) if day else [],
        "outcome": presenters.outcome_in_words(found.heading) if found.heading else "",
        "time_has_passed": rules.is_time_to_look_back(found.brought_on, clock.today(), day),
    }
    return render(request, "decisions/decision.html", context)


@open_to_those_concerned
@require_POST
@of_ones_own
@needs_open_vault
def decision_swap(request: SignedInRequest, decision_id: UUID) -> HttpResponse:
    """Another question was tapped: in place of which of the three? No question stands in an address."""
    found = queries.own_decision(opened(request), decision_id)
    taken, _for, left_out = request.POST.get(SWAP, "").partition(rules.FOR)
    others = [one.value for one in presenters.questions_of(found.heading).others] if found.heading else []
    if found.heading is None or taken not in others:
        return redirect("decision", decision_id)
    if left_out:
        return _swap(request, decision_id, taken, left_out)
    context = {
        "title": _("In place of which one?"),
        "decision": found,
        "taken": presenters.questions_to_choose(found.heading)[taken],
        "three": presenters.to_leave_out(found.heading, taken),
    }
    return render(request, "decisions/decision_swap.html", context)


def _swap(request: SignedInRequest, decision_id: UUID, taken: str, left_out: str) -> HttpResponse:
    try:
        actions.swap_question(
            by=request.user, vault=opened(request), decision_id=decision_id, taken=taken, left_out=left_out
        )
        messages.success(request, _("Put in its place. The one you left out is among the others."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("decision", decision_id)


@open_to_those_concerned
@fills_itself
@of_ones_own
@needs_open_vault
def decision_day(request: SignedInRequest, decision_id: UUID) -> HttpResponse:
    """When it is decided: one tap, or a day and a word for home. Home says it; no message does."""
    found = queries.own_decision(opened(request), decision_id)
    if found.heading is None:
        return redirect("decision", decision_id)
    tapped = request.POST.get(DAY, "")
    form = DayForm(
        {**_parts(tapped), "called": request.POST.get("called", found.heading.called)} if tapped else sent(request),
        initial={"day": found.heading.day, "called": found.heading.called, **initial_for(request)},
    )
    if request.method == "POST" and (tapped == NO_DAY or form.is_valid()):
        day = None if tapped == NO_DAY else form.cleaned_data["day"]
        called = "" if tapped == NO_DAY else form.cleaned_data["called"].strip()
        actions.choose_day(by=request.user, vault=opened(request), decision_id=decision_id, day=day, called=called)
        messages.success(request, _("Kept. Home has your questions ready before that day.") if day else _("Kept."))
        return redirect("decision", decision_id)
    context = {
        "title": _("When is it decided?"),
        "decision": found,
        "form": form,
        "days": presenters.days_to_tap(found.heading),
    }
    return render(request, "decisions/decision_day.html", context)


@open_to_those_concerned
@require_safe
@of_ones_own
@needs_open_vault
def decision_calendar(request: SignedInRequest, decision_id: UUID) -> HttpResponse:
    """The day before, or a week, for one's own calendar: a file that says nothing of the decision."""
    found = queries.own_decision(opened(request), decision_id)
    if found.heading is None or found.heading.day is None:
        return redirect("decision", decision_id)
    which = request.GET.get("which", "")
    entry = presenters.calendar_entry(decision_id, found.heading.day, zone_of(request.user), which)
    answer = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="handrail.ics"'
    return answer


def _parts(tapped: str) -> dict[str, str]:
    """A tapped day as the boxes of the form have it."""
    year, month, day = [*tapped.split("-"), "", "", ""][:3]
    return {"day-year": year, "day-month": month, "day-day": day}


@open_to_those_concerned
@fills_itself
@of_ones_own
@needs_open_vault
def decision_outcome(request: SignedInRequest, decision_id: UUID) -> HttpResponse:
    """Later: one line, or a tap that says nothing was."""
    found = queries.own_decision(opened(request), decision_id)
    if found.heading is None:
        return redirect("decision", decision_id)
    nothing = "nothing" in request.POST and not request.POST.get("differently", "").strip()
    form = OutcomeForm(
        None if nothing else sent(request),
        initial={"differently": found.heading.differently, **initial_for(request)},
    )
    if nothing or form.is_valid():
        words = "" if nothing else form.cleaned_data["differently"]
        actions.look_back(by=request.user, vault=opened(request), decision_id=decision_id, differently=words)
        messages.success(request, _("Kept, for your eyes only."))
        return redirect("decision", decision_id)
    context = {"title": _("What was decided differently?"), "form": form, "decision": found}
    return render(request, "decisions/decision_outcome.html", context)


@open_to_those_concerned
@require_POST
@of_ones_own
@needs_open_vault
def decision_paper_forget(request: SignedInRequest, decision_id: UUID) -> HttpResponse:
    """The text goes, the questions stay."""
    actions.forget_paper(by=request.user, vault=opened(request), decision_id=decision_id)
    messages.success(request, _("The text is deleted. Your questions stay."))
    return redirect("decision", decision_id)


@open_to_those_concerned
@of_ones_own
@needs_open_vault
def decision_delete(request: SignedInRequest, decision_id: UUID) -> HttpResponse:
    """Asked once more, then gone."""
    if request.method == "POST":
        actions.delete_decision(by=request.user, decision_id=decision_id)
        messages.success(request, _("Deleted."))
        return redirect("decisions")
    context = {"title": _("Delete this decision?"), "decision_id": decision_id}
    return render(request, "decisions/decision_delete.html", context)
