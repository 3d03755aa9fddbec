"""Pages about times: what is agreed, what is on offer, one session. For the two and for their delegates."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.busy.queries import own_busy_times
from handrail.capabilities.pairings.calendars.presenters import entry_text
from handrail.capabilities.pairings.sessions import actions, presenters, queries, rules
from handrail.capabilities.pairings.sessions.forms import MoveForm, OfferForm, PlaceForm, Suggestions
from handrail.capabilities.pairings.sessions.queries import Arranger
from handrail.design.forms import sent
from handrail.formats.calendars import Busy, clashes, days_on_offer, few_of
from handrail.foundation import clock
from handrail.foundation.access.guards import open_to_signed_in, open_to_those_concerned
from handrail.foundation.access.refusal import Refused

SUGGESTED = 6
USUAL = timedelta(minutes=30)


def _busy(request: SignedInRequest, arranger: Arranger) -> list[Busy]:
    """By the connected calendar of whoever looks. A delegate's own times would say nothing about those they arrange."""
    return [] if arranger.is_delegate else own_busy_times(request.user)


def _suggestions(request: SignedInRequest, arranger: Arranger) -> tuple[Suggestions, list[str]]:
    """A few times to tap, by the clock of the person whose times they are, and why just these. The free ones first."""
    offers = queries.offers_of(arranger.pairing)
    leader, mentor = queries.parts_suiting(arranger.pairing, offers, arranger.zone)
    preferences = (leader, mentor) if leader and mentor else ()
    days = days_on_offer(clock.now(), arranger.zone, preferences=preferences, notice=timedelta(0))
    in_time = days_on_offer(clock.now(), arranger.zone, preferences=preferences)
    known = {offer.starts_at for offer in offers} | queries.taken_times(arranger.pairing)
    busy = _busy(request, arranger)
    slots = (slot.starts_at for day in in_time for slot in day.slots)
    known |= {at for at in slots if clashes(busy, at, at + USUAL)}
    often = queries.often_free(arranger.pairing)
    few = few_of(in_time, SUGGESTED, known, often)
    return presenters.suggestions_for(days, few, arranger), presenters.suiting_in_words(days, often)


@open_to_signed_in
def arranging(request: SignedInRequest) -> HttpResponse:
    """For a delegate: whose times there are to arrange."""
    found = queries.pairings_arranged_by(request)
    context = {"title": _("Times you arrange for others"), "places": presenters.places_to_arrange(found)}
    return render(request, "pairings/arranging.html", context)


@open_to_those_concerned
def session_times(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    arranger = queries.arranger(request, pairing_id)
    offers = queries.offers_of(arranger.pairing)
    upcoming, unsettled = queries.open_sessions(arranger.pairing)
    busy = _busy(request, arranger) if offers else []
    context = {
        "title": presenters.page_title(arranger),
        "arranger": arranger,
        "can_arrange": rules.can_arrange(arranger.pairing, arranger.side),
        "agreed": presenters.session_lines(upcoming, arranger),
        "unsettled": [] if arranger.is_delegate else presenters.session_lines(unsettled, arranger),
        "choices": presenters.choices_for(offers, arranger, busy),
        "own_offers": presenters.own_offers(offers, arranger, busy),
        "met": presenters.days_in_words(queries.days_met(arranger.pairing), arranger),
    }
    return render(request, "pairings/session_times.html", context)


@open_to_those_concerned
def session_offer(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    arranger = queries.arranger(request, pairing_id)
    if not rules.can_arrange(arranger.pairing, arranger.side):
        return redirect("session_times", arranger.pairing.pk)
    suggestions, suiting = _suggestions(request, arranger)
    form = OfferForm(sent(request), suggestions=suggestions)
    if request.method == "POST" and form.is_valid():
        try:
            actions.offer_times(
                by=request.user,
                pairing=arranger.pairing,
                side=arranger.side,
                times=form.cleaned_data["times"],
                minutes=int(form.cleaned_data["minutes"]),
                zone=arranger.zone,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, presenters.offered_in_words(arranger))
            return redirect("session_times", arranger.pairing.pk)
    context = {
        "title": _("Which times suit?"),
        "form": form,
        "arranger": arranger,
        "suiting": suiting,
    }
    return render(request, "pairings/session_offer.html", context)


@open_to_those_concerned
@require_POST
def session_choose(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    arranger = queries.arranger(request, pairing_id)
    offer = queries.offer_in(arranger.pairing, _number(request.POST.get("offer", "")))
    try:
        if offer is None:
            raise Refused(_("This time is no longer on offer. Here is how it stands now."))
        session = actions.choose_time(by=request.user, pairing=arranger.pairing, side=arranger.side, offer=offer)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("session_times", arranger.pairing.pk)
    messages.success(request, _("Agreed.") + " " + presenters.word_of_it(arranger))
    return redirect("session", session.pk)


@open_to_those_concerned
@require_POST
def session_offer_withdraw(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    arranger = queries.arranger(request, pairing_id)
    offer = queries.offer_in(arranger.pairing, _number(request.POST.get("offer", "")))
    if offer is not None:
        try:
            actions.withdraw_offer(by=request.user, pairing=arranger.pairing, side=arranger.side, offer=offer)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("session_times", arranger.pairing.pk)


def _number(text: str) -> int:
    """A row's number as typed by a browser; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


@open_to_those_concerned
def session(request: SignedInRequest, session_id: int) -> HttpResponse:
    arranged = queries.arranged_session(request, session_id)
    one, arranger, now = arranged.session, arranged.arranger, clock.now()
    context = {
        "title": presenters.time_in_words(one.starts_at, arranger.me),
        "session": one,
        "arranger": arranger,
        "details": presenters.details_of(arranged),
        "state": presenters.state_in_words(arranged, now),
        "next_things": presenters.next_things(arranged),
        "can_change": rules.can_change(one, arranger.side, now),
        "can_say_held": rules.can_settle(one, arranger.side, arranger.is_delegate, rules.State.HELD, now),
        "can_say_missed": rules.can_settle(one, arranger.side, arranger.is_delegate, rules.State.MISSED, now),
    }
    return render(request, "pairings/session.html", context)


@open_to_those_concerned
@require_safe
def session_entry(request: SignedInRequest, session_id: int) -> HttpResponse:
    """The entry for one's own calendar, where none comes by mail."""
    arranged = queries.arranged_session(request, session_id)
    entry = entry_text(arranged.session, arranged.arranger.me)
    answer = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="handrail.ics"'
    return answer


@open_to_those_concerned
def session_move(request: SignedInRequest, session_id: int) -> HttpResponse:
    arranged = queries.arranged_session(request, session_id)
    one, arranger = arranged.session, arranged.arranger
    if not rules.can_change(one, arranger.side, clock.now()):
        return redirect("session", one.pk)
    suggestions, _suiting = _suggestions(request, arranger)
    form = MoveForm(sent(request), suggestions=suggestions)
    if request.method == "POST" and form.is_valid():
        (starts_at,) = set(form.cleaned_data["times"])
        try:
            actions.move_session(
                by=request.user, session=one, side=arranger.side, starts_at=starts_at, zone=arranger.zone
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Moved.") + " " + presenters.word_of_it(arranger))
            return redirect("session", one.pk)
    context = {"title": _("Move it to when?"), "form": form, "session": one, "arranger": arranger}
    return render(request, "pairings/session_move.html", context)


@open_to_those_concerned
def session_place(request: SignedInRequest, session_id: int) -> HttpResponse:
    arranged = queries.arranged_session(request, session_id)
    one, side = arranged.session, arranged.arranger.side
    if not rules.can_change(one, side, clock.now()):
        return redirect("session", one.pk)
    form = PlaceForm(sent(request), initial={"place": one.place, "meeting_link": one.meeting_link})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_place(by=request.user, session=one, side=side, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved.") + " " + presenters.word_of_it(arranged.arranger))
        return redirect("session", one.pk)
    return render(request, "pairings/session_place.html", {"title": _("Where you meet"), "form": form, "session": one})


@open_to_those_concerned
def session_cancel(request: SignedInRequest, session_id: int) -> HttpResponse:
    """Asks once, then calls it off."""
    arranged = queries.arranged_session(request, session_id)
    one, arranger = arranged.session, arranged.arranger
    if request.method == "POST":
        try:
            actions.cancel_session(by=request.user, session=one, side=arranger.side)
            messages.success(request, _("Called off.") + " " + presenters.word_of_it(arranger))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("session_times", arranger.pairing.pk)
    if not rules.can_change(one, arranger.side, clock.now()):
        return redirect("session", one.pk)
    context = {
        "title": _("Call it off?"),
        "time": presenters.time_in_words(one.starts_at, arranger.me),
        "details": presenters.details_of(arranged),
        "session": one,
    }
    return render(request, "pairings/session_cancel.html", context)


@open_to_those_concerned
@require_POST
def session_settle(request: SignedInRequest, session_id: int, state: str) -> HttpResponse:
    arranged = queries.arranged_session(request, session_id)
    arranger = arranged.arranger
    try:
        actions.settle_session(
            by=request.user, session=arranged.session, side=arranger.side, is_delegate=arranger.is_delegate, state=state
        )
        messages.success(request, _("Noted. Only that you met, or not, is kept."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("session", arranged.session.pk)
