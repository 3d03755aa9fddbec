"""Marks: what is there for whom, where one goes on, and what may be shared; each rule's yes and no."""

import json
from dataclasses import replace
from datetime import date

import pytest

from handrail.capabilities.starting_point.walkthroughs import presenters, rules
from handrail.capabilities.starting_point.walkthroughs.export import marks_in_words
from handrail.capabilities.starting_point.walkthroughs.pack import walkthrough_pack
from handrail.capabilities.starting_point.walkthroughs.sheet import MarkSheet, Stand, mark_sheet_from
from handrail.formats.walkthroughs import WORRIES

SEEN = walkthrough_pack()["who-sees-what"]
PLAIN = walkthrough_pack()["recovery-details"]
DAY = date(2024, 3, 3)


def test_items_for_ones_own_networks() -> None:
    assert rules.asks_for_networks(SEEN)
    assert not rules.asks_for_networks(PLAIN)
    assert rules.items_for(SEEN, MarkSheet()) == list(SEEN.items), "not asked yet: all of it"
    some = rules.items_for(SEEN, MarkSheet(networks=("x",)))
    assert [item.id for item in some] == ["one-setting", "stranger", "x", "phone", "places", "trail", "close", "role"]
    assert rules.items_for(PLAIN, MarkSheet(networks=())) == list(PLAIN.items)


def test_the_time_is_that_of_what_is_left() -> None:
    all_of_it = sum(item.minutes for item in SEEN.items)
    said = presenters.minutes_in_words(SEEN, MarkSheet())
    assert said == f"{len(SEEN.items)} small things, about {all_of_it} minutes in all"
    sheet = MarkSheet(networks=())
    own = rules.items_for(SEEN, sheet)
    first, second, third, *others = own
    for item, mark in ((first, "done"), (second, "not_for_me"), (third, "not_done")):
        sheet = sheet.with_mark(item.home, item.id, mark, DAY)
    left = sum(item.minutes for item in (third, *others))
    said = presenters.minutes_in_words(SEEN, sheet)
    assert said == f"{len(own) - 2} small things left, about {left} minutes in all"
    for item in own:
        sheet = sheet.with_mark(item.home, item.id, "done", DAY)
    assert presenters.minutes_in_words(SEEN, sheet) == "Nothing is left to do here"


def test_what_is_done_counts_in_each_walkthrough_that_has_it() -> None:
    family, false = walkthrough_pack()["family-and-children"], walkthrough_pack()["false-stories-and-faked-voices"]
    word = next(item for item in family.items if item.id == "word")
    assert word in false.items
    assert word.home == false.id
    sheet = MarkSheet().with_mark(word.home, word.id, "done", DAY)
    for one in (family, false):
        assert rules.number_done(one, sheet) == 1
        assert rules.has_marks(one, sheet)
        assert word not in rules.left_of(one, sheet)
        (task,) = [task for task in presenters.item_tasks(one, sheet) if task.text == word.title]
        assert (task.status, task.hint) == ("Done", "Done already, on 3 March 2024")
    assert [one.heading for one in presenters.chosen_sections(sheet, [family.id, false.id])] == [
        false.title,
        family.title,
    ]


def test_a_mark_from_before_days_were_kept_says_done_without_one() -> None:
    item = PLAIN.items[0]
    kept = json.loads(MarkSheet(marks={PLAIN.id: {item.id: "done"}}).as_text())
    del kept["days"], kept["stands"]
    sheet = mark_sheet_from(json.dumps(kept))
    assert presenters.done_in_full(item, sheet) == "Done"
    assert presenters.item_tasks(PLAIN, sheet)[0].hint == ""


def test_a_worry_opens_one_short_thing_that_is_not_for_one_network_only() -> None:
    sheet = MarkSheet()
    for worry in WORRIES:
        found = rules.first_for(worry, sheet)
        assert found is not None
        assert found[1].minutes <= 5, worry
    assert rules.first_for("reputation", sheet) == (SEEN, SEEN.items[0])
    for walkthrough in walkthrough_pack().values():
        for item in walkthrough.items:
            if not item.networks:
                sheet = sheet.with_mark(item.home, item.id, "done", DAY)
    assert rules.first_for("reputation", sheet) is None, "nobody said yet that they are on a network"
    known = sheet.with_networks(["x"])
    assert rules.first_for("reputation", known) == (SEEN, next(one for one in SEEN.items if one.id == "x"))
    (worry,) = [one for one in presenters.worry_lists(sheet, ["time"]) if one.topic == presenters.TOPICS["time"]]
    assert worry.first == []


LOCK = next(item for item in walkthrough_pack()["passkeys-and-two-step"].items if item.id == "phone-lock")
TALK = next(item for item in walkthrough_pack()["family-and-children"].items if item.id == "talk")


def test_only_the_chosen_case_is_met_and_what_follows_in_every_case() -> None:
    phone = next(item for item in PLAIN.items if item.id == "phone-number")
    ways = {one.id: rules.things_to_do(phone, one.id) for one in phone.folds}
    assert ways["google"][-2:] == ways["apple"][-2:] == phone.then
    assert not set(ways["google"][:2]) & set(ways["apple"])
    assert rules.things_to_do(phone, "i-am-not-sure") == phone.folds[-1].actions, "back to the choice after it"
    assert rules.things_to_do(phone, "gone") == ()
    assert rules.things_to_do(TALK, "") == TALK.actions


def test_one_thing_after_another_until_it_is_done() -> None:
    assert rules.stand_in(TALK, MarkSheet()) == Stand(at=1)
    assert rules.stand_in(LOCK, MarkSheet()) == Stand(at=0), "at the choice"
    assert rules.stand_after(TALK, Stand(at=1), 1, left_out=False) == Stand(at=2)
    assert rules.stand_after(TALK, Stand(at=3), 3, left_out=False) is None
    assert rules.stand_after(TALK, Stand(at=3), 1, left_out=False) == Stand(at=2), "gone back, and on from there"
    assert rules.stand_after(TALK, Stand(at=3), 3, left_out=True) is None, "one thing did not fit"
    left = rules.stand_after(TALK, Stand(at=3, left_out=(1, 2)), 3, left_out=True)
    assert left == Stand(at=4, left_out=(1, 2, 3)), "all of it was left out: is it done?"
    assert rules.is_at_end(TALK, left)
    assert rules.stand_after(TALK, Stand(at=1, left_out=(1,)), 1, left_out=False) == Stand(at=2), "found after all"


def test_what_was_not_found_is_asked_about_at_the_end() -> None:
    case = LOCK.folds[0].id
    assert rules.stand_after(LOCK, Stand(case, 4, (3,)), 4, left_out=False) == Stand(case, 5, (3,))
    assert rules.stand_after(LOCK, Stand(case, 4), 4, left_out=False) is None


def test_whoever_was_not_sure_chooses_again() -> None:
    unsure = rules.case_called(LOCK, "i-am-not-sure")
    assert unsure is not None
    assert rules.stand_after(LOCK, Stand(unsure.id, 2), len(unsure.actions), left_out=False) == Stand()


def test_a_stand_of_a_text_that_has_changed_begins_anew() -> None:
    kept = MarkSheet().with_stand(LOCK.home, LOCK.id, Stand("a-gone-case", 2))
    assert rules.stand_in(LOCK, kept) == Stand(at=0)
    shorter = MarkSheet().with_stand(TALK.home, TALK.id, Stand("", 9))
    assert rules.stand_in(TALK, shorter) == Stand(at=1)
    there = MarkSheet().with_stand(TALK.home, TALK.id, Stand("", 2))
    assert rules.stand_in(TALK, there) == Stand("", 2)
    assert there.with_mark(TALK.home, TALK.id, "done", DAY).stands == {}, "what is marked is no longer begun"


def test_what_was_begun_is_offered_before_what_was_not() -> None:
    last = PLAIN.items[-1]
    sheet = MarkSheet().with_stand(last.home, last.id, Stand("", 2)).with_latest(PLAIN.id)
    assert presenters.latest_of(sheet) == (PLAIN, last)
    assert presenters.has_stopped(sheet)
    assert not presenters.has_stopped(MarkSheet())
    assert rules.first_for("security", sheet) is not None
    assert presenters.item_tasks(PLAIN, sheet)[-1].status == "Begun"


@pytest.mark.parametrize(("at", "may"), [(0, False), (1, True), (3, True), (4, False)])
def test_numbers_of_things(at: int, may: bool) -> None:
    assert rules.can_do(TALK, Stand(at=1), at) is may


def test_cases_that_are_there() -> None:
    assert rules.can_choose_case(LOCK, LOCK.folds[0].id)
    assert not rules.can_choose_case(LOCK, "telex")
    assert not rules.can_choose_case(TALK, "")


def test_where_one_goes_on() -> None:
    first, second, third = PLAIN.items[:3]
    sheet = MarkSheet().with_mark(PLAIN.id, second.id, "done", DAY)
    assert rules.item_after(PLAIN, sheet) == first
    assert rules.item_after(PLAIN, sheet, first) == third, "what is marked is passed by"
    assert rules.item_after(PLAIN, sheet, PLAIN.items[-1]) == first, "from the end back to what was left"
    assert rules.item_after(SEEN, MarkSheet(networks=()), SEEN.items[2]) == SEEN.items[0], "an item of another's"
    for item in PLAIN.items:
        sheet = sheet.with_mark(PLAIN.id, item.id, "not_for_me", DAY)
    assert rules.item_after(PLAIN, sheet) is None


def test_counting_and_latest() -> None:
    sheet = MarkSheet()
    assert not rules.has_marks(PLAIN, sheet)
    sheet = sheet.with_mark(PLAIN.id, PLAIN.items[0].id, "not_done", DAY).with_latest(PLAIN.id)
    assert rules.has_marks(PLAIN, sheet)
    assert rules.number_done(PLAIN, sheet) == 0
    assert rules.number_done(PLAIN, sheet.with_mark(PLAIN.id, PLAIN.items[1].id, "done", DAY)) == 1
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
    sheet = MarkSheet().with_networks(["x"]).with_mark("a", "b", "done", DAY).with_passed_on("a").with_wishes(["a"])
    sheet = sheet.with_stand("a", "c", Stand("x", 2, (1,))).with_shown(7, ["a"]).with_shown(8, ["a"]).with_shown(8, [])
    sheet = sheet.with_happened("account")
    assert mark_sheet_from(sheet.as_text()) == sheet
    assert mark_sheet_from(MarkSheet().as_text()) == MarkSheet()
    assert sheet.shown == {"7": ("a",)}
    assert len(MarkSheet().as_text().encode()) == len(sheet.as_text().encode())


def test_what_has_happened_comes_first() -> None:
    assert rules.asks_whether_it_happened(["time", "security"], MarkSheet())
    assert not rules.asks_whether_it_happened(["time"], MarkSheet()), "nobody is asked out of the blue"
    assert not rules.asks_whether_it_happened(["security"], MarkSheet(happened="nothing")), "and nobody twice"
    usual = presenters.first_address(MarkSheet(), ["security"])
    assert presenters.first_address(MarkSheet(happened="nothing"), ["security"]) == usual
    for what, walkthrough in rules.HAPPENED.items():
        sheet = MarkSheet(happened=what)
        first = walkthrough_pack()[walkthrough].items[0]
        assert presenters.first_address(sheet, ["security"])[0] == f"/walk-throughs/{walkthrough}/do/{first.id}/"
        for item in walkthrough_pack()[walkthrough].items:
            sheet = sheet.with_mark(item.home, item.id, "done", DAY)
        assert presenters.first_address(sheet, ["time"]) == presenters.first_address(MarkSheet(), ["time"]), "done"
        assert rules.can_have_happened(what)
        assert str(presenters.what_may_have_happened()[0].text) in marks_in_words(MarkSheet(happened="account"))
    assert rules.can_have_happened("nothing")
    assert not rules.can_have_happened("")
    assert not rules.can_have_happened("something")


def test_words_of_what_is_in_the_pack_no_more() -> None:
    sheet = MarkSheet().with_mark("gone", "thing", "done", DAY).with_mark(PLAIN.id, "gone-too", "not_done", DAY)
    said = marks_in_words(sheet)
    assert "gone: thing: Done (2024-03-03)" in said
    assert f"{PLAIN.title}: gone-too: Not yet" in said
    begun = MarkSheet().with_stand("gone", "thing", Stand("a-case", 2))
    assert marks_in_words(begun) == "gone: thing: a-case: begun, at 2"
    assert presenters.names_in_words(["gone", PLAIN.id, "also_open"]) == f"{PLAIN.title}; also what is not done yet"
    there = sheet.with_mark(PLAIN.id, PLAIN.items[0].id, "done", DAY)
    assert presenters.choices_to_share(there) == [(PLAIN.id, PLAIN.title)]
    open_too = there.with_mark(PLAIN.id, PLAIN.items[1].id, "not_done", DAY)
    assert presenters.choices_to_share(open_too) == [
        (PLAIN.id, PLAIN.title),
        ("also_open", "Also what is not done yet, or not for me"),
    ]
    assert presenters.choices_to_share(MarkSheet()) == []
    assert presenters.walkthroughs_to_take_back(["gone"]) == []
