"""Epochs: one key per conversation and time during which its participants stayed the same."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from handrail.foundation import clock
from handrail.foundation.prepared import prepared
from handrail.foundation.vault import cipher
from handrail.foundation.vault.faults import Tampered
from handrail.foundation.vault.keys.pairs import check_pair
from handrail.foundation.vault.models import Conversation, Epoch, EpochKey, KeyPair, Participant


def begin_epoch(conversation: Conversation, holders: Iterable[KeyPair], vouching: bytes) -> tuple[Epoch, bytes]:
    """A fresh key sealed to these key pairs. The caller holds a transaction and has set the participants."""
    last = conversation.epochs.order_by("-number").values_list("number", flat=True).first()
    number = (last or 0) + 1
    epoch = Epoch.objects.create(
        conversation=conversation,
        number=number,
        mac=participants_mac(conversation.pk, number, participant_ids(conversation.pk), vouching),
        made_at=clock.now(),
    )
    key = secrets.token_bytes(cipher.KEY_BYTES)
    for holder in holders:
        share_key(epoch, key, holder, vouching)
    return epoch, key


def participant_ids(conversation_id: int) -> list[int]:
    return sorted(_participants(conversation_id))


@prepared
def _participants(conversation_id: int) -> "QuerySet[Participant, int]":
    return Participant.objects.filter(conversation_id=conversation_id).values_list("account_id", flat=True)


def epochs_and_readers(conversation_id: int, pair_id: int) -> tuple[list[Any], list[int]]:
    """Every epoch of the conversation, newest first, with the `sealed` key and its `vouched` mac for this key pair;
    and the participants. One read, which brings each epoch once for each of them."""
    return _each_once(_epochs_by_reader(conversation_id, pair_id))


def epochs_and_readers_of_two(one: int, other: int, pair_id: int) -> dict[int, tuple[list[Any], list[int]]]:
    """The same for two conversations, by their ids, in one read."""
    rows = _epochs_of_two_by_reader(one, other, pair_id)
    return {here: _each_once([row for row in rows if row.conversation_id == here]) for here in (one, other)}


def _each_once(rows: list[Any]) -> tuple[list[Any], list[int]]:
    return list({row.number: row for row in rows}.values()), sorted({row.reader for row in rows} - {None})


@prepared
def _epochs_by_reader(conversation_id: int, pair_id: int) -> QuerySet[Epoch]:
    return _with_key_and_reader(Epoch.objects.filter(conversation_id=conversation_id), pair_id)


@prepared
def _epochs_of_two_by_reader(one: int, other: int, pair_id: int) -> QuerySet[Epoch]:
    of_two = Epoch.objects.filter(Q(conversation_id=one) | Q(conversation_id=other))
    return _with_key_and_reader(of_two, pair_id)


def _with_key_and_reader(rows: QuerySet[Epoch], pair_id: int) -> QuerySet[Epoch]:
    held = FilteredRelation("keys", condition=Q(keys__holder=pair_id))
    return (
        rows.annotate(held=held)
        .order_by("-number")
        .annotate(sealed=F("held__sealed"), vouched=F("held__mac"), reader=F("conversation__participants__account_id"))
    )


def participants_mac(conversation_id: int, number: int, account_ids: list[int], vouching: bytes) -> bytes:
    return cipher.vouch(vouching, "epoch", conversation_id, number, *account_ids)


def check_participants(epoch: Epoch, account_ids: list[int], vouching: bytes) -> None:
    """Refuse to write for readers whom this installation did not let in."""
    if not cipher.same(participants_mac(epoch.conversation_id, epoch.number, account_ids, vouching), epoch.mac):
        raise Tampered("The list of who may read this")


def share_key(epoch: Epoch, key: bytes, holder: KeyPair, vouching: bytes) -> None:
    """Seal an epoch's key to one key pair, after making sure that it is that person's."""
    check_pair(holder, vouching)
    sealed = SealedBox(PublicKey(bytes(holder.public_key))).encrypt(key)
    EpochKey.objects.create(epoch=epoch, holder=holder, sealed=sealed, mac=_key_mac(epoch, holder, sealed, vouching))


def opened_key(epoch: Epoch, holder: KeyPair, sealed: bytes, mac: bytes, secret: PrivateKey, vouching: bytes) -> bytes:
    check_key(epoch, holder, sealed, mac, vouching)
    try:
        return SealedBox(secret).decrypt(sealed)
    except CryptoError:
        raise Tampered("The key of a conversation") from None


def check_key(epoch: Epoch, holder: KeyPair, sealed: bytes, mac: bytes, vouching: bytes) -> None:
    if not cipher.same(_key_mac(epoch, holder, sealed, vouching), mac):
        raise Tampered("The key of a conversation")


def _key_mac(epoch: Epoch, holder: KeyPair, sealed: bytes, vouching: bytes) -> bytes:
    return cipher.vouch(
        vouching,
        "epoch key",
        epoch.conversation_id,
        epoch.number,
        holder.account_id,
        holder.generation,
        bytes(holder.public_key),
        sealed,
    )
