"""Conversations: who may read what, and the keys that make it so."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from handrail.foundation import clock
from handrail.foundation.prepared import prepared
from handrail.foundation.vault import shares
from handrail.foundation.vault.faults import NoKeys, NotShared
from handrail.foundation.vault.keys.pairs import current_pairs
from handrail.foundation.vault.keys.wrappings import OpenVault
from handrail.foundation.vault.models import Conversation, Epoch, EpochKey, KeyPair, Participant
from handrail.foundation.vault.texts import epochs


@dataclass(frozen=True)
class OpenConversation:
    """A conversation's keys while one request lasts."""

    id: int
    latest: int
    participants: tuple[int, ...]
    keys: dict[int, bytes] = field(repr=False)


@dataclass(frozen=True)
class ReadingVault(OpenVault):
    """A vault for a page that reads much of few: each conversation is opened once."""

    conversations: dict[int, OpenConversation] = field(default_factory=dict, repr=False)


def to_read(opened: OpenVault) -> ReadingVault:
    """For one request that only looks: what others change meanwhile it does not see."""
    if isinstance(opened, ReadingVault):
        return opened
    return ReadingVault(opened.account_id, opened.pair, opened.secret, opened.vouching)


def start_conversation(*, subject: str, participants: Sequence[int]) -> Conversation:
    """A conversation of these accounts with its first epoch. Raises NoKeys when one of them has no key yet."""
    found = current_pairs(participants)
    if missing := set(participants) - set(found):
        raise NoKeys(missing)
    with transaction.atomic():
        conversation = Conversation.objects.create(subject=subject, made_at=clock.now())
        Participant.objects.bulk_create(
            Participant(conversation=conversation, account_id=account_id) for account_id in sorted(found)
        )
        epochs.begin_epoch(conversation, found.values(), shares.vouching_key())
    return conversation


def conversation_for(*, subject: str, reader: int) -> OpenConversation:
    """A new conversation that only `reader` (an account) opens later, open to whoever writes into it now, this once.

    Its key is sealed to the reader alone: the writer keeps nothing, and no row says who wrote. Raises NoKeys.
    """
    pair = current_pairs([reader]).get(reader)
    if pair is None:
        raise NoKeys([reader])
    with transaction.atomic():
        made = Conversation.objects.create(subject=subject, made_at=clock.now())
        Participant.objects.create(conversation=made, account_id=reader)
        epoch, key = epochs.begin_epoch(made, [pair], shares.vouching_key())
    return OpenConversation(id=made.pk, latest=epoch.number, participants=(reader,), keys={epoch.number: key})


def own_conversation(opened: OpenVault, subject: str) -> OpenConversation:
    """The person's own conversation about `subject`, for what only they read; made when first asked for."""
    found = _own_conversations(opened.account_id, subject)
    return open_conversation(opened, found[0] if found else _own_made(opened, subject))


@prepared
def _own_conversations(account_id: int, subject: str) -> "QuerySet[Conversation, int]":
    return Conversation.objects.filter(owner_id=account_id, subject=subject).values_list("id", flat=True)


def _own_made(opened: OpenVault, subject: str) -> int:
    try:
        with transaction.atomic():
            made = Conversation.objects.create(owner_id=opened.account_id, subject=subject, made_at=clock.now())
            Participant.objects.create(conversation=made, account_id=opened.account_id)
            epochs.begin_epoch(made, [opened.pair], opened.vouching)
            return made.pk
    except IntegrityError:  # two requests at once: the other one made it
        return Conversation.objects.values_list("id", flat=True).get(owner_id=opened.account_id, subject=subject)


def open_conversation(opened: OpenVault, conversation_id: int) -> OpenConversation:
    """The keys that this person has. Raises NotShared when they have none of it, Tampered when something was changed.

    Somebody who has only earlier epochs reads those; writing (`seal`) then raises NotShared.
    """
    if not isinstance(opened, ReadingVault):
        return _opened(opened, conversation_id)
    if conversation_id not in opened.conversations:
        opened.conversations[conversation_id] = _opened(opened, conversation_id)
    return opened.conversations[conversation_id]


def open_ahead(opened: OpenVault, one: int, other: int) -> None:
    """For a look that needs two conversations: both are read at once. What is not shared is left to whoever asks."""
    if not isinstance(opened, ReadingVault):
        return
    for conversation_id, found in epochs.epochs_and_readers_of_two(one, other, opened.pair.pk).items():
        with suppress(NotShared):
            opened.conversations[conversation_id] = _opened_with(opened, conversation_id, *found)


def _opened(opened: OpenVault, conversation_id: int) -> OpenConversation:
    return _opened_with(opened, conversation_id, *epochs.epochs_and_readers(conversation_id, opened.pair.pk))


def _opened_with(opened: OpenVault, conversation_id: int, every: list[Any], readers: list[int]) -> OpenConversation:
    keys = {
        one.number: epochs.opened_key(one, opened.pair, bytes(one.sealed), one.vouched, opened.secret, opened.vouching)
        for one in every
        if one.sealed is not None
    }
    if not every or opened.account_id not in readers:
        raise NotShared
    last = every[0]
    epochs.check_participants(last, readers, opened.vouching)
    if not keys:
        number, keys = _revived(opened, conversation_id, readers)
        return OpenConversation(id=conversation_id, latest=number, participants=tuple(readers), keys=keys)
    return OpenConversation(id=conversation_id, latest=last.number, participants=tuple(readers), keys=keys)


def _revived(opened: OpenVault, conversation_id: int, readers: list[int]) -> tuple[int, dict[int, bytes]]:
    """When every participant began again, nobody can share the earlier epochs: they stay shut, and a new one begins."""
    pairs = current_pairs(readers)
    if EpochKey.objects.filter(epoch__conversation_id=conversation_id, holder__in=pairs.values()).exists():
        raise NotShared
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
        epoch, key = epochs.begin_epoch(conversation, pairs.values(), opened.vouching)
    return epoch.number, {epoch.number: key}


def add_participant(opened: OpenVault, conversation_id: int, account_id: int, *, share_earlier: bool) -> None:
    """Let somebody in from now on, and with `share_earlier` to everything that `opened` can read. Raises NoKeys."""
    conversation = open_conversation(opened, conversation_id)
    pair = current_pairs([account_id]).get(account_id)
    if pair is None:
        raise NoKeys([account_id])
    if account_id in conversation.participants:
        return
    with transaction.atomic():
        row = Conversation.objects.select_for_update().get(pk=conversation_id)
        holders = _holders_of_latest(conversation_id)
        Participant.objects.create(conversation=row, account_id=account_id)
        if share_earlier:
            _share(conversation, pair, conversation.keys, opened.vouching)
        epochs.begin_epoch(row, [*holders, pair], opened.vouching)


def remove_participant(conversation_id: int, account_id: int) -> None:
    """Somebody leaves: their keys are deleted and what the others write from then on has a new one.

    Whoever remains must be somebody; a conversation without participants is deleted by erasure, not here.
    """
    with transaction.atomic():
        row = Conversation.objects.select_for_update().get(pk=conversation_id)
        last = row.epochs.order_by("-number")[0]
        vouching = shares.vouching_key()
        epochs.check_participants(last, epochs.participant_ids(conversation_id), vouching)
        gone, _ = Participant.objects.filter(conversation=row, account_id=account_id).delete()
        if not gone:
            return
        EpochKey.objects.filter(epoch__conversation=row, holder__account_id=account_id).delete()
        remaining = epochs.participant_ids(conversation_id)
        if remaining:
            holders = _holders_of_latest(conversation_id) or list(current_pairs(remaining).values())
            epochs.begin_epoch(row, holders, vouching)


def waiting_for_reshare(conversation_id: int) -> list[int]:
    """The participants who began again with a new key and cannot read what they could read before."""
    readable_once: dict[int, set[int]] = {}
    readable_now: dict[int, set[int]] = {}
    for account_id, epoch_id, holder_id, newest_id in _keys_of_participants(conversation_id):
        readable_once.setdefault(account_id, set()).add(epoch_id)
        if holder_id == newest_id:
            readable_now.setdefault(account_id, set()).add(epoch_id)
    return sorted(one for one, once in readable_once.items() if once - readable_now.get(one, set()))


@prepared
def _keys_of_participants(conversation_id: int) -> "QuerySet[EpochKey, Any]":
    readers = Participant.objects.filter(conversation_id=conversation_id).values("account_id")
    newest = KeyPair.objects.filter(account_id=OuterRef("holder__account_id")).order_by("-generation")
    held = EpochKey.objects.filter(epoch__conversation_id=conversation_id, holder__account_id__in=readers)
    return held.annotate(newest=Subquery(newest.values("pk")[:1])).values_list(
        "holder__account_id", "epoch_id", "holder_id", "newest"
    )


def reshare(opened: OpenVault, conversation_id: int, account_id: int) -> int:
    """Share with a participant's new key what their earlier key could read, and write to it from now on.

    Another participant's explicit act, after making sure that it is that person who asks: nobody else can. Returns
    how many earlier epochs were shared.
    """
    conversation = open_conversation(opened, conversation_id)
    pair = current_pairs([account_id]).get(account_id)
    if pair is None:
        raise NoKeys([account_id])
    if account_id not in conversation.participants:
        raise NotShared
    held = EpochKey.objects.select_related("epoch", "holder").filter(
        epoch__conversation_id=conversation_id, holder__account_id=account_id
    )
    readable: dict[int, bytes] = {}
    for row in held:
        epochs.check_key(row.epoch, row.holder, bytes(row.sealed), bytes(row.mac), opened.vouching)
        if row.epoch.number in conversation.keys:
            readable[row.epoch.number] = conversation.keys[row.epoch.number]
    with transaction.atomic():
        locked = Conversation.objects.select_for_update().get(pk=conversation_id)
        shared = _share(conversation, pair, readable, opened.vouching)
        if shared:
            holders = [holder for holder in _holders_of_latest(conversation_id) if holder.account_id != account_id]
            epochs.begin_epoch(locked, [*holders, pair], opened.vouching)
    return shared


def _share(conversation: OpenConversation, pair: KeyPair, keys: dict[int, bytes], vouching: bytes) -> int:
    lacking = Epoch.objects.filter(conversation_id=conversation.id, number__in=keys).exclude(keys__holder=pair)
    count = 0
    for epoch in lacking:
        epochs.share_key(epoch, keys[epoch.number], pair, vouching)
        count += 1
    return count


def _holders_of_latest(conversation_id: int) -> list[KeyPair]:
    """The newest key pair of each person that holds the latest epoch's key."""
    latest = Epoch.objects.filter(conversation_id=conversation_id).order_by("-number").first()
    if latest is None:
        return []
    pairs = KeyPair.objects.filter(epoch_keys__epoch=latest).order_by("generation")
    return list({pair.account_id: pair for pair in pairs}.values())
