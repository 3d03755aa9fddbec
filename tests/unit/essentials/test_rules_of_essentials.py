"""Which essentials a text touches: whole words, the same every time, explained; and three questions to ask of it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.capabilities.essentials.queries import essential_called, essentials, theme_of, themes
from handrail.capabilities.essentials.rules import essentials_touched, other_questions, three_questions
from handrail.formats.essentials import Essential

A = Essential("a-1", "a", "A", "t", "w", "f", ("A one?", "A two?", "A three?"), ("ai", "ai tool", "self-service"), ())
B = replace(A, id="b-1", questions=("B one?", "B two?", "B three?"), words=("supplier", "data sharing"))
C = replace(A, id="c-1", questions=("C one?", "C two?", "C three?"), words=("backup",))


def touched(text: str) -> dict[str, tuple[str, ...]]:
    return {one.essential.id: one.words for one in essentials_touched(text, (A, B, C))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The retail detail, said the chair", {}),
        ("An AI, perhaps.", {"a-1": ("ai",)}),
        ("AI-powered", {"a-1": ("ai",)}),
        ("Self service, self-service and self‑service", {"a-1": ("self-service",)}),
        ("an ai\ntool", {"a-1": ("ai", "ai tool")}),
        ("Data. Sharing is good.", {}),
        ("data\u00a0sharing", {"b-1": ("data sharing",)}),
        ("sup\u00adplier", {"b-1": ("supplier",)}),
        ("SUPPLIER backup supplier", {"b-1": ("supplier",), "c-1": ("backup",)}),
        ("", {}),
    ],
)
def test_whole_words_only(text: str, found: dict[str, tuple[str, ...]]) -> None:
    assert touched(text) == found


def test_what_most_different_words_point_to_comes_first() -> None:
    assert list(touched("backup backup backup ai tool")) == ["a-1", "c-1"]
    assert list(touched("supplier backup backup")) == ["c-1", "b-1"]
    assert list(touched("backup supplier")) == ["b-1", "c-1"], "else in the order of the file"
    assert essentials_touched("anything", ()) == []


@given(st.lists(st.sampled_from(["ai", "tool", "retail", "supplier", ".", "data", "sharing", "-", "self", "service"])))
def test_it_agrees_with_the_slow_way(parts: list[str]) -> None:
    """Every phrase, looked for by itself with blanks or dashes between its words."""
    text = " ".join(parts)
    slow = {
        one.id: {
            word
            for word in one.words
            if re.search(r"(?<!\w)" + r"[\s-]+".join(map(re.escape, re.split("[ -]", word))) + r"(?!\w)", text)
        }
        for one in (A, B, C)
    }
    assert {name: set(words) for name, words in touched(text).items()} == {k: v for k, v in slow.items() if v}


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
