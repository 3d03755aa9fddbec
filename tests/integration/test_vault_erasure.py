"""Erasing a person: both stores, the others' conversations, and restores of older backups."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.db.models import ProtectedError
from django.utils import timezone

from handrail.capabilities.pairings.models import Note
from handrail.foundation.keystore.models import ErasedAccount, ServerShare
from handrail.foundation.vault import erasure, texts
from handrail.foundation.vault.models import (
    CarriedForm,
    Conversation,
    EpochKey,
    Erasure,
    KeyPair,
    Participant,
    Wrapping,
)
from tests.factories.world import build_world
from tests.integration.vault_people import Browser, begun

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture(autouse=True)
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    """What runs after a commit runs at the end of the block."""
    return django_capture_on_commit_callbacks


def erase(commits: Any, account_id: int) -> None:
    with commits(execute=True):
        erasure.erase_private(account_id)


def test_everything_of_the_person_goes_and_the_other_goes_on(commits: Any) -> None:
    ann, ben = begun("ann"), begun("ben")
    shared = texts.start_conversation(subject="pair", participants=[ann.account.pk, ben.account.pk])
    own = texts.own_conversation(ann.opened(), "journal")
    CarriedForm.objects.create(account=ann.account, sealed=b"x", expires_at=timezone.now() + timedelta(hours=1))
    erase(commits, ann.account.pk)
    assert not KeyPair.objects.filter(account=ann.account).exists()
    assert not Wrapping.objects.filter(key_pair__account=ann.account).exists()
    assert not EpochKey.objects.filter(holder__account=ann.account).exists()
    assert not Participant.objects.filter(account=ann.account).exists()
    assert not Conversation.objects.filter(pk=own.id).exists()
    assert not CarriedForm.objects.exists()
    assert list(ServerShare.objects.values_list("account_id", flat=True)) == [ben.account.pk]
    ann.account.delete()
    opened = texts.open_conversation(ben.opened(), shared.pk)
    assert opened.latest == 2
    assert opened.participants == (ben.account.pk,)


def test_a_conversation_ends_with_its_last_participant(commits: Any) -> None:
    ann, ben = begun("ann"), begun("ben")
    texts.start_conversation(subject="pair", participants=[ann.account.pk, ben.account.pk])
    erase(commits, ann.account.pk)
    erase(commits, ben.account.pk)
    assert not Conversation.objects.exists()
    assert not ServerShare.objects.exists()


def test_texts_that_a_capability_still_holds_lose_their_key(commits: Any) -> None:
    world = build_world()
    leader = Browser(world.account("leader"))
    leader.begin()
    own = texts.own_conversation(leader.opened(), "own notes")
    note = Note(
        pairing=world.pairing, author=world.persons["leader"], conversation_id=own.id, written_at=timezone.now()
    )
    texts.write(own, note, text="only mine")
    note.save()
    erase(commits, leader.account.pk)
    assert not EpochKey.objects.exists()
    assert not Conversation.objects.filter(owner=leader.account).exists()
    note = Note.objects.filter(pk=note.pk).first()  # type: ignore[assignment]
    assert note is None or b"only mine" not in note.text


def test_an_account_is_not_deleted_before_its_private_text() -> None:
    with pytest.raises(ProtectedError):
        begun("ann").account.delete()


def test_somebody_elses_fault_does_not_keep_a_person_from_being_erased(commits: Any) -> None:
    ann, ben, eve = begun("ann"), begun("ben"), begun("eve")
    shared = texts.start_conversation(subject="pair", participants=[ann.account.pk, ben.account.pk])
    Participant.objects.create(conversation=shared, account=eve.account)
    erase(commits, ann.account.pk)
    assert not EpochKey.objects.filter(holder__account=ann.account).exists()


def test_when_the_key_store_is_away_the_erasure_is_finished_later(
    commits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = begun("ann")

    def fails(*_arguments: Any, **_options: Any) -> Any:
        raise DatabaseError("the key store is away")

    with monkeypatch.context() as broken:
        broken.setattr(ErasedAccount.objects, "get_or_create", fails)
        with pytest.raises(DatabaseError):
            erase(commits, ann.account.pk)
    assert not KeyPair.objects.exists()
    assert ServerShare.objects.exists()
    assert erasure.finish_erasures() == 1
    assert not ServerShare.objects.exists()
    assert erasure.finish_erasures() == 0


def test_a_restore_replays_the_ledger(commits: Any) -> None:
    ann, ben = begun("ann"), begun("ben")
    backup = [list(model.objects.all()) for model in (KeyPair, Wrapping)]
    shares = list(ServerShare.objects.all())
    erase(commits, ann.account.pk)
    entries = erasure.ledger()
    # Both stores come back from a backup older than the erasure.
    Erasure.objects.all().delete()
    ErasedAccount.objects.all().delete()
    for rows in backup:
        for row in rows:
            row.save()
    for share in shares:
        share.save()
    assert ann.opened()
    with commits(execute=True):
        assert erasure.replay_ledger(entries) == [ann.account.pk]
    assert texts.open_vault(ann.request()) is None
    assert list(ServerShare.objects.values_list("account_id", flat=True)) == [ben.account.pk]
    assert erasure.replay_ledger(entries) == []


def test_a_ledger_in_either_store_is_enough(commits: Any) -> None:
    ann = begun("ann")
    pair = KeyPair.objects.get()
    erase(commits, ann.account.pk)
    for model in (Erasure, ErasedAccount):
        kept = list(model.objects.all())
        model.objects.all().delete()
        pair.save(force_insert=not KeyPair.objects.exists())
        with commits(execute=True):
            assert erasure.replay_ledger() == [ann.account.pk]
        model.objects.bulk_create(kept, ignore_conflicts=True)


def test_a_new_person_with_an_old_number_is_left_alone() -> None:
    ann = begun("ann")
    ErasedAccount.objects.create(account_id=ann.account.pk, erased_at=timezone.now() - timedelta(days=1))
    assert erasure.replay_ledger() == []
    assert ann.opened()
