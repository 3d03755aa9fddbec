"""Pages of a brought list: choose it, see what it would do, say what columns mean, add people, load; take it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.letters.queries import number_without_letter
from handrail.capabilities.pairings.presenters import outside_in_words
from handrail.capabilities.pairings.spreadsheets import actions, presenters, queries, rules
from handrail.capabilities.pairings.spreadsheets.forms import (
    DAY_FIRST,
    MONTH_FIRST,
    ColumnsForm,
    ListForm,
    LoadForm,
    PeopleForm,
)
from handrail.capabilities.pairings.views import where_it_runs
from handrail.capabilities.people.queries import organisation_of
from handrail.design.forms import sent
from handrail.formats.spreadsheets import as_csv, as_xlsx
from handrail.foundation import clock
from handrail.foundation.access.guards import open_to_coordinators
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.pairings.spreadsheets.models import PairsFile

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@open_to_coordinators
@where_it_runs
def pairs_files(request: SignedInRequest) -> HttpResponse:
    """Bring a running scheme, and take it out again."""
    organisation = organisation_of(request)
    sent = request.method == "POST"
    form = ListForm(request.POST, request.FILES) if sent else ListForm()
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            received = actions.receive_list(
                by=request.user, organisation=organisation, file_name=file.name, chunks=file.chunks()
            )
        except Refused as fault:
            form.add_error("file", str(fault))
        else:
            return redirect("pairs_file", received.pk)
    recent = presenters.recent_rows(queries.recent_files(organisation))
    context = {"title": _("Bring the pairs you have"), "form": form, "recent": recent}
    return render(request, "spreadsheets/pairs_files.html", context)


@open_to_coordinators
@require_safe
def pairs_file(request: SignedInRequest, file_id: int) -> HttpResponse:
    """What loading it would do; afterwards, what came of it."""
    return _shown(request, queries.file_in(organisation_of(request), file_id))


def _shown(request: SignedInRequest, file: PairsFile, answered: LoadForm | None = None) -> HttpResponse:
    counts = queries.counts_of(file)
    to_load = rules.can_load(file) and bool(counts[rules.Outcome.NEW])
    outside = queries.outside_in(file) if to_load else []
    new, faults, unknown = (
        queries.lines_with(file, outcome)[: presenters.SHOWN] if counts[outcome] else ()
        for outcome in (rules.Outcome.NEW, rules.Outcome.FAULT, rules.Outcome.UNKNOWN)
    )
    context = {
        "title": file.file_name,
        "file": file,
        "moving": file.state in rules.IN_MOTION,
        "done": file.state == rules.State.DONE,
        "to_let_in": file.state == rules.State.DONE and number_without_letter(organisation_of(request)),
        "failed": presenters.why_unreadable(file) if file.state == rules.State.FAILED else "",
        "outcome": presenters.outcome_in_words(counts),
        "counts": presenters.counts_in_rows(counts),
        "columns": presenters.columns_in_rows(file),
        "line_headers": presenters.LINE_HEADERS,
        "fault_headers": presenters.FAULT_HEADERS,
        "new": presenters.lines_in_rows(new),
        "unknown": presenters.lines_in_rows(unknown),
        "faults": presenters.faults_in_rows(faults),
        "may_change": rules.can_change(file),
        "outside": outside_in_words(file.scheme, outside),
        "form": (answered or LoadForm(asks_why=bool(outside))) if to_load else None,
    }
    return render(request, "spreadsheets/pairs_file.html", context)


@open_to_coordinators
def pairs_file_columns(request: SignedInRequest, file_id: int) -> HttpResponse:
    file = queries.file_in(organisation_of(request), file_id)
    if not rules.can_change(file):
        return redirect("pairs_file", file.pk)
    held: dict[str, object] = {role: str(place) for role, place in file.columns.items()}
    held |= {"dates": DAY_FIRST if file.day_first else MONTH_FIRST, "headed": file.headed}
    form = ColumnsForm(sent(request), choices=presenters.columns_to_choose(file), initial=held)
    if request.method == "POST" and form.is_valid():
        day_first = form.cleaned_data["dates"] == DAY_FIRST
        headed = bool(form.cleaned_data["headed"])
        actions.say_columns(by=request.user, file=file, columns=form.columns(), day_first=day_first, headed=headed)
        return redirect("pairs_file", file.pk)
    context = {"title": _("What do the columns say?"), "file": file, "form": form}
    return render(request, "spreadsheets/pairs_file_columns.html", context)


@open_to_coordinators
def pairs_file_people(request: SignedInRequest, file_id: int) -> HttpResponse:
    """Add those of the list who are not known yet."""
    file = queries.file_in(organisation_of(request), file_id)
    people = queries.people_to_add(file) if rules.can_change(file) else []
    choices = presenters.people_to_tick(people)
    everybody = [value for value, _words in choices]
    form = PeopleForm(sent(request), choices=choices, initial={"people": everybody})
    if request.method == "POST" and form.is_valid():
        chosen = [people[int(place)] for place in form.cleaned_data["people"]]
        try:
            number = actions.add_people(by=request.user, file=file, chosen=chosen)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Added: %(number)s.") % {"number": number})
            return redirect("pairs_file", file.pk)
    context = {"title": _("Not on your list of people"), "file": file, "form": form if choices else None}
    return render(request, "spreadsheets/pairs_file_people.html", context)


@open_to_coordinators
@require_POST
def pairs_file_load(request: SignedInRequest, file_id: int) -> HttpResponse:
    file = queries.file_in(organisation_of(request), file_id)
    form = LoadForm(request.POST, asks_why=bool(queries.outside_in(file)))
    if form.is_valid():
        said = form.cleaned_data
        tell, reason = bool(said["tell"]), said.get("reason_to_go_on", "")
        try:
            actions.start_loading(by=request.user, file=file, tell=tell, reason_to_go_on=reason)
        except Refused as refusal:
            if not rules.can_load(file):
                messages.warning(request, str(refusal))
                return redirect("pairs_file", file.pk)
            form.add_error("reason_to_go_on", str(refusal))
        else:
            return redirect("pairs_file", file.pk)
    return _shown(request, file, form)


@open_to_coordinators
@require_POST
def pairs_file_put_aside(request: SignedInRequest, file_id: int) -> HttpResponse:
    file = queries.file_in(organisation_of(request), file_id)
    try:
        actions.put_aside(by=request.user, file=file)
        messages.success(request, _("Put aside. Nothing was changed."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("pairs_files")


@open_to_coordinators
@require_POST
def pairs_out(request: SignedInRequest, kind: str) -> HttpResponse:
    """The list as it stands. Taking it out is noted in the audit trail."""
    organisation = organisation_of(request)
    rows = list(presenters.rows_to_take_out(queries.pairings_to_take_out(organisation)))
    actions.note_taken_out(by=request.user, organisation=organisation, rows=len(rows) - 1)
    written = as_csv(rows) if kind == "csv" else as_xlsx(rows, _("Pairings"))
    answer = HttpResponse(written, content_type=KINDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="pairings-{clock.today().isoformat()}.{kind}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
