"""The four verdicts, their reasons, and the refusals."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from handrail.engines.impact import Event, Panel, Settings, Start, estimate
from handrail.engines.impact.explain import explain
from handrail.engines.impact.simulate import draw
from handrail.engines.impact.trial import as_panel, trial
from tests.engines.impact.worlds import quiet_world, with_values


def test_a_clear_rise_is_called_a_rise_near_its_size() -> None:
    panel, start = quiet_world(lift=0.3)
    effect = estimate(panel, [start]).effects[0]
    assert effect.verdict == "rise"
    assert effect.effect == pytest.approx(0.3, abs=0.05)
    assert effect.low is not None
    assert effect.low > 0
    assert effect.p_value is not None
    assert effect.p_value < 0.05
    assert effect.absolute == pytest.approx(0.3 * 185, rel=0.25)
    assert "stand behind" in effect.reason


def test_a_clear_fall_is_called_a_fall() -> None:
    panel, start = quiet_world(lift=-0.25)
    effect = estimate(panel, [start]).effects[0]
    assert (effect.verdict, effect.effect) == ("fall", pytest.approx(-0.25, abs=0.04))


def test_nothing_is_called_no_sign_with_what_could_have_been_seen() -> None:
    panel, start = quiet_world()
    effect = estimate(panel, [start]).effects[0]
    assert effect.verdict == "no_sign"
    assert effect.detectable is not None
    assert 0 < effect.detectable < 0.2
    assert "would have been seen four times in five" in effect.reason
    assert effect.overturned_by is None


def test_the_naive_figure_is_beside_it_and_the_difference_is_explained() -> None:
    panel, start = quiet_world()
    effect = estimate(panel, [start]).effects[0]
    own = panel.values[0, :, 0]
    assert effect.naive == pytest.approx(own[60:].mean() / own[:60].mean() - 1)
    assert effect.naive > 0.3
    assert "without a leader" in effect.naive_differs


@pytest.mark.slow
def test_interval_and_p_value_never_contradict() -> None:
    for seed in range(6):
        effect = trial("W3", 0.1, seed).effect
        if effect.low is None or effect.high is None or effect.p_value is None:
            continue
        assert (effect.p_value < 0.05) == (effect.low > 0 or effect.high < 0)


def test_too_little_is_refused_with_what_would_do() -> None:
    panel, start = quiet_world(donors=5, before=8, after=4, noise=0.6)
    effect = estimate(panel, [start]).effects[0]
    assert effect.verdict == "not_enough_data"
    assert effect.effect is None
    assert effect.low is None
    assert effect.absolute is None
    assert "would do" in effect.reason or "might" in effect.reason


@pytest.mark.parametrize(("before", "donors", "word"), [(3, 20, "periods before"), (30, 2, "units without a leader")])
def test_hopeless_cases_are_refused(before: int, donors: int, word: str) -> None:
    panel, start = quiet_world(before=before, donors=donors)
    effect = estimate(panel, [start]).effects[0]
    assert effect.verdict == "not_enough_data"
    assert word in effect.reason


def test_a_trend_of_its_own_is_caught() -> None:
    panel, start = quiet_world()
    values = panel.values.copy()
    values[0, :, 0] *= np.exp(0.002 * np.arange(90))
    effect = estimate(with_values(panel, values), [start]).effects[0]
    assert effect.verdict == "not_enough_data"
    assert "on its own" in effect.reason
    unguarded = estimate(with_values(panel, values), [start], Settings(trend_guard=False)).effects[0]
    assert unguarded.verdict == "rise"


@pytest.mark.slow
def test_a_weak_lean_stretches_the_interval_instead() -> None:
    held = 0
    for seed in range(6):
        panel, start, _ = as_panel(draw("S-trend", 0.0, seed))
        on, off = (estimate(panel, [start], Settings(trend_guard=guard)).effects[0] for guard in (True, False))
        if on.low is not None and off.low is not None:
            assert on.low <= off.low
            held += on.low < off.low
    assert held


def test_one_spike_before_the_start_hardly_matters() -> None:
    panel, start = quiet_world(lift=0.2)
    values = panel.values.copy()
    values[0, 55, 0] *= 12
    plain, spiked = (estimate(p, [start]).effects[0] for p in (panel, with_values(panel, values)))
    assert plain.effect is not None
    assert spiked.effect == pytest.approx(plain.effect, abs=0.02)


def test_one_donor_that_breaks_away_is_left_out() -> None:
    panel, start = quiet_world(lift=0.2)
    values = panel.values.copy()
    values[0, 60:, 4] *= 4
    effect = estimate(with_values(panel, values), [start]).effects[0]
    assert effect.effect == pytest.approx(0.2, abs=0.05)
    assert effect.donors == 19


def test_a_unit_unlike_all_others_is_refused() -> None:
    panel, start = quiet_world()
    values = panel.values.copy()
    values[0, :, 0] *= 1 + 0.9 * np.sin(np.arange(90) / 4.1)
    effect = estimate(with_values(panel, values), [start]).effects[0]
    assert effect.verdict == "not_enough_data"


def test_another_event_in_the_same_week_is_refused() -> None:
    panel, start = quiet_world(lift=0.3)
    told = Settings(events=(Event("unit 000", 61, "an office move"),))
    effect = estimate(panel, [start], told).effects[0]
    assert effect.verdict == "not_enough_data"
    assert "an office move (61)" in effect.reason
    elsewhere = Settings(events=(Event("unit 003", 61), Event("unit 000", 20)))
    assert estimate(panel, [start], elsewhere).effects[0].verdict == "rise"


def test_neighbours_are_never_donors_and_are_named() -> None:
    panel, start = quiet_world(lift=0.3)
    settings = Settings(neighbours={"unit 000": frozenset({"unit 001", "unit 002"})})
    result = estimate(panel, [start], settings)
    assert result.effects[0].donors == 18
    assert [unit for unit, why in result.left_out if "conversation" in why] == ["unit 001", "unit 002"]


def test_missing_weeks_and_zeros_are_borne() -> None:
    panel, start = quiet_world(lift=0.3)
    values = panel.values.copy()
    values[0, [3, 30, 70], 0] = np.nan
    values[0, 10:14, 5] = np.nan
    values[0, 20:24, 6] = 0.0
    effect = estimate(with_values(panel, values), [start]).effects[0]
    assert effect.effect == pytest.approx(0.3, abs=0.06)


def test_a_donor_with_many_missing_weeks_or_that_ended_is_left_out() -> None:
    panel, start = quiet_world()
    values = panel.values.copy()
    values[0, 10:60, 5] = np.nan
    values[0, 70:, 6] = 0.0
    values[0, :, 7] = 0.0
    result = estimate(with_values(panel, values), [start])
    assert dict(result.left_out).keys() == {"unit 005", "unit 006", "unit 007"}


def test_a_unit_that_begins_late_is_fitted_from_there() -> None:
    panel, start = quiet_world(lift=0.3)
    values = panel.values.copy()
    values[0, :25, 0] = np.nan
    effect = estimate(with_values(panel, values), [start]).effects[0]
    assert effect.periods_before == 35
    assert effect.effect == pytest.approx(0.3, abs=0.06)


def test_a_second_leader_ends_the_window_of_the_first() -> None:
    panel, start = quiet_world(lift=0.3)
    effect = estimate(panel, [start, Start(start.unit, 80)]).effects[0]
    assert effect.periods_after == 20
    assert "Another leader" in effect.reason
    both = estimate(panel, [start, Start(start.unit, 61)]).effects[0]
    assert both.periods_after == 30
    assert "both together" in both.reason


def test_starts_outside_the_panel_are_said() -> None:
    panel, start = quiet_world()
    late, early = (estimate(panel, [replace(start, period=p)]).effects[0] for p in (500, 0))
    assert late.verdict == early.verdict == "not_enough_data"
    assert "after the last" in late.reason
    assert "at or before the first" in early.reason


def test_a_start_inside_a_period_leaves_that_period_out() -> None:
    panel, start = quiet_world(lift=0.3)
    days = tuple(date(2024, 1, 1) + timedelta(7 * i) for i in range(90))
    dated = Panel(panel.units, days, panel.outcomes, panel.values)
    effect = estimate(dated, [Start(start.unit, days[60] - timedelta(3))]).effects[0]
    assert (effect.periods_before, effect.periods_after) == (59, 30)


def test_negative_measures_are_refused_not_mangled() -> None:
    panel, start = quiet_world()
    effect = estimate(with_values(panel, panel.values - 250), [start]).effects[0]
    assert "below zero" in effect.reason


def _gone(values: np.ndarray) -> None:
    values[:, 0] = np.nan


def _silent_before(values: np.ndarray) -> None:
    values[:60, 0] = 0


def _a_donor_below_zero(values: np.ndarray) -> None:
    values[70, 5] = -1


def _donors_break_away(values: np.ndarray) -> None:
    values[60:, 1:4] *= 2
    values[60:, 4:7] /= 2


@pytest.mark.parametrize(
    ("change", "words", "laid_open"),
    [
        (_gone, "more than half of the unit's periods are missing", False),
        (_silent_before, "nothing was seen in this unit before the start", False),
        (_a_donor_below_zero, "below zero", False),
        (_donors_break_away, "5 of 20 comparison units broke away", True),
    ],
)
def test_what_cannot_be_compared_is_refused_with_its_reason(
    change: Callable[[np.ndarray], None], words: str, laid_open: bool
) -> None:
    panel, start = quiet_world()
    values = panel.values.copy()
    change(values[0])
    changed = with_values(panel, values)
    effect = estimate(changed, [start]).effects[0]
    assert effect.verdict == "not_enough_data"
    assert words in effect.reason
    assert (explain(changed, [start], "unit 000", "replies") is not None) is laid_open


@pytest.mark.parametrize(("donors", "before"), [(3, 60), (4, 60), (6, 8)])
def test_very_few_to_compare_with_do_where_they_move_alike(donors: int, before: int) -> None:
    panel, start = quiet_world(donors=donors, before=before, lift=0.3, noise=0.01)
    effect = estimate(panel, [start]).effects[0]
    assert effect.verdict == "rise"
    assert effect.effect == pytest.approx(0.3, abs=0.02)
    found = explain(panel, [start], "unit 000", "replies")
    assert found is not None
    assert bool(found.without) is (donors > 3)
    assert bool(found.in_time) is (before > 8)


def test_no_period_that_counts_is_too_little() -> None:
    panel, start = quiet_world()
    holidays = Settings(holidays=frozenset(int(str(period)) for period in panel.periods))
    assert "0 periods before the start" in estimate(panel, [start], holidays).effects[0].reason
    empty = Panel(("a", "b"), (), ("m",), np.zeros((1, 0, 2)))
    assert "after the last period" in estimate(empty, [Start("a", 3)]).effects[0].reason


def test_holidays_and_horizon_shorten_the_window() -> None:
    panel, start = quiet_world(lift=0.3)
    effect = estimate(panel, [start], Settings(horizon=10, holidays=frozenset({2, 63}))).effects[0]
    assert (effect.periods_before, effect.periods_after) == (59, 9)


def test_per_head_takes_out_a_growing_headcount() -> None:
    panel, start = quiet_world()
    heads = np.full((90, 21), 10.0)
    heads[60:, 0] = 15.0
    values = panel.values.copy()
    values[0] *= heads / 10
    grown = with_values(panel, values)
    assert estimate(grown, [start]).effects[0].verdict == "rise"
    assert estimate(grown, [start], Settings(exposure=heads)).effects[0].verdict == "no_sign"


def test_not_yet_started_units_serve_as_donors_and_started_ones_do_not() -> None:
    panel, start = quiet_world(lift=0.3)
    starts = [start, *(Start(unit, 85) for unit in panel.units[1:15])]
    effect = estimate(panel, starts).effects[0]
    assert (effect.donors, effect.periods_after) == (20, 25)
    assert effect.effect == pytest.approx(0.3, abs=0.05)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"units": ("a",) * 21}, "named twice"),
        ({"periods": tuple(range(89, -1, -1))}, "must rise"),
        ({"outcomes": ("a", "b")}, "shape"),
        ({"periods": (*range(89), date(2024, 1, 1))}, "all dates"),
    ],
)
def test_panels_that_do_not_fit_are_told(change: dict[str, object], words: str) -> None:
    panel, _ = quiet_world()
    with pytest.raises(ValueError, match=words):
        replace(panel, **change)  # type: ignore[arg-type]


def test_infinite_values_unknown_units_and_wrong_kinds_are_told() -> None:
    panel, _ = quiet_world()
    with pytest.raises(ValueError, match="finite"):
        with_values(panel, np.where(panel.values > 150, np.inf, panel.values))
    with pytest.raises(ValueError, match="nobody"):
        estimate(panel, [Start("nobody", 60)])
    with pytest.raises(ValueError, match="different kinds"):
        estimate(panel, [Start("unit 000", date(2024, 1, 1))])


@pytest.mark.parametrize(("lift", "verdict"), [(0.0, "no_sign"), (0.3, "rise")])
def test_units_without_any_noise_are_answered(lift: float, verdict: str) -> None:
    panel, start = quiet_world(lift=lift, noise=0.0)
    effect = estimate(panel, [start]).effects[0]
    assert effect.effect == pytest.approx(lift, abs=1e-6)
    assert effect.verdict == verdict
