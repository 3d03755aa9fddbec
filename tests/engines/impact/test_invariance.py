"""What must not matter: the unit of measurement, the order of the units, and how time is written."""

from datetime import date, timedelta

import numpy as np
import pytest

from handrail.engines.impact import Panel, Start, estimate
from handrail.engines.impact.simulate import draw
from handrail.engines.impact.trial import as_panel


def _numbers(panel: Panel, start: Start) -> list[float | None]:
    effect = estimate(panel, [start]).effects[0]
    assert effect.effect is not None
    return [effect.effect, effect.low, effect.high, effect.p_value]


@pytest.fixture(scope="module")
def world() -> tuple[Panel, Start]:
    panel, start, _ = as_panel(draw("W3", 0.28, 5))
    return panel, start


@pytest.mark.parametrize("factor", [1e-6, 0.37, 1e7])
def test_scale_changes_nothing_but_the_absolute_effect(world: tuple[Panel, Start], factor: float) -> None:
    panel, start = world
    scaled = Panel(panel.units, panel.periods, panel.outcomes, panel.values * factor)
    np.testing.assert_allclose(_numbers(scaled, start), _numbers(panel, start), rtol=1e-6)
    before, after = estimate(panel, [start]).effects[0], estimate(scaled, [start]).effects[0]
    assert before.absolute is not None
    assert after.absolute == pytest.approx(before.absolute * factor, rel=1e-6)


def test_order_of_units_changes_nothing(world: tuple[Panel, Start]) -> None:
    panel, start = world
    order = np.random.default_rng(3).permutation(len(panel.units))
    shuffled = Panel(tuple(panel.units[i] for i in order), panel.periods, panel.outcomes, panel.values[:, :, order])
    np.testing.assert_allclose(_numbers(shuffled, start), _numbers(panel, start), rtol=1e-8)


@pytest.mark.parametrize("step", [1, 7])
def test_dates_and_numbers_say_the_same(world: tuple[Panel, Start], step: int) -> None:
    panel, start = world
    days = tuple(date(2024, 1, 1) + timedelta(step * i) for i in range(len(panel.periods)))
    dated = Panel(panel.units, days, panel.outcomes, panel.values)
    assert isinstance(start.period, int)
    np.testing.assert_array_equal(_numbers(dated, Start(start.unit, days[start.period])), _numbers(panel, start))


def test_another_outcome_beside_changes_nothing(world: tuple[Panel, Start]) -> None:
    panel, start = world
    both = np.concatenate([panel.values, panel.values[:, ::-1]])
    wider = Panel(panel.units, panel.periods, ("value", "other"), both)
    np.testing.assert_array_equal(_numbers(wider, start), _numbers(panel, start))
