"""What may be settled about a scheme, and who may take it over."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.ending import rules as ending
from handrail.capabilities.schemes.handover import rules as handover
from handrail.capabilities.schemes.matching_runs import rules as matching
from handrail.capabilities.schemes.matching_runs.models import Run
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.set_up import rules
from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(("now", "wanted", "may"), [(10, 9, False), (10, 10, True), (12, 11, False), (12, 201, False)])
def test_a_threshold_is_raised_and_never_lowered(now: int, wanted: int, may: bool) -> None:
    assert rules.can_have_threshold(now, wanted) is may
    if may:
        rules.check_threshold(now, wanted)
    else:
        with pytest.raises(Refused):
            rules.check_threshold(now, wanted)


def test_outcomes_are_few_run_until_settled_and_are_looked_at_again() -> None:
    assert rules.can_add_outcome(7)
    rules.check_can_add_outcome(7)
    assert not rules.can_add_outcome(8)
    with pytest.raises(Refused):
        rules.check_can_add_outcome(8)
    for state, may in (("running", True), ("reached", False), ("stopped", False)):
        assert rules.can_change_outcome(Outcome(state=state)) is may
    rules.check_can_change_outcome(Outcome())
    with pytest.raises(Refused):
        rules.check_can_change_outcome(Outcome(state="stopped"))
    rules.check_review(TODAY + timedelta(days=1), TODAY)
    for day in (TODAY, TODAY + timedelta(days=2000)):
        assert not rules.can_review(day, TODAY)
        with pytest.raises(Refused):
            rules.check_review(day, TODAY)


def test_only_what_is_prepared_is_started() -> None:
    assert rules.can_start(Scheme(draft=True))
    rules.check_can_start(Scheme(draft=True))
    assert not rules.can_start(Scheme())
    with pytest.raises(Refused):
        rules.check_can_start(Scheme())


def test_nobody_new_begins_once_the_end_is_decided() -> None:
    ending.check_takes_new(Scheme())
    for scheme, words in ((Scheme(ended_on=TODAY), "has ended"), (Scheme(ends_on=TODAY), "27 November 2026")):
        with pytest.raises(Refused, match=words):
            ending.check_takes_new(scheme)


def test_a_search_begins_where_there_is_somebody_to_pair_and_not_too_many() -> None:
    matching.check_can_start(leaders=1, mentors=matching.MOST_PEOPLE, is_running=False)
    for leaders, mentors, is_running, words in (
        (1, 1, True, "running already"),
        (0, 1, False, "There must be a leader"),
        (1, 0, False, "There must be a leader"),
        (1, matching.MOST_PEOPLE + 1, False, "more than 2000 people"),
    ):
        with pytest.raises(Refused, match=words):
            matching.check_can_start(leaders=leaders, mentors=mentors, is_running=is_running)


@pytest.mark.parametrize(
    ("state", "asked", "after", "cancel", "change", "take_back"),
    [
        ("waiting", False, None, "", "cannot be changed", "cannot be changed"),
        ("running", False, None, "", "cannot be changed", "cannot be changed"),
        ("ready", False, None, "in the meantime", "", "first proposal"),
        ("ready", False, 7, "in the meantime", "", ""),
        ("ready", True, 7, "in the meantime", "asked already", "asked already"),
    ],
)
def test_a_proposal_is_cancelled_changed_and_taken_back_only_as_it_stands(
    state: str, asked: bool, after: int | None, cancel: str, change: str, take_back: str
) -> None:
    run = Run(state=state, asked_at=clock.now() if asked else None, after_id=after)
    assert matching.can_change(run) is not bool(change)
    assert matching.can_take_back(run) is not bool(take_back)
    for check, words in (
        (matching.check_can_cancel, cancel),
        (matching.check_can_change, change),
        (matching.check_can_take_back, take_back),
    ):
        with pytest.raises(Refused, match=words) if words else nullcontext():
            check(run)


def test_a_colleague_without_a_promise_at_risk_takes_over() -> None:
    me, other = Person(pk=1, name="Me"), Person(pk=2, name="Other")
    assert handover.can_take_over(me, other, set(), "")
    handover.check_can_take_over(me, other, set(), "")
    for colleague, roles, at_risk in (
        (me, set(), ""),
        (other, {"coordinator"}, ""),
        (other, {"sponsor"}, "A promise."),
    ):
        assert not handover.can_take_over(me, colleague, roles, at_risk)
        with pytest.raises(Refused):
            handover.check_can_take_over(me, colleague, roles, at_risk)


@pytest.mark.parametrize(
    ("first", "last", "may"), [(0, 0, True), (0, 92, True), (0, 93, False), (-1, 3, False), (4, 3, False)]
)
def test_covering_lasts_three_months_at_most(first: int, last: int, may: bool) -> None:
    days = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
    assert handover.can_cover(*days, TODAY) is may
    if may:
        handover.check_days(*days, TODAY)
    else:
        with pytest.raises(Refused):
            handover.check_days(*days, TODAY)
