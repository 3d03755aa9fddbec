"""Marks: what is there for whom, where one goes on, and what may be shared; each rule's yes and no."""

from dataclasses import replace

import pytest

from handrail.capabilities.starting_point.walkthroughs import presenters, rules
from handrail.capabilities.starting_point.walkthroughs.export import marks_in_words
from handrail.capabilities.starting_point.walkthroughs.pack import walkthrough_pack
from handrail.capabilities.starting_point.walkthroughs.sheet import MarkSheet, mark_sheet_from

SEEN = walkthrough_pack()["who-sees-what"]
PLAIN = walkthrough_pack()["recovery-details"]


def test_items_for_ones_own_networks() -> None:
    assert rules.asks_for_networks(SEEN)
    assert not rules.asks_for_networks(PLAIN)
    assert rules.items_for(SEEN, MarkSheet()) == list(SEEN.items), "not asked yet: all of it"
    some = rules.items_for(SEEN, MarkSheet(networks=("x",)))
    assert [item.id for item in some] == ["one-setting", "stranger", "x", "phone", "role"]
    assert rules.items_for(PLAIN, MarkSheet(networks=())) == list(PLAIN.items)


def test_the_time_is_for_ones_own_items() -> None:
    assert presenters.minutes_in_words(SEEN, MarkSheet()) == "12 small things, about 30 minutes in all"
    assert presenters.minutes_in_words(SEEN, MarkSheet(networks=())) == "4 small things, about 10 minutes in all"


def test_where_one_goes_on() -> None:
    first, second, third = PLAIN.items[:3]
    sheet = MarkSheet().with_mark(PLAIN.id, second.id, "done")
    assert rules.item_after(PLAIN, sheet) == first
    assert rules.item_after(PLAIN, sheet, first) == third, "what is marked is passed by"
    assert rules.item_after(PLAIN, sheet, PLAIN.items[-1]) == first, "from the end back to what was left"
    assert rules.item_after(SEEN, MarkSheet(networks=()), SEEN.items[2]) == SEEN.items[0], "an item of another's"
    for item in PLAIN.items:
        sheet = sheet.with_mark(PLAIN.id, item.id, "not_for_me")
    assert rules.item_after(PLAIN, sheet) is None


def test_counting_and_latest() -> None:
    sheet = MarkSheet()
    assert not rules.has_marks(PLAIN, sheet)
    sheet = sheet.with_mark(PLAIN.id, PLAIN.items[0].id, "not_done")
    assert rules.has_marks(PLAIN, sheet)
    assert rules.number_done(PLAIN, sheet) == 0
    assert rules.number_done(PLAIN, sheet.with_mark(PLAIN.id, PLAIN.items[1].id, "done")) == 1
    assert presenters.latest_of(sheet) == (PLAIN, PLAIN.items[1])
    assert presenters.latest_of(replace(sheet, latest="gone")) is None


@pytest.mark.parametrize(("mark", "may"), [("done", True), ("not_done", True), ("not_for_me", True), ("", False)])
def test_marks(mark: str, may: bool) -> None:
    assert rules.can_mark(mark) is may


def test_networks_that_are_known() -> None:
    assert rules.can_use_networks([])
    assert rules.can_use_networks(["x", "mastodon"])
    assert not rules.can_use_networks(["telex"])


def test_what_may_be_shared() -> None:
    assert rules.can_share(["a"], ["a"])
    assert rules.can_share(["a", "also_open"], ["a"])
    assert not rules.can_share([], ["a"])
    assert not rules.can_share(["also_open"], ["a"]), "the last box alone shares nothing"
    assert not rules.can_share(["a", "b"], ["a"])


def test_the_sheet_comes_back_and_its_size_tells_nothing() -> None:
    sheet = MarkSheet().with_networks(["x"]).with_mark("a", "b", "done").with_passed_on("a").with_wishes(["a"])
    sheet = sheet.with_shown(7, ["a"]).with_shown(8, ["a"]).with_shown(8, [])
    assert mark_sheet_from(sheet.as_text()) == sheet
    assert mark_sheet_from(MarkSheet().as_text()) == MarkSheet()
    assert sheet.shown == {"7": ("a",)}
    assert len(MarkSheet().as_text().encode()) == len(sheet.as_text().encode())


def test_words_of_what_is_in_the_pack_no_more() -> None:
    sheet = MarkSheet().with_mark("gone", "thing", "done").with_mark(PLAIN.id, "gone-too", "not_done")
    said = marks_in_words(sheet)
    assert "gone: thing: Done" in said
    assert f"{PLAIN.title}: gone-too: Not yet" in said
    assert presenters.names_in_words(["gone", PLAIN.id, "also_open"]) == f"{PLAIN.title}; also what is not done yet"
    there = sheet.with_mark(PLAIN.id, PLAIN.items[0].id, "done")
    assert presenters.choices_to_share(there) == [
        (PLAIN.id, PLAIN.title),
        ("also_open", "Also what is not done yet, or not for me"),
    ]
    assert presenters.choices_to_share(MarkSheet()) == []
    assert presenters.walkthroughs_to_take_back(["gone"]) == []
