"""Pages about exports: bring one, watch it, say who is who, delete by date. Numbers about everybody, and nobody."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.participation import rules
from handrail.capabilities.participation.exports import actions, presenters, queries
from handrail.capabilities.participation.exports.forms import DeleteForm, ExportForm, SuggestionsForm
from handrail.design.forms import sent
from handrail.formats.interactions.archive import Refused as Unreadable
from handrail.foundation.access.guards import open_to_administrators
from handrail.foundation.access.refusal import Refused
from handrail.foundation.idempotency.middleware import may_repeat

PAGE = 20


@open_to_administrators
@require_safe
def exports_choose(request: SignedInRequest) -> HttpResponse:
    """Whose conversations; where there is one organisation only, that one's."""
    organisations = queries.organisations()
    if len(organisations) == 1:
        return redirect("exports", organisations[0].pk)
    context = {"title": _("Whose conversations?"), "tasks": presenters.organisation_tasks(organisations)}
    return render(request, "participation/exports/exports_choose.html", context)


@may_repeat
@open_to_administrators
def exports(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    """Bring an export. The same one twice doubles nothing, so this runs outside the transaction of a form."""
    organisation = queries.organisation(organisation_id)
    sent = request.method == "POST"
    form = ExportForm(request.POST, request.FILES) if sent else ExportForm()
    if sent and form.is_valid():
        file = form.cleaned_data["export"]
        try:
            load = actions.receive_export(by=request.user, organisation=organisation, file=file)
        except Refused as refusal:
            form.add_error("export", str(refusal))
        except Unreadable as fault:
            form.add_error("export", presenters.fault_in_words(file.name, str(fault)))
        else:
            return redirect("export", load.pk)
    held = queries.held(organisation)
    context = {
        "title": _("Conversations of %(organisation)s") % {"organisation": organisation.name},
        "organisation": organisation,
        "form": form,
        "held": presenters.held_rows(held),
        "unanswered": held.unanswered,
        "recent": presenters.recent_rows(queries.recent_loads(organisation)),
    }
    return render(request, "participation/exports/exports.html", context)


@open_to_administrators
@require_safe
def export(request: SignedInRequest, load_id: int) -> HttpResponse:
    load = queries.load_named(load_id)
    context = {
        "title": load.file_name,
        "load": load,
        "moving": load.state in rules.IN_MOTION,
        "progress": presenters.progress_of(load),
        "outcome": presenters.outcome_in_words(load),
        "stopped_because": presenters.fault_in_words(load.file_name, load.stopped_because),
        "nobody": presenters.is_about_nobody(load),
        "read": presenters.read_rows(load),
        "left_out": presenters.left_out_rows(load),
        "cannot_tell": presenters.cannot_tell(load),
        "broken": load.found.get("broken", []),
        "unanswered": queries.held(load.organisation).unanswered if load.state == rules.State.DONE else 0,
        "may_stop": rules.can_stop(load),
        "may_go_on": rules.can_go_on(load),
        "may_put_aside": rules.can_put_aside(load),
    }
    return render(request, "participation/exports/export.html", context)


@open_to_administrators
@require_safe
def export_progress(request: SignedInRequest, load_id: int) -> HttpResponse:
    """The bar alone, asked for again and again; when there is something else to see, the page is loaded anew."""
    load = queries.load_named(load_id)
    context = {"load": load, "progress": presenters.progress_of(load)}
    response = render(request, "participation/exports/export_progress.html", context)
    if load.state not in rules.IN_MOTION:
        response.headers["HX-Refresh"] = "true"
    return response


@open_to_administrators
@require_POST
def export_stop(request: SignedInRequest, load_id: int) -> HttpResponse:
    load = queries.load_named(load_id)
    try:
        actions.stop_load(by=request.user, load=load)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Stopped. Nothing of this export is loaded. You can go on later."))
    return redirect("export", load.pk)


@open_to_administrators
@require_POST
def export_go_on(request: SignedInRequest, load_id: int) -> HttpResponse:
    load = queries.load_named(load_id)
    try:
        actions.go_on_with_load(by=request.user, load=load)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("export", load.pk)


@open_to_administrators
@require_POST
def export_put_aside(request: SignedInRequest, load_id: int) -> HttpResponse:
    load = queries.load_named(load_id)
    try:
        actions.put_aside(by=request.user, load=load)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("export", load.pk)
    messages.success(request, _("The file was deleted. Nothing else has changed."))
    return redirect("exports", load.organisation_id)


@open_to_administrators
def exports_people(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    """Who in the exports is which member: only where the address did not say."""
    organisation = queries.organisation(organisation_id)
    page = Paginator(queries.suggestions(organisation), PAGE).get_page(request.GET.get("page"))
    form = SuggestionsForm(list(page), sent(request))
    if request.method == "POST" and form.is_valid():
        number = actions.answer_suggestions(by=request.user, organisation=organisation, answers=form.answers())
        if number:
            messages.success(request, _("Noted. It counts from the next measuring on, in a moment."))
        return redirect("exports", organisation.pk)
    context = {"title": _("Are these your members?"), "organisation": organisation, "form": form, "page": page}
    return render(request, "participation/exports/exports_people.html", context)


@open_to_administrators
def exports_delete(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    organisation = queries.organisation(organisation_id)
    form = DeleteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.delete_before(by=request.user, organisation=organisation, day=form.cleaned_data["day"])
        except Refused as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, _("It is being deleted now, and later exports do not bring it back."))
            return redirect("exports", organisation.pk)
    context = {"title": _("Delete by date"), "organisation": organisation, "form": form}
    return render(request, "participation/exports/exports_delete.html", context)
