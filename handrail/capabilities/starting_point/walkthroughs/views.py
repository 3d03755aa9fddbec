"""The walk-throughs' pages. Reading needs no key, so they are there on a strange device too; marking makes one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.starting_point.queries import opened
from handrail.capabilities.starting_point.walkthroughs import actions, presenters, queries, rules
from handrail.capabilities.starting_point.walkthroughs.forms import NetworksForm
from handrail.formats.walkthroughs import WalkThrough
from handrail.foundation.access.guards import open_to_signed_in, open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.carried import fills_itself, initial_for
from handrail.foundation.vault.texts import needs_open_vault


@open_to_those_concerned
def walkthroughs(request: SignedInRequest) -> HttpResponse:
    """Every worry, and what one can do about it; first the worries that the leader told."""
    if said := actions.seal_waiting_marks(request):
        messages.success(request, said)
    seen = queries.seen_sheet(request)
    told = queries.worries_told(request, seen)
    first, minutes = presenters.first_address(seen.sheet, told)
    context = {
        "title": _("Stay in control online"),
        "worries": presenters.worry_lists(seen.sheet, told),
        "first": first,
        "minutes": minutes,
        "latest": presenters.latest_of(seen.sheet),
        "stopped": presenters.has_stopped(seen.sheet),
        "closed": seen.closed,
        "happened": not seen.closed and rules.asks_whether_it_happened(told, seen.sheet),
        "begun": queries.has_marks(request),
    }
    return render(request, "walkthroughs/walkthroughs.html", context)


@open_to_those_concerned
def walkthroughs_happened(request: SignedInRequest) -> HttpResponse:
    """Has something happened already? Then what to do now comes first. Looking makes no key; a tap does."""
    if request.method == "POST":
        return _happened(request)
    choices = presenters.what_may_have_happened()
    context = {"title": _("One question first"), "choices": choices}
    return render(request, "walkthroughs/walkthroughs_happened.html", context)


@needs_open_vault
def _happened(request: SignedInRequest) -> HttpResponse:
    what = request.POST.get("happened", "")
    try:
        sheet = actions.say_what_happened(by=request.user, vault=opened(request), what=what)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("walkthroughs_happened")
    found = rules.first_after(what, sheet)
    if found is None:
        messages.success(request, _("Good. Kept, for your eyes only."))
        return redirect("walkthroughs")
    return redirect(presenters.item_address(*found))


@open_to_signed_in
def walkthrough(request: SignedInRequest, walkthrough: str) -> HttpResponse:
    """One walk-through: what it is for, its small things with their marks, and where to go on."""
    shown = queries.walkthrough_called(walkthrough)
    seen = queries.seen_sheet(request)
    asks = rules.asks_for_networks(shown)
    context = {
        "title": shown.title,
        "walkthrough": shown,
        "about": presenters.harmless(shown.about_html),
        "stuck": presenters.harmless(shown.stuck_html),
        "minutes": presenters.minutes_in_words(shown, seen.sheet),
        "tasks": presenters.item_tasks(shown, seen.sheet),
        "next": _next_address(shown, seen),
        "begun": rules.has_marks(shown, seen.sheet),
        "done": rules.number_done(shown, seen.sheet),
        "passed_on": shown.id in seen.sheet.passed_on,
        "asks": asks,
        "networks": presenters.networks_in_words(seen.sheet) if asks else "",
        "closed": seen.closed,
    }
    return render(request, "walkthroughs/walkthrough.html", context)


def _next_address(shown: WalkThrough, seen: queries.Seen) -> str:
    """The networks first, where they matter and were not asked; then the next thing without a mark."""
    if rules.asks_for_networks(shown) and seen.sheet.networks is None and not seen.closed:
        return reverse("walkthrough_networks", args=[shown.id])
    item = rules.next_item(shown, seen.sheet)
    return presenters.item_address(shown, item) if item else ""


@open_to_signed_in
@fills_itself
def walkthrough_networks(request: SignedInRequest, walkthrough: str) -> HttpResponse:
    """Which networks somebody uses, so that they meet only what is theirs."""
    return _networks(request, queries.walkthrough_called(walkthrough))


def _networks(request: SignedInRequest, shown: WalkThrough) -> HttpResponse:
    if request.method == "POST":
        return _keep_networks(request, shown)
    before = list(queries.seen_sheet(request).sheet.networks or ())
    return _ask_networks(request, shown, NetworksForm(initial={"networks": before, **initial_for(request)}))


@needs_open_vault
def _keep_networks(request: SignedInRequest, shown: WalkThrough) -> HttpResponse:
    form = NetworksForm(request.POST)
    if not form.is_valid():
        return _ask_networks(request, shown, form)
    sheet = actions.choose_networks(by=request.user, vault=opened(request), networks=form.names)
    item = rules.next_item(shown, sheet)
    return redirect("walkthrough_item", shown.id, item.id) if item else redirect("walkthrough", shown.id)


def _ask_networks(request: SignedInRequest, shown: WalkThrough, form: NetworksForm) -> HttpResponse:
    item = rules.item_after(shown, queries.seen_sheet(request).sheet)
    address = reverse("walkthrough_item", args=[shown.id, item.id]) if item else ""
    context = {"title": _("Which of these do you use?"), "form": form, "walkthrough": shown, "pass_over": address}
    return render(request, "walkthroughs/walkthrough_networks.html", context)


@open_to_signed_in
def walkthrough_print(request: SignedInRequest, walkthrough: str) -> HttpResponse:
    """All of it for paper, as it is for everybody: no mark is on it, and nothing private is opened."""
    shown = queries.walkthrough_called(walkthrough)
    context = {
        "title": shown.title,
        "walkthrough": shown,
        "about": presenters.harmless(shown.about_html),
        "items": presenters.on_paper(shown),
        "stuck": presenters.harmless(shown.stuck_html),
    }
    return render(request, "walkthroughs/walkthrough_print.html", context)


@open_to_signed_in
def walkthrough_pass_on(request: SignedInRequest, walkthrough: str) -> HttpResponse:
    """One sentence to tell the team or the family."""
    shown = queries.walkthrough_called(walkthrough)
    if request.method == "POST":
        return _passed_on(request, shown)
    seen = queries.seen_sheet(request)
    context = {"title": _("Pass it on"), "walkthrough": shown, "passed_on": shown.id in seen.sheet.passed_on}
    return render(request, "walkthroughs/walkthrough_pass_on.html", context)


@needs_open_vault
def _passed_on(request: SignedInRequest, shown: WalkThrough) -> HttpResponse:
    actions.note_passed_on(by=request.user, vault=opened(request), walkthrough=shown)
    messages.success(request, _("Kept, for your eyes only. One more person knows it because of you."))
    return redirect("walkthrough", shown.id)


@open_to_those_concerned
def walkthroughs_delete(request: SignedInRequest) -> HttpResponse:
    """Asked once more, then gone."""
    if request.method == "POST":
        actions.delete_marks(by=request.user)
        messages.success(request, _("Deleted. If you had shared something, it may have been read before."))
        return redirect("walkthroughs")
    context = {"title": _("Delete your marks?")}
    return render(request, "walkthroughs/walkthroughs_delete.html", context)
