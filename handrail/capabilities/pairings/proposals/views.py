"""The workbench: what counts, a search, its proposal, changes to it, and asking. And a leader's own choice."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.more_rules.presenters import cannot_in_words, care_counted, in_force
from handrail.capabilities.pairings.proposals import actions, emails, presenters, queries
from handrail.capabilities.pairings.proposals.forms import AskAllForm, ChangeForm, CompareForm, CountsForm, HandOverForm
from handrail.capabilities.people.queries import organisation_of, person_of, words_searched
from handrail.capabilities.schemes.actions import scheme_to_pair_in
from handrail.capabilities.schemes.ending.queries import has_only_ended
from handrail.capabilities.schemes.matching_runs import actions as runs
from handrail.capabilities.schemes.matching_runs import queries as found
from handrail.capabilities.schemes.matching_runs import rules
from handrail.capabilities.schemes.sign_up.queries import everybody_signed_up, leaders_signed_up
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_coordinators
from handrail.foundation.access.refusal import Refused

PAGE = 25


@open_to_coordinators
def matching(request: SignedInRequest) -> HttpResponse:
    """What counts, what that would do, and the proposals so far."""
    if has_only_ended(organisation_of(request)):
        return redirect("scheme")
    scheme = scheme_to_pair_in(by=request.user, organisation=organisation_of(request))
    if scheme.organisation_id != organisation_of(request).pk:
        return render(request, "proposals/matching_elsewhere.html", {"title": _("Find pairs"), "scheme": scheme})
    counts, row = found.counts_of(scheme)
    effect = row.effect if row else {}
    form = CountsForm(sent(request), counts=counts, forbids=effect.get("forbids", {}), every=effect.get("every", 0))
    if request.method == "POST" and form.is_valid():
        leaders, mentors = found.candidates(scheme, queries.busy_in(scheme), queries.waited_for_a_place(scheme))
        before = queries.pairs_before(scheme)
        try:
            runs.set_counts(by=request.user, scheme=scheme, counts=form.said(), leaders=leaders, mentors=mentors)
            if request.POST.get("does") == "look":
                return redirect("matching")
            run = runs.start_run(by=request.user, scheme=scheme, leaders=leaders, mentors=mentors, before=before)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("matching_run", run.pk)
    context = {
        "title": _("Find pairs"),
        "form": form,
        "signed_up": presenters.signed_up_in_words(*found.number_signed_up(scheme)),
        "effect": presenters.effect_in_rows(effect),
        "nobody_for": presenters.nobody_for(effect, found.names_of(effect.get("nobody_for", [])[:5])),
        "looked_at": presenters.looked_at_in_words(row.looked_at if row else None),
        "recent": presenters.recent_rows(found.recent_runs_of(scheme)),
        "more": in_force(
            counts,
            sum(number > 1 for _pk, _name, number in leaders_signed_up(scheme)),
            care_counted(everybody_signed_up(scheme)),
        ),
    }
    return render(request, "proposals/matching.html", context)


@open_to_coordinators
@require_safe
def matching_run(request: SignedInRequest, run_id: int) -> HttpResponse:
    """A proposal: in a sentence, as a distribution, and pair by pair with the worst-off first. Or how far it is."""
    run = found.run_in(organisation_of(request), run_id)
    context = {"title": presenters.title_of(run), "run": run, "moving": run.state in rules.IN_MOTION}
    if run.state != rules.State.READY:
        context |= {"progress_text": presenters.progress_in_words(run), "stages": presenters.STAGES}
        cannot = run.figures.get("cannot")
        counts, no_fewer = found.counts_in(run), bool(run.figures.get("no_fewer"))
        context["stopped"] = cannot_in_words(cannot, counts, no_fewer=no_fewer) if cannot else run.stopped_because
        return render(request, "proposals/matching_run_waiting.html", context)
    words, show = words_searched(request), request.GET.get("show", "")
    page = Paginator(found.pairs_of(run, words, show), PAGE).get_page(request.GET.get("page"))
    asking = queries.asking_of(run) if run.asked_at else None
    context |= {
        "sentences": presenters.proposal_in_words(run),
        "chart": presenters.distribution(found.points_of(run)),
        "difference": presenters.difference_in_rows(run, found.difference(run.after, run)) if run.after else None,
        "page": page,
        "query": presenters.query_of(words, show),
        "words": words,
        "here": request.path,
        "filters": presenters.filters(request.path, show),
        "headers": presenters.PAIR_HEADERS,
        "rows": presenters.pair_rows(run, list(page)),
        "asking": presenters.asking_in_words(asking),
        "can_change": rules.can_change(run),
        "can_undo": rules.can_take_back(run),
        "can_check": rules.can_check(run, request.user.pk),
        "checked": presenters.checked_in_words(run),
        "ways": presenters.ways(run, choosing=asking is not None and asking.leaders_choose),
    }
    return render(request, "proposals/matching_run.html", context)


@open_to_coordinators
@require_safe
def matching_run_progress(request: SignedInRequest, run_id: int) -> HttpResponse:
    """The bar alone, asked for again and again; when there is something else to see, the page is loaded anew."""
    run = found.run_in(organisation_of(request), run_id)
    context = {"run": run, "progress_text": presenters.progress_in_words(run), "stages": presenters.STAGES}
    response = render(request, "proposals/matching_run_progress.html", context)
    if run.state not in rules.IN_MOTION:
        response.headers["HX-Refresh"] = "true"
    return response


@open_to_coordinators
@require_POST
def matching_run_cancel(request: SignedInRequest, run_id: int) -> HttpResponse:
    run = found.run_in(organisation_of(request), run_id)
    try:
        runs.cancel_run(by=request.user, run=run)
        messages.success(request, _("The search is cancelled. Nothing was changed."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("matching_run", run.pk)
    return redirect("matching_run", run.after_id) if run.after_id else redirect("matching")


@open_to_coordinators
@require_safe
def matching_pair(request: SignedInRequest, run_id: int, leader_id: int) -> HttpResponse:
    """One leader: whom they are proposed, why, and who else there is."""
    run = _ready(request, run_id)
    leader = found.leader_in(run, leader_id)
    words = words_searched(request)
    best = found.mentors_at(run, leader.possible()[: found.SUGGESTIONS + len(leader.pairs)])
    searched = found.mentors_called(run, words) if words else []
    with_us = {pair.mentor_id for pair in leader.pairs}
    others = [one for one in best if one.person_id not in with_us][: found.SUGGESTIONS]
    holders = found.pairs_with(run, [one.person_id for one in (*others, *searched)])
    facts = found.entrants_facts(run, [leader_id, *with_us])
    context = {
        "title": leader.name,
        "run": run,
        "leader": leader,
        "asked_for": presenters.asked_for(leader.entrant.facts),
        "pairs": [presenters.pair_card(run, pair, facts) for pair in leader.pairs],
        "without": presenters.without_in_words(leader.entrant, found.names_of([presenters.helper_of(leader.entrant)])),
        "headers": presenters.OTHER_HEADERS,
        "others": presenters.other_rows(leader, others, holders),
        "words": words,
        "here": request.path,
        "searched": presenters.other_rows(leader, searched, holders),
        "can_change": rules.can_change(run),
    }
    return render(request, "proposals/matching_pair.html", context)


@open_to_coordinators
@require_safe
def matching_why(request: SignedInRequest, run_id: int, leader_id: int, mentor_id: int) -> HttpResponse:
    """Why him and not her: what counts side by side, who has her, and what giving her would cost everyone."""
    run = _ready(request, run_id)
    leader, mentor = found.leader_in(run, leader_id), found.mentor_in(run, mentor_id)
    now = leader.pairs[0] if leader.pairs else None
    held = found.pairs_with(run, [mentor_id]).get(mentor_id, [])
    facts = found.entrants_facts(run, [leader_id, mentor_id, *([now.mentor_id] if now else [])])
    together = any(pair.leader_id == leader_id for pair in held)
    context = {
        "title": presenters.why_title(leader, mentor, together=together),
        "run": run,
        "leader": leader,
        "mentor": mentor,
        "verdict": presenters.verdict(leader, mentor, held, together=together),
        "headers": presenters.side_by_side_headers(mentor, None if together else now),
        "rows": presenters.side_by_side(leader, mentor, None if together else now, facts),
        "held": presenters.holders_in_words(held, mentor, leader_id),
        "moves": presenters.moves(leader, mentor, now, held, found.hold_of(run, leader_id, mentor_id)),
        "can_change": rules.can_change(run),
    }
    return render(request, "proposals/matching_why.html", context)


def _ready(request: SignedInRequest, run_id: int) -> found.Run:
    run = found.run_in(organisation_of(request), run_id)
    if run.state != rules.State.READY:
        raise Http404
    return run


@open_to_coordinators
@require_POST
def matching_change(request: SignedInRequest, run_id: int) -> HttpResponse:
    """Hold two together or apart, free them, or swap two pairs: a new proposal after this one, shown at once."""
    run = found.run_in(organisation_of(request), run_id)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose what to change."))
        return redirect("matching_run", run.pk)
    try:
        changed = runs.change_run(by=request.user, run=run, **_change(run, form))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("matching_run", run.pk)
    return redirect("matching_run", changed.pk)


def _change(run: found.Run, form: ChangeForm) -> dict[str, list[tuple[int, int]]]:
    """What a change holds together, apart, or no longer."""
    said = form.cleaned_data
    try:
        leader, mentor = int(said["leader"]), int(said["mentor"])
        other = int(said["other"] or 0)
    except ValueError:
        raise Http404 from None
    pair = found.leader_in(run, leader).entrant.person_id, found.mentor_in(run, mentor).person_id
    if said["does"] != "swap":
        return {said["does"]: [pair]}
    mine = [one.mentor_id for one in found.leader_in(run, leader).pairs]
    theirs = [one.leader_id for one in found.pairs_with(run, [mentor]).get(mentor, [])]
    if not mine or other not in theirs:
        raise Refused(_("These two pairs have changed. Here is how it stands now."))
    return {"together": [pair, (other, mine[0])]}


@open_to_coordinators
@require_POST
def matching_undo(request: SignedInRequest, run_id: int) -> HttpResponse:
    run = found.run_in(organisation_of(request), run_id)
    try:
        before = runs.take_back(by=request.user, run=run)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("matching_run", run.pk)
    messages.success(request, _("Undone. This is how it was before."))
    return redirect("matching_run", before.pk)


@open_to_coordinators
@require_safe
def matching_without(request: SignedInRequest, run_id: int) -> HttpResponse:
    """What was impossible, and why: leaders with nobody, and what each rule ruled out."""
    run = _ready(request, run_id)
    page = Paginator(found.without_a_mentor(run), PAGE).get_page(request.GET.get("page"))
    helpers = found.names_of([presenters.helper_of(one) for one in page])
    context = {
        "title": _("What was impossible, and why"),
        "run": run,
        "page": page,
        "headers": presenters.WITHOUT_HEADERS,
        "rows": presenters.without_rows(run, list(page), helpers),
        "forbids": presenters.forbids_in_rows(run.figures),
    }
    return render(request, "proposals/matching_without.html", context)


@open_to_coordinators
def matching_compare(request: SignedInRequest, run_id: int) -> HttpResponse:
    run = _ready(request, run_id)
    others = presenters.to_compare(run, found.recent_runs_of(run.scheme))
    form = CompareForm(sent(request), others=others)
    if request.method == "POST" and form.is_valid():
        return redirect("matching_compared", run.pk, int(form.cleaned_data["other"]))
    context = {"title": _("Compare two proposals"), "run": run, "form": form, "others": others}
    return render(request, "proposals/matching_compare.html", context)


@open_to_coordinators
@require_safe
def matching_compared(request: SignedInRequest, run_id: int, other_id: int) -> HttpResponse:
    run, other = _ready(request, run_id), _ready(request, other_id)
    difference = found.difference(other, run)
    context = {
        "title": _("Proposals %(one)s and %(other)s") % {"one": other.number, "other": run.number},
        "run": run,
        "headers": presenters.compared_headers(other, run),
        "rows": presenters.compared_rows(other, run, difference),
        "pair_headers": presenters.DIFFERENCE_HEADERS,
        "difference": presenters.difference_table(difference),
    }
    return render(request, "proposals/matching_compared.html", context)


@open_to_coordinators
def matching_hand_over(request: SignedInRequest, run_id: int) -> HttpResponse:
    """A colleague is asked to look at a proposal before anybody else is asked anything."""
    run = _ready(request, run_id)
    colleagues = queries.colleagues_of(request.user, run.scheme.organisation_id)
    form = HandOverForm(sent(request), colleagues=[(str(one.pk), one.name) for one in colleagues])
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in colleagues if str(one.pk) == form.cleaned_data["colleague"])
        assert chosen.account is not None  # colleagues without one are not offered
        try:
            runs.hand_over(by=request.user, run=run, checker=chosen.account)
            emails.ask_to_check(run, request.user, chosen.account)
            messages.success(request, _("%(name)s is asked to look at it.") % {"name": chosen.name})
        except Refused as refusal:
            messages.warning(request, str(refusal))
        return redirect("matching_run", run.pk)
    context = {"title": _("Hand it to a colleague to check"), "run": run, "form": form, "colleagues": colleagues}
    return render(request, "proposals/matching_hand_over.html", context)


@open_to_coordinators
@require_POST
def matching_checked(request: SignedInRequest, run_id: int) -> HttpResponse:
    run = found.run_in(organisation_of(request), run_id)
    try:
        runs.note_checked(by=request.user, run=run)
        messages.success(request, _("Noted. Your colleague sees that you have looked at it."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("matching_run", run.pk)


@open_to_coordinators
@require_safe
def matching_print(request: SignedInRequest, run_id: int) -> HttpResponse:
    run = _ready(request, run_id)
    context = {
        "title": presenters.title_of(run),
        "run": run,
        "sentences": presenters.proposal_in_words(run),
        "headers": presenters.PRINT_HEADERS,
        "rows": presenters.print_rows(found.pairs_on_paper(run)),
    }
    return render(request, "proposals/matching_print.html", context)


@open_to_coordinators
def matching_ask(request: SignedInRequest, run_id: int) -> HttpResponse:
    """Ask all pairs of a proposal, with the same words."""
    return _ask(request, _ready(request, run_id), leaders_choose=False)


@open_to_coordinators
def matching_let_choose(request: SignedInRequest, run_id: int) -> HttpResponse:
    """Let each leader choose from their best three instead."""
    return _ask(request, _ready(request, run_id), leaders_choose=True)


def _ask(request: SignedInRequest, run: found.Run, *, leaders_choose: bool) -> HttpResponse:
    form = AskAllForm(sent(request), initial={"words": presenters.first_words(run.scheme)})
    doubtful = found.pairs_of(run, show="line").count()
    if leaders_choose or not doubtful:
        del form.fields["reason_to_go_on"]
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_all(
                by=request.user,
                run=run,
                asked_by=person_of(request),
                leaders_choose=leaders_choose,
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error("reason_to_go_on" if "reason_to_go_on" in form.fields else "words", str(refusal))
        else:
            return redirect("matching_run", run.pk)
    context = {
        "title": _("Let leaders choose") if leaders_choose else _("Ask these pairs"),
        "run": run,
        "form": form,
        "doubtful": doubtful,
        "leaders_choose": leaders_choose,
        "can_ask": rules.can_change(run),
    }
    return render(request, "proposals/matching_ask.html", context)
