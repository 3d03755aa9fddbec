"""Pages with notes. Each opens the reader's own vault for as long as the page is made."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.actions import begin_conversation
from handrail.capabilities.pairings.notes import actions, presenters, queries
from handrail.capabilities.pairings.notes.forms import NoteForm
from handrail.capabilities.pairings.queries import own_pairing
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.texts import needs_open_vault


@open_to_those_concerned
@needs_open_vault
def pairing_notes(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """What the two write for each other."""
    return _notes(request, pairing_id, alone=False)


@open_to_those_concerned
@needs_open_vault
def pairing_own_notes(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """What one of the two keeps alone."""
    return _notes(request, pairing_id, alone=True)


def _notes(request: SignedInRequest, pairing_id: int, *, alone: bool) -> HttpResponse:
    own = own_pairing(request, pairing_id)
    vault = queries.opened(request)
    begin_conversation(own.pairing)
    conversation = queries.conversation_of(vault, own, alone=alone)
    form = NoteForm(sent(request))
    if request.method == "POST" and form.is_valid() and conversation is not None:
        try:
            actions.write_note(by=own, conversation=conversation, text=form.cleaned_data["text"], alone=alone)
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect(request.path)
    can_write = rules.can_write_notes(own.pairing, own.side)
    notes = queries.notes_of(conversation, own, alone=alone) if conversation else []
    context = {
        "title": _("Your own notes") if alone else _("Notes of you and %(name)s") % {"name": own.other.name},
        "own": own,
        "alone": alone,
        "form": form if can_write and conversation is not None else None,
        "cards": presenters.note_cards(notes, own, can_write=can_write, alone=alone),
        "closed": conversation is None,
        "stays_with_leader": not alone and rules.stays_with_leader(own.pairing, own.side),
        "other_waits": not alone and queries.waits_for_me(vault, own),
    }
    return render(request, "pairings/notes/pairing_notes.html", context)


@open_to_those_concerned
@needs_open_vault
def pairing_note(request: SignedInRequest, pairing_id: int, note_id: UUID) -> HttpResponse:
    """Change or delete a note one wrote."""
    own = own_pairing(request, pairing_id)
    vault = queries.opened(request)
    conversation, note, text = queries.own_open_note(vault, own, note_id)
    form = NoteForm(sent(request), initial={"text": text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_note(by=own, conversation=conversation, note=note, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect("pairing_own_notes" if note.own else "pairing_notes", own.pairing.pk)
    context = {"title": _("Change this note"), "form": form, "own": own, "note": note}
    return render(request, "pairings/notes/pairing_note.html", context)


@open_to_those_concerned
@needs_open_vault
@require_POST
def pairing_note_delete(request: SignedInRequest, pairing_id: int, note_id: UUID) -> HttpResponse:
    own = own_pairing(request, pairing_id)
    _conversation, note, _text = queries.own_open_note(queries.opened(request), own, note_id)
    back = "pairing_own_notes" if note.own else "pairing_notes"
    actions.delete_note(by=own, note=note)
    messages.success(request, _("Deleted. If it was a shared note, it may have been read before."))
    return redirect(back, own.pairing.pk)


@open_to_those_concerned
@needs_open_vault
@require_POST
def pairing_notes_share_again(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    own = own_pairing(request, pairing_id)
    vault = queries.opened(request)
    if queries.waits_for_me(vault, own):
        actions.share_again(by=own, vault=vault)
        messages.success(request, _("%(name)s can read your earlier notes again.") % {"name": own.other.name})
    return redirect("pairing_notes", own.pairing.pk)
