"""The page of the audit trail."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.installation.trail import presenters, queries
from handrail.capabilities.people.queries import words_searched
from handrail.foundation.access.guards import open_to_administrators

PAGE = 15


@open_to_administrators
def audit_trail(request: SignedInRequest) -> HttpResponse:
    words = words_searched(request)
    kinds, names = presenters.split_words(words)
    number = request.GET.get("page")
    if names:
        numbers, cut = queries.events_concerning(names, kinds)
        page: Page[Any] = Paginator(numbers, PAGE).get_page(number)
        events = queries.events_numbered(list(page))
    else:
        page, cut = Paginator(queries.events_newest_first(kinds), PAGE).get_page(number), False
        events = list(page)
    subjects = queries.names_of_subjects(events)
    context = {
        "title": _("Audit trail"),
        "words": words,
        "page": page,
        "cut": cut,
        "rows": [presenters.row_of(event, subjects) for event in events],
        "query": f"{urlencode({'q': words})}&" if words else "",
    }
    return render(request, "installation/audit_trail.html", context)
