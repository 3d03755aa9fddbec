"""Pages to read the essentials. They are open content and say nothing about anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handrail.capabilities.essentials import presenters, queries
from handrail.foundation.access.guards import open_to_signed_in


@open_to_signed_in
def essentials(request: HttpRequest) -> HttpResponse:
    """All of them, by theme."""
    context = {"title": _("Digital essentials"), "themes": presenters.theme_lists(queries.themes())}
    return render(request, "essentials/essentials.html", context)


@open_to_signed_in
def essential(request: HttpRequest, essential: str) -> HttpResponse:
    """One of them: what, why, a first step, questions to ask, and where it comes from."""
    shown = queries.essential_called(essential)
    context = {
        "title": shown.name,
        "essential": shown,
        "theme": queries.theme_of(shown),
        "frameworks": presenters.framework_rows(shown),
    }
    return render(request, "essentials/essential.html", context)
