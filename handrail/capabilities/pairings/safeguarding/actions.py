"""Naming the contact, and reporting to them.

Reporting leaves nothing behind that says who did it: no entry in the audit trail, no column, no address in the log of
handled forms, and the message that goes out says nothing. What was written is sealed to the contact alone.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.pairings.models import Report
from handrail.capabilities.pairings.safeguarding import emails, queries, rules
from handrail.capabilities.people.actions import ensure_account
from handrail.capabilities.schemes import actions as schemes
from handrail.foundation import clock
from handrail.foundation.vault.texts import conversation_for, write

if TYPE_CHECKING:
    from uuid import UUID

    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.pairings.notes.queries import OpenNote
    from handrail.capabilities.pairings.queries import OwnPairing
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.models import Scheme

KEPT = timedelta(days=730)


@transaction.atomic
def name_contact(*, by: Account, scheme: Scheme, contact: Person) -> None:
    """Name the safeguarding contact, who is asked to sign in once so that notes can be sealed to them."""
    ensure_account(by=by, person=contact)
    schemes.name_contact(by=by, scheme=scheme, contact=contact)
    emails.ask_contact(scheme, contact)


@transaction.atomic
def report_notes(*, by: OwnPairing, contact: Person | None, notes: list[OpenNote], words: str) -> None:
    """Seal these notes, and the reporter's own words, to the contact. Nobody else learns of it."""
    keyed = contact is not None and queries.has_key(contact)
    rules.check_can_report(contact=contact, has_key=keyed, notes=len(notes))
    assert contact is not None
    assert contact.account_id is not None
    told = {
        "by": by.me.name,
        "pair": f"{by.pairing.leader.name} – {by.pairing.mentor.name}",
        "words": words,
        "notes": [{"author": n.author, "written_at": n.written_at.isoformat(), "text": n.text} for n in notes],
    }
    conversation = conversation_for(subject="report", reader=contact.account_id)
    report = Report(contact_id=contact.account_id, conversation_id=conversation.id, made_on=clock.today())
    write(conversation, report, text=json.dumps(told, ensure_ascii=False))
    report.save(force_insert=True)
    emails.tell_contact(contact)


@transaction.atomic
def note_opened(*, report_id: UUID) -> None:
    """From now on the contact's home does not put it first any more."""
    Report.objects.filter(pk=report_id).update(opened=True)


@transaction.atomic
def delete_report(*, report: Report) -> None:
    report.delete()


@transaction.atomic
def forget_old_reports() -> int:
    """Delete reports two years after they were made; how many that were."""
    gone, _rows = Report.objects.filter(made_on__lt=clock.today() - KEPT).delete()
    return gone
