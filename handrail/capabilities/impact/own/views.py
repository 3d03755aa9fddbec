"""“Did it change anything?” for one leader: made because they asked, and seen by them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.impact.own import actions, presenters, queries
from handrail.capabilities.impact.presenters import FIRST, ORDER
from handrail.capabilities.people.queries import me
from handrail.foundation.access.guards import open_to_those_concerned
from handrail.foundation.vault.texts import needs_open_vault

if TYPE_CHECKING:
    from handrail.capabilities.impact.models import OwnAnswer
    from handrail.capabilities.impact.sheet import Answer, Sheet


@open_to_those_concerned
@require_safe
def own_impact(request: SignedInRequest) -> HttpResponse:
    """The answer by the first measure; the question whether one wants to know, where nobody asked yet."""
    row = queries.own_answer(request)
    if row is not None:
        return _shown(request, row, FIRST)
    context = {"title": _("Did it change anything?"), "has_log": queries.has_log(me(request).organisation_id)}
    return render(request, "impact/own/impact_ask.html", context)


@open_to_those_concerned
@require_safe
def own_impact_of(request: SignedInRequest, measure: str) -> HttpResponse:
    """The answer by another measure."""
    row = queries.own_answer(request)
    if row is None or measure not in ORDER:
        raise Http404
    return _shown(request, row, measure)


@needs_open_vault
def _shown(request: SignedInRequest, row: OwnAnswer, measure: str) -> HttpResponse:
    sheet = queries.sheet_of(queries.opened(request), row)
    context: dict[str, object] = {"title": _("Did it change anything?"), "row": row}
    if sheet is None:
        context |= {"lost": bool(row.sheet)}
        return render(request, "impact/own/impact_waiting.html", context)
    answer = presenters.told(sheet, measure)
    if answer is None:
        context |= {"unsaid": presenters.unsaid(sheet)}
        return render(request, "impact/own/impact_unsaid.html", context)
    context |= _told(sheet, answer)
    return render(request, "impact/own/impact.html", context)


def _told(sheet: Sheet, answer: Answer) -> dict[str, object]:
    return {
        "first": answer.measure == FIRST,
        "verdict": presenters.verdict(answer),
        "sentence": presenters.sentence(answer),
        "course": presenters.course(answer),
        "over_time": presenters.change_over_time(answer),
        "estimates": presenters.estimates(answer),
        "differs": presenters.differs(answer),
        "careful": presenters.careful(answer),
        "meaning": presenters.meaning(answer),
        "others": presenters.others(sheet, answer.measure),
        "how": presenters.how_worked_out(sheet, answer),
    }


@open_to_those_concerned
@require_safe
def own_impact_progress(request: SignedInRequest) -> HttpResponse:
    """Asked again and again while the answer is worked out; then the page is loaded anew."""
    row = queries.own_answer(request)
    response = render(request, "impact/own/impact_progress.html", {})
    if row is None or row.sheet:
        response.headers["HX-Refresh"] = "true"
    return response


@open_to_those_concerned
@require_POST
@needs_open_vault
def own_impact_ask_for(request: SignedInRequest) -> HttpResponse:
    actions.ask_for_answer(by=request.user, person=me(request))
    return redirect("own_impact")


@open_to_those_concerned
def own_impact_stop(request: SignedInRequest) -> HttpResponse:
    row = queries.own_answer(request)
    if row is None:
        return redirect("own_impact")
    if request.method == "POST":
        actions.forget_answer(by=request.user, row=row)
        messages.success(request, _("Deleted. Nothing is worked out for you any more."))
        return redirect("own_impact")
    return render(request, "impact/own/impact_stop.html", {"title": _("Stop and delete it")})
