"""One small thing on a phone: one action a screen. Where nothing private is open, all of it on one page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.starting_point.queries import opened
from handrail.capabilities.starting_point.walkthroughs import actions, presenters, queries, rules
from handrail.capabilities.starting_point.walkthroughs.sheet import DONE, MarkSheet, Stand
from handrail.formats.walkthroughs import Item, WalkThrough
from handrail.foundation.access.guards import open_to_signed_in
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.carried import fills_itself
from handrail.foundation.vault.texts import needs_open_vault

LONGEST_NUMBER = 3  # digits


class SentOn(HttpResponseRedirect):
    """What was just sent, with its fields, goes to another page as well: the browser sends it there by itself."""

    status_code = 307


@open_to_signed_in
@fills_itself
def walkthrough_item(request: SignedInRequest, walkthrough: str, item: str) -> HttpResponse:
    """Reading it makes no key; a tap does, and asks for nothing."""
    shown = queries.walkthrough_called(walkthrough)
    one = queries.item_called(shown, item)
    if request.method == "POST":
        return _tapped(request, shown, one)
    seen = queries.seen_sheet(request)
    if seen.closed or "whole" in request.GET:
        return _whole(request, shown, one, seen)
    stand, at = rules.stand_in(one, seen.sheet), _number(request.GET.get("at", ""))
    things = rules.things_to_do(one, stand.case)
    if at is None and rules.mark_of(one, seen.sheet) == DONE and not _is_begun(one, seen.sheet):
        return _end(request, shown, one, seen.sheet)
    at = stand.at if at is None or at > len(things) else at
    if rules.is_at_end(one, stand) and at == stand.at:
        return _end(request, shown, one, seen.sheet)
    if one.folds and (at == 0 or not things):
        return _choice(request, shown, one, seen.sheet, stand)
    return _screen(request, shown, one, seen.sheet, stand, max(at, 1))


def _is_begun(one: Item, sheet: MarkSheet) -> bool:
    return sheet.stand_of(one.home, one.id) is not None


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER else None


def _around(request: SignedInRequest, shown: WalkThrough, one: Item, sheet: MarkSheet) -> dict[str, object]:
    """What every page of an item has: its name, where it leads back to, and the way to the rest."""
    step = _step_come_from(request)
    return {
        "title": one.title,
        "walkthrough": shown,
        "step": step,
        "others": presenters.other_parts(shown, sheet, one),
        "whole": presenters.item_address(shown, one, step, whole=1),
        "here": presenters.item_address(shown, one, step),
    }


def _choice(request: SignedInRequest, shown: WalkThrough, one: Item, sheet: MarkSheet, stand: Stand) -> HttpResponse:
    context = {
        **_around(request, shown, one, sheet),
        "lead": presenters.harmless(one.lead),
        "minutes": presenters.minutes_of(one),
        "cases": presenters.cases_to_tap(one, stand.case),
    }
    return render(request, "walkthroughs/walkthrough_choice.html", context)


def _screen(
    request: SignedInRequest, shown: WalkThrough, one: Item, sheet: MarkSheet, stand: Stand, at: int
) -> HttpResponse:
    around = _around(request, shown, one, sheet)
    screen = presenters.screen_of(shown, one, stand, at, _step_come_from(request))
    if "missing" in request.GET:
        context = {**around, "screen": screen, "next": rules.item_after(shown, sheet, one)}
        return render(request, "walkthroughs/walkthrough_missing.html", context)
    context = {
        **around,
        "screen": screen,
        "minutes": presenters.minutes_of(one) if at == 1 and not one.folds else "",
        "does_step": around["step"] and rules.ends_with(one, stand, at),
    }
    return render(request, "walkthroughs/walkthrough_screen.html", context)


def _end(request: SignedInRequest, shown: WalkThrough, one: Item, sheet: MarkSheet) -> HttpResponse:
    """What is done says so; where something was left out, the leader says how it is."""
    following = rules.item_after(shown, sheet, one)
    context = {
        **_around(request, shown, one, sheet),
        "done": presenters.done_in_full(one, sheet),
        "asks": _is_begun(one, sheet),
        "marks": presenters.marks_to_tap(rules.mark_of(one, sheet)),
        "again": presenters.item_address(shown, one, _step_come_from(request), at=0 if one.folds else 1),
        "has_cases": bool(one.folds),
        "next": following,
        "next_minutes": presenters.minutes_of(following) if following else "",
        "passed_on": shown.id in sheet.passed_on,
    }
    return render(request, "walkthroughs/walkthrough_end.html", context)


def _whole(request: SignedInRequest, shown: WalkThrough, one: Item, seen: queries.Seen) -> HttpResponse:
    """All of it on one page: for whoever would rather read, and for a device that opens nothing private."""
    context = {
        **_around(request, shown, one, seen.sheet),
        "text": presenters.harmless(one.html),
        "cases": presenters.cases_of(one),
        "then": presenters.harmless(one.then_html),
        "marks": presenters.marks_to_tap(rules.mark_of(one, seen.sheet)),
        "closed": seen.closed,
    }
    return render(request, "walkthroughs/walkthrough_whole.html", context)


def _step_come_from(request: SignedInRequest) -> str:
    """The address of the step of a plan that led here; empty where none did. It names no step: it holds ids only."""
    try:
        found = resolve(request.GET.get("step", ""))
    except Resolver404:
        return ""
    return reverse(found.url_name, kwargs=found.kwargs) if found.url_name == "plan_step" else ""


@needs_open_vault
def _tapped(request: SignedInRequest, shown: WalkThrough, one: Item) -> HttpResponse:
    """A case, one thing done or left out, a stop; or a mark for all of it."""
    ways = {"done": _go_on, "left_out": _go_on, "stop": _stop}
    does = _choose if "case" in request.POST else ways.get(request.POST.get("does", ""), _mark)
    try:
        return does(request, shown, one)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.get_full_path())


def _choose(request: SignedInRequest, shown: WalkThrough, one: Item) -> HttpResponse:
    case = request.POST.get("case", "")
    actions.choose_case(by=request.user, vault=opened(request), walkthrough=shown, item=one, case=case)
    return redirect(presenters.item_address(shown, one, _step_come_from(request)))


def _go_on(request: SignedInRequest, shown: WalkThrough, one: Item) -> HttpResponse:
    at, left_out = _number(request.POST.get("at", "")) or 0, request.POST.get("does") == "left_out"
    vault = opened(request)
    sheet = actions.go_on(by=request.user, vault=vault, walkthrough=shown, item=one, at=at, left_out=left_out)
    step = _step_come_from(request)
    if step and not _is_begun(one, sheet):
        # “Done” on the last screen does the step as well, and says so: nobody taps it twice for one deed
        return SentOn(step) if not left_out else _back_to_step(request, step)
    return redirect(presenters.item_address(shown, one, step))


def _stop(request: SignedInRequest, shown: WalkThrough, one: Item) -> HttpResponse:
    at = _number(request.POST.get("at", "")) or 0
    actions.stop_at(by=request.user, vault=opened(request), walkthrough=shown, item=one, at=at)
    messages.success(request, _("It waits for you, just where you stopped."))
    return redirect(_step_come_from(request) or reverse("walkthroughs"))


def _mark(request: SignedInRequest, shown: WalkThrough, one: Item) -> HttpResponse:
    """Whoever came from a step goes back to it. After something done there is a place to stop; else the next part."""
    mark = request.POST.get("mark", "")
    sheet = actions.mark_item(by=request.user, vault=opened(request), walkthrough=shown, item=one, mark=mark)
    if step := _step_come_from(request):
        return SentOn(step) if mark == DONE else _back_to_step(request, step)
    following = rules.item_after(shown, sheet, one)
    if mark == DONE:
        return redirect("walkthrough_item", shown.id, one.id)
    if following is None:
        messages.success(request, _("Kept, for your eyes only. You can stop here, or go on."))
        return redirect("walkthrough", shown.id)
    return redirect("walkthrough_item", shown.id, following.id)


def _back_to_step(request: SignedInRequest, step: str) -> HttpResponse:
    messages.success(request, _("Kept, for your eyes only. If that was all of the step, say so here."))
    return redirect(step)
