"""The engine against its slow, plain twin, on generated panels."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handrail.engines.impact.block import fit_block
from handrail.engines.impact.checks import lean
from handrail.engines.impact.reference import plain_estimate


@st.composite
def panels(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, int]:
    """Counts or amounts with shared waves, hidden factors and noise; no spikes and no missing cells."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    donors, treated = draw(st.integers(3, 7)), draw(st.integers(1, 2))
    before, after = draw(st.integers(8, 30)), draw(st.integers(2, 10))
    count = donors + treated
    hidden = np.cumsum(rng.normal(0, draw(st.floats(0.0, 0.1)), (before + after, 2)), axis=0)
    rates = np.log(rng.lognormal(np.log(draw(st.floats(20, 500))), 0.5, count)) + hidden @ rng.normal(0, 1, (2, count))
    rates = rates + rng.normal(0, 0.1, rates.shape)
    values = rng.poisson(np.exp(rates)) if draw(st.booleans()) else np.exp(rates)
    values = np.asarray(values, dtype=float) + 0.5
    return values[:, :donors], values[:, donors:], before


def donors_of_one_size() -> tuple[np.ndarray, np.ndarray, int]:
    """Their sizes say nothing about their noise."""
    values = np.random.default_rng(7).lognormal(4, 0.2, (20, 6))
    return values[:, 1:] / values[:14, 1:].sum(0) * 1000, values[:, :1], 14


def donors_whose_noise_goes_by(power: int) -> tuple[np.ndarray, np.ndarray, int]:
    """With their smallness: more (2) or less (-2) than counting alone would make it."""
    small = np.array([1.0, 0.6, 0.8, 1.0, 1.5, 2.0])
    noise = np.random.default_rng(3).normal(0, 0.05, (60, 6)) * small ** (power / 2)
    values = 100 / small * np.exp(noise)
    return values[:, 1:], values[:, :1], 50


@pytest.mark.slow
@given(panels())
@example(donors_of_one_size())
@example(donors_whose_noise_goes_by(2))
@example(donors_whose_noise_goes_by(-2))
@settings(max_examples=8)
def test_engine_and_twin_agree(case: tuple[np.ndarray, np.ndarray, int]) -> None:
    donors, treated, before = case
    fast, slow = fit_block(donors, treated, before), plain_estimate(donors, treated, before)
    assert fast.strength == slow.strength
    np.testing.assert_allclose(fast.treated_effects, slow.effects, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(fast.donor_effects, slow.placebos, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(fast.standard_errors, slow.errors, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(lean(fast).statistic, slow.slopes, rtol=1e-4, atol=1e-6)
