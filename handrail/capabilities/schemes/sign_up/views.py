"""Pages to sign up: a mentor's is one page, a leader's one question at a time; one's own; a manager's answer."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.queries import mail_leaves
from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people.queries import me, person_in, roles_of
from handrail.capabilities.schemes.joining.queries import joining_of, may_join
from handrail.capabilities.schemes.joining.rules import who_may_join
from handrail.capabilities.schemes.queries import organisations_in, running_scheme_of
from handrail.capabilities.schemes.set_up.queries import set_up_of
from handrail.capabilities.schemes.sign_up import actions, presenters, queries
from handrail.capabilities.schemes.sign_up.choices import language_code
from handrail.capabilities.schemes.sign_up.emails import hours_in_words
from handrail.capabilities.schemes.sign_up.forms import (
    YES,
    LeaderThemesForm,
    ManagerForm,
    MentorForm,
    TimeForm,
    TimesForm,
    WhereForm,
    WhomNotForm,
    WishesForm,
)
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_anyone, open_to_signed_in, open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.faults import VaultClosed
from handrail.foundation.vault.keys import begin

if TYPE_CHECKING:
    from handrail.capabilities.schemes.models import Scheme
    from handrail.capabilities.schemes.sign_up.models import SignUp

MENTOR, LEADER = presenters.Side.MENTOR, presenters.Side.LEADER
Page = Callable[..., HttpResponse]


def with_scheme(page: Page) -> Page:
    """Gives the page the scheme that runs where the person is; without one it says so, kindly."""

    @wraps(page)
    def find(request: SignedInRequest, **named: Any) -> HttpResponse:
        scheme = running_scheme_of(me(request).organisation)
        if scheme is None:
            if request.method == "POST":
                raise Http404
            return render(request, "sign_up/no_scheme.html", {"title": _("There is no scheme here yet")})
        return page(request, scheme, **named)

    return find


@open_to_signed_in
@with_scheme
def sign_up(request: SignedInRequest, scheme: Scheme) -> HttpResponse:
    """One's own sign-up on each side, to look at, change, pause and take back; or the two ways to begin."""
    own = [row for row in queries.own_sign_ups(request) if row.scheme_id == scheme.pk]
    shown = [presenters.own_sign_up_shown(row, getattr(row, "time", None)) for row in own]
    context = {
        "title": _("Your sign-up"),
        "scheme": scheme,
        "shown": shown,
        "sides": {one.side for one in shown},
        "first_step": presenters.STEPS[0],
        "settled": set_up_of(scheme),
        "let_in": _let_in(request, scheme),
        "taken": queries.sides_taken(scheme, me(request).pk),
        "coordinates": "coordinator" in roles_of(request),
    }
    return render(request, "sign_up/sign_up.html", context)


def _let_in(request: SignedInRequest, scheme: Scheme) -> dict[str, str]:
    """By side: nothing where this person may join, else who may."""
    joining, who = joining_of(scheme), me(request)
    return {side: "" if may_join(joining, who.pk, side) else who_may_join(joining, side) for side in (LEADER, MENTOR)}


def _may_begin(request: SignedInRequest, scheme: Scheme, side: str) -> bool:
    return may_join(joining_of(scheme), me(request).pk, side)


@open_to_signed_in
@with_scheme
def sign_up_mentor(request: SignedInRequest, scheme: Scheme) -> HttpResponse:
    row, who = queries.own_sign_up(request, scheme, MENTOR), me(request)
    if row is None and request.method != "POST" and not _may_begin(request, scheme, MENTOR):
        return redirect("sign_up")  # that page says who may
    form = MentorForm(
        sent(request),
        side=MENTOR,
        organisation=who.organisation,
        beyond=len(organisations_in(scheme)) > 1,
        initial=presenters.initial_of(row, who) | _whom_not(row),
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.sign_up(
                by=request.user,
                scheme=scheme,
                person=who,
                side=MENTOR,
                answers=form.answers,
                whom_not=form.whom_not,
            )
        except Refused as refusal:
            form.add_error("themes", str(refusal))
        else:
            with contextlib.suppress(VaultClosed):  # their key is made on another device already
                begin(request)  # mentors have keys from here on, so that a leader's wish can be sealed to them
            if queries.agreement_of(kept) is None:
                return redirect("sign_up_time")
            messages.success(request, _("Saved."))
            return redirect("sign_up")
    context = {"title": _("Be a mentor"), "form": form, "scheme": scheme, "changes": row is not None}
    return render(request, "sign_up/sign_up_mentor.html", context)


def _whom_not(row: SignUp | None) -> dict[str, Any]:
    if row is None:
        return {}
    said = queries.whom_not_of(row)
    return presenters.initial_of_whom_not(said, queries.names_for_change(said, row.person.organisation))


@open_to_signed_in
@with_scheme
def sign_up_time(request: SignedInRequest, scheme: Scheme) -> HttpResponse:
    """Has somebody to agree to the mentor's time? Asked by one mail, or said, or nobody has to."""
    row = queries.own_sign_up(request, scheme, MENTOR)
    if row is None:
        return redirect("sign_up_mentor")
    manager = person_in(row.person.organisation, row.person_id).manager
    form = TimeForm(sent(request), initial=presenters.initial_of_time(queries.agreement_of(row), manager))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"hours": int(form.cleaned_data["hours"])}
        try:
            words = actions.agree_time(by=request.user, row=row, **said)
        except Refused as refusal:
            form.add_error("state", str(refusal))
        else:
            if not words or mail_leaves():
                return redirect("sign_up")
            context = {"title": _("For your manager"), "words": words}
            return render(request, "sign_up/sign_up_by_hand.html", context)
    return render(request, "sign_up/sign_up_time.html", {"title": _("Your time as a mentor"), "form": form})


@open_to_signed_in
@with_scheme
def sign_up_leader(request: SignedInRequest, scheme: Scheme, step: str) -> HttpResponse:
    """A leader's sign-up, one question a page; the first one signs up, each is kept at once."""
    if step not in presenters.STEPS:
        raise Http404
    row, who = queries.own_sign_up(request, scheme, LEADER), me(request)
    if row is None and step != presenters.STEPS[0]:
        return redirect("sign_up_leader", presenters.STEPS[0])
    if row is None and request.method != "POST" and not _may_begin(request, scheme, LEADER):
        return redirect("sign_up")  # that page says who may
    form = _leader_form(request, scheme, row, step)
    if request.method == "POST" and form.is_valid():
        whom_not = form.whom_not if isinstance(form, WhomNotForm) else None
        answers = form.cleaned_data if whom_not is None else {"party": form.cleaned_data["party"]}
        if row is None:
            answers |= {"languages": [language_code(presenters.usual_language())]}
        try:
            actions.sign_up(by=request.user, scheme=scheme, person=who, side=LEADER, answers=answers, whom_not=whom_not)
        except Refused as refusal:
            form.add_error(next(iter(form.fields)), str(refusal))
        else:
            return _after(request, step)
    title = presenters.title_of(step)
    back = presenters.STEPS[presenters.STEPS.index(step) - 1] if step != presenters.STEPS[0] else ""
    context = {"title": title, "form": form, "back": back, "changes": row is not None, "step": step}
    context["suggested"] = row is None and bool(form.initial.get("themes") or form.initial.get("channels"))
    return render(request, "sign_up/sign_up_leader.html", context)


def _leader_form(request: SignedInRequest, scheme: Scheme, row: SignUp | None, step: str) -> Any:
    who = me(request)
    initial = presenters.initial_of(row, who)
    came = sent(request)
    if step == "themes":
        suggested = presenters.initial_of_suggested(*queries.suggested_for(who.pk)) if row is None else {}
        return LeaderThemesForm(came, side=LEADER, initial=initial | suggested)
    if step == "apart":
        beyond = len(organisations_in(scheme)) > 1
        return WhomNotForm(came, organisation=who.organisation, beyond=beyond, initial=initial | _whom_not(row))
    return {"times": TimesForm, "where": WhereForm}[step](came, initial=initial)


def _after(request: SignedInRequest, step: str) -> HttpResponse:
    following = presenters.STEPS[presenters.STEPS.index(step) + 1 :]
    if following and request.POST.get("then") != "enough":
        return redirect("sign_up_leader", following[0])
    messages.success(request, _("Saved."))
    return redirect("sign_up")


@open_to_those_concerned
@with_scheme
def sign_up_wishes(request: SignedInRequest, scheme: Scheme, side: str) -> HttpResponse:
    """Whom a leader or a mentor would like, if anybody. Nobody has to open it."""
    row = queries.own_sign_up_or_404(request, scheme, side)
    form = WishesForm(
        sent(request),
        organisation=row.person.organisation,
        beyond=len(organisations_in(scheme)) > 1,
        initial={"names": "\n".join(row.wishes)},
    )
    if request.method == "POST" and form.is_valid():
        actions.say_wishes(by=request.user, row=row, names=form.cleaned_data["names"])
        messages.success(request, _("Saved."))
        return redirect("sign_up")
    return render(request, "sign_up/sign_up_wishes.html", {"title": _("Whom you would like"), "form": form})


@open_to_those_concerned
@require_POST
@with_scheme
def sign_up_pause(request: SignedInRequest, scheme: Scheme, side: str) -> HttpResponse:
    actions.pause_sign_up(by=request.user, row=queries.own_sign_up_or_404(request, scheme, side))
    messages.success(request, _("Paused. Nobody is proposed to you until you go on."))
    return redirect("sign_up")


@open_to_those_concerned
@require_POST
@with_scheme
def sign_up_resume(request: SignedInRequest, scheme: Scheme, side: str) -> HttpResponse:
    actions.resume_sign_up(by=request.user, row=queries.own_sign_up_or_404(request, scheme, side))
    messages.success(request, _("You are signed up again, in your old place."))
    return redirect("sign_up")


@open_to_those_concerned
@require_POST
@with_scheme
def sign_up_take_back(request: SignedInRequest, scheme: Scheme, side: str) -> HttpResponse:
    actions.take_sign_up_back(by=request.user, row=queries.own_sign_up_or_404(request, scheme, side))
    messages.success(request, _("Taken back. What you had signed up with is deleted."))
    return redirect("sign_up")


@open_to_anyone
def mentor_time(request: HttpRequest, token: str) -> HttpResponse:
    """For a mentor's manager, who needs no account: hours, yes or not yet. Looking at it answers nothing."""
    agreement = queries.agreement_behind(token)
    if agreement is None:
        context = {"title": _("This question is over")}
        unknown = render(request, "sign_up/mentor_time_unknown.html", context, status=404)
        unknown._has_been_logged = True  # type: ignore[attr-defined]  # Django would log the address, and with it a secret
        return unknown
    form = ManagerForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            agreed = form.cleaned_data["answer"] == YES
            agreement = actions.answer_for_manager(by=None, agreement=agreement, agreed=agreed)
        except Refused as refusal:
            form.add_error("answer", str(refusal))
        else:
            return redirect("mentor_time", token)
    shown = {
        "title": _("Some time for %(name)s") % {"name": agreement.sign_up.person.name},
        "agreement": agreement,
        "hours": hours_in_words(agreement.hours),
        "open": agreement.state == presenters.Time.ASKED,
        "agreed": agreement.state == presenters.Time.AGREED,
        "form": form,
    }
    return render(request, "sign_up/mentor_time.html", shown)
