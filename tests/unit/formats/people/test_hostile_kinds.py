"""Every kind of hostile people file is refused with words, or its bad rows are named and the sound ones read."""

import io
import re
from pathlib import Path
from typing import BinaryIO

import pytest

from handrail.formats.people import Fault, PersonRecord, UnreadablePeopleFile, open_people_file
from tests.unit.formats.people.hostile_files import KINDS, Hostile


def verdict(source: BinaryIO | Path) -> tuple[str, str, int]:
    """(the words of the refusal, the code of the first fault, how many people)."""
    first, people = "", 0
    try:
        for item in open_people_file(source).items():
            if isinstance(item, Fault):
                assert str(item).startswith(f"line {item.line}")
                first = first or item.code
            people += isinstance(item, PersonRecord)
    except UnreadablePeopleFile as refusal:
        return f"{refusal.message} {refusal.remedy}", "", 0
    return "", first, people


def test_there_are_forty_kinds_and_more() -> None:
    assert len(KINDS) >= 40


@pytest.mark.parametrize("kind", KINDS)
def test_refused_with_words_or_read_without_harm(kind: str) -> None:
    expected: Hostile = KINDS[kind]
    words, fault, people = verdict(io.BytesIO(expected.make(1)))
    if expected.refused:
        assert re.search(expected.refused, words), (words, fault, people)
        return
    assert (words, fault, people) == ("", expected.fault, expected.read or people)
