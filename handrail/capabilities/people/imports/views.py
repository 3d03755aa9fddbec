"""Pages of an import: choose the file, see what it would change, decide, load."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people import queries as people
from handrail.capabilities.people.imports import actions, presenters, queries, rules
from handrail.capabilities.people.imports.forms import LeaversForm, OverridesForm, QuestionsForm, UploadForm
from handrail.design.forms import sent
from handrail.formats.people import UnreadablePeopleFile
from handrail.foundation.access.guards import open_to_coordinators
from handrail.foundation.access.refusal import Refused

PAGE = 25


@open_to_coordinators
def people_import(request: SignedInRequest) -> HttpResponse:
    organisation = people.organisation_of(request)
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    overrides = OverridesForm(request.POST if sent else None)
    if sent and form.is_valid() and overrides.is_valid():
        file = form.cleaned_data["file"]
        try:
            received = actions.receive_upload(
                by=request.user,
                organisation=organisation,
                file_name=file.name,
                chunks=file.chunks(),
                **overrides.overrides(),
            )
        except (Refused, UnreadablePeopleFile) as fault:
            form.add_error("file", str(fault))
        else:
            return redirect("people_import_preview", received.pk)
    recent = presenters.recent_rows(queries.recent_imports(organisation))
    context = {"title": _("Bring a people file"), "form": form, "overrides": overrides, "recent": recent}
    return render(request, "imports/people_import.html", context)


@open_to_coordinators
@require_safe
def people_import_example(request: SignedInRequest) -> HttpResponse:
    """A table to fill in. The mark at its beginning tells a spreadsheet program which letters these are."""
    answer = HttpResponse(f"\ufeff{presenters.EXAMPLE}", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="people-example.csv"'
    return answer


@open_to_coordinators
@require_safe
def people_import_preview(request: SignedInRequest, import_id: int) -> HttpResponse:
    found = queries.import_in(people.organisation_of(request), import_id)
    to_load = queries.number_to_load(found) if rules.is_kept_for_answers(found) else 0
    context = {
        "title": found.file_name,
        "import": found,
        "moving": found.state in rules.IN_MOTION,
        "understood": presenters.understood_as(found),
        "progress_text": presenters.progress_in_words(found),
        "total": 2 * found.rows,
        "counts": presenters.counts_in_rows(found),
        "outcome": presenters.outcome_in_words(found),
        "may_load": found.state == rules.State.READY or bool(to_load),
        "may_cancel": rules.can_cancel(found),
        "may_answer": rules.can_answer(found),
        "unanswered": queries.number_of_unanswered(found),
        "to_load": to_load,
        "leavers": queries.proposed_leavers(found).count() if rules.can_mark_as_left(found) else 0,
    }
    return render(request, "imports/people_import_preview.html", context)


@open_to_coordinators
@require_safe
def people_import_progress(request: SignedInRequest, import_id: int) -> HttpResponse:
    """The bar alone, asked for again and again; when there is something else to see, the page is loaded anew."""
    found = queries.import_in(people.organisation_of(request), import_id)
    context = {"import": found, "progress_text": presenters.progress_in_words(found), "total": 2 * found.rows}
    response = render(request, "imports/people_import_progress.html", context)
    if found.state not in rules.IN_MOTION:
        response.headers["HX-Refresh"] = "true"
    return response


@open_to_coordinators
@require_safe
def people_import_rows(request: SignedInRequest, import_id: int, kind: str) -> HttpResponse:
    found = queries.import_in(people.organisation_of(request), import_id)
    page = Paginator(queries.findings_of(found, kind), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": presenters.title_of(kind, found.state),
        "import": found,
        "page": page,
        "headers": presenters.headers_of(kind),
        "rows": presenters.rows_of(kind, list(page)),
        "hidden": found.counts.get(kind, 0) - page.paginator.count,
    }
    return render(request, "imports/people_import_rows.html", context)


@open_to_coordinators
def people_import_questions(request: SignedInRequest, import_id: int) -> HttpResponse:
    found = queries.import_in(people.organisation_of(request), import_id)
    page = Paginator(queries.questions_of(found), PAGE).get_page(request.GET.get("page"))
    form = QuestionsForm(list(page), sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_questions(by=request.user, people_import=found, answers=form.answers())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. Nothing is changed before you load it."))
            return redirect("people_import_preview", found.pk)
    context = {"title": _("Are these the same people?"), "import": found, "form": form, "page": page}
    return render(request, "imports/people_import_questions.html", context)


@open_to_coordinators
def people_import_leavers(request: SignedInRequest, import_id: int) -> HttpResponse:
    found = queries.import_in(people.organisation_of(request), import_id)
    page = Paginator(queries.proposed_leavers(found), PAGE).get_page(request.GET.get("page"))
    form = LeaversForm(list(page), sent(request))
    if request.method == "POST" and form.is_valid():
        ids = [int(pk) for pk in form.cleaned_data["left"]]
        try:
            count = actions.mark_as_left(by=request.user, people_import=found, finding_ids=ids)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted as left: %(count)s.") % {"count": count})
            return redirect("people_import_preview", found.pk)
    context = {"title": _("Missing from this file"), "import": found, "form": form, "page": page}
    return render(request, "imports/people_import_leavers.html", context)


@open_to_coordinators
@require_POST
def people_import_load(request: SignedInRequest, import_id: int) -> HttpResponse:
    found = queries.import_in(people.organisation_of(request), import_id)
    try:
        actions.start_loading(by=request.user, people_import=found)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("people_import_preview", found.pk)


@open_to_coordinators
@require_POST
def people_import_cancel(request: SignedInRequest, import_id: int) -> HttpResponse:
    found = queries.import_in(people.organisation_of(request), import_id)
    try:
        actions.cancel_import(by=request.user, people_import=found)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The file was put aside. Nothing was changed."))
    return redirect("people_import")
