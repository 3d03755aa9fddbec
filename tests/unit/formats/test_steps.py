"""The open pack of steps: read whole, or refused with every fault named by file and line."""

import shutil
from pathlib import Path

import pytest

from handrail.formats.pieces import FaultyPiece
from handrail.formats.steps import FaultySteps, fingerprint, read_step, read_steps, read_translations

PACK = Path(__file__).parent / "steps_pack"
GOOD = (PACK / "ask-the-team.md").read_text()


def written(folder: Path, text: str, name: str = "ask-the-team") -> Path:
    path = folder / f"{name}.md"
    path.write_text(text)
    return path


def test_the_pack_is_read_in_the_order_of_its_ids() -> None:
    steps = read_steps(PACK)
    assert [step.id for step in steps] == ["ask-the-team", "one-setting-on-one-account", "pass-on-one-thing"]
    assert [step.passes_on for step in steps] == [False, False, True]
    last = steps[2]
    assert last.after == ("one-setting-on-one-account",)
    assert last.approaches == ("take_control", "work_out_loud")


def test_a_step_is_read_with_its_three_sections_apart() -> None:
    step = read_step(PACK / "ask-the-team.md")
    assert step.title == "Ask your team three questions"
    assert (step.needs, step.minutes, step.after) == (("team", "asking"), 10, ())
    assert step.places == ("at_desk", "phone_between_meetings")
    assert step.why_html == "<p>Your team already knows things that your goal needs.</p>"
    assert "<em>three</em>" in step.how_html
    assert step.worked_html.startswith("<p>You have heard")


def test_words_to_copy_are_kept_as_they_were_written_and_what_is_opened_apart(tmp_path: Path) -> None:
    copied = "## Words to copy\nDear all,\n\n- what do *you* do?\n\n## How you know it worked"
    text = GOOD.replace("## How you know it worked", copied).replace("licence:", "opens: a-walk#its-part\nlicence:")
    step = read_step(written(tmp_path, text.replace("licence:", "private: true\nlicence:")))
    assert step.copy == "Dear all,\n\n- what do *you* do?"
    assert "Dear all" not in step.how_html + step.worked_html
    assert (step.opens, step.part, step.private) == ("a-walk", "its-part", True)
    plain = read_step(PACK / "ask-the-team.md")
    assert (plain.copy, plain.opens, plain.part, plain.private) == ("", "", "", False)


def test_html_that_could_do_harm_is_taken_out(tmp_path: Path) -> None:
    text = GOOD.replace("Copy these", "<script>alert(1)</script><a href='javascript:1'>Copy</a> these")
    step = read_step(written(tmp_path, text))
    assert "script" not in step.how_html
    assert "Copy" in step.how_html


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("id: ask-the-team", "id: ask-a-team", 2, "the file's name"),
        ("id: ask-the-team", "id: [", 4, "not YAML"),
        ("title: Ask", "title: @Ask", 3, "not YAML"),
        ("id: ask-the-team\n", "", 1, "“id” is missing"),
        ("title: Ask your team three questions", "title: ''", 3, "“title” is missing"),
        ("[start_from_your_role]", "[start_from_role]", 4, "perhaps “start_from_your_role”"),
        ("[start_from_your_role]", "start_from_your_role", 4, "should be a list"),
        ("[start_from_your_role]", "[1]", 4, "should be a list"),
        ("licence: CC-BY-4.0", "licence: CC-BY-4.0\nopens: [a]", 9, "“opens” should be one part of a walk-through"),
        ("licence: CC-BY-4.0", "licence: CC-BY-4.0\nopens: a-walk#A part", 9, "“id#part”"),
        ("licence: CC-BY-4.0", "licence: CC-BY-4.0\nprivate: perhaps", 9, "“private” should be true or false"),
        ("## How you know it worked", "## Words to copy\n\n## How you know it worked", 17, "no text under"),
        ("licence: CC-BY-4.0", "licence: CC-BY-4.0\nopens: A walk", 9, "“decision” or “worries”"),
        ("[start_from_your_role]", "[]", 4, "at least one of"),
        ("[team, asking]", "[team, team]", 5, "twice"),
        ("[team, asking]", "[xyzzy]", 5, "it can be: team, audience"),
        ("needs: [team, asking]\n", "", 1, "“needs” is missing"),
        ("minutes: 10", "minutes: 11", 6, "from 1 to 10"),
        ("minutes: 10", "minutes: 0", 6, "from 1 to 10"),
        ("minutes: 10", "minutes: true", 6, "from 1 to 10"),
        ("minutes: 10", "minutes: '5'", 6, "from 1 to 10"),
        ("at_desk,", "on_the_moon,", 7, "not known in “places”"),
        ("licence: CC-BY-4.0", "licence: CC-BY-4.0\npasses_on: maybe", 9, "true or false"),
        ("licence: CC-BY-4.0", "licence: CC-BY-4.0\nafter: [Not An Id]", 9, "cannot be the id"),
        ("licence: CC-BY-4.0", "licence: CC-BY-4.0\nminute: 4", 9, "perhaps “minutes”"),
        ("licence: CC-BY-4.0", "licence: CC-BY-4.0\nminutes: 4", 9, "a second time"),
        ("## How\n", "## How to\n", 13, "“## How” should stand here"),
        ("## How you know it worked", "## How\n", 17, "“## How you know it worked” should stand here"),
        ("## How you know it worked\nYou have heard one thing that you did not know.\n", "", 16, "should stand here"),
        ("You have heard one thing that you did not know.", "", 17, "no text under"),
        ("did not know.", "did not know.\n\n## More\nText", 20, "“More” is one more"),
    ],
)
def test_a_fault_is_named_with_its_file_and_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in GOOD
    with pytest.raises(FaultyPiece) as fault:
        read_step(written(tmp_path, GOOD.replace(old, new, 1)))
    assert f"ask-the-team.md, line {line}:" in str(fault.value)
    assert said in str(fault.value)


def test_text_before_the_first_heading_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyPiece, match=r"ask-the-team\.md: there is text before"):
        read_step(written(tmp_path, GOOD.replace("## Why it", "Hello.\n\n## Why it")))


@pytest.mark.parametrize("text", ["", "no front matter", "---\n- a list\n---\ntext"])
def test_a_file_without_front_matter_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FaultyPiece, match=r"ask-the-team\.md"):
        read_step(written(tmp_path, text))


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ask-the-team.md"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FaultyPiece, match=r"ask-the-team\.md"):
        read_step(path)


def test_all_faults_of_a_pack_are_named_at_once(tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace("minutes: 10", "minutes: 99"))
    written(tmp_path, GOOD, name="another")
    with pytest.raises(FaultySteps) as fault:
        read_steps(tmp_path)
    assert [text.split(",")[0] for text in fault.value.faults] == ["another.md", "ask-the-team.md"]


def test_a_step_after_one_that_is_not_there_is_named(tmp_path: Path) -> None:
    shutil.copy(PACK / "pass-on-one-thing.md", tmp_path)
    with pytest.raises(
        FaultySteps, match=r"pass-on-one-thing\.md, line 8: it comes after “one-setting-on-one-account”"
    ):
        read_steps(tmp_path)


def test_steps_that_wait_for_each_other_are_named(tmp_path: Path) -> None:
    for name in ("one-setting-on-one-account", "pass-on-one-thing"):
        shutil.copy(PACK / f"{name}.md", tmp_path)
    setting = tmp_path / "one-setting-on-one-account.md"
    setting.write_text(setting.read_text().replace("after: []", "after: [pass-on-one-thing]"))
    with pytest.raises(FaultySteps, match="wait for each other"):
        read_steps(tmp_path)


def test_an_empty_folder_is_an_empty_pack(tmp_path: Path) -> None:
    assert read_steps(tmp_path) == ()


TRANSLATED = """---
id: ask-the-team
title: Demander à l’équipe
original: "0123456789ab"
---
## Pourquoi cela sert votre rôle
Parce que.

## Comment faire
1. Demandez.

## À quoi vous verrez que cela a marché
On répond.
"""


def translation(folder: Path, text: str = TRANSLATED, name: str = "ask-the-team") -> Path:
    path = folder / "fr" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_translation_lies_in_the_folder_of_its_language(tmp_path: Path) -> None:
    (tmp_path / "ask-the-team.md").write_text("the original", encoding="utf-8")
    translation(tmp_path)
    found = read_translations(tmp_path, "fr")["ask-the-team"]
    assert (found.title, found.original) == ("Demander à l’équipe", "0123456789ab")
    assert found.how_html == "<ol>\n<li>Demandez.</li>\n</ol>"
    assert read_translations(tmp_path, "cy") == {}
    assert len(fingerprint(tmp_path / "ask-the-team.md")) == 12


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("## Comment faire", "## How"), "line 9: the heading “## Comment faire” should stand here"),
        (('original: "0123456789ab"\n', ""), "“original” is missing"),
        (('original: "0123456789ab"', "original: 12"), "in quotation marks"),
        (("id: ask-the-team", "id: ask"), "the id should be the file's name"),
        (("title:", "minutes: 5\ntitle:"), "“minutes” is not known here"),
    ],
)
def test_a_fault_of_a_translation_is_named(tmp_path: Path, change: tuple[str, str], fault: str) -> None:
    (tmp_path / "ask-the-team.md").write_text("the original", encoding="utf-8")
    translation(tmp_path, TRANSLATED.replace(*change))
    with pytest.raises(FaultySteps, match=r"fr/ask-the-team\.md") as raised:
        read_translations(tmp_path, "fr")
    assert fault in str(raised.value)


def test_a_translation_of_nothing_is_a_fault(tmp_path: Path) -> None:
    translation(tmp_path, TRANSLATED.replace("ask-the-team", "ask-nobody"), name="ask-nobody")
    with pytest.raises(FaultySteps, match="no step of this name in the pack"):
        read_translations(tmp_path, "fr")
