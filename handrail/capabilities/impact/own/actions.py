"""Writes about one's own answer: ask for it, stop and delete it.

None of it stands in the audit trail: whether somebody looks at their own is nobody else's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.impact import jobs
from handrail.capabilities.impact.models import OwnAnswer
from handrail.foundation import clock
from handrail.foundation.vault.texts import Conversation

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Person


@transaction.atomic
def ask_for_answer(*, by: Account, person: Person) -> OwnAnswer:
    """From now on it is worked out what came of this person's taking part, for them alone. Asked again, made again."""
    row, _made = OwnAnswer.objects.get_or_create(
        person_id=person.pk, defaults={"account_id": by.pk, "asked_on": clock.today()}
    )
    jobs.make_own_answer.enqueue(answer_id=str(row.pk))
    return row


@transaction.atomic
def forget_answer(*, by: Account, row: OwnAnswer) -> None:
    """Delete it; nothing is worked out for this person any more."""
    if row.conversation_id is not None:
        Conversation.objects.filter(pk=row.conversation_id).delete()
    OwnAnswer.objects.filter(pk=row.pk, account=by).delete()
