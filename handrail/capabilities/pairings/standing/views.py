"""The coordinator's one page of who has done what."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.standing import presenters, queries
from handrail.capabilities.people.queries import organisation_of, words_searched
from handrail.capabilities.schemes.queries import running_scheme_of
from handrail.foundation.access.guards import open_to_coordinators

PAGE = 50


@open_to_coordinators
def standing(request: SignedInRequest) -> HttpResponse:
    """Everybody in the scheme, each in one of a few states; for the coordinator of the organisation that runs it."""
    organisation, words = organisation_of(request), words_searched(request)
    scheme = running_scheme_of(organisation)
    page, lines = None, list[queries.Line]()
    if scheme is not None and scheme.organisation_id == organisation.pk:
        page, lines = queries.people_in_scheme(scheme, words, request.GET.get("page"), PAGE)
    context = {
        "title": _("Who has done what"),
        "words": words,
        "query": urlencode({"q": words}) if words else "",
        "page": page,
        "headers": presenters.HEADERS,
        "rows": presenters.rows(lines, organisation.name),
    }
    return render(request, "pairings/standing/standing.html", context)
