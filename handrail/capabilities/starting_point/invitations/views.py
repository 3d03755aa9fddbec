"""Pages to invite leaders: choose, write and preview, send; then who was asked, and letters."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.queries import after_letter, mail_leaves
from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people.queries import as_searched, me, organisation_of, words_searched
from handrail.capabilities.schemes.actions import scheme_to_pair_in
from handrail.capabilities.schemes.ending.queries import has_only_ended
from handrail.capabilities.schemes.ending.rules import none_runs
from handrail.capabilities.schemes.queries import running_scheme_of
from handrail.capabilities.starting_point import rules
from handrail.capabilities.starting_point.invitations import actions, emails, presenters, queries
from handrail.capabilities.starting_point.invitations.forms import InvitationForm, PeopleForm
from handrail.capabilities.starting_point.queries import words_of
from handrail.design.forms import sent
from handrail.foundation import clock
from handrail.foundation.access.guards import open_to_anyone, open_to_coordinators, open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.languages import in_language_of

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.starting_point.models import Invitation

PAGE = 25
LEADER, MENTOR = "leader", "mentor"


@open_to_anyone
def start(request: HttpRequest) -> HttpResponse:
    """The short address on a letter: by way of its code where that is needed, to what one was invited to."""
    if not request.user.is_authenticated:
        return redirect(f"{reverse('letter_sign_in')}?{urlencode({'next': reverse('start')})}")
    return redirect("sign_up_mentor" if queries.is_asked_as_mentor_only(request.user) else "starting_point")


@open_to_coordinators
def invitations(request: SignedInRequest) -> HttpResponse:
    found = queries.invitations_run_by(organisation_of(request))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Invitations"),
        "page": page,
        "headers": presenters.HEADERS,
        "rows": presenters.invitation_rows(page),
        "to_print": queries.number_to_print(organisation_of(request)),
    }
    return render(request, "starting_point/invitations/invitations.html", context)


@open_to_coordinators
def invitation(request: SignedInRequest, invitation_id: int) -> HttpResponse:
    asked = queries.invitation_run_by(organisation_of(request), invitation_id)
    context = {
        "title": asked.person.name,
        "invitation": asked,
        "details": presenters.invitation_details(asked, words_of(asked.person)),
        "text": presenters.text_again(asked, request.user),
        "own": rules.can_make_letter(asked.person.organisation_id, organisation_of(request).pk),
    }
    return render(request, "starting_point/invitations/invitation.html", context)


@open_to_coordinators
@require_POST
def invitation_letter(request: SignedInRequest, invitation_id: int) -> HttpResponse:
    asked = queries.invitation_run_by(organisation_of(request), invitation_id)
    try:
        code = actions.make_invitation_letter(by=request.user, invitation=asked, organisation=organisation_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("invitation", asked.pk)
    with in_language_of(asked.person.account, __name__):  # the whole page: it is theirs to read
        title = _("A letter for %(name)s") % {"name": asked.person.name}
        context = {"title": title, **_on_paper(request, asked, code)}
        return render(request, "starting_point/invitations/invitation_letter.html", context)


def _on_paper(request: SignedInRequest, asked: Invitation, code: str) -> dict[str, Any]:
    return {
        "invitation": asked,
        "code": code,
        "address": presenters.short_address(),
        "readers": emails.readers(asked.asked_by, request.user) if asked.asked_by else "",
        "after_letter": after_letter(by_mail=not presenters.without_address([asked.person]), ask=request.user.name),
    }


@open_to_coordinators
def invitation_letters(request: SignedInRequest) -> HttpResponse:
    """Everybody invited who cannot be written to: first who that is, then all letters at once, a page each."""
    organisation = organisation_of(request)
    if request.method != "POST":
        fresh, earlier = (queries.to_print(organisation, again=again) for again in (False, True))
        context = {
            "title": _("Letters to print"),
            "fresh": [one.person.name for one in fresh],
            "earlier": [one.person.name for one in earlier],
            "more": len(fresh) >= queries.MOST_LETTERS,
        }
        return render(request, "starting_point/invitations/invitation_letters.html", context)
    letters = []
    for asked in queries.to_print(organisation, again="again" in request.POST):
        code = actions.make_invitation_letter(by=request.user, invitation=asked, organisation=organisation)
        with in_language_of(asked.person.account, __name__):  # each is somebody else's to read
            context = _on_paper(request, asked, code)
            text = render_to_string("starting_point/invitations/invitation_letter_text.html", context, request)
            letters.append((get_language(), text))
    shown = {"title": _("Letters to print"), "letters": letters}
    return render(request, "starting_point/invitations/invitation_letters_printed.html", shown)


@open_to_coordinators
def invitation_remind(request: SignedInRequest) -> HttpResponse:
    """Once more, in the same name: who it goes to is counted, the words are shown, and then it goes out."""
    organisation, side = organisation_of(request), _side(request)
    waiting = queries.to_remind(organisation, side, clock.now())
    if request.method == "POST":
        count = actions.remind(by=request.user, organisation=organisation, side=side)
        sent = ngettext("%(count)d person is reminded.", "%(count)d people are reminded.", count)
        messages.success(request, sent % {"count": count})
        return redirect("invitations")
    context = {
        "title": _("Remind mentors") if side == MENTOR else _("Remind leaders"),
        "side": side,
        "number": len(waiting),
        "text": presenters.reminder_preview(waiting, side),
        "names": [one.person.name for one in waiting],
    }
    return render(request, "starting_point/invitations/invitation_remind.html", context)


@open_to_those_concerned
@require_POST
def not_for_me(request: SignedInRequest, side: str) -> HttpResponse:
    """One tap: no reminder any more, and nobody is told."""
    actions.leave_in_peace(by=request.user, side=side)
    messages.success(request, _("That is fine. You are not reminded any more, and nobody is told."))
    return redirect("home")


def where_one_runs(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where a scheme has ended and none runs, which comes next is settled first."""

    @wraps(page)
    def find(request: SignedInRequest, **named: Any) -> HttpResponse:
        if has_only_ended(organisation_of(request)):
            messages.info(request, none_runs())
            return redirect("scheme")
        return page(request, **named)

    return find


@open_to_coordinators
@where_one_runs
def invitation_people(request: SignedInRequest, side: str = LEADER) -> HttpResponse:
    """First: whom? One, some, or everyone that a search finds."""
    organisation = organisation_of(request)
    words = words_searched(request)
    found, count = queries.people_still_to_ask(organisation, words, side)
    everyone = _everyone(count) if words and count > 1 else ""
    form = PeopleForm(sent(request), choices=presenters.people_choices(found), everyone=everyone)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["people"]
        if form.cleaned_data.get("everyone"):
            everybody = queries.people_to_invite(organisation, words, side).values_list("pk", flat=True)
            chosen = [str(pk) for pk in everybody[: rules.MOST_INVITED + 1]]
        try:
            rules.check_can_invite(len(chosen))
        except Refused as refusal:
            form.add_error("people", str(refusal))
        else:
            return _write(request, queries.people_chosen(organisation, chosen, side), first=True)
    context = {
        "title": _("Invite mentors") if side == MENTOR else _("Invite to a starting point"),
        "side": side,
        "here": request.path,
        "words": words,
        "form": form if count else None,
        "more": count > len(found),
        "who": queries.who_may_be_asked(organisation, side),
    }
    return render(request, "starting_point/invitations/invitation_people.html", context)


def _side(request: SignedInRequest) -> str:
    """Whether leaders are asked, or mentors."""
    asked = request.POST.get("side") or request.GET.get("side")
    return MENTOR if asked == MENTOR else LEADER


def _everyone(count: int) -> str:
    return ngettext("Everyone found: %(count)d person", "Everyone found: %(count)d people", count) % {"count": count}


@open_to_coordinators
@require_POST
@where_one_runs
def invitation_write(request: SignedInRequest) -> HttpResponse:
    """Second: in whose name, and why now; then the message as it will be read; then it goes out."""
    people = queries.people_chosen(organisation_of(request), request.POST.getlist("people"), _side(request))
    if not people:
        messages.info(request, _("Everybody you chose has been asked already."))
        return redirect("invitations")
    return _write(request, people, first=False)


def _write(request: SignedInRequest, people: list[Person], *, first: bool) -> HttpResponse:
    asking, side = Asking(request, first=first), _side(request)
    context = {"title": _("Write the invitation"), "form": asking.form, "people": people, "searched": asking.searched}
    running = running_scheme_of(organisation_of(request))
    context |= {"side": side, "scheme": running}
    asker = None if first or request.POST.get("does") == "change" else asking.asker()
    if asker is None:
        return render(request, "starting_point/invitations/invitation_write.html", context)
    words, language = asking.form.cleaned_data["words"], asking.form.cleaned_data["language"]
    if request.POST.get("does") == "send":
        return _send(request, people, asker, words, language)
    with override(language):
        subject = emails.subject_from(asker, side)
        text = emails.text_for(name=people[0].name, words=words, asker=asker, by=request.user, side=side)
    context |= {
        "title": _("This is what they will read"),
        "asker": asker,
        "words": words,
        "written_in": language,
        "subject": subject,
        "text": text,
        "letters": presenters.without_address(people),
    }
    return render(request, "starting_point/invitations/invitation_preview.html", context)


class Asking:
    """In whose name: one of those offered, or somebody looked for by part of their name."""

    def __init__(self, request: SignedInRequest, *, first: bool) -> None:
        organisation = organisation_of(request)
        offered = queries.askers(running_scheme_of(organisation), me(request))
        self.typed = "" if first else as_searched(request.POST.get("other", ""))
        self.searched = self.typed or ("" if first else as_searched(request.POST.get("searched", "")))
        self.named = queries.askers_named(organisation, self.searched)
        self.known = {str(one.pk): one for one in [*offered, *self.named]}
        self.form = InvitationForm(
            None if first else request.POST,
            askers=presenters.asker_choices(self.known.values()),
            side=_side(request),
            initial={"asker": str(offered[0].pk), "language": settings.LANGUAGE_CODE},
        )

    def asker(self) -> Person | None:
        """Who it is; None where that, or the words, are still to be settled: the form says what is missing."""
        if not self.form.is_valid():
            return None
        chosen = self.known.get(self.form.cleaned_data["asker"])
        if not self.typed or (chosen in self.named):
            if chosen is None:
                self.form.add_error("asker", _("Choose in whose name you ask."))
            return chosen
        if len(self.named) == 1:
            return self.named[0]
        if self.named:
            self.form.add_error("asker", _("There are several of that name. Choose one of them here."))
        else:
            self.form.add_error("other", _("Nobody of that name in your organisation. Try one word less."))
        return None


def _send(request: SignedInRequest, people: list[Person], asker: Person, words: str, language: str) -> HttpResponse:
    scheme = scheme_to_pair_in(by=request.user, organisation=organisation_of(request))
    try:
        made = actions.invite(
            by=request.user,
            scheme=scheme,
            people=people,
            asked_by=asker,
            words=words,
            language=language,
            side=_side(request),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("invitations")
    if not mail_leaves():  # nothing is said to have gone out that has not
        ready = ngettext("%(count)d invitation is ready.", "%(count)d invitations are ready.", len(made))
        messages.success(request, ready % {"count": len(made)})
        return redirect("invitation_letters")
    sent = ngettext("%(count)d person has been asked.", "%(count)d people have been asked.", len(made))
    messages.success(request, sent % {"count": len(made)})
    return redirect("invitations")
