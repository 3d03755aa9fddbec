"""Which essentials a text touches: whole words, the same every time, explained; and three questions to ask of it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.capabilities.essentials.queries import essential_called, essentials, theme_of, themes
from handrail.capabilities.essentials.rules import (
    Dictionary,
    dictionary_of,
    essentials_touched,
    other_questions,
    three_questions,
    with_endings,
)
from handrail.formats.essentials import Essential, Pack, Theme

A = Essential("a-1", "a", "A", "t", "w", "f", ("A one?", "A two?", "A three?"), ("ai", "ai tool", "self-service"), ())
B = replace(A, id="b-1", questions=("B one?", "B two?", "B three?"), words=("supplier", "data sharing"))
C = replace(A, id="c-1", questions=("C one?", "C two?", "C three?"), words=("backup",))


def dictionary_with(*essentials: Essential) -> Dictionary:
    aside = ("backup singer", "website of the spider")
    return dictionary_of(Pack((Theme("a", "A", "p", (), essentials),), ("website",), aside, ()))


PLAIN = dictionary_with(A, B, C)
DICTIONARY = dictionary_with(A, replace(B, beside=("buy",)), replace(C, beside=("sign", "policy", "plan")))


def touched(text: str) -> dict[str, tuple[str, ...]]:
    return {one.essential.id: one.words for one in essentials_touched(text, DICTIONARY)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The retail detail, said the chair", {}),
        ("An AI, perhaps.", {"a-1": ("AI",)}),
        ("AI-powered", {"a-1": ("AI",)}),
        ("Self service, self-service and self‑service", {"a-1": ("Self service",)}),
        ("an ai\ntool", {"a-1": ("ai tool",)}),
        ("an AI tool, an AI", {"a-1": ("AI tool", "AI")}),
        ("Data. Sharing is good.", {}),
        ("data\u00a0sharing", {"b-1": ("data sharing",)}),
        ("sup\u00adplier", {"b-1": ("supplier",)}),
        ("SUPPLIER backup supplier", {"b-1": ("SUPPLIER",), "c-1": ("backup",)}),
        ("The suppliers’ backups", {"b-1": ("suppliers",), "c-1": ("backups",)}),
        ("They aid us; an aiding hand", {}),
        ("data", {}),
        ("", {}),
    ],
)
def test_whole_words_only(text: str, found: dict[str, tuple[str, ...]]) -> None:
    assert touched(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shall we buy a field?", {}),
        ("Shall we buy a website?", {"b-1": ("buy",)}),
        ("A website.", {}),
        (
            "Two policies, signed, and what we planned, for the backup",
            {"c-1": ("policies", "signed", "planned", "backup")},
        ),
        ("The website of the spider: buy it?", {}),
        ("The backup singer has a plan", {}),
    ],
)
def test_some_words_count_only_beside_something_digital(text: str, found: dict[str, tuple[str, ...]]) -> None:
    assert touched(text) == found


def test_a_weak_word_within_a_longer_phrase_says_nothing() -> None:
    dictionary = dictionary_with(replace(A, words=("sign in",)), replace(C, beside=("sign",)))
    assert [one.essential.id for one in essentials_touched("We sign in", dictionary)] == ["a-1"]
    assert [one.essential.id for one in essentials_touched("We sign, and sign in", dictionary)] == ["a-1", "c-1"]


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("contract", "contracts"),
        ("contract", "contracting"),
        ("migrate", "migrated"),
        ("migrate", "migrating"),
        ("policy", "policies"),
        ("crash", "crashes"),
        ("plan", "planned"),
        ("plan", "planning"),
    ],
)
def test_usual_endings_are_known(word: str, form: str) -> None:
    assert form in with_endings(word)


def test_short_words_stand_as_they_are() -> None:
    assert list(with_endings("new")) == ["new"]
    assert "news" in with_endings("news")


def test_what_most_points_speak_for_comes_first() -> None:
    assert list(touched("backup backup backup ai tool, ai")) == ["a-1", "c-1"]
    assert list(touched("supplier backup backup")) == ["c-1", "b-1"], "as many points, more often"
    assert list(touched("backup supplier")) == ["b-1", "c-1"], "else in the order of the file"
    assert list(touched("ai, ai, data sharing")) == ["b-1", "a-1"], "a phrase says more than a word"
    assert list(touched("website: buy, buy, buy the backup")) == ["c-1", "b-1"], "a weak word has one point"


@given(st.lists(st.sampled_from(["ai", "tool", "retail", "supplier", ".", "data", "sharing", "-", "self", "service"])))
def test_it_agrees_with_the_slow_way(parts: list[str]) -> None:
    """Every phrase, looked for by itself with blanks or dashes between its words."""
    text = " ".join(parts)
    slow = {
        one.id
        for one in (A, B, C)
        for word in one.words
        if re.search(r"(?<!\w)" + r"[\s-]+".join(map(re.escape, re.split("[ -]", word))) + r"(?!\w)", text)
    }
    assert {one.essential.id for one in essentials_touched(text, PLAIN)} == slow


@given(st.text())
def test_what_is_shown_stands_in_the_text(text: str) -> None:
    plain = " ".join(text.replace("\u00ad", "").split())
    for one in essentials_touched(f"{text} An AI tool. {text}", DICTIONARY):
        for word in one.words:
            assert word in f"{plain} An AI tool. {plain}"


def test_three_questions_one_from_each_in_turn() -> None:
    assert [one.question for one in three_questions([A])] == ["A one?", "A two?", "A three?"]
    assert [one.question for one in three_questions([A, B])] == ["A one?", "A two?", "B one?"]
    assert [one.question for one in three_questions([C, A, B])] == ["C one?", "A one?", "B one?"]
    assert three_questions([]) == []
    assert [one.question for one in other_questions([A, B])] == ["A three?", "B two?", "B three?"]
    assert other_questions([A]) == []


def test_the_open_essentials_are_there() -> None:
    assert len(essentials()) >= 40
    assert theme_of(essential_called("data-1")).id == "data"
    assert len(themes()) == 10
