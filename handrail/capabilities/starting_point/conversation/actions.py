"""Answering, changing, stopping, deleting. The audit trail is told nothing: that somebody answers is theirs to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.starting_point import rules
from handrail.capabilities.starting_point.models import FindingWord, Invitation, SharedCopy, StartingPoint
from handrail.capabilities.starting_point.queries import sheet_in
from handrail.capabilities.starting_point.sheet import Sheet
from handrail.engines.approach import Answers, Question
from handrail.foundation import clock
from handrail.foundation.vault.texts import OpenVault, own_conversation, write

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account

SUBJECT = "starting point"


@transaction.atomic
def keep_answer(*, by: Account, vault: OpenVault, question: Question, options: Sequence[str], words: str) -> Sheet:
    """Seal this answer, in place of an earlier one, and say what is told so far."""
    rules.check_answer(question, options, words)
    tapped = Answers.of({question.id: options}).to(question.id)  # one that stands alone gives way to the others
    return change_sheet(by, vault, lambda sheet: sheet.with_answer(question, tapped, words))


@transaction.atomic
def pass_over(*, by: Account, vault: OpenVault, question: Question) -> Sheet:
    return change_sheet(by, vault, lambda sheet: sheet.without(question))


def change_sheet(by: Account, vault: OpenVault, change: Callable[[Sheet], Sheet]) -> Sheet:
    """Seal the changed sheet; the first time, with a conversation of its owner alone. In the caller's transaction."""
    row = StartingPoint.objects.select_for_update().filter(account=by).first()
    if row is None:
        conversation = own_conversation(vault, SUBJECT)
        row = StartingPoint(account=by, conversation_id=conversation.id, started_on=clock.today())
        sheet = change(Sheet())
    else:
        conversation, earlier = sheet_in(vault, row)
        sheet = change(earlier)
    write(conversation, row, sheet=sheet.as_text())
    row.at_rest = row.at_rest or sheet.next_question is None
    row.save()
    Invitation.objects.filter(person__account=by, started=False).update(started=True)
    return sheet


@transaction.atomic
def let_rest(*, by: Account) -> None:
    """Enough for now: home offers it no more, and everything stays as it is."""
    StartingPoint.objects.filter(account=by).update(at_rest=True)


@transaction.atomic
def delete_starting_point(*, by: Account) -> None:
    """Gone with its copies and words. Who read a copy has read it; older backups expire."""
    SharedCopy.objects.filter(account=by).delete()
    FindingWord.objects.filter(person__account=by).delete()
    StartingPoint.objects.filter(account=by).delete()
