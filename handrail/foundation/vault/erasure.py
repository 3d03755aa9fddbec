"""Erasing a person's private text: their server share, their keys, what was theirs alone; and the ledger of it.

The rows go in the caller's transaction together with a note of what is owed to the key store; the share goes, and the
ledger is written, once that is committed. `finish_erasures` does what a crash in between left over.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from handrail.foundation import clock
from handrail.foundation.keystore.models import ErasedAccount
from handrail.foundation.vault import shares
from handrail.foundation.vault.faults import Tampered
from handrail.foundation.vault.models import CarriedForm, Conversation, Epoch, EpochKey, Erasure, KeyPair, Participant
from handrail.foundation.vault.texts.conversations import remove_participant

Entries = list[tuple[int, datetime]]


def erase_private(account_id: int) -> None:
    """Erase everything private of this account; what capabilities hold of it goes too, or loses its key.

    Shared conversations stay with the other participants, under a new epoch.
    """
    with transaction.atomic():
        for conversation_id in list(Conversation.objects.filter(owner_id=account_id).values_list("id", flat=True)):
            _end(conversation_id)
        for conversation_id in list(
            Participant.objects.filter(account_id=account_id).values_list("conversation_id", flat=True)
        ):
            _leave(conversation_id, account_id)
        CarriedForm.objects.filter(account_id=account_id).delete()
        KeyPair.objects.filter(account_id=account_id).delete()
        Erasure.objects.create(account_id=account_id, erased_at=clock.now())
        transaction.on_commit(finish_erasures)


def _leave(conversation_id: int, account_id: int) -> None:
    try:
        remove_participant(conversation_id, account_id)
    except Tampered:  # somebody else's fault never keeps a person from being erased
        Participant.objects.filter(conversation_id=conversation_id, account_id=account_id).delete()
        EpochKey.objects.filter(epoch__conversation_id=conversation_id, holder__account_id=account_id).delete()
    if not Participant.objects.filter(conversation_id=conversation_id).exists():
        _end(conversation_id)


def _end(conversation_id: int) -> None:
    """Nobody can read this any more: its keys go, and it too, unless a capability's rows still hang on it.

    Those are ciphertext without a key from now on; they are the capability's to delete.
    """
    Epoch.objects.filter(conversation_id=conversation_id).delete()
    Participant.objects.filter(conversation_id=conversation_id).delete()
    Conversation.objects.filter(pk=conversation_id).update(owner=None)
    try:
        with transaction.atomic():
            Conversation.objects.filter(pk=conversation_id).delete()
    except ProtectedError:
        return


def finish_erasures() -> int:
    """Tell the key store of every committed erasure it has not heard of. Also for a scheduled job and at the start."""
    finished = 0
    for erasure in Erasure.objects.filter(finished=False):
        ErasedAccount.objects.get_or_create(account_id=erasure.account_id, erased_at=erasure.erased_at)
        if not KeyPair.objects.filter(account_id=erasure.account_id).exists():
            shares.delete_share(erasure.account_id)
        erasure.finished = True
        erasure.save(update_fields=["finished"])
        finished += 1
    return finished


def ledger() -> Entries:
    """Who was erased when, from both stores. A restore reads this before it replaces anything."""
    entries = set(ErasedAccount.objects.values_list("account_id", "erased_at"))
    entries |= set(Erasure.objects.values_list("account_id", "erased_at"))
    return sorted(entries)


def replay_ledger(entries: Entries | None = None) -> list[int]:
    """After a restore: note `entries` (from before it) and erase again whoever came back. Returns their account ids.

    A key made after the erasure belongs to somebody new whom the database gave an old number: left alone.
    """
    for account_id, erased_at in entries or []:
        ErasedAccount.objects.get_or_create(account_id=account_id, erased_at=erased_at)
    back = []
    for account_id, erased_at in ledger():
        if KeyPair.objects.filter(account_id=account_id, made_at__lte=erased_at).exists():
            erase_private(account_id)
            back.append(account_id)
        elif not KeyPair.objects.filter(account_id=account_id).exists():
            shares.delete_share(account_id)
    return back
