"""What may be settled about a scheme, and who may take it over."""

from datetime import date, timedelta

import pytest

from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.handover import rules as handover
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.set_up import rules
from handrail.capabilities.schemes.set_up.models import Outcome
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
