"""The stages one by one: normalisation, weights, time weights, checks, pooling, discoveries."""

import numpy as np
import pytest

from handrail.engines.impact import Effect, Start, estimate
from handrail.engines.impact.block import fit_block, size_law
from handrail.engines.impact.checks import detectable, periods_needed
from handrail.engines.impact.counterfactual import treated_weights
from handrail.engines.impact.normalise import normalise, spikes
from handrail.engines.impact.pooled import discoveries
from handrail.engines.impact.simulate import WEEKLY, draw, log_rates
from handrail.engines.impact.timing import Memory, memory_of, time_weights
from tests.engines.impact.worlds import quiet_world, with_values


def test_ratios_average_to_one_before_the_start_whatever_the_levels() -> None:
    rng = np.random.default_rng(1)
    donors = rng.poisson(np.array([3.0, 30.0, 300.0, 1000.0]), (50, 4)).astype(float)
    ratios = normalise(donors, donors[:, :1] * 5, 40)
    weighted = (ratios.donors[:40] * ratios.common[:40, None]).sum(0) / ratios.common[:40].sum()
    np.testing.assert_allclose(weighted, 1)
    assert ratios.treated_levels[0] == pytest.approx(5 * ratios.donor_levels[0])


def test_a_spike_is_found_and_ordinary_weeks_are_not() -> None:
    rng = np.random.default_rng(2)
    ratios = rng.poisson(6, (100, 200)) / 6
    seen = np.ones_like(ratios, dtype=bool)
    assert spikes(ratios, seen).sum() == 0
    ratios[50, 7] = 12.0
    assert np.argwhere(spikes(ratios, seen)).tolist() == [[50, 7]]


def test_a_spike_behind_a_larger_one_is_found_too() -> None:
    values = 100 * np.exp(np.random.default_rng(1).normal(0, 0.05, (40, 6)))
    values[5, 0] *= 2000
    values[9, 0] *= 30
    found = normalise(values, values[:, :1], 30)
    assert [int(row) for row in np.flatnonzero(~found.donors_seen[:, 0])] == [5, 9]
    assert [int(row) for row in np.flatnonzero(~found.treated_seen[:, 0])] == [5, 9]


def test_weights_sum_to_one_and_follow_the_donor_that_moves_alike() -> None:
    rng = np.random.default_rng(3)
    hidden = np.cumsum(rng.normal(0, 0.15, 80))
    moves = np.array([2.0, 2.0, -2.0, -2.0, 0.0, 0.0, 0.0, 0.0])
    donors = 200 * np.exp(np.outer(hidden, moves) * 0.2 + rng.normal(0, 0.02, (80, 8)))
    treated = 50 * np.exp(0.4 * hidden + rng.normal(0, 0.02, 80))[:, None]
    fit = fit_block(donors, treated, 60)
    weights = treated_weights(fit.shape, fit.strength)[:, 0]
    assert weights.sum() == pytest.approx(1)
    assert weights[:2].min() > weights[2:].max()


@pytest.mark.parametrize(("memory", "last"), [(Memory(1, 0, 0), 1 / 50), (Memory(0, 1, 0.998), 0.99)])
def test_time_weights_run_from_equal_to_the_last_period(memory: Memory, last: float) -> None:
    weights = time_weights(memory, 50, 60)
    assert weights.level.sum() == pytest.approx(1)
    assert weights.level[-1] == pytest.approx(last, rel=0.02)


def test_variance_of_the_error_without_memory_is_that_of_two_means() -> None:
    assert time_weights(Memory(2.0, 0, 0), 40, 50).variance == pytest.approx(2 * (1 / 40 + 1 / 10))


def test_the_slope_weights_return_a_slope_and_ignore_a_step() -> None:
    weights = time_weights(Memory(0.5, 0.5, 0.8), 30, 45).slope
    time = np.arange(45.0)
    assert weights @ (0.3 * time + 7) == pytest.approx(0.3)
    assert weights @ (time >= 30) == pytest.approx(0, abs=1e-9)


def test_memory_is_found_again() -> None:
    rng = np.random.default_rng(4)
    gaps = rng.normal(0, 1, (200, 60))
    for t in range(1, 200):
        gaps[t] = 0.9 * gaps[t - 1] + np.sqrt(1 - 0.81) * gaps[t]
    found = memory_of(gaps + rng.normal(0, 1, gaps.shape))
    assert found.decay == pytest.approx(0.9, abs=0.06)
    assert found.nugget == pytest.approx(1, abs=0.2)
    assert found.sill == pytest.approx(1, abs=0.25)


def test_the_size_law_separates_counting_noise() -> None:
    levels = np.geomspace(2, 500, 40)
    floor, slope = size_law(0.02 + 1 / levels, 1 / levels)
    assert floor == pytest.approx(0.02, rel=0.6)
    assert slope == pytest.approx(1, rel=0.6)


def test_what_could_be_seen_grows_with_the_error_and_shrinks_with_time() -> None:
    reach = detectable(np.array([0.02, 0.1]), 30, 0.95, 0.8)
    assert 0.05 < reach[0] < 0.07
    assert reach[1] > 5 * reach[0]
    panel, _ = quiet_world(noise=0.5, after=4, before=30)
    fit = fit_block(panel.values[0][:, 1:], panel.values[0][:, :1], 30)
    needed = periods_needed(fit, 0, 0.5, 0.95, 0.8)
    assert needed is not None
    assert 4 < needed < 200


def test_pooling_finds_a_common_effect_and_narrows_the_interval() -> None:
    panel, _ = quiet_world(donors=40, seed=9)
    values = panel.values.copy()
    values[0, 60:, :8] *= 1.15
    result = estimate(with_values(panel, values), [Start(unit, 60) for unit in panel.units[:8]])
    pooled = result.pooled[0]
    assert pooled.units == 8
    assert pooled.effect == pytest.approx(0.15, abs=0.02)
    assert pooled.low is not None
    assert pooled.high is not None
    widths = [e.high - e.low for e in result.effects if e.high is not None and e.low is not None]
    assert pooled.high - pooled.low < 0.6 * min(widths)
    assert pooled.varied == pytest.approx(0, abs=0.6)
    assert [one.since for one in pooled.path] == [4 * k for k in range(-8, 7)]
    assert all(one.low < one.effect < one.high for one in pooled.path)
    assert all(one.low < (0.15 if one.since >= 0 else 0) < one.high for one in pooled.path)
    assert pooled.p_value is not None
    assert pooled.p_value < 0.001


def test_pooling_says_when_units_differ() -> None:
    panel, _ = quiet_world(donors=40, seed=8)
    values = panel.values.copy()
    values[0, 60:, :4] *= 1.5
    result = estimate(with_values(panel, values), [Start(unit, 60) for unit in panel.units[:8]])
    assert result.pooled[0].varied is not None
    assert result.pooled[0].varied > 0.9
    assert result.pooled[0].spread == pytest.approx(0.2, abs=0.08)


def test_pooling_nothing_is_nothing() -> None:
    panel, start = quiet_world(donors=2)
    pooled = estimate(panel, [start]).pooled[0]
    assert (pooled.units, pooled.effect, pooled.low) == (0, None, None)


def _with_p(p_value: float | None) -> Effect:
    return Effect("u", "o", 1, 0.1, 0.0, 0.2, 1.0, "rise", "", None, "", p_value=p_value)


def test_discoveries_by_hand() -> None:
    """Benjamini and Hochberg 1995, section 2.1: the largest k with p(k) at most k q / m."""
    marked = discoveries([_with_p(p) for p in (0.04, 0.001, 0.5, 0.026, None, 0.2)], 0.1)
    assert [effect.stands_among_many for effect in marked] == [True, True, False, True, None, False]


def test_the_same_seed_makes_the_same_world_and_the_lift_only_lifts() -> None:
    quiet, lifted = draw("A1", 0.0, 3), draw("A1", 0.28, 3)
    np.testing.assert_allclose(lifted.values[90:, 0], 1.28 * quiet.values[90:, 0])
    np.testing.assert_array_equal(lifted.values[:90], quiet.values[:90])
    np.testing.assert_array_equal(draw("W3", 0.1, 3).values, draw("W3", 0.1, 3).values)


def test_worlds_differ_as_their_names_promise() -> None:
    plain, grown, worst, spiked = (draw(name, 0.0, 3) for name in ("W1", "W5", "W7", "S-spike"))
    before = plain.before

    def growth(values: np.ndarray) -> float:
        return float(values[before:].mean() / values[: before - 10].mean())

    def dip(values: np.ndarray) -> float:
        """The last eight weeks before the start over those before."""
        return float(values[before - 8 : before].mean() / values[: before - 8].mean())

    assert growth(grown.values[:, 1:]) > 1.2 * growth(plain.values[:, 1:])
    assert dip(worst.values[:, 0]) < 0.9 * dip(worst.values[:, 1:])
    assert spiked.values[before - 5, 0] > 5 * np.median(spiked.values[:before, 0])


def test_worlds_have_the_promised_noise() -> None:
    rates = log_rates(WEEKLY["W4"], np.random.default_rng(1), 500)
    wander = (rates - rates.mean(1, keepdims=True))[-1].std() - (rates - rates.mean(1, keepdims=True))[0].std()
    assert wander > 0.05
