"""Reads about the safeguarding contact, and about what was reported to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from handrail.capabilities.pairings.models import Pairing, Report
from handrail.capabilities.pairings.notes.queries import OpenNote, conversation_of, notes_of
from handrail.capabilities.pairings.safeguarding import rules
from handrail.capabilities.people.lines.queries import line_above, line_above_all
from handrail.capabilities.people.queries import has_reports, roles_held_by
from handrail.capabilities.schemes.queries import contact_of
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.keys import keyed_account_ids
from handrail.foundation.vault.texts import OpenVault, open_conversation, read

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from handrail.capabilities.pairings.queries import OwnPairing
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.models import Scheme


@dataclass(frozen=True)
class ReportedNote:
    author: str
    written_at: str
    text: str


@dataclass(frozen=True)
class OpenReport:
    """A report while one request lasts; `notes` is None where the contact's present key does not open it."""

    id: UUID
    made_on: date
    by: str = ""
    pair: str = ""
    words: str = ""
    notes: list[ReportedNote] | None = None


def contact_for(own: OwnPairing) -> Person | None:
    """Whom these two can turn to: the scheme's contact, unless that is one of the two."""
    contact = contact_of(own.pairing.scheme_id)
    accounts = {own.pairing.leader.account_id, own.pairing.mentor.account_id}
    if contact is None or contact.pk in (own.pairing.leader_id, own.pairing.mentor_id):
        return None
    return None if contact.account_id is not None and contact.account_id in accounts else contact


def has_key(contact: Person) -> bool:
    return contact.account_id is not None and bool(keyed_account_ids([contact.account_id]))


def readable_notes(vault: OpenVault, own: OwnPairing) -> list[OpenNote]:
    """The notes of the two that this person can read now, oldest first."""
    conversation = conversation_of(vault, own, alone=False)
    notes = notes_of(conversation, own, alone=False) if conversation else []
    return [note for note in notes if note.text is not None]


def concerns_about(scheme: Scheme, contact: Person) -> list[rules.Concern]:
    """What the coordinator should know before naming this person."""
    pairs = _open_pairs(scheme.pk)
    known = {one[0]: one[1:] for pair in pairs for one in (pair[:3], pair[3:])}
    return rules.concerns_about(
        contact,
        roles=roles_held_by(contact),
        participants=set(known),
        leads=has_reports(contact),
        above_contact=line_above({contact.pk}),
        above_participants=line_above_all(known.values()),
    )


@prepared
def _open_pairs(scheme: int) -> QuerySet[Pairing, tuple[int, int | None, str, int, int | None, str]]:
    """Each with the two, and the manager and line of each."""
    sides = [f"{side}{column}" for side in ("leader", "mentor") for column in ("_id", "__manager_id", "__line")]
    return Pairing.objects.open().filter(scheme=scheme).order_by().values_list(*sides)


def open_reports(vault: OpenVault) -> list[OpenReport]:
    return [_opened(vault, row) for row in Report.objects.filter(contact=vault.account_id)]


def open_report(vault: OpenVault, report_id: UUID) -> OpenReport:
    """One report; anybody else's is not found."""
    return _opened(vault, report_to(vault.account_id, report_id))


def report_to(account_id: int, report_id: UUID) -> Report:
    row = Report.objects.filter(pk=report_id, contact=account_id).first()
    if row is None:
        raise Http404
    return row


def _opened(vault: OpenVault, row: Report) -> OpenReport:
    try:
        held = json.loads(read(open_conversation(vault, row.conversation_id), row, "text"))
    except NotShared:
        return OpenReport(row.pk, row.made_on)
    notes = [ReportedNote(**note) for note in held["notes"]]
    return OpenReport(row.pk, row.made_on, held["by"], held["pair"], held["words"], notes)
