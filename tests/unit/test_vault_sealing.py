"""Sealed texts without a database: round trips, and that nothing else opens."""

import secrets
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.foundation.vault import cipher
from handrail.foundation.vault.faults import NotShared, Tampered
from handrail.foundation.vault.texts.conversations import OpenConversation
from handrail.foundation.vault.texts.sealing import seal, unseal, writable

ROW = UUID("0b5e1b9e-6f0f-4a53-9d0c-3a3b6f1f8d11")
LABEL = "pairings.Note"
ANY_TEXT = st.text(alphabet=st.characters(codec=None, categories=None), max_size=700)


def conversation(number: int = 7, latest: int = 1, held: tuple[int, ...] = (1,)) -> OpenConversation:
    return OpenConversation(number, latest, (1, 2), {epoch: secrets.token_bytes(32) for epoch in held})


@pytest.mark.slow
@given(ANY_TEXT)
@settings(max_examples=120)
def test_what_was_sealed_comes_back(text: str) -> None:
    open_one = conversation()
    sealed = seal(open_one, LABEL, ROW, "text", text)
    assert unseal(open_one, LABEL, ROW, "text", sealed) == writable(text)
    writable(text).encode()  # can be shown on any page


@pytest.mark.parametrize("text", ["", "\0", "a\0b", "é", "\U0001f600", "x" * 1_000_000, "\r\n \t"])
def test_ordinary_and_odd_texts_come_back_unchanged(text: str) -> None:
    open_one = conversation()
    assert unseal(open_one, LABEL, ROW, "text", seal(open_one, LABEL, ROW, "text", text)) == text


@pytest.mark.parametrize(
    ("text", "shown"), [("a\ud800b", "a\ufffdb"), ("\udc00", "\ufffd"), ("\ud83d\ude00", "\U0001f600")]
)
def test_half_surrogates_are_replaced_and_whole_ones_joined(text: str, shown: str) -> None:
    open_one = conversation()
    assert unseal(open_one, LABEL, ROW, "text", seal(open_one, LABEL, ROW, "text", text)) == shown


@given(st.integers(0, 2000))
@settings(max_examples=60)
def test_length_shows_only_in_steps(length: int) -> None:
    overhead = 1 + 4 + cipher.NONCE_BYTES + cipher.TAG_BYTES
    padded = len(seal(conversation(), LABEL, ROW, "text", "x" * length)) - overhead
    assert padded % 256 == 0
    assert 0 < padded - length <= 256


def test_same_text_never_looks_the_same() -> None:
    open_one = conversation()
    assert len({seal(open_one, LABEL, ROW, "text", "the same") for _ in range(20)}) == 20


@pytest.mark.slow
@given(st.integers(0, 8 * 301 - 1))
@settings(max_examples=150)
def test_any_changed_bit_is_refused(bit: int) -> None:
    open_one = conversation()
    sealed = bytearray(seal(open_one, LABEL, ROW, "text", "Dear Ben"))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Tampered):
        unseal(open_one, LABEL, ROW, "text", bytes(sealed))


@pytest.mark.parametrize("cut", [0, 1, 4, 5, 28, 44, 300])
def test_cut_text_is_refused(cut: int) -> None:
    open_one = conversation()
    with pytest.raises(Tampered):
        unseal(open_one, LABEL, ROW, "text", seal(open_one, LABEL, ROW, "text", "Dear Ben")[:cut])


@pytest.mark.parametrize(
    ("label", "row", "field"),
    [("practice.Draft", ROW, "text"), (LABEL, uuid4(), "text"), (LABEL, ROW, "title"), (LABEL + "p", ROW, "ext")],
)
def test_another_place_is_refused(label: str, row: UUID, field: str) -> None:
    open_one = conversation()
    sealed = seal(open_one, LABEL, ROW, "text", "Dear Ben")
    with pytest.raises(Tampered):
        unseal(open_one, label, row, field, sealed)


def test_another_conversation_is_refused_even_under_the_same_key() -> None:
    open_one = conversation()
    other = OpenConversation(8, 1, (1, 2), open_one.keys)
    with pytest.raises(Tampered):
        unseal(other, LABEL, ROW, "text", seal(open_one, LABEL, ROW, "text", "Dear Ben"))


def test_an_epoch_without_key_is_not_shared_and_an_unknown_one_refused() -> None:
    both = conversation(latest=2, held=(1, 2))
    sealed = seal(both, LABEL, ROW, "text", "Dear Ben")
    only_first = OpenConversation(7, 2, (1, 2), {1: both.keys[1]})
    with pytest.raises(NotShared):
        unseal(only_first, LABEL, ROW, "text", sealed)
    with pytest.raises(NotShared):
        seal(only_first, LABEL, ROW, "text", "more")
    with pytest.raises(Tampered):
        unseal(OpenConversation(7, 1, (1, 2), both.keys), LABEL, ROW, "text", sealed)


parts = st.lists(st.one_of(st.text(max_size=6), st.integers(0, 999), st.binary(max_size=6)), max_size=4)


@pytest.mark.slow
@given(parts, parts)
@settings(max_examples=100)
def test_contexts_are_unambiguous(one: list[str | int | bytes], other: list[str | int | bytes]) -> None:
    def spelled(parts: list[str | int | bytes]) -> list[bytes]:
        return [part if isinstance(part, bytes) else str(part).encode() for part in parts]

    assert (cipher.context(*one) == cipher.context(*other)) == (spelled(one) == spelled(other))
