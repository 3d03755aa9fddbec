"""What may be brought and chosen, and how a decision is called; each rule's yes and no."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from freezegun import freeze_time

from handrail.capabilities.starting_point.decisions import presenters, queries, rules
from handrail.capabilities.starting_point.decisions.facts import Facts, facts_in
from handrail.capabilities.starting_point.decisions.heading import Heading, heading_from, title_of
from handrail.capabilities.starting_point.decisions.queries import OwnDecision
from handrail.foundation.access.refusal import Refused

LATER = ("facts", "day", "called", "swapped")  # what a heading sealed earlier does not have
HEADING = Heading("2026-11-27T10:00:00+00:00")


@pytest.mark.parametrize(
    ("paper", "title"),
    [
        ("", ""),
        ("\n  \n The\tcontract \nmore", "The contract"),
        ("word " * 40, ("word " * 15).strip() + "…"),
        ("x" * 100, "x" * 79 + "…"),
    ],
)
def test_a_title_is_the_first_line(paper: str, title: str) -> None:
    assert title_of(paper) == title
    assert len(title) <= 80


def test_without_a_title_it_is_called_by_what_it_touches_or_its_day() -> None:
    def named(heading: Heading | None) -> str:
        return presenters.title_in_words(OwnDecision(uuid4(), date(2026, 11, 27), heading))

    assert named(HEADING) == "A decision of 27 November 2026"
    assert named(HEADING.with_chosen(["data-1", "gone-1"])) == "Where the numbers come from"
    assert named(Heading("", title="Mine")) == "Mine"
    assert named(None) == "Sealed with a key that is gone"


def test_the_heading_comes_back_and_its_size_tells_nothing() -> None:
    full = WITH_FACTS.with_chosen(["data-1"]).with_outcome("One year less").with_day(TODAY, "the board")
    assert heading_from(full.as_text()) == full
    assert heading_from(full.with_day(None, "gone").as_text()).called == ""
    assert len(full.as_text().encode()) == len(HEADING.as_text().encode())
    earlier = {one: held for one, held in json.loads(HEADING.as_text()).items() if one not in LATER}
    assert heading_from(json.dumps(earlier)) == replace(HEADING, facts=Facts())
    assert not HEADING.looked_back
    assert full.looked_back
    nothing = full.with_outcome("")
    assert (nothing.unchanged, nothing.differently, nothing.looked_back) == (True, "", True)


def test_what_may_be_brought_and_chosen() -> None:
    assert rules.can_bring(rules.MOST_KEPT - 1)
    assert not rules.can_bring(rules.MOST_KEPT)
    assert rules.can_choose(["a", "b", "c"], ["a", "b", "c"])
    assert not rules.can_choose([], ["a"])
    assert not rules.can_choose(["a", "b", "c", "d"], ["a", "b", "c", "d"])
    assert not rules.can_choose(["gone"], ["a"])


TODAY = date(2026, 11, 27)


def test_a_day_may_be_today_or_within_three_years() -> None:
    for day, may in ((TODAY, True), (date(2026, 11, 26), False), (TODAY + rules.FARTHEST, True), (date.max, False)):
        assert rules.can_be_decided_on(day, TODAY) is may
        if may:
            rules.check_day(day, TODAY)
        else:
            with pytest.raises(Refused):
                rules.check_day(day, TODAY)


def test_before_the_day_it_is_near_and_afterwards_it_is_asked_about_for_two_weeks() -> None:
    def said(days: int) -> tuple[bool, bool, bool]:
        day = TODAY + timedelta(days=days)
        return rules.is_before(day, TODAY), rules.is_soon(day, TODAY), rules.is_asked_afterwards(day, TODAY)

    assert [said(days) for days in (8, 7, 0)] == [(True, False, False), (True, True, False), (True, True, False)]
    assert [said(days) for days in (-1, -14, -15)] == [
        (False, False, True),
        (False, False, True),
        (False, False, False),
    ]
    assert rules.is_time_to_look_back(TODAY, TODAY, date(2026, 11, 26))
    assert not rules.is_time_to_look_back(date(2026, 1, 1), TODAY, TODAY)


WITH_FACTS = replace(HEADING, facts=facts_in("Should we buy it or wait until 12 March? It costs £240,000.", TODAY))


def test_what_was_ticked_gives_the_three_and_the_text_is_asked_about_beside_them() -> None:
    for chosen in (["data-1"], ["data-1", "ai-1"], ["data-1", "ai-1", "services-1"]):
        asked, plain = (presenters.questions_of(one.with_chosen(chosen)) for one in (WITH_FACTS, HEADING))
        assert asked.three == plain.three
        assert asked.of_text == [
            "“buy it or wait”: what would each be like for people in a year?",
            "“£240,000”: what is not in it, for example people, training, getting out again?",
            "“until 12 March”: who set that day, and what would two more weeks cost us?",
        ]
        assert any(str(one.text).startswith("“until 12 March”") for one in asked.others)
        assert plain.of_text == []


def test_the_days_of_the_text_are_offered_first() -> None:
    with freeze_time("2026-11-27 10:00"):
        days = presenters.days_to_tap(WITH_FACTS)
        assert [(one.value, one.hint) for one in days] == [
            ("2027-03-12", "“until 12 March”, in your text"),
            ("2026-11-30", ""),
            ("2026-12-04", "In a week"),
        ]
        assert days[0].text == "Friday 12 March 2027"
        assert days[1].text == "Monday 30 November", "councils decide on working days"
    with freeze_time("2027-03-14 10:00"):  # a Sunday
        assert [one.hint for one in presenters.days_to_tap(WITH_FACTS)] == ["Tomorrow", "In a week"]


def test_what_came_of_it_is_asked_after_a_week() -> None:
    assert not rules.is_time_to_look_back(date(2026, 11, 21), date(2026, 11, 27))
    assert rules.is_time_to_look_back(date(2026, 11, 20), date(2026, 11, 27))


def test_what_is_offered_says_why() -> None:
    assert presenters.offered(HEADING) is None
    assert presenters.offered(Heading("", touches={"gone-1": ("x",)})) is None
    group = presenters.offered(Heading("", touches={"ai-1": ("ai", "chatgpt")}))
    assert group is not None
    assert group.hints == {"ai-1": "Found in it: “ai”, “chatgpt”"}
    themes = presenters.by_theme(group)
    assert len(themes) == 10
    assert all(one != "ai-1" for theme in themes for one, _name in theme.choices)


def test_one_of_the_other_questions_takes_the_place_of_one_of_the_three() -> None:
    heading = WITH_FACTS.with_chosen(["data-1"])
    before, others = queries.three_asked(heading), presenters.questions_of(heading).others
    assert list(presenters.questions_to_choose(heading)) == queries.references_of(heading), "each has its words"
    assert before == ["data-1-0", "data-1-1", "data-1-2"]
    taken = others[-1].value
    after = rules.swapped(before, list(presenters.questions_to_choose(heading)), taken, "data-1-1")
    assert after == ["data-1-0", taken, "data-1-2"], "the others stay where they stand"
    swapped = heading.with_swapped(after)
    asked = presenters.questions_of(swapped)
    assert asked.three[1] == others[-1].text
    assert "data-1-1" in [one.value for one in asked.others], "what was left out can come back"
    assert heading_from(swapped.as_text()) == swapped
    assert queries.three_asked(swapped.with_chosen(["data-2"])) == ["data-2-0", "data-2-1", "data-2-2"]
    gone = heading.with_swapped(["data-1-0", "gone-0", "data-1-2"])
    assert queries.three_asked(gone) == before, "a question that is there no more makes way for the first three"


@pytest.mark.parametrize(("taken", "left_out"), [("a", "b"), ("d", "d"), ("e", "a"), ("", "a"), ("d", "")])
def test_a_question_that_is_not_there_takes_no_place(taken: str, left_out: str) -> None:
    three, pool = ["a", "b", "c"], ["a", "b", "c", "d"]
    assert rules.can_swap(three, pool, "d", "b")
    assert not rules.can_swap(three, pool, taken, left_out)
    with pytest.raises(Refused):
        rules.swapped(three, pool, taken, left_out)
