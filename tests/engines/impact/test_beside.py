"""Planning, laying open, and trials."""

import numpy as np
import pytest

from handrail.engines.impact import Settings, Start, estimate
from handrail.engines.impact.explain import explain
from handrail.engines.impact.plan import departures, plan, sentence, turns
from handrail.engines.impact.trial import naive_interval, summary, trial
from tests.engines.impact.worlds import quiet_world


def test_more_units_and_more_periods_see_smaller_changes() -> None:
    panel, _ = quiet_world(donors=30)
    found = plan(panel, 6, 20)
    seen = {(sight.units, sight.periods): sight for sight in found.sights}
    asked, more, longer = seen[6, 20].together, seen[12, 20].together, seen[6, 40].together
    assert asked is not None
    assert more is not None
    assert longer is not None
    assert more < asked
    assert longer < asked
    assert "four times in five" in sentence(seen[6, 20])
    assert seen[6, 20].alone is not None


def test_where_too_few_would_be_left_the_plan_says_so() -> None:
    panel, _ = quiet_world(donors=9, before=14, after=0)
    said = {sight.units: sentence(sight) for sight in plan(panel, 3, 4).sights}
    assert "four times in five" in said[3]
    assert said[6] == "With 6 units starting, too few would be left to compare with."


@pytest.mark.slow
def test_what_the_plan_promises_is_what_is_seen() -> None:
    """A change of the promised size is found about four times in five."""
    panel, _ = quiet_world(donors=20, before=90, after=0, noise=0.2)
    sight = next(s for s in plan(panel, 1, 30).sights if (s.units, s.periods) == (1, 30))
    assert sight.alone is not None
    rises = 0
    for seed in range(20):
        lifted, start = quiet_world(lift=sight.alone, before=90, noise=0.2, seed=seed)
        rises += estimate(lifted, [start], Settings(trend_guard=False)).effects[0].verdict == "rise"
    assert 11 <= rises <= 20


def test_turns_are_random_in_blocks_and_repeatable() -> None:
    panel, _ = quiet_world(donors=30)
    first, again, other = (turns(panel, 9, 26, 3, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert sorted(turn.wave for turn in first) == [1] * 3 + [2] * 3 + [3] * 3
    assert len({turn.unit for turn in first}) == 9
    assert {(turn.wave, turn.after) for turn in first} == {(1, 0), (2, 4), (3, 8)}


@pytest.mark.parametrize(("units", "periods", "waves"), [(0, 5, 1), (20, 5, 1), (3, 0, 1), (3, 5, 4)])
def test_plans_that_cannot_be_are_refused(units: int, periods: int, waves: int) -> None:
    panel, _ = quiet_world(donors=20)
    with pytest.raises(ValueError):
        plan(panel, units, periods, waves=waves)
    short, _ = quiet_world(before=5, after=3)
    with pytest.raises(ValueError, match="at least 12"):
        plan(short, 2, 5)


def test_departures_from_a_plan_are_said() -> None:
    assert departures(["a", "b"], ["b", "c"], "Units") == [
        "Units planned but not there: a.", "Units there but not planned: c.",
    ]  # fmt: skip
    assert departures(["a"], ["a"], "Units") == []


def test_an_estimate_laid_open() -> None:
    panel, start = quiet_world(lift=0.3)
    found = explain(panel, [start], "unit 000", "replies")
    assert found is not None
    assert found.rank == 1
    assert found.before == 60
    np.testing.assert_allclose(found.observed, panel.values[0, :, 0])
    assert ((found.low < found.expected) & (found.expected < found.high)).all()
    inside = (found.low <= found.observed) & (found.observed <= found.high)
    assert inside[:60].mean() > 0.85
    assert inside[60:].mean() < 0.3
    assert found.observed[60:].sum() / found.expected[60:].sum() == pytest.approx(1.3, abs=0.05)
    assert sum(weight for _, weight in found.weights) == pytest.approx(1)
    assert len(found.without) == 20
    assert all(effect == pytest.approx(0.3, abs=0.08) for _, effect in found.without)
    assert found.in_time
    assert all(fake.low <= 0 <= fake.high for fake in found.in_time)
    assert 0.5 < found.misfit < 2


def test_nothing_is_laid_open_where_nothing_could_be_tried() -> None:
    panel, start = quiet_world(donors=2)
    assert explain(panel, [start], "unit 000", "replies") is None
    assert explain(panel, [Start("unit 000", 900)], "unit 000", "replies") is None


@pytest.mark.slow
def test_intervals_hold_and_before_after_does_not() -> None:
    """A small share of the study in docs/methods/impact.md: 16 worlds each, so the bounds are wide."""
    for scenario, lift in (("W3", 0.0), ("A4", 0.1)):
        found = summary(scenario, lift, [trial(scenario, lift, 700 + seed) for seed in range(16)])
        assert found.covered_or_refused >= 0.87
        assert found.answered > 0.5
    assert found.error is not None
    naive = summary("W3", 0.0, [trial("W3", 0.0, 700 + seed) for seed in range(16)])
    assert naive.naive_coverage < 0.6


def test_a_naive_interval_by_hand() -> None:
    low, high = naive_interval(np.array([1.0, 3, 1, 3, 2, 4, 2, 4]), 4)
    assert (low + high) / 2 == pytest.approx(0.5)
    assert np.isnan(naive_interval(np.zeros(8), 4)[0])
