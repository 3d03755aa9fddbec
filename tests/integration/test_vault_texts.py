"""Conversations and their epochs: who reads what, who no longer does, and that nothing in the database can be moved."""

import copy
from typing import Any
from uuid import uuid4

import pytest
from django.db import models

from handrail.foundation.vault import keys, texts
from handrail.foundation.vault.faults import NotShared, Tampered
from handrail.foundation.vault.models import Conversation, Epoch, EpochKey, KeyPair, Participant
from tests.integration.vault_people import Browser, begins_again, begun, person

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


class Note:
    """A row as a capability has it, without a table of its own."""

    class _meta:  # noqa: N801
        label = "pairings.Note"

    def __init__(self, conversation_id: int) -> None:
        self.pk = uuid4()
        self.conversation_id = conversation_id
        self.text = b""


def pair() -> tuple[Browser, Browser, int]:
    ann, ben = begun("ann"), begun("ben")
    made = texts.start_conversation(subject="pair", participants=[ann.account.pk, ben.account.pk])
    return ann, ben, made.pk


def says(browser: Browser, conversation_id: int, text: str) -> Note:
    note = Note(conversation_id)
    texts.write(texts.open_conversation(browser.opened(), conversation_id), note, text=text)
    return note


def reads(browser: Browser, note: Note) -> str:
    return texts.read(texts.open_conversation(browser.opened(), note.conversation_id), note, "text")


def test_a_pair_reads_what_either_writes() -> None:
    ann, ben, number = pair()
    note = says(ann, number, "I never dared to ask")
    assert reads(ann, note) == reads(ben, note) == "I never dared to ask"
    assert b"dared" not in note.text


def test_an_empty_column_reads_as_empty() -> None:
    ann, _ben, number = pair()
    assert reads(ann, Note(number)) == ""


def test_a_stranger_is_not_let_in() -> None:
    _ann, _ben, number = pair()
    with pytest.raises(NotShared):
        texts.open_conversation(begun("eve").opened(), number)
    with pytest.raises(NotShared):
        texts.open_conversation(begun("ida").opened(), number + 99)


def test_own_text_is_ones_own_and_there_is_one_of_each_subject() -> None:
    ann, ben, _number = pair()
    journal = texts.own_conversation(ann.opened(), "journal")
    assert texts.own_conversation(ann.opened(), "journal").id == journal.id
    assert texts.own_conversation(ann.opened(), "worries").id != journal.id
    assert texts.own_conversation(ben.opened(), "journal").id != journal.id
    with pytest.raises(NotShared):
        texts.open_conversation(ben.opened(), journal.id)


def test_a_newcomer_reads_from_now_on_only() -> None:
    ann, ben, number = pair()
    before = says(ann, number, "before")
    carol = begun("carol")
    texts.add_participant(ben.opened(), number, carol.account.pk, share_earlier=False)
    after = says(ann, number, "after")
    assert reads(carol, after) == reads(ben, after) == "after"
    with pytest.raises(NotShared):
        reads(carol, before)
    assert reads(ben, before) == "before"


def test_a_newcomer_may_be_given_what_was_before() -> None:
    ann, _ben, number = pair()
    before = says(ann, number, "before")
    carol = begun("carol")
    for _ in range(2):
        texts.add_participant(ann.opened(), number, carol.account.pk, share_earlier=True)
    assert reads(carol, before) == "before"
    assert Epoch.objects.filter(conversation_id=number).count() == 2


def test_whoever_leaves_reads_nothing_more_even_with_an_old_key() -> None:
    ann, ben, number = pair()
    before = says(ann, number, "before")
    kept = texts.open_conversation(ben.opened(), number)
    texts.remove_participant(number, ben.account.pk)
    after = says(ann, number, "after")
    with pytest.raises(NotShared):
        reads(ben, before)
    with pytest.raises((NotShared, Tampered)):
        texts.read(kept, after, "text")
    assert reads(ann, before) + reads(ann, after) == "beforeafter"
    texts.remove_participant(number, ben.account.pk)
    assert Epoch.objects.filter(conversation_id=number).count() == 2


# --- re-sharing -----------------------------------------------------------------------------------------------------


def test_another_participant_shares_again_with_a_new_key() -> None:
    ann, ben, number = pair()
    note = says(ben, number, "before")
    fresh = begins_again(ann)
    assert texts.waiting_for_reshare(number) == [ann.account.pk]
    with pytest.raises(NotShared):
        reads(fresh, note)
    assert texts.reshare(ben.opened(), number, ann.account.pk) == 1
    assert texts.waiting_for_reshare(number) == []
    assert reads(fresh, note) == "before"
    assert reads(fresh, says(ben, number, "after")) == "after"
    assert reads(ben, says(fresh, number, "thanks")) == "thanks"
    assert texts.reshare(ben.opened(), number, ann.account.pk) == 0


def test_a_new_key_alone_gets_nothing_not_even_what_is_written_now() -> None:
    """Somebody who takes over the account (an administrator's reset) waits for the other participant's act."""
    ann, ben, number = pair()
    fresh = begins_again(ann)
    note = says(ben, number, "not for whoever took over")
    with pytest.raises(NotShared):
        reads(fresh, note)
    with pytest.raises(NotShared):
        says(fresh, number, "me again")


def test_reshare_never_gives_more_than_was_read_before() -> None:
    ann, _ben, number = pair()
    early = says(ann, number, "before carol")
    carol = begun("carol")
    texts.add_participant(ann.opened(), number, carol.account.pk, share_earlier=False)
    later = says(ann, number, "with carol")
    fresh = begins_again(carol)
    texts.reshare(ann.opened(), number, carol.account.pk)
    assert reads(fresh, later) == "with carol"
    with pytest.raises(NotShared):
        reads(fresh, early)


def test_reshare_is_refused_to_strangers_and_by_strangers() -> None:
    ann, _ben, number = pair()
    eve = begun("eve")
    with pytest.raises(NotShared):
        texts.reshare(ann.opened(), number, eve.account.pk)
    with pytest.raises(NotShared):
        texts.reshare(eve.opened(), number, ann.account.pk)


def test_a_forged_earlier_key_earns_no_share() -> None:
    """Whoever writes to the database gives a newcomer's old key pair a place in an early epoch."""
    ann, _ben, number = pair()
    carol = begun("carol")
    texts.add_participant(ann.opened(), number, carol.account.pk, share_earlier=False)
    first = Epoch.objects.get(conversation_id=number, number=1)
    own = EpochKey.objects.get(epoch__number=2, holder__account=carol.account)
    EpochKey.objects.create(epoch=first, holder=own.holder, sealed=own.sealed, mac=own.mac)
    begins_again(carol)
    with pytest.raises(Tampered):
        texts.reshare(ann.opened(), number, carol.account.pk)


def test_when_all_began_again_they_write_anew_and_the_old_stays_shut() -> None:
    ann, ben, number = pair()
    old = says(ann, number, "old")
    ann, ben = begins_again(ann), begins_again(ben)
    new = says(ann, number, "new")
    assert reads(ben, new) == "new"
    with pytest.raises(NotShared):
        reads(ann, old)


def test_own_text_begins_anew_after_everything_was_lost() -> None:
    ann = begun("ann")
    old = says(ann, texts.own_conversation(ann.opened(), "journal").id, "old")
    fresh = begins_again(ann)
    journal = texts.own_conversation(fresh.opened(), "journal")
    assert journal.id == old.conversation_id
    with pytest.raises(NotShared):
        reads(fresh, old)
    assert reads(fresh, says(fresh, journal.id, "new")) == "new"


# --- what somebody with the database can try --------------------------------------------------------------------------


def swap(one: Any, other: Any, *fields: str) -> None:
    for field in fields:
        mine, theirs = getattr(one, field), getattr(other, field)
        setattr(one, field, theirs)
        setattr(other, field, mine)


def test_swapped_texts_are_refused() -> None:
    ann, ben, number = pair()
    one, other = says(ann, number, "one"), says(ann, number, "other")
    swap(one, other, "text")
    for note in (one, other):
        with pytest.raises(Tampered):
            reads(ben, note)


def test_a_row_moved_to_another_conversation_is_refused() -> None:
    ann, _ben, number = pair()
    note = says(ann, number, "between us")
    moved = copy.copy(note)
    moved.conversation_id = texts.own_conversation(ann.opened(), "journal").id
    with pytest.raises(Tampered):
        reads(ann, moved)
    with pytest.raises(Tampered):
        texts.read(texts.open_conversation(ann.opened(), number), moved, "text")


def test_swapped_epoch_keys_are_refused() -> None:
    ann, _ben, number = pair()
    journal = texts.own_conversation(ann.opened(), "journal")
    one = EpochKey.objects.get(epoch__conversation_id=number, holder__account=ann.account)
    other = EpochKey.objects.get(epoch__conversation_id=journal.id)
    swap(one, other, "sealed", "mac")
    one.save()
    other.save()
    for conversation_id in (number, journal.id):
        with pytest.raises(Tampered):
            texts.open_conversation(ann.opened(), conversation_id)


def test_a_key_made_by_somebody_else_is_refused() -> None:
    """Anybody can seal to a public key: without our HMAC it does not count."""
    from nacl.public import PublicKey, SealedBox

    ann, _ben, number = pair()
    row = EpochKey.objects.select_related("holder").get(epoch__conversation_id=number, holder__account=ann.account)
    row.sealed = SealedBox(PublicKey(bytes(row.holder.public_key))).encrypt(b"k" * 32)
    row.save()
    with pytest.raises(Tampered):
        texts.open_conversation(ann.opened(), number)


def test_a_reader_added_in_the_database_is_refused() -> None:
    ann, _ben, number = pair()
    eve = begun("eve")
    Participant.objects.create(conversation_id=number, account=eve.account)
    for browser in (ann, eve):
        with pytest.raises((Tampered, NotShared)):
            texts.open_conversation(browser.opened(), number)
    with pytest.raises(Tampered):
        texts.remove_participant(number, eve.account.pk)


def test_an_epoch_key_carried_over_to_another_person_is_refused() -> None:
    ann, _ben, number = pair()
    eve = begun("eve")
    row = EpochKey.objects.get(epoch__conversation_id=number, holder__account=ann.account)
    row.pk, row.holder = None, KeyPair.objects.get(account=eve.account)
    row.save()
    with pytest.raises((Tampered, NotShared)):
        texts.open_conversation(eve.opened(), number)


def test_a_row_without_its_id_is_refused() -> None:
    ann, _ben, number = pair()
    note = Note(number)
    note.pk = None  # type: ignore[assignment]
    with pytest.raises(ValueError, match="UUID"):
        texts.write(texts.open_conversation(ann.opened(), number), note, text="x")


def test_a_sealed_column_is_never_edited_and_always_bytes() -> None:
    field = texts.SealedField()
    _name, path, arguments, options = texts.SealedField(null=True).deconstruct()
    assert (path, arguments) == ("handrail.foundation.vault.texts.columns.SealedField", [])
    assert texts.SealedField(**options).null
    assert field.default == b""
    assert not field.editable
    assert field.from_db_value(memoryview(b"x"), None, None) == b"x"
    assert field.from_db_value(None, None, None) is None
    assert isinstance(field, models.BinaryField)


def test_starting_is_all_or_nothing() -> None:
    ann = begun("ann")
    with pytest.raises(Exception, match="No key"):
        texts.start_conversation(subject="pair", participants=[ann.account.pk, person("ben").pk])
    assert not Conversation.objects.exists()
    assert keys.state_of(ann.account.pk).has_keys
