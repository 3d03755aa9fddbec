"""The demonstration's invented conversations: the same for the same seed, with what was planted in them."""

from dataclasses import replace
from datetime import date

import numpy as np

from handrail.demo.talk import NAMES, a_cast, acts_of

FIRST = date(2025, 12, 1)


def test_the_same_seed_invents_the_same_people_and_acts() -> None:
    cast, again = a_cast(100, seed=3), a_cast(100, seed=3)
    np.testing.assert_array_equal(cast.habits, again.habits)
    weeks, twice = (list(acts_of(one, weeks=2, first=FIRST)) for one in (cast, again))
    assert [one.equals(other) for one, other in zip(weeks, twice, strict=True)] == [True, True]
    assert weeks[0]["at"].to_pylist() == sorted(weeks[0]["at"].to_pylist())


def test_some_leaders_begin_with_an_effect_some_without_and_some_never() -> None:
    cast = a_cast(600, seed=3)
    leaders, lifts = {one.leader for one in cast.starts}, {one.lift for one in cast.starts}
    assert 0 in lifts
    assert len(lifts) > 1
    assert 0 < len(leaders) < 30
    assert not cast.outside[list(leaders)].any()
    for one in cast.starts:
        assert (one.then == "engager") is bool(one.lift), "a true nothing goes on as it was"
        assert bool(one.lift) is (NAMES[cast.habits[one.leader]] == "broadcaster" and one.then == "engager")
    lifted = next(one for one in cast.starts if one.lift)
    unit = np.flatnonzero(cast.units == cast.units[lifted.leader])
    much = replace(cast, starts=(replace(lifted, week=0, lift=3.0),))
    plain, more = (next(acts_of(one, weeks=1, first=FIRST)) for one in (replace(cast, starts=()), much))
    of_unit = [int(np.isin(one["source"].to_numpy(), unit).sum()) for one in (plain, more)]
    assert of_unit[1] > 2 * of_unit[0]
