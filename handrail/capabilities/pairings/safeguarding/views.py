"""Pages about the named person outside the two: for the two, for that person, and for who names them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings import queries as pairings
from handrail.capabilities.pairings.by_hand.queries import candidate, candidates
from handrail.capabilities.pairings.emails import reaches
from handrail.capabilities.pairings.notes.queries import opened
from handrail.capabilities.pairings.safeguarding import actions, presenters, queries, rules
from handrail.capabilities.pairings.safeguarding.forms import SEND, ReportForm
from handrail.capabilities.people.queries import organisation_of, words_searched
from handrail.capabilities.schemes.actions import scheme_to_pair_in
from handrail.capabilities.schemes.ending.queries import has_only_ended
from handrail.capabilities.schemes.queries import contact_of, organisations_in, running_scheme_of
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_coordinators, open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.texts import needs_open_vault

if TYPE_CHECKING:
    from handrail.capabilities.schemes.models import Scheme

SUGGESTIONS = 12


@open_to_those_concerned
def pairing_contact(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """One tap from the pairing: who the named person is, and how to reach them."""
    own = pairings.own_pairing(request, pairing_id)
    contact = queries.contact_for(own)
    context = {
        "title": _("Somebody else to talk to"),
        "own": own,
        "contact": contact,
        "ways": presenters.ways_to_reach(contact) if contact else [],
        "address": presenters.address_of(contact) if contact else "",
        "has_key": contact is not None and queries.has_key(contact),
    }
    return render(request, "pairings/safeguarding/pairing_contact.html", context)


@open_to_those_concerned
@needs_open_vault
def pairing_report(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """Choose notes, see exactly what will be read by whom, send."""
    own = pairings.own_pairing(request, pairing_id)
    contact = queries.contact_for(own)
    if contact is None or not queries.has_key(contact):
        return redirect("pairing_contact", own.pairing.pk)
    notes = queries.readable_notes(opened(request), own)
    choices, hints = presenters.notes_to_choose(notes)
    form = ReportForm(sent(request), notes=choices, hints=hints)
    context = {"title": _("Show notes to %(name)s") % {"name": contact.name}, "own": own, "contact": contact}
    if request.method == "POST" and form.is_valid():
        chosen = [note for note in notes if str(note.id) in form.cleaned_data["notes"]]
        stamp, words = presenters.stamp_of(chosen), form.cleaned_data["words"]
        as_shown = form.cleaned_data["seen"] == stamp
        try:
            rules.check_can_report(contact=contact, has_key=True, notes=len(chosen))
            if request.POST.get("does") == SEND and as_shown:
                actions.report_notes(by=own, contact=contact, notes=chosen, words=words)
                messages.success(request, _("Sent. Only %(name)s can read it.") % {"name": contact.name})
                return redirect("home")  # the address is kept for two days: it must not tell where somebody was
        except Refused as refusal:
            form.add_error("notes", str(refusal))
        else:
            changed = request.POST.get("does") == SEND
            cards = [(note.id, presenters.note_heading(note), note.text) for note in chosen]
            shown = {**context, "cards": cards, "words": words, "stamp": stamp, "changed": changed}
            shown["mail"] = reaches(contact)
            return render(request, "pairings/safeguarding/pairing_report_preview.html", shown)
    return render(request, "pairings/safeguarding/pairing_report.html", {**context, "form": form, "notes": notes})


@open_to_those_concerned
def reports(request: SignedInRequest) -> HttpResponse:
    """What was reported to the signed-in contact. Opening it for the first time makes the key that notes need."""
    if not pairings.has_reports_page(request):
        raise Http404
    return _reports(request)


@needs_open_vault
def _reports(request: SignedInRequest) -> HttpResponse:
    found = queries.open_reports(opened(request))
    context = {"title": _("Reported to you"), "reports": presenters.report_tasks(found)}
    return render(request, "pairings/safeguarding/reports.html", context)


@open_to_those_concerned
def report(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    queries.report_to(request.user.pk, report_id)
    return _report(request, report_id)


@needs_open_vault
def _report(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    found = queries.open_report(opened(request), report_id)
    actions.note_opened(report_id=report_id)
    context = {
        "title": _("From %(name)s") % {"name": found.by} if found.by else _("A report that you can no longer open"),
        "report": found,
        "notes": presenters.reported_notes(found),
    }
    return render(request, "pairings/safeguarding/report.html", context)


@open_to_those_concerned
@require_POST
def report_delete(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    actions.delete_report(report=queries.report_to(request.user.pk, report_id))
    messages.success(request, _("Deleted. Nobody else has it."))
    return redirect("reports")


@open_to_coordinators
def scheme_contact(request: SignedInRequest) -> HttpResponse:
    """Who is the scheme's safeguarding contact? Choose from the scheme's people."""
    scheme = _own_scheme(request)
    words = words_searched(request)
    contact = contact_of(scheme.pk)
    to_choose = bool(words) or contact is None
    found = candidates(organisations_in(scheme), words, None, SUGGESTIONS + 1) if to_choose else []
    context = {
        "title": _("The safeguarding contact"),
        "contact": contact,
        "ways": presenters.ways_to_reach(contact) if contact else [],
        "warnings": presenters.warnings(contact, queries.concerns_about(scheme, contact)) if contact else [],
        "waits": contact is not None and not queries.has_key(contact),
        "reached": contact is not None and reaches(contact),
        "own": contact is not None and contact.organisation_id == scheme.organisation_id,
        "words": words,
        "here": request.path,
        "choices": presenters.people_to_choose(found[:SUGGESTIONS]),
        "more": len(found) > SUGGESTIONS,
    }
    return render(request, "pairings/safeguarding/scheme_contact.html", context)


@open_to_coordinators
def scheme_contact_name(request: SignedInRequest, person_id: int) -> HttpResponse:
    """What to know before naming this person, and naming them."""
    scheme = _own_scheme(request)
    person = candidate(organisations_in(scheme), person_id)
    if person is None:
        raise Http404
    if request.method == "POST":
        actions.name_contact(by=request.user, scheme=scheme, contact=person)
        said = _("%(name)s is named, and is told.") if reaches(person) else _("%(name)s is named.")
        messages.success(request, said % {"name": person.name})
        return redirect("scheme_contact")
    context = {
        "title": _("Name %(name)s?") % {"name": person.name},
        "ways": presenters.ways_to_reach(person),
        "warnings": presenters.warnings(person, queries.concerns_about(scheme, person)),
        "reached": reaches(person),
    }
    return render(request, "pairings/safeguarding/scheme_contact_name.html", context)


def _own_scheme(request: SignedInRequest) -> Scheme:
    """The scheme that this coordinator's own organisation runs; one that only spans it is somebody else's to change."""
    organisation = organisation_of(request)
    scheme = running_scheme_of(organisation)
    if scheme is None and has_only_ended(organisation):
        raise Http404
    scheme = scheme or scheme_to_pair_in(by=request.user, organisation=organisation)
    if scheme.organisation_id != organisation.pk:
        raise Http404
    return scheme
