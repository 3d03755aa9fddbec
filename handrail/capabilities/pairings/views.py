"""Pages about a pairing: for the coordinator, and for the two."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.essentials.queries import essential_called, themes
from handrail.capabilities.pairings import actions, presenters, queries, rules
from handrail.capabilities.pairings.agreement.queries import number_of_terms
from handrail.capabilities.pairings.by_hand import queries as by_hand
from handrail.capabilities.pairings.by_hand.presenters import taken_in_words
from handrail.capabilities.pairings.closing.presenters import readable_rows
from handrail.capabilities.pairings.closing.queries import made_readable
from handrail.capabilities.pairings.forms import AskForm
from handrail.capabilities.pairings.plan.queries import address_for_pair
from handrail.capabilities.pairings.proposals.queries import why_us_two
from handrail.capabilities.people.queries import organisation_of, person_of, words_searched
from handrail.capabilities.schemes.actions import scheme_to_pair_in
from handrail.capabilities.schemes.ending.queries import has_only_ended
from handrail.capabilities.schemes.ending.rules import none_runs
from handrail.capabilities.schemes.joining.queries import outside_of
from handrail.capabilities.schemes.queries import name_of_first, organisations_in, running_scheme_of
from handrail.capabilities.starting_point.actions import seal_waiting
from handrail.capabilities.starting_point.queries import words_of
from handrail.design.forms import sent
from handrail.foundation import clock
from handrail.foundation.access.guards import open_to_coordinators, open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.languages import SOURCE
from handrail.foundation.vault.texts import needs_open_vault

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation, Person

Page = Callable[..., HttpResponse]
PAGE = 25
SUGGESTIONS = 12


@open_to_coordinators
def pairings(request: SignedInRequest) -> HttpResponse:
    found = queries.pairings_run_by(organisation_of(request))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Pairings"),
        "page": page,
        "headers": presenters.HEADERS,
        "rows": presenters.pairing_rows(list(page)),
    }
    return render(request, "pairings/pairings.html", context)


def where_it_runs(page: Page) -> Page:
    """Pairs are made where the scheme is run: the coordinator of an organisation that it only spans is told so; and
    where one has ended, which comes next is settled first."""

    @wraps(page)
    def find(request: SignedInRequest, **named: Any) -> HttpResponse:
        organisation = organisation_of(request)
        scheme = running_scheme_of(organisation)
        if scheme is None and has_only_ended(organisation):
            messages.info(request, none_runs())
            return redirect("scheme")
        if scheme is None or scheme.organisation_id == organisation.pk:
            return page(request, **named)
        context = {"title": _("Pair two people"), "scheme": scheme}
        return render(request, "pairings/pairing_elsewhere.html", context)

    return find


def _within(organisation: Organisation) -> list[int]:
    scheme = running_scheme_of(organisation)
    return organisations_in(scheme) if scheme else [organisation.pk]


def _candidate(within: list[int], person_id: int) -> Person:
    person = by_hand.candidate(within, person_id)
    if person is None:
        raise Http404
    return person


def _two(within: list[int], leader_id: int, mentor_id: int) -> tuple[Person, Person]:
    found = by_hand.candidates_called(within, {leader_id, mentor_id})
    if {leader_id, mentor_id} != found.keys():
        raise Http404
    return found[leader_id], found[mentor_id]


@open_to_coordinators
@where_it_runs
def pairing_new(request: SignedInRequest) -> HttpResponse:
    """First of three short pages: who is the leader?"""
    return _choose(request, _within(organisation_of(request)), _("Who is the leader?"))


@open_to_coordinators
@where_it_runs
def pairing_new_leader(request: SignedInRequest, mentor_id: int) -> HttpResponse:
    """The first page once more, with the mentor chosen already."""
    within = _within(organisation_of(request))
    mentor = _candidate(within, mentor_id)
    return _choose(request, within, _("Who could be the leader for %(name)s?") % {"name": mentor.name}, mentor=mentor)


@open_to_coordinators
@where_it_runs
def pairing_new_mentor(request: SignedInRequest, leader_id: int) -> HttpResponse:
    """Second: who could be the mentor?"""
    within = _within(organisation_of(request))
    leader = _candidate(within, leader_id)
    return _choose(request, within, _("Who could be a mentor for %(name)s?") % {"name": leader.name}, leader=leader)


def _choose(
    request: SignedInRequest,
    within: list[int],
    title: str,
    leader: Person | None = None,
    mentor: Person | None = None,
) -> HttpResponse:
    """People to tap, for the side that is not chosen yet."""
    words = words_searched(request)
    scheme, side = running_scheme_of(organisation_of(request)), "mentor" if leader else "leader"
    chosen = leader or mentor
    waiting = []
    if scheme and not words:
        waiting = by_hand.waiting_for_a_pair(scheme, side, without=chosen.pk if chosen else None, number=SUGGESTIONS)
    found = by_hand.candidates(within, words, chosen, SUGGESTIONS + 1 + len(waiting))
    found = [person for person in found if person not in waiting]
    context = {
        "title": title,
        "leader": leader,
        "mentor": mentor,
        "finding_words": ", ".join(words_of(leader)) if leader else "",
        "words": words,
        "here": request.path,
        "waiting": presenters.people_to_choose(waiting, leader, mentor),
        "choices": presenters.people_to_choose(found[:SUGGESTIONS], leader, mentor),
        "more": len(found) > SUGGESTIONS,
    }
    return render(request, "pairings/pairing_new.html", context)


@open_to_coordinators
@where_it_runs
def pairing_ask(request: SignedInRequest, leader_id: int, mentor_id: int) -> HttpResponse:
    """Third: what to know before asking, and the words both read."""
    organisation = organisation_of(request)
    running = running_scheme_of(organisation)
    within = organisations_in(running) if running else [organisation.pk]
    leader, mentor = _two(within, leader_id, mentor_id)
    earlier = queries.open_pairing_of(running, leader, mentor) if running else None
    if earlier and earlier.state != rules.State.PROPOSED:
        messages.info(request, presenters.asked_already(earlier))
        return redirect("pairings")
    closeness = queries.closeness_of(leader, mentor)
    outside = outside_of(running, leaders=[leader.pk], mentors=[mentor.pk]) if running else []
    form = AskForm(sent(request), initial=presenters.usual_question(earlier))
    if not rules.needs_reason(closeness=closeness, is_outside=bool(outside)):
        del form.fields["reason_to_go_on"]
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_pair(
                by=request.user,
                scheme=running or scheme_to_pair_in(by=request.user, organisation=organisation),
                leader=leader,
                mentor=mentor,
                asked_by=person_of(request),
                words=form.cleaned_data["words"],
                reason_to_go_on=form.cleaned_data.get("reason_to_go_on", ""),
            )
        except Refused as refusal:
            form.add_error("reason_to_go_on" if "reason_to_go_on" in form.fields else "words", str(refusal))
        else:
            messages.success(request, presenters.asked_in_words(asked))
            return redirect("pairing_overview", asked.pk)
    context = {
        "title": presenters.question_to(leader, mentor),
        "form": form,
        "leader": leader,
        "mentor": mentor,
        "warnings": [
            *presenters.outside_in_words(running, outside),
            *presenters.warnings(leader, mentor, closeness),
            *(taken_in_words(mentor, by_hand.places_of(running, mentor)) if running else []),
        ],
        "proposed": earlier is not None,
        "scheme": running.name if running else name_of_first(organisation),
        "is_first": running is None,
    }
    return render(request, "pairings/pairing_ask.html", context)


@open_to_coordinators
@require_POST
@where_it_runs
def pairing_propose(request: SignedInRequest, leader_id: int, mentor_id: int) -> HttpResponse:
    """Keep the two as a proposal: nobody is asked yet."""
    leader, mentor = _two(_within(organisation_of(request)), leader_id, mentor_id)
    scheme = scheme_to_pair_in(by=request.user, organisation=organisation_of(request))
    try:
        actions.propose_pair(by=request.user, scheme=scheme, leader=leader, mentor=mentor)
        messages.success(request, _("Kept as a proposal. Neither of the two is told."))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("pairing_ask", leader.pk, mentor.pk)
    return redirect("pairings")


@open_to_coordinators
@require_POST
def pairing_put_aside(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    pairing = queries.pairing_run_by(organisation_of(request), pairing_id)
    try:
        actions.put_aside(by=request.user, pairing=pairing)
        messages.success(request, _("Put aside. Neither of the two has heard of it."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("pairings")


@open_to_coordinators
def pairing_overview(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """What a coordinator may know of one pairing."""
    organisation = organisation_of(request)
    pairing = queries.pairing_and_people_run_by(organisation, pairing_id)
    context = {
        "title": _("%(leader)s and %(mentor)s") % {"leader": pairing.leader.name, "mentor": pairing.mentor.name},
        "pairing": pairing,
        "details": presenters.overview_of(pairing),
        "to_reach": presenters.people_to_reach(pairing, organisation.pk),
        "can_withdraw": pairing.state == rules.State.ASKED,
        "can_put_aside": rules.can_put_aside(pairing),
        "readable": readable_rows(made_readable(pairing)),
        "to_know": presenters.what_to_know(pairing, clock.now()),
        "can_change": rules.can_become(pairing, rules.State.CHANGING),
    }
    return render(request, "pairings/pairing_overview.html", context)


@open_to_coordinators
@require_POST
def pairing_letter(request: SignedInRequest, pairing_id: int, side: str) -> HttpResponse:
    """One sheet for somebody without e-mail: the question, the short address, and a code."""
    organisation = organisation_of(request)
    pairing = queries.pairing_and_people_run_by(organisation, pairing_id)
    person = pairing.leader if side == "leader" else pairing.mentor
    try:
        code = actions.print_question(by=request.user, pairing=pairing, person=person, organisation_id=organisation.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("pairing_overview", pairing.pk)
    text, paragraphs = presenters.question_on_paper(pairing, person, code)
    title = _("Letter for %(name)s") % {"name": person.name}
    context = {"title": title, "text": text, "paragraphs": paragraphs, "pairing": pairing}
    return render(request, "pairings/pairing_letter.html", context)


@open_to_coordinators
@require_POST
def pairing_withdraw(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    pairing = queries.pairing_run_by(organisation_of(request), pairing_id)
    try:
        actions.withdraw_question(by=request.user, pairing=pairing)
        messages.success(request, _("The question is taken back. Both find that here, and are told in the morning."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("pairing_overview", pairing.pk)


@open_to_those_concerned
def pairing(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    own, times = queries.own_pairing_and_times(request, pairing_id)
    if rules.can_answer(own.pairing, own.side) and not own.answer:
        return redirect("pairing_answer", own.pairing.pk)
    if rules.can_write_notes(own.pairing, own.side):
        actions.begin_conversation(own.pairing)  # where one side had no key yet when both said yes
    if own.side == "leader" and (said := seal_waiting(request)):
        messages.success(request, said)
    context = {
        "title": own.other.name,
        "own": own,
        "state": presenters.own_state_in_words(own),
        "last_day": presenters.last_day_of(own),
        "steps": presenters.steps_of(own, times, have_chosen=number_of_terms(own)),
        "places": presenters.places_to_write(
            own,
            shared=queries.sees_starting_point(own),
            walked=queries.sees_walkthroughs(own),
            plan=address_for_pair(own),
        ),
        "why": why_us_two(own),
        "can_pause": rules.can_become(own.pairing, rules.State.PAUSED),
        "can_go_on": own.pairing.state == rules.State.PAUSED,
        "can_end": rules.can_become(own.pairing, rules.State.ENDED),
        "can_change": rules.can_become(own.pairing, rules.State.CHANGING),
        "can_look_back": own.pairing.state in (rules.State.ENDED, rules.State.CLOSED),
        "is_changing": own.pairing.state == rules.State.CHANGING,
        "leads": own.side == "leader",
        "unmet": own.said_no or own.pairing.state in (rules.State.NOT_TAKEN_UP, rules.State.CANCELLED),
        "can_change_answer": rules.can_answer(own.pairing, own.side),
    }
    return render(request, "pairings/pairing.html", context)


@open_to_those_concerned
@needs_open_vault
def pairing_starting_point(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """What the leader chose to show their mentor of their starting point: the same page for both."""
    own = queries.own_pairing(request, pairing_id)
    shared = queries.shared_starting_point(request, own)
    context = {
        "title": presenters.from_starting_point(own),
        "own": own,
        "sections": shared.sections if shared else [],
        "day": presenters.shared_in_words(shared),
    }
    return render(request, "pairings/pairing_starting_point.html", context)


@open_to_those_concerned
@needs_open_vault
def pairing_walkthroughs(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """What the leader chose to show their mentor of their walk-throughs: the same page for both."""
    own = queries.own_pairing(request, pairing_id)
    shared = queries.shared_walkthroughs(request, own)
    context = {
        "title": presenters.from_walkthroughs(own),
        "own": own,
        "sections": shared.sections if shared else [],
        "day": presenters.shared_in_words(shared),
    }
    return render(request, "pairings/pairing_walkthroughs.html", context)


@open_to_those_concerned
@require_POST
def pairing_change(request: SignedInRequest, pairing_id: int, state: str) -> HttpResponse:
    own = queries.own_pairing(request, pairing_id)
    try:
        actions.change_pairing(by=request.user, pairing=own.pairing, state=state)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("pairing", own.pairing.pk)


@open_to_those_concerned
def first_session(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """The script of the first time, in plain words, for the reader's side."""
    own = queries.own_pairing(request, pairing_id)
    wanted = get_language() or SOURCE
    language = wanted if queries.guides_are_in(wanted) else SOURCE
    piece = queries.first_session_script(own.side, language)
    fits = queries.fitting_script(request, own, language)
    with override(language):  # the whole page: what it shows is content
        context = {
            "title": piece.title,
            "own": own,
            "html": presenters.as_markup(piece),
            "fits": fits,
            "fits_html": presenters.as_markup(fits) if fits else "",
            "can_open": fits is None and queries.sees_starting_point(own),
        }
        return render(request, "pairings/first_session.html", context)


@open_to_those_concerned
def session_guides(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """One guide for each essential, for the times after the first."""
    own = queries.own_pairing(request, pairing_id)
    with override(SOURCE):  # the essentials are in English so far, and a page speaks one language
        shown = presenters.guides_of(own, themes())
        context = {"title": _("For the times after the first"), "own": own, "themes": shown}
        return render(request, "pairings/session_guides.html", context)


@open_to_those_concerned
def session_guide(request: SignedInRequest, pairing_id: int, essential: str) -> HttpResponse:
    own = queries.own_pairing(request, pairing_id)
    found = essential_called(essential)
    html = presenters.as_markup(queries.later_session())
    with override(SOURCE):
        context = {"title": found.name, "own": own, "essential": found, "html": html}
        return render(request, "pairings/session_guide.html", context)
