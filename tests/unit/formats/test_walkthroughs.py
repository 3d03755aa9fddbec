"""A walk-through is read strictly, and whoever wrote it is told the line of a fault."""

from datetime import date
from pathlib import Path

import pytest

from handrail.formats.pieces import FaultyPiece
from handrail.formats.walkthroughs import Action, FaultyWalkThroughs, Source, read_walkthrough, read_walkthroughs

GOOD = """---
id: one
title: Lock the door
worries: [security]
checked_on: 2026-11-27
licence: CC-BY-4.0
pass_on:
  team: "I locked mine."
sources:
  - title: "Somebody: a page"
    address: https://example.org/page
---
What this is about. <script>alert(1)</script>

## Make sure it locks {#lock minutes=3}
- Look for **lock**.

## Choose what X shows {#x for=x,bluesky minutes=2}
Before you begin.
- Look.
- Open **Settings**,
  and then **privacy**.
  You see: a list
  of what is there.

## Try it once {minutes=5}
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
    assert (one.id, one.title, one.worries) == ("one", "Lock the door", ("security",))
    assert one.checked_on == date(2026, 11, 27)
    assert not one.in_order
    assert (one.to_team, one.to_family) == ("I locked mine.", "")
    assert one.sources == (Source("Somebody: a page", "https://example.org/page"),)
    assert [(item.id, item.home, item.title, item.minutes, item.networks) for item in one.items] == [
        ("lock", "one", "Make sure it locks", 3, ()),
        ("x", "one", "Choose what X shows", 2, ("x", "bluesky")),
        ("try-it-once", "one", "Try it once", 5, ()),
    ]
    assert "<strong>lock</strong>" in one.items[0].html
    assert "script" not in one.about_html
    assert one.stuck_html == "<p>Stop there.</p>"


def test_each_line_is_one_thing_to_do_with_what_one_sees_then(tmp_path: Path) -> None:
    lock, choose, _last = read_walkthrough(written(tmp_path, GOOD)).items
    assert lock.actions == (Action("<p>Look for <strong>lock</strong>.</p>", "", ("lock",)),)
    assert lock.lead == ""
    assert choose.lead == "<p>Before you begin.</p>"
    first, second = choose.actions
    assert first.html == "<p>Look.</p>"
    assert second.names == ("Settings", "privacy")
    assert second.html == "<p>Open <strong>Settings</strong>,\nand then <strong>privacy</strong>.</p>"
    assert second.sees == "<p>a list\nof what is there.</p>"
    assert "You see: a list" in choose.html, "on paper it is read with it"


CASES = "Which one?\n\n### This <b>one</b>\n- Look.\n\n### Not sure {again}\n- Ask.\n\n### Then\n- Try it.\n"


def test_what_follows_in_every_case_and_a_case_that_asks_again(tmp_path: Path) -> None:
    (item, *_others) = read_walkthrough(written(tmp_path, GOOD.replace("- Look for **lock**.\n", CASES))).items
    assert [(one.id, one.title, one.asks_again) for one in item.folds] == [
        ("this-b-one-b", "This <b>one</b>", False),
        ("not-sure", "Not sure", True),
    ]
    assert [one.html for one in item.then] == ["<p>Try it.</p>"]
    assert "Try it." in item.then_html
    assert item.actions == ()


ELSEWHERE = GOOD.replace("id: one", "id: two").replace("## Try it once {minutes=5}\n- Sign out, and in again.", "HERE")


def test_what_is_written_elsewhere_is_there_as_a_whole(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    (tmp_path / "two.md").write_text(ELSEWHERE.replace("HERE", "## Try it once {same=one#try-it-once}"))
    one, two = read_walkthroughs(tmp_path)
    assert two.items[2] == one.items[2]
    assert (two.items[2].home, two.items[2].minutes) == ("one", 5)


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("## Try it once {same=one#gone}", "two.md: “Try it once” is not written under “one#gone”"),
        ("## Try it {same=one#try-it-once}", "two.md: “Try it” is not written under “one#try-it-once”"),
        ("## Try it once {same=three#try-it-once}", "is not written under “three#try-it-once”"),
        ("## Try it once {same=one#try-it-once}\n- Too much.", "two.md, line 26: this stands under “one”"),
        ("## Try it once {same=one}", "two.md, line 26: “same=one” is not known in braces"),
    ],
)
def test_what_is_not_written_elsewhere_is_named(tmp_path: Path, heading: str, said: str) -> None:
    written(tmp_path, GOOD)
    (tmp_path / "two.md").write_text(ELSEWHERE.replace("HERE", heading))
    with pytest.raises(FaultyWalkThroughs) as fault:
        read_walkthroughs(tmp_path)
    assert said in str(fault.value)


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
        ("{#lock minutes=3}", "{#lock minutes=6}", "line 15: say how long it takes, from 1 to 5"),
        ("{#lock minutes=3}", "{#lock}", "line 15: say how long it takes"),
        ("{#lock minutes=3}", "{#lock minutes=many}", "“minutes=many” is not known in braces; write"),
        ("- Look for **lock**.\n", "Look for it.\n", "line 15: there should be something to do under this heading"),
        ("- Look for **lock**.\n", "Which?\n\n### A\n- Look.\n\n### A\n- Look.\n", "two “###” under this heading"),
        ("Stop there.\n", "", "line 29: there is no text under this heading"),
        ("2026-11-27", "last week", "line 5: “checked_on” should be a day"),
        ("licence: CC-BY-4.0\n", "licence: CC-BY-4.0\nin_order: often\n", "line 7: “in_order” is true or false"),
        ("[security]", "[secrets]", "line 4: “secrets” is not known in “worries”"),
        ("licence: CC-BY-4.0\n", "", "“licence” is missing"),
        ("licence:", "license:", "“license” is not known here; perhaps “licence”"),
        ('  team: "I locked mine."', "  staff: x", "line 7: “pass_on” has a sentence under “team”"),
        ('pass_on:\n  team: "I locked mine."', "pass_on: I locked mine", "“pass_on” has a sentence under “team”"),
        ('"I locked mine."', '" "', "should be one sentence of text"),
        ("    address: https://example.org/page\n", "", "each source has a “title” and an “address”"),
        ("https://example.org", "http://example.org", "its address begins with “https://”"),
        ("What this is about. <script>alert(1)</script>\n", "", "a few sentences should stand before"),
        ("## If you get stuck", "## When stuck", "the last heading should be “## If you get stuck”"),
        ("## Try it once {minutes=5}\n- Sign out, and in again.\n", "", "at least 3 headings before the last"),
        ("- Look for **lock**.\n", "### One\n- Look.\n", "line 15: a line should stand before the first “###”"),
        ("- Look for **lock**.\n", "Which?\n\n### One\n", "line 15: each “###” under this heading needs words"),
        ("- Look for **lock**.\n", "", "line 15: there is no text under this heading"),
        ("{#x for=x,bluesky minutes=2}", "{#lock minutes=2}", "“lock” names two headings"),
        (
            "{#x for=x,bluesky minutes=2}",
            "{#x for=xx minutes=2}",
            "line 18: “xx” is no network known here; perhaps",
        ),
        ("{#x for=x,bluesky minutes=2}", "{for telex}", "“for” is not known in braces"),
        ("{#x for=x,bluesky minutes=2}", "{#X}", "“#X” is not known in braces"),
        ("{#x for=x,bluesky minutes=2}", "{#x} {#y}", "braces in a heading stand once, at its end"),
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
