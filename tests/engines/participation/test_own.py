"""What one person's figures say: how it moved since a start, and the one thing that would help next."""

from typing import Any

import pytest

from handrail.engines.participation import measures
from handrail.engines.participation.own import Month, Own, moved, next_thing, own
from handrail.engines.participation.reference import Act
from tests.engines.participation.logs import log_of
from tests.engines.participation.test_measures import QUERY

LIVELY = {"posts": 2, "replies_given": 2, "in_channels": 4, "concerning": 2, "in_touch": 4, "two_way": 2}


def test_the_quarter_before_and_the_last_are_set_side_by_side() -> None:
    months = [Month(number, posts=4, replies_given=number) for number in range(100, 110)]
    found = moved(months, 104)
    assert found is not None
    before, last = found
    assert (before.acts, last.acts) == (3 * 4 + 101 + 102 + 103, 3 * 4 + 107 + 108 + 109)
    assert before.two_way_share is None, "in touch with nobody"
    for start in (None, 102, 108):
        assert moved(months, start) is None, "less than a quarter on one side"


@pytest.mark.parametrize(
    ("months", "pattern", "across", "outcomes", "expected"),
    [
        ({}, {}, None, True, "listen_and_answer"),
        (LIVELY, {"observer": 0.7, "engager": 0.3}, None, True, "listen_and_answer"),
        (LIVELY, {"broadcaster": 1.0}, None, True, "answer_first"),
        (LIVELY, {"responder": 1.0}, None, True, "ask_one"),
        (LIVELY, {"catalyst": 1.0}, None, True, "answer_back"),
        (LIVELY | {"concerning": 0}, {"engager": 1.0}, 0.5, True, "look_where_it_matters"),
        (LIVELY | {"concerning": 0}, {"engager": 1.0}, 0.5, False, "keep_going"),
        (LIVELY | {"in_channels": 0}, {"engager": 1.0}, 0.5, True, "keep_going"),
        (LIVELY, {"engager": 1.0}, 0.1, True, "another_unit"),
        (LIVELY, {}, None, True, "keep_going"),
        (LIVELY, {"engager": 0.0}, 0.3, True, "keep_going"),
    ],
)
def test_the_one_thing_that_would_help_next(
    months: dict[str, int], pattern: dict[str, float], across: float | None, outcomes: bool, expected: str
) -> None:
    quarter: tuple[Any, ...] = tuple(Month(number, **months) for number in range(3))
    one = Own({"cross_unit_share": across}, quarter, (), 0, (), pattern)
    assert next_thing(one, outcomes=outcomes) == expected


def test_acts_without_a_time_make_no_month_and_whoever_did_not_ask_gets_nothing() -> None:
    log = log_of([Act(None, 0, 1, 1), Act(None, 1, 0, 1)], [0, 1])
    measured = measures.measure(log, QUERY)
    found = own(log, measured, [0], [], QUERY)
    assert list(found) == [0]
    assert found[0].months == ()
    assert [(one.person, one.gave, one.got) for one in found[0].contacts] == [(1, 1, 1)]
    assert own(log, measured, [], [], QUERY) == {}
