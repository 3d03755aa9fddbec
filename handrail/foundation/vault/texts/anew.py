"""What the worker makes for one reader again and again: sealed to them anew, in place of the one before."""

from typing import Any

from django.db import models, transaction

from handrail.foundation.vault.faults import NoKeys
from handrail.foundation.vault.models import Conversation
from handrail.foundation.vault.texts.conversations import conversation_for
from handrail.foundation.vault.texts.sealing import write


def write_anew(row: models.Model, *, subject: str, sheet: str, **beside: Any) -> None:
    """Seal `sheet` to the row's account, and save it with what stands beside it.

    row: has an account, a conversation and a sealed `sheet`. Whoever has no key yet gets it when they have one.
    """
    kept: Any = row
    before = kept.conversation_id
    with transaction.atomic():
        try:
            conversation = conversation_for(subject=subject, reader=kept.account_id)
        except NoKeys:
            return
        kept.conversation_id = conversation.id
        write(conversation, kept, sheet=sheet)
        saved = {"conversation": conversation.id, "sheet": kept.sheet, **beside}
        updated = type(row)._base_manager.filter(pk=row.pk).update(**saved)
        for name, value in beside.items():
            setattr(row, name, value)
        # taken back meanwhile: nothing is left of it
        stale = before if updated else conversation.id
        Conversation.objects.filter(pk=stale or 0).delete()
