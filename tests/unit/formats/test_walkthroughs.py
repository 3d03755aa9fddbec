"""A walk-through is read strictly, and whoever wrote it is told the line of a fault."""

from datetime import date
from pathlib import Path

import pytest

from handrail.formats.pieces import FaultyPiece
from handrail.formats.walkthroughs import FaultyWalkThroughs, Source, read_walkthrough, read_walkthroughs

GOOD = """---
id: one
title: Lock the door
worries: [security]
minutes: 10
checked_on: 2026-11-27
licence: CC-BY-4.0
pass_on:
  team: "I locked mine."
sources:
  - title: "Somebody: a page"
    address: https://example.org/page
---
What this is about. <script>alert(1)</script>

## Make sure it locks {#lock}
- Look for **lock**.

## Choose what X shows {#x for=x,bluesky}
- Look.

## Try it once
- Sign out, and in again.

## If you get stuck
Stop there.
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "one.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_one_is_read(tmp_path: Path) -> None:
    one = read_walkthrough(written(tmp_path, GOOD))
    assert (one.id, one.title, one.worries, one.minutes) == ("one", "Lock the door", ("security",), 10)
    assert one.checked_on == date(2026, 11, 27)
    assert (one.to_team, one.to_family) == ("I locked mine.", "")
    assert one.sources == (Source("Somebody: a page", "https://example.org/page"),)
    assert [(item.id, item.title, item.networks) for item in one.items] == [
        ("lock", "Make sure it locks", ()),
        ("x", "Choose what X shows", ("x", "bluesky")),
        ("try-it-once", "Try it once", ()),
    ]
    assert "<strong>lock</strong>" in one.items[0].html
    assert "script" not in one.about_html
    assert one.stuck_html == "<p>Stop there.</p>"


def test_cases_stand_apart_from_what_is_asked(tmp_path: Path) -> None:
    cases = "Which one?\n\n### This <b>one</b>\n- Look.\n\n### Not sure\n- Ask.\n"
    (first, *others) = read_walkthrough(written(tmp_path, GOOD.replace("- Look for **lock**.\n", cases))).items
    assert first.html == "<p>Which one?</p>"
    assert [one.title for one in first.folds] == ["This <b>one</b>", "Not sure"], "a title is text, and shown as such"
    assert "Ask." in first.folds[1].html
    assert not any(one.folds for one in others)


def test_the_family_alone_may_be_told(tmp_path: Path) -> None:
    one = read_walkthrough(written(tmp_path, GOOD.replace("  team:", "  family:")))
    assert (one.to_team, one.to_family) == ("", "I locked mine.")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes: 10", "minutes: 31", "line 5: “minutes” should be a whole number from 1 to 30"),
        ("minutes: 10", "minutes: ten", "line 5: “minutes” should be a whole number"),
        ("2026-11-27", "last week", "line 6: “checked_on” should be a day"),
        ("[security]", "[secrets]", "line 4: “secrets” is not known in “worries”"),
        ("licence: CC-BY-4.0\n", "", "“licence” is missing"),
        ("licence:", "license:", "“license” is not known here; perhaps “licence”"),
        ('  team: "I locked mine."', "  staff: x", "line 8: “pass_on” has a sentence under “team”"),
        ('pass_on:\n  team: "I locked mine."', "pass_on: I locked mine", "“pass_on” has a sentence under “team”"),
        ('"I locked mine."', '" "', "should be one sentence of text"),
        ("    address: https://example.org/page\n", "", "each source has a “title” and an “address”"),
        ("https://example.org", "http://example.org", "its address begins with “https://”"),
        ("What this is about. <script>alert(1)</script>\n", "", "a few sentences should stand before"),
        ("## If you get stuck", "## When stuck", "the last heading should be “## If you get stuck”"),
        ("## Try it once\n- Sign out, and in again.\n", "", "at least 3 headings before the last"),
        ("- Look for **lock**.\n", "### One\n- Look.\n", "line 16: a line should stand before the first “###”"),
        ("- Look for **lock**.\n", "Which?\n\n### One\n", "line 16: each “###” under this heading needs words"),
        ("- Look for **lock**.\n", "", "line 16: there is no text under this heading"),
        ("{#x for=x,bluesky}", "{#lock}", "“lock” names two headings"),
        ("{#x for=x,bluesky}", "{#x for=xx}", "line 19: “xx” is no network known here; perhaps “x”"),
        ("{#x for=x,bluesky}", "{for telex}", "“for” is not known in braces"),
        ("{#x for=x,bluesky}", "{#X}", "“#X” is not known in braces"),
        ("{#x for=x,bluesky}", "{#x} {#y}", "braces in a heading stand once, at its end"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(FaultyPiece) as fault:
        read_walkthrough(written(tmp_path, GOOD.replace(old, new, 1)))
    assert said in str(fault.value)
    assert str(fault.value).startswith("one.md")


def test_sources_are_a_list(tmp_path: Path) -> None:
    text = GOOD.replace('  - title: "Somebody: a page"\n    address: https://example.org/page\n', "")
    with pytest.raises(FaultyPiece, match="“sources” should be a list with at least one entry"):
        read_walkthrough(written(tmp_path, text))


def test_all_faults_of_a_folder_are_named_at_once(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    assert [one.id for one in read_walkthroughs(tmp_path)] == ["one"]
    (tmp_path / "two.md").write_text(GOOD)
    (tmp_path / "three.md").write_text("nothing")
    with pytest.raises(FaultyWalkThroughs) as fault:
        read_walkthroughs(tmp_path)
    assert len(fault.value.faults) == 2
