"""Choosing the weekly note and ending it; pausing and coming back."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.plan import queries
from handrail.capabilities.pairings.plan.weekly import actions, emails, presenters
from handrail.capabilities.pairings.plan.weekly.forms import BackForm
from handrail.capabilities.pairings.plan.weekly.queries import own_note
from handrail.design.forms import sent
from handrail.foundation import clock
from handrail.foundation.access.guards import open_to_anyone, open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.texts import needs_open_vault


def _one_of(text: str, most: int) -> int | None:
    """A small number that a browser sent; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 and int(text) <= most else None


@open_to_those_concerned
def plan_note(request: SignedInRequest) -> HttpResponse:
    """First of two taps: the day."""
    if queries.own_row(request) is None:
        return redirect("plan")
    day = _one_of(request.POST.get("day", ""), 6)
    if request.method == "POST" and day is not None:
        return redirect(f"{reverse('plan_note_hour')}?day={day}")
    note = own_note(request)
    context = {
        "title": _("Which day suits you?"),
        "now": presenters.note_in_words(note) if note else "",
        "next": presenters.next_in_words(note) if note and note.on else "",
        "days": presenters.days(),
        "leaves": emails.reaches(request.user),
    }
    return render(request, "plan/plan_note.html", context)


@open_to_those_concerned
def plan_note_hour(request: SignedInRequest) -> HttpResponse:
    """Second: the hour, by one's own clock."""
    day = _one_of(request.GET.get("day", ""), 6)
    if queries.own_row(request) is None or day is None:
        return redirect("plan_note")
    return _hour(request, day)


@needs_open_vault
def _hour(request: SignedInRequest, day: int) -> HttpResponse:
    hour = _one_of(request.POST.get("hour", ""), 23)
    if request.method == "POST" and hour is not None:
        done = presenters.did_this_week(queries.own_plan(request).sheet)
        note = actions.choose_note(by=request.user, weekday=day, hour=hour, this_week=not done)
        messages.success(request, presenters.next_in_words(note))
        return redirect("plan")
    context = {
        "title": _("At what time?"),
        "hours": presenters.hours(),
        "here": f"{request.path}?day={day}",
        "clock": presenters.clock_in_words(request.user),
    }
    return render(request, "plan/plan_note_hour.html", context)


@open_to_those_concerned
@require_POST
def plan_note_stop(request: SignedInRequest) -> HttpResponse:
    actions.stop_note(by=request.user)
    messages.success(request, _("No more notes. Your plan is here whenever you come."))
    return redirect("plan")


@csrf_exempt  # a mail program sends this form, without a cookie of ours
@open_to_anyone
def weekly_note_end(request: HttpRequest, token: str) -> HttpResponse:
    """Where the note itself leads: one tap, or the mail program's own (RFC 8058). Opening it ends nothing."""
    note_id = emails.note_of(token)
    if note_id is None:
        raise Http404
    if request.method != "POST":
        return render(request, "plan/weekly_note_end.html", {"title": _("No more weekly notes?")})
    actions.stop_note_called(note_id=note_id)
    return render(request, "plan/weekly_note_ended.html", {"title": _("No more weekly notes")})


@open_to_those_concerned
def plan_pause(request: SignedInRequest) -> HttpResponse:
    """One tap: for some weeks, until one is back, or until a day. Why is not asked."""
    row = queries.own_row(request)
    if row is None:
        return redirect("plan")
    tapped = request.POST.get("for", "")
    form = BackForm(None if tapped else sent(request))
    if request.method == "POST":
        known = {choice.value for choice in presenters.pauses()}
        if tapped in known or (not tapped and form.is_valid()):
            try:
                until = form.cleaned_data["day"] if not tapped else _until(tapped)
                actions.pause_plan(by=request.user, until=until)
            except Refused as refusal:
                form.add_error("day", str(refusal))
            else:
                messages.success(request, _("Paused. Nothing is expected of you, and no note goes out."))
                return redirect("plan")
    context = {
        "title": _("Pause until when?"),
        "paused": presenters.pause_in_words(row),
        "pauses": presenters.pauses(),
        "form": form,
        "pairing": row.pairing if row.pairing and row.pairing.state == "agreed" else None,
    }
    return render(request, "plan/plan_pause.html", context)


def _until(tapped: str) -> date | None:
    return None if tapped == "open" else clock.today() + timedelta(days=int(tapped))


@open_to_those_concerned
@require_POST
def plan_come_back(request: SignedInRequest) -> HttpResponse:
    actions.come_back(by=request.user)
    messages.success(request, _("Good to have you back. Everything is as you left it."))
    return redirect("plan")
