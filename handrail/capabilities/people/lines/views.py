"""The page on which a coordinator says whom somebody reports to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people import queries
from handrail.capabilities.people.lines.actions import set_line
from handrail.capabilities.people.lines.forms import NOBODY, UNKNOWN, LineForm
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_coordinators
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person

SUGGESTIONS = 12


@open_to_coordinators
def person_line(request: SignedInRequest, person_id: int) -> HttpResponse:
    """A search for the manager, with nobody and not known beside what it finds."""
    who = queries.person_in(queries.organisation_of(request), person_id)
    words = queries.words_searched(request)
    found = queries.people_to_choose([who.organisation_id], words, SUGGESTIONS, who.pk) if words else []
    offered = [who.manager, *found] if who.manager and who.manager not in found else found
    form = LineForm(sent(request), found=offered, initial={"manager": _as_said(who)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["manager"]
        manager = next((one for one in offered if str(one.pk) == said), None)
        try:
            set_line(by=request.user, person=who, manager=manager, known=said != UNKNOWN)
        except Refused as refusal:
            form.add_error("manager", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("person", who.pk)
    context = {
        "title": _("Whom does %(name)s report to?") % {"name": who.name},
        "person": who,
        "words": words,
        "here": request.path,
        "none_found": bool(words) and not found,
        "form": form,
    }
    return render(request, "people/person_line.html", context)


def _as_said(who: Person) -> str:
    if who.line == who.Line.UNKNOWN:
        return UNKNOWN
    return str(who.manager_id) if who.manager_id else NOBODY
