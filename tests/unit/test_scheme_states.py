"""The states of a scheme, and from when to when it may end."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from handrail.capabilities.schemes.ending import rules
from handrail.capabilities.schemes.ending.rules import Standing
from handrail.foundation.access.refusal import Refused

TODAY = date(2026, 3, 2)


def scheme(**facts: Any) -> Any:
    return SimpleNamespace(**{"draft": False, "ends_on": None, "ended_on": None, **facts})


EACH = {
    Standing.PREPARED: scheme(draft=True),
    Standing.RUNNING: scheme(),
    Standing.ENDING: scheme(ends_on=TODAY),
    Standing.ENDED: scheme(ends_on=TODAY, ended_on=TODAY),
}


@pytest.mark.parametrize("state", Standing)
def test_every_state_stands_and_goes_only_where_the_table_says(state: Standing) -> None:
    assert rules.standing(EACH[state]) == state
    for wanted in Standing:
        assert rules.can_become(EACH[state], wanted) == (wanted in rules.NEXT[state])
        if wanted not in rules.NEXT[state]:
            with pytest.raises(Refused, match="changed in the meantime"):
                rules.check_can_become(EACH[state], wanted)
        else:
            rules.check_can_become(EACH[state], wanted)


def test_nobody_new_begins_once_the_end_is_decided() -> None:
    assert [rules.takes_new(EACH[state]) for state in Standing] == [True, True, False, False]
    rules.check_takes_new(EACH[Standing.RUNNING])
    with pytest.raises(Refused, match="2 March 2026"):
        rules.check_takes_new(EACH[Standing.ENDING])
    with pytest.raises(Refused, match="has ended"):
        rules.check_takes_new(EACH[Standing.ENDED])


@pytest.mark.parametrize(("days", "fits"), [(6, False), (7, True), (366, True), (367, False), (-1, False)])
def test_the_last_day_is_a_week_to_a_year_away(days: int, fits: bool) -> None:
    day = TODAY + timedelta(days=days)
    assert rules.can_end_on(day, TODAY) == fits
    if fits:
        rules.check_day(day, TODAY)
    else:
        with pytest.raises(Refused, match="between a week and a year"):
            rules.check_day(day, TODAY)


def test_without_a_day_there_is_no_end() -> None:
    assert not rules.can_end_on(None, TODAY)
