"""Phrases: strength, spelling, and that hashing never takes the whole machine."""

import math
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.foundation.vault.faults import Busy, KnownPhrase, WeakPhrase
from handrail.foundation.vault.keys import phrases


def test_our_list_is_long_and_plain() -> None:
    words = phrases.words()
    assert len(words) >= 2048
    assert len(set(words)) == len(words)
    assert all(word.isascii() and word.islower() and 3 <= len(word) <= 9 for word in words)
    assert math.log2(len(words)) * phrases.WORDS_DRAWN >= phrases.ENOUGH_BITS


def test_a_drawn_phrase_is_strong_enough() -> None:
    drawn = [phrases.new_phrase() for _ in range(50)]
    assert len(set(drawn)) == 50
    for phrase in drawn:
        assert len(phrase.split()) == 5
        phrases.check_phrase(phrase)


def test_a_drawn_phrase_never_repeats_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "words", lambda: tuple("abcdefghij"))
    assert all(len(set(phrases.new_phrase().split())) == 5 for _ in range(50))


@pytest.mark.parametrize(
    "phrase",
    [
        "", " ", "password", "12345678901234567890", "qwertyuiopasdfghjkl", "correct horse battery staple",
        "apple apple apple apple apple", "31122026 19691969 20012001", "Ann Lee ann.lee example org",
        "!!!!!!!!!!!!!!!!!",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "abcdefghijklmnopqrstuvwxyz 0123456789", "a b c d e f g h i j k l m n",
    ],
)  # fmt: skip
def test_weak_phrases_are_refused(phrase: str) -> None:
    with pytest.raises(WeakPhrase):
        phrases.check_phrase(phrase, known=["Ann Lee", "ann.lee@example.org"])


@pytest.mark.parametrize(
    "phrase",
    [
        "violin gravel teapot meadow lantern",
        "Der Kran tanzt morgens unter Palmen",
        "Mae'r ddraig werdd yn bwyta tost heddiw bob bore",
    ],
)
def test_strong_phrases_in_any_language_are_taken(phrase: str) -> None:
    phrases.check_phrase(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "one two three four five", "Five, four, three, two, one!", "seven nine two four eight",
        "monday tuesday wednesday thursday friday", "red orange yellow green blue", "alpha bravo charlie delta echo",
        "un deux trois quatre cinq", "eins zwei drei vier fünf", "Montag Dienstag Mittwoch Donnerstag Freitag",
        "the quick brown fox jumps over the lazy dog", "To be, or not to be: that is the question.",
        "Correct horse battery staple lantern", "Mary had a little lamb", "Il était une fois dans un pays lointain",
        "violin to be or not to be that is the question", "one two three violin four five six gravel",
    ],
)  # fmt: skip
def test_what_belongs_together_counts_as_one_word(phrase: str) -> None:
    with pytest.raises(KnownPhrase):
        phrases.check_phrase(phrase)


@pytest.mark.parametrize(
    "phrase",
    ["violin gravel seven meadow lantern tea", "red violin gravel teapot meadow lantern one two"],
)
def test_one_of_a_series_is_a_word_like_any_other(phrase: str) -> None:
    phrases.check_phrase(phrase)


def test_a_drawn_phrase_has_nothing_that_belongs_together(monkeypatch: pytest.MonkeyPatch) -> None:
    few = ("one", "two", "three", "violin", "gravel", "teapot", "meadow")
    monkeypatch.setattr(phrases, "words", lambda: few)
    for _ in range(50):
        assert len(set(phrases.new_phrase().split()) & {"one", "two", "three"}) <= 1


def test_what_others_know_counts_nothing() -> None:
    phrase = "violin gravel teapot meadow lantern"
    assert phrases.bits_of(phrase, known=["Violin Gravel"]) == pytest.approx(phrases.bits_of("teapot meadow lantern"))


@pytest.mark.slow
@given(st.text(max_size=60))
@settings(max_examples=40)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = phrases.tidy(text)
    assert phrases.tidy(once) == once
    assert phrases.bits_of(text) >= 0


@pytest.mark.parametrize(
    "typed", ["VIOLIN Gravel teapot", " violin  gravel\tteapot ", "violin-gravel. teapot", "violin, gravel; teapot"]
)
def test_case_and_spacing_do_not_matter(typed: str) -> None:
    assert phrases.tidy(typed) == "violin gravel teapot"


def test_stretching_needs_the_phrase_and_the_salt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MEMORY", 64 * 1024)
    salt, other = phrases.new_salt(), phrases.new_salt()
    key = phrases.stretch("violin gravel", salt)
    assert len(key) == 32
    assert key == phrases.stretch("Violin  GRAVEL", salt)
    assert key != phrases.stretch("violin gravel", other)
    assert key != phrases.stretch("violin gravels", salt)


def test_cost_is_what_the_design_asks() -> None:
    assert (phrases.PASSES, phrases.MEMORY) == (1, 46 * 1024 * 1024)


def test_only_so_many_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def slow(*_arguments: object, **_options: object) -> bytes:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1
        return bytes(32)

    monkeypatch.setattr(phrases.argon2id, "kdf", slow)
    threads = [threading.Thread(target=phrases.stretch, args=("x", bytes(16))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == phrases.AT_ONCE


def test_whoever_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "PATIENCE", 0.01)
    monkeypatch.setattr(phrases, "_turns", threading.BoundedSemaphore(1))
    phrases._turns.acquire()
    with pytest.raises(Busy):
        phrases.stretch("x", bytes(16))
    phrases._turns.release()


def test_a_turn_is_given_back_after_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(phrases, "PATIENCE", 0.01)
    for _ in range(3):
        with pytest.raises(Exception, match="salt"):
            phrases.stretch("x", b"too short")
