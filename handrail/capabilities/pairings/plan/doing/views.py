"""One step's pages. Every tap is a form; looking changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.plan import presenters, queries, rules
from handrail.capabilities.pairings.plan.doing import actions
from handrail.capabilities.pairings.plan.doing.forms import MISSING, DayForm, LineForm
from handrail.capabilities.pairings.plan.doing.presenters import (
    DAYS,
    SOON,
    WEEK,
    comes_after,
    day_of_move,
    follows_from,
    line_in_words,
    moved_in_words,
    moves,
    opens_from,
    state_in_words,
    waiting_of,
)
from handrail.capabilities.pairings.plan.forms import StepForm
from handrail.capabilities.pairings.plan.queries import OpenPlan
from handrail.capabilities.pairings.plan.sheet import CAME, DONE, NONE_YET, SKIPPED, Item
from handrail.capabilities.pairings.plan.views import put_in_plan, with_plan
from handrail.capabilities.pairings.plan.weekly.queries import own_note
from handrail.design.forms import sent
from handrail.design.parts import Text
from handrail.foundation.access.guards import open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.carried import fills_itself, initial_for

if TYPE_CHECKING:
    from datetime import date


PLACES = ("back", "note")  # where a tap beside the line leads on to
# What a tap does, and what is said then.
TAPS: dict[str, tuple[Callable[..., None], Text]] = {
    "done": (actions.do_step, ""),
    "again": (actions.put_back, lazy("It is to do again.")),
    "not_for_me": (
        actions.skip_step,
        lazy("Good to know. It is not offered again, and what is offered next takes it into account."),
    ),
    "take_out": (actions.take_out, lazy("Taken out of the plan.")),
    "look_soon": (partial(actions.look_later, days=SOON), ""),
    "look_in_a_week": (partial(actions.look_later, days=WEEK), ""),
    "no_look": (partial(actions.look_later, days=0), lazy("Home will not ask.")),
    "came": (partial(actions.note_answer, answer=CAME), ""),
    "none_yet": (partial(actions.note_answer, answer=NONE_YET), ""),
    "leave": (
        actions.leave_it,
        lazy("Good to know. It is not offered again, and what is offered next takes it into account."),
    ),
}


@open_to_those_concerned
@fills_itself
@with_plan
def plan_step(request: SignedInRequest, plan_id: UUID, item_id: UUID) -> HttpResponse:
    """Why, how, how you know it worked; the taps; and once it is done, a line if one likes.

    What a tap does stands in the form and in no address: a log of addresses tells of no step that it was done.
    """
    plan = queries.plan_called(request, plan_id)
    item = plan.item(item_id)
    does = request.POST.get("does") or request.POST.get("mark", "")  # a mark comes from the walk-through it opened
    leads = rules.is_leaders(plan.side)
    alone = queries.alone_beside(plan.row, plan.vault).lines.get(item.id, "") if leads else ""
    form = None
    if item.state == DONE and leads:
        before = {"line": item.line or alone, "for_both": bool(item.line)}
        other = plan.other.name if plan.other else ""
        typed = sent(request) if "line" in request.POST or not does else None
        form = LineForm(typed, other=other, asked=_waits(item), initial={**before, **initial_for(request)})
        if form.is_valid():
            changed = any(form.words[name] != before[name] for name in form.words)
            return _line_kept(request, plan, item, form, changed=changed)
        does = "" if form.errors else does
    if does in TAPS:
        return _tapped(request, plan, item, does)
    note = own_note(request) if leads and item.state == DONE else None
    offers_note = leads and (note is None or not note.on)
    context = {**_context(plan, item, form, alone), "leads": leads, "offers_note": offers_note}
    return render(request, "plan/plan_step.html", context)


def _waits(item: Item) -> bool:
    """Whether an answer to it may still come, or a day to look for one is still to be tapped."""
    return rules.asks_somebody(item) and not item.answer


def _tapped(request: SignedInRequest, plan: OpenPlan, item: Item, does: str) -> HttpResponse:
    """One tap; then the step as it stands now, or the plan where the step is in it no more."""
    action, said = TAPS[does]
    try:
        action(by=plan, item_id=item.id)
        if said:
            messages.success(request, str(said))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(plan.address)
    gone = action in (actions.take_out, actions.leave_it)
    return redirect(plan.address if gone else presenters.address_of_step(plan, item))


def _context(plan: OpenPlan, item: Item, form: LineForm | None, alone: str) -> dict[str, object]:
    text = presenters.text_of(plan.sheet, item)
    brought_from, brought = follows_from(plan, item)
    return {
        "title": text.title,
        "plan": plan,
        "item": item,
        "text": text,
        "opens": opens_from(plan, item, text),
        "comes_after": comes_after(plan, item),
        "brought_from": brought_from,
        "brought": brought,
        "state": state_in_words(item),
        "done": item.state == DONE,
        "skipped": item.state == SKIPPED,
        "can_do": rules.can_do(item, plan.side),
        "asks": rules.is_asking(item),
        "can_undo": rules.can_undo(item, plan.side),
        "can_change": item.state == "todo",
        "can_take_out": rules.can_move(item),
        "form": form,
        "line": item.line,
        "line_readers": line_in_words(plan, item, alone),
        "next": presenters.next_of(plan),
        "waiting": waiting_of(plan, item),
        "over": not plan.sheet.todo,
    }


def _line_kept(request: SignedInRequest, plan: OpenPlan, item: Item, form: LineForm, *, changed: bool) -> HttpResponse:
    """Whatever is tapped beside the line, the line comes with it and is kept first."""
    does, step_id = request.POST.get("does", ""), request.POST.get("put", "")
    try:
        if changed or not (does or step_id):
            # what is not done after all says nothing to a mentor
            for_both = bool(form.words.get("for_both")) and does != "again"
            actions.keep_line(by=plan, item_id=item.id, line=str(form.words["line"]), for_both=for_both)
            messages.success(request, _("Kept."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    if does in TAPS:
        return _tapped(request, plan, item, does)
    if step_id:
        return put_in_plan(request, plan, step_id)
    if does in PLACES:
        return redirect(plan.address if does == "back" else "plan_note")
    asks = rules.asks_somebody(item) and not item.look_on and not item.answer  # a day is still to be tapped there
    return redirect(presenters.address_of_step(plan, item) if asks else plan.address)


@open_to_those_concerned
@with_plan
def plan_step_later(request: SignedInRequest, plan_id: UUID, item_id: UUID) -> HttpResponse:
    """Not now: behind the others, or on a day."""
    plan = queries.plan_called(request, plan_id)
    item = plan.item(item_id)
    tapped = request.POST.get("when", "")
    form = DayForm(None if tapped else sent(request))
    if request.method == "POST":
        if tapped in DAYS or tapped == "behind":
            return _moved(request, plan, item, day_of_move(tapped))
        if tapped:
            messages.error(request, str(MISSING))
        elif form.is_valid():
            return _moved(request, plan, item, form.cleaned_data["day"])
    context = {"title": _("When suits better?"), "plan": plan, "item": item, "moves": moves(item), "form": form}
    return render(request, "plan/plan_step_later.html", context)


def _moved(request: SignedInRequest, plan: OpenPlan, item: Item, to: date | None) -> HttpResponse:
    try:
        actions.move_step(by=plan, item_id=item.id, to=to)
        messages.success(request, moved_in_words(to))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(plan.address)


@open_to_those_concerned
@fills_itself
@with_plan
def plan_step_change(request: SignedInRequest, plan_id: UUID, item_id: UUID) -> HttpResponse:
    """Own words, and the goal it serves."""
    plan = queries.plan_called(request, plan_id)
    item = plan.item(item_id)
    goals = presenters.goals_to_serve(plan.sheet)
    before = {"title": item.title, "how": item.how, "goal": item.goal}
    form = StepForm(sent(request), goals=goals, own=not item.step, initial={**before, **initial_for(request)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_step(by=plan, item_id=item.id, **form.words)
        except Refused as refusal:
            form.add_error("title", str(refusal))
        else:
            return redirect(presenters.address_of_step(plan, item))
    context = {"title": _("Change this step"), "plan": plan, "item": item, "form": form}
    return render(request, "plan/plan_step_change.html", context)
