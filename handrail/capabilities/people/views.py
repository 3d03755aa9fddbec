"""Pages about people: the list, one person, roles, letters, delegates, organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.queries import after_letter
from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people import actions, presenters, queries, rules
from handrail.capabilities.people.forms import AddForm, OrganisationForm, PersonForm, RolesForm
from handrail.capabilities.people.imports.queries import waiting_for_an_answer
from handrail.design.forms import sent
from handrail.foundation.access.guards import (
    open_to_administrators,
    open_to_coordinators,
    open_to_signed_in,
    open_to_those_concerned,
)
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person

PAGE = 25
SUGGESTIONS = 12


@open_to_coordinators
def people(request: SignedInRequest) -> HttpResponse:
    organisation = queries.organisation_of(request)
    words = queries.words_searched(request)
    page, found = queries.page_of_people(organisation, words, request.GET.get("page"), PAGE)
    to_decide, number_to_decide = waiting_for_an_answer(organisation)
    context = {
        "title": _("People"),
        "words": words,
        "query": urlencode({"q": words}) if words else "",
        "page": page,
        "headers": presenters.PERSON_HEADERS,
        "rows": presenters.person_rows(found),
        "to_decide": to_decide,
        "number_to_decide": number_to_decide,
    }
    return render(request, "people/people.html", context)


@open_to_coordinators
def person_add(request: SignedInRequest) -> HttpResponse:
    organisation = queries.organisation_of(request)
    called = queries.as_searched(request.POST.get("name", ""))
    namesakes = queries.people_of_name(organisation, called) if called else []
    form = AddForm(sent(request), namesakes=bool(namesakes))
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        if not typed.pop("somebody_else", not namesakes):
            form.add_error("somebody_else", presenters.namesakes_in_words(namesakes))
        else:
            try:
                person = actions.add_person(by=request.user, organisation=organisation, **typed)
            except Refused as refusal:
                form.add_error("email", str(refusal))
            else:
                messages.success(request, _("%(name)s was added.") % {"name": person.name})
                return redirect("person", person.pk)
    return render(request, "people/person_add.html", {"title": _("Add a person"), "form": form})


@open_to_coordinators
def person_correct(request: SignedInRequest, person_id: int) -> HttpResponse:
    who = queries.person_in(queries.organisation_of(request), person_id)
    held = {name: getattr(who, name) for name in PersonForm.base_fields}
    form = PersonForm(sent(request), initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_person(by=request.user, person=who, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("person", who.pk)
    title = _("What the list says of %(name)s") % {"name": who.name}
    return render(request, "people/person_correct.html", {"title": title, "form": form, "person": who})


@open_to_coordinators
def person(request: SignedInRequest, person_id: int) -> HttpResponse:
    who = queries.person_in(queries.organisation_of(request), person_id)
    context = {
        "title": who.name,
        "person": who,
        "details": presenters.details_of(who),
        "pair_address": reverse("pairing_new_mentor", args=[who.pk]),
    }
    return render(request, "people/person.html", context)


@open_to_coordinators
def person_roles(request: SignedInRequest, person_id: int) -> HttpResponse:
    who = queries.person_in(queries.organisation_of(request), person_id)
    held = {role.name for role in who.roles.all()}
    named = _combinations(who, set(request.POST.getlist("roles")), held)
    form = RolesForm(sent(request), initial={"roles": sorted(held)}, warned=bool(named))
    if request.method == "POST" and form.is_valid():
        wanted = set(form.cleaned_data["roles"])
        account = actions.ensure_account(by=request.user, person=who)
        at_risk = rules.promise_at_risk(wanted, account.is_administrator)
        if at_risk:
            form.add_error("roles", at_risk)
        elif who.account == request.user and "coordinator" not in wanted:
            form.add_error("roles", _("You cannot take this role from yourself. Ask another coordinator."))
        elif named and not form.cleaned_data["understood"]:
            form.add_error("understood", _("Read what it strains, and tick the box if it is to be so."))
        else:
            for role in sorted(wanted - held):
                actions.give_role(by=request.user, person=who, role=role)
            for role in sorted(held - wanted):
                actions.take_role(by=request.user, person=who, role=role)
            messages.success(request, _("Saved."))
            return redirect("person", who.pk)
    title = _("Roles of %(name)s") % {"name": who.name}
    context = {"title": title, "form": form, "person": who, "named": named}
    return render(request, "people/person_roles.html", context)


def _combinations(who: Person, wanted: set[str], held: set[str]) -> list[str]:
    """What the roles about to be given strain together with what somebody is already; what was so before is known."""
    facts = {
        "is_administrator": who.account is not None and who.account.is_administrator,
        "has_reports": queries.has_reports(who),
        "takes_part": queries.takes_part(who),
    }
    before = rules.combinations_to_name(held, **facts)
    return [words for name, words in rules.combinations_to_name(wanted, **facts).items() if name not in before]


def _after_letter(request: SignedInRequest, who: Person) -> str:
    by_mail = bool(who.email or (who.account and who.account.email))
    return after_letter(by_mail=by_mail, ask=request.user.name)


@open_to_coordinators
@require_POST
def person_letter(request: SignedInRequest, person_id: int) -> HttpResponse:
    who = queries.person_in(queries.organisation_of(request), person_id)
    code = actions.make_letter(by=request.user, person=who)
    title = _("Letter for %(name)s") % {"name": who.name}
    return render(
        request,
        "people/person_letter.html",
        {
            "title": title,
            "person": who,
            "code": code,
            "letter_address": queries.letter_address(),
            "after_letter": _after_letter(request, who),
        },
    )


@open_to_those_concerned
def delegates(request: SignedInRequest) -> HttpResponse:
    """Who arranges the signed-in person's times, and whom they might ask to."""
    me = queries.me(request)
    words = queries.words_searched(request)
    found = queries.people_to_choose([me.organisation_id], words, SUGGESTIONS, me.pk) if words else []
    context = {
        "title": _("Who arranges your times"),
        "delegates": queries.delegates_of(me),
        "words": words,
        "choices": presenters.delegates_to_choose(found),
    }
    return render(request, "people/delegates.html", context)


@open_to_signed_in
def delegate_name(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Ask once more, then let somebody arrange times."""
    me = queries.me(request)
    who = queries.person_in(me.organisation, person_id)
    if request.method == "POST":
        try:
            actions.name_delegate(by=request.user, person=me, delegate=who)
            messages.success(request, _("%(name)s can arrange your times now.") % {"name": who.name})
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("delegates")
    title = _("Let %(name)s arrange your times?") % {"name": who.name}
    return render(request, "people/delegate_name.html", {"title": title, "person": who})


@open_to_those_concerned
@require_POST
def delegate_end(request: SignedInRequest, delegate_id: int) -> HttpResponse:
    delegate = queries.delegate_of(queries.me(request), delegate_id)
    actions.end_delegate(by=request.user, delegate=delegate)
    messages.success(request, _("Ended."))
    return redirect("delegates")


@open_to_signed_in
def organisation_choose(request: SignedInRequest) -> HttpResponse:
    """For somebody in several organisations: in which they are now. It holds until they sign out or choose again."""
    persons = queries.persons_of(request)
    if request.method == "POST":
        chosen = queries.person_chosen(request, request.POST.get("organisation", ""))
        request.session[queries.CHOSEN] = chosen.organisation_id
        messages.success(request, _("You are at %(name)s now.") % {"name": chosen.organisation.name})
        return redirect("home")
    context = {
        "title": _("Which organisation?"),
        "choices": presenters.organisation_choices(persons, queries.person_of(request)),
    }
    return render(request, "people/organisation_choose.html", context)


@open_to_administrators
def organisations(request: SignedInRequest) -> HttpResponse:
    rows = presenters.organisation_rows(queries.organisations_overview())
    context = {"title": _("Organisations"), "headers": presenters.ORGANISATION_HEADERS, "rows": rows}
    return render(request, "people/organisations.html", context)


@open_to_administrators
def organisation_add(request: SignedInRequest) -> HttpResponse:
    form = OrganisationForm(sent(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        _organisation, coordinator = actions.open_organisation(
            by=request.user,
            name=typed["name"],
            coordinator_name=typed["coordinator_name"],
            coordinator_email=typed["coordinator_email"],
        )
        messages.success(request, _("%(name)s is set up.") % {"name": typed["name"]})
        return redirect("coordinator_letter", coordinator.pk)
    return render(request, "people/organisation_add.html", {"title": _("Add an organisation"), "form": form})


@open_to_administrators
def coordinator_letter(request: SignedInRequest, person_id: int) -> HttpResponse:
    """How a coordinator gets in where no mail leaves: a letter, printed by the administrator."""
    who = queries.coordinator(person_id)
    title = _("Letter for %(name)s") % {"name": who.name}
    if request.method != "POST":
        context = {"title": title, "person": who, "mail_is_set": bool(settings.MAIL_URL)}
        return render(request, "people/coordinator_letter.html", context)
    code = actions.make_letter(by=request.user, person=who)
    address = queries.letter_address()
    context = {"title": title, "person": who, "code": code, "letter_address": address, "coordinates": True}
    context["after_letter"] = _after_letter(request, who)
    return render(request, "people/person_letter.html", context)
