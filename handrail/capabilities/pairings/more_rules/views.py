"""Pages of the rarer rules: nobody has to open them, and what is on is said where pairs are looked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.more_rules import presenters
from handrail.capabilities.pairings.more_rules.forms import CareForm, MoreForm, NumberForm, TwoForm
from handrail.capabilities.pairings.proposals.queries import busy_in, waited_for_a_place
from handrail.capabilities.people.queries import organisation_of
from handrail.capabilities.schemes.matching_runs import actions as runs
from handrail.capabilities.schemes.matching_runs import queries as found
from handrail.capabilities.schemes.queries import running_scheme_of
from handrail.capabilities.schemes.sign_up.actions import let_have_mentors, set_care
from handrail.capabilities.schemes.sign_up.queries import everybody_signed_up, leaders_signed_up, units_signed_up
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_coordinators

if TYPE_CHECKING:
    from handrail.capabilities.schemes.models import Scheme


def _own_scheme(request: SignedInRequest) -> Scheme | None:
    """The scheme that the coordinator's own organisation runs; without one, “Find pairs” says what there is to do."""
    organisation = organisation_of(request)
    scheme = running_scheme_of(organisation)
    return scheme if scheme is not None and scheme.organisation_id == organisation.pk else None


def _keep(request: SignedInRequest, scheme: Scheme, counts: found.WhatCounts) -> None:
    leaders, mentors = found.candidates(scheme, busy_in(scheme), waited_for_a_place(scheme))
    runs.set_counts(by=request.user, scheme=scheme, counts=counts, leaders=leaders, mentors=mentors)
    messages.success(request, _("Kept. It counts for the next search."))


@open_to_coordinators
def matching_more(request: SignedInRequest) -> HttpResponse:
    """Parties, preparation, wishes, and how many leaders each mentor has at least."""
    scheme = _own_scheme(request)
    if scheme is None:
        return redirect("matching")
    counts, row = found.counts_of(scheme)
    effect = row.effect if row else {}
    form = MoreForm(sent(request), counts=counts, forbids=effect.get("forbids", {}), every=effect.get("every", 0))
    if request.method == "POST" and form.is_valid():
        _keep(request, scheme, form.said())
        return redirect("matching_more")
    two = sum(number > 1 for _pk, _name, number in leaders_signed_up(scheme))
    care = presenters.care_counted(everybody_signed_up(scheme))
    context = {"title": _("More rules"), "form": form, "ways": presenters.ways(counts, two, care)}
    return render(request, "proposals/matching_more.html", context)


@open_to_coordinators
def matching_numbers(request: SignedInRequest) -> HttpResponse:
    """At least and at most so many pairs between units."""
    scheme = _own_scheme(request)
    if scheme is None:
        return redirect("matching")
    counts, _row = found.counts_of(scheme)
    removes = request.method == "POST" and request.POST.get("does") == "remove"
    if removes:
        left = tuple(one for place, one in enumerate(counts.numbers) if str(place) != request.POST.get("place"))
        _keep(request, scheme, replace(counts, numbers=left))
        return redirect("matching_numbers")
    form = NumberForm(sent(request), units=presenters.units_to_choose(units_signed_up(scheme)))
    full = len(counts.numbers) >= found.MOST_NUMBERS
    if request.method == "POST" and not full and form.is_valid():
        _keep(request, scheme, replace(counts, numbers=(*counts.numbers, form.number)))
        return redirect("matching_numbers")
    numbers = [presenters.number_in_words(one) for one in counts.numbers]
    context = {"title": _("Numbers between units"), "form": form, "numbers": numbers, "full": full}
    return render(request, "proposals/matching_numbers.html", context)


@open_to_coordinators
def matching_two(request: SignedInRequest) -> HttpResponse:
    """Leaders who may have two mentors."""
    scheme = _own_scheme(request)
    if scheme is None:
        return redirect("matching")
    leaders = leaders_signed_up(scheme)
    removes = request.method == "POST" and request.POST.get("does") == "remove"
    form = TwoForm(None if removes else sent(request), leaders=leaders)
    if removes or (request.method == "POST" and form.is_valid()):
        named = request.POST.get("leader", "") if removes else str(form.cleaned_data["name"])
        for one in [pk for pk, _name, _number in leaders if str(pk) == named]:
            let_have_mentors(by=request.user, scheme=scheme, person_id=one, number=1 if removes else 2)
            messages.success(request, _("Kept. It counts for the next search."))
        return redirect("matching_two")
    two = [(pk, name) for pk, name, number in leaders if number > 1]
    context = {"title": _("Leaders with two mentors"), "form": form, "two": two}
    return render(request, "proposals/matching_two.html", context)


@open_to_coordinators
def matching_care(request: SignedInRequest) -> HttpResponse:
    """Leaders who need special care, and the mentors approved for it."""
    scheme = _own_scheme(request)
    if scheme is None:
        return redirect("matching")
    people = everybody_signed_up(scheme)
    removes = request.method == "POST" and request.POST.get("does") == "remove"
    form = CareForm(None if removes else sent(request), people=people)
    if removes or (request.method == "POST" and form.is_valid()):
        sent_ids = request.POST.get("person", ""), request.POST.get("side", "")
        named = sent_ids if removes else (str(form.cleaned_data["person"]), form.cleaned_data["side"])
        for pk, side in [(pk, side) for pk, _name, side, _set in people if (str(pk), side) == named]:
            set_care(by=request.user, scheme=scheme, person_id=pk, side=side, with_care=not removes)
            messages.success(request, _("Kept. It counts for the next search."))
        return redirect("matching_care")
    context = {"title": _("Pairs that need special care"), "form": form, "marked": presenters.cared_for(people)}
    return render(request, "proposals/matching_care.html", context)
