"""The file of essentials is read strictly, and its first fault is named with its place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.formats.essentials import FaultyEssentials, Mapped, Opening, Source, read_essentials

ESSENTIAL = {
    "id": "data-1",
    "name": "Where numbers come from",
    "text": "A leader can ask.",
    "why": "It tells how far to trust it.",
    "first_step": "Ask.",
    "questions": ["Where from?", "Who is missing?", "How sure?"],
    "words": ["survey", "sample size"],
    "fw": ["1.2"],
}


def pack(**changes: Any) -> dict[str, Any]:
    essential = {key: value for key, value in {**ESSENTIAL, **changes}.items() if value is not None}
    return {
        "frameworks": {"fw": {"title": "A framework"}, "other": {"title": "Another"}},
        "digital": ["computer"],
        "set_aside": ["computer says no"],
        "when_nothing_is_found": [{"id": "money", "name": "Money", "about": "We pay.", "essentials": ["data-1"]}],
        "themes": [
            {
                "id": "data",
                "name": "Data",
                "plain": "What the numbers say.",
                "sources": [{"title": "A page", "address": "https://example.org"}],
                "essentials": [essential],
            }
        ],
    }


def written(folder: Path, what: Any) -> Path:
    path = folder / "essentials.yaml"
    path.write_text(what if isinstance(what, str) else yaml.safe_dump(what))
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    read = read_essentials(written(tmp_path, pack(beside=["figure"])))
    (theme,) = read.themes
    assert (read.digital, read.set_aside) == (("computer",), ("computer says no",))
    assert read.openings == (Opening("money", "Money", "We pay.", ("data-1",)),)
    assert (theme.id, theme.name, theme.plain) == ("data", "Data", "What the numbers say.")
    assert theme.sources == (Source("A page", "https://example.org"),)
    (one,) = theme.essentials
    assert (one.id, one.theme, one.name) == ("data-1", "data", "Where numbers come from")
    assert (one.words, one.beside) == (("survey", "sample size"), ("figure",))
    assert read.essentials == (one,)
    assert one.mapped == (Mapped("A framework", ("1.2",)),)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "data"}, "an id is the theme's, a dash and a number"),
        ({"why": None}, "data-1: “why” is missing, or is no text"),
        ({"text": " "}, "“text” is missing"),
        ({"questions": ["One?"]}, "there should be 3 questions"),
        ({"words": []}, "“words” should be a list"),
        ({"words": ["AI!"]}, "“AI!” should be plain words in small letters"),
        ({"beside": ["Tall"]}, "“Tall” should be plain words in small letters"),
        ({"fwx": ["1"]}, "“fwx” is no framework named at the top"),
    ],
)
def test_a_fault_of_an_essential_is_named(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultyEssentials) as fault:
        read_essentials(written(tmp_path, pack(**changes)))
    assert said in str(fault.value)


def test_faults_of_the_file_are_named(tmp_path: Path) -> None:
    twice = pack()
    twice["themes"] = twice["themes"] * 2
    insecure = pack()
    insecure["themes"][0]["sources"] = [{"title": "A page", "address": "http://example.org"}]
    untitled = pack()
    untitled["themes"][0]["sources"] = ["a page"]
    unknown = pack()
    unknown["when_nothing_is_found"][0]["essentials"] = ["data-9"]
    for what, said in (
        (unknown, "money: “data-9” is no essential"),
        ({**pack(), "set_aside": []}, "“set_aside” should be a list"),
        ("a: [", "cannot be read"),
        ("- a list", "it should have “frameworks” and “themes”"),
        ({"frameworks": {}, "themes": []}, "“themes” should be a list with at least one entry"),
        ({"frameworks": {}, "themes": ["data"]}, "“id” is missing"),
        (twice, "two essentials have this id"),
        (insecure, "begins with “https://”"),
        (untitled, "“title” is missing"),
    ):
        with pytest.raises(FaultyEssentials, match=said):
            read_essentials(written(tmp_path, what))
    with pytest.raises(FaultyEssentials, match="cannot be read"):
        read_essentials(tmp_path / "absent.yaml")
