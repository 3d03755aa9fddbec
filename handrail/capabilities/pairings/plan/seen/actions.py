"""Noting down what the two saw together, and taking it back. The audit trail is told nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.plan.models import SeenTogether
from handrail.capabilities.pairings.plan.seen.queries import sheet_in
from handrail.capabilities.pairings.plan.seen.sheet import SeenSheet
from handrail.engines.approach import OBSERVED
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenVault, open_conversation, padded, write

if TYPE_CHECKING:
    from handrail.capabilities.pairings.queries import OwnPairing


@transaction.atomic
def note_down(*, by: OwnPairing, vault: OpenVault, what: Sequence[str], on: date | None = None) -> None:
    """What this side saw, today unless another day is said. Both read it; the leader's approach is revised with it."""
    check_can_note(by, what)
    _change(by, vault, lambda sheet: sheet.with_seen(what, by.side, (on or clock.today()).isoformat()))


@transaction.atomic
def take_back_sighting(*, by: OwnPairing, vault: OpenVault, sighting_id: str) -> None:
    """Only what one noted oneself; what rested on it rests on it no more."""
    _change(by, vault, lambda sheet: sheet.without(sighting_id, by.side))


def check_can_note(by: OwnPairing, what: Sequence[str]) -> None:
    if not rules.can_write_notes(by.pairing, by.side):
        raise Refused(_("This can be noted while the pairing runs."))
    if not what or set(what) - set(OBSERVED):
        raise Refused(_("Tap what you saw together. Nothing was noted."))


def _change(by: OwnPairing, vault: OpenVault, change: Callable[[SeenSheet], SeenSheet]) -> None:
    conversation_id = by.pairing.conversation_id
    if conversation_id is None:
        raise Refused(_("This cannot be sealed for the two of you yet. Nothing was noted."))
    row = SeenTogether.objects.select_for_update().filter(pairing=by.pairing).first()
    sheet = sheet_in(vault, row) if row else SeenSheet()
    try:
        conversation = open_conversation(vault, conversation_id)
    except NotShared:
        sheet = None
    if sheet is None:
        raise Refused(_("Your key does not open this any more. Nothing was changed."))
    row = row or SeenTogether(pairing=by.pairing, conversation_id=conversation_id)
    write(conversation, row, sheet=padded(change(sheet).as_text()))
    row.save()
