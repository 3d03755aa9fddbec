"""What may be brought and chosen, and how a decision is called; each rule's yes and no."""

from datetime import date
from uuid import uuid4

import pytest

from handrail.capabilities.starting_point.decisions import presenters, rules
from handrail.capabilities.starting_point.decisions.heading import Heading, heading_from, title_of
from handrail.capabilities.starting_point.decisions.queries import OwnDecision

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
    full = HEADING.with_chosen(["data-1"]).with_outcome("One year less")
    assert heading_from(full.as_text()) == full
    assert len(full.as_text().encode()) == len(HEADING.as_text().encode())
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
