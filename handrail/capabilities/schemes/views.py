"""Pages about a scheme: what it is, for its coordinator; whom it spans, for the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people.queries import every_organisation, organisation_of
from handrail.capabilities.schemes import actions, presenters, queries
from handrail.capabilities.schemes.ending.queries import ending_of, last_ended
from handrail.capabilities.schemes.forms import SpanForm
from handrail.capabilities.schemes.set_up.presenters import others_in_words
from handrail.capabilities.schemes.set_up.queries import other_schemes, outcomes_of, own_scheme
from handrail.capabilities.schemes.set_up.views import scheme_page
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_administrators, open_to_coordinators

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation
    from handrail.capabilities.schemes.models import Scheme


@open_to_coordinators
def scheme(request: SignedInRequest) -> HttpResponse:
    organisation = organisation_of(request)
    running = queries.running_scheme_of(organisation)
    if running is None and (ended := last_ended(organisation)) is not None:
        return _ended(request, organisation, ended)
    ours = running or actions.scheme_to_pair_in(by=request.user, organisation=organisation)
    if ours.organisation_id != organisation.pk:
        context = {"title": ours.name, "scheme": ours}
        return render(request, "schemes/scheme_spanning.html", context)
    return scheme_page(request, ours.pk)


def _ended(request: SignedInRequest, organisation: Organisation, scheme: Scheme) -> HttpResponse:
    """How it ended and what came of it; and, where nothing runs, how to begin again."""
    context = {
        "title": _("%(name)s has ended") % {"name": scheme.name},
        "scheme": scheme,
        "why": ending_of(scheme).why,
        "outcomes": presenters.outcomes_at_the_end(scheme, outcomes_of(scheme)),
        "runs": queries.running_scheme_of(organisation) is not None,
        "others": others_in_words(other_schemes(organisation, scheme)),
    }
    return render(request, "schemes/scheme_ended.html", context)


@open_to_coordinators
def scheme_ended(request: SignedInRequest, scheme_id: int) -> HttpResponse:
    """One that has ended, also while another runs."""
    organisation = organisation_of(request)
    ended = own_scheme(organisation, scheme_id, or_ended=True)
    return _ended(request, organisation, ended) if ended.ended_on else redirect("scheme_set_up", ended.pk)


@open_to_administrators
def schemes(request: SignedInRequest) -> HttpResponse:
    context = {"title": _("Schemes"), "choices": presenters.schemes_to_choose(queries.running_schemes())}
    return render(request, "schemes/schemes.html", context)


@open_to_administrators
def scheme_spans(request: SignedInRequest, scheme_id: int) -> HttpResponse:
    chosen = queries.running_scheme(scheme_id)
    others = [(str(one.pk), one.name) for one in every_organisation() if one.pk != chosen.organisation_id]
    held = [str(one.pk) for one in chosen.spans.all()]
    form = SpanForm(sent(request), others=others, initial={"organisations": held})
    if request.method == "POST" and form.is_valid():
        numbers = [int(number) for number in form.cleaned_data["organisations"]]
        actions.let_scheme_span(by=request.user, scheme=chosen, organisation_ids=numbers)
        messages.success(request, _("Saved."))
        return redirect("schemes")
    context = {"title": _("Whom does “%(name)s” span?") % {"name": chosen.name}, "form": form, "others": others}
    return render(request, "schemes/scheme_spans.html", context)
