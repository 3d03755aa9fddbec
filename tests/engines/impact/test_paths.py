"""The effect by time since the start: nothing before, the truth after, over units that are all seen so long."""

import numpy as np
import pytest

from handrail.engines.impact import Panel, Settings, Start, estimate


def staggered(ramp: float, *, units: int = 30, started: int = 8, seed: int = 5) -> tuple[Panel, list[Start]]:
    rng = np.random.default_rng(seed)
    rates = np.linspace(1.0, 1.4, 90)[:, None] * rng.uniform(60, 120, units)
    starts = []
    for unit in range(started):
        join = 40 + 2 * unit
        rates[:, unit] *= 1 + ramp * np.clip((np.arange(90) - join + 1) / 16, 0, 1)
        starts.append(Start(f"u{unit:02d}", join))
    values = rng.poisson(rates).astype(float)[None]
    return Panel(tuple(f"u{i:02d}" for i in range(units)), tuple(range(90)), ("replies",), values), starts


def test_it_is_flat_before_and_grows_after() -> None:
    panel, starts = staggered(0.4)
    path = estimate(panel, starts).pooled[0].path
    before, after = [one for one in path if one.since < 0], [one for one in path if one.since >= 0]
    assert len(before) == 8
    assert len(after) == (90 - 54) // 4, "as long as the last to begin is seen"
    assert sum(one.low <= 0 <= one.high for one in before) >= 7
    for one in after:
        truth = 0.4 * np.clip((one.since + np.arange(1, 5)) / 16, 0, 1).mean()
        assert one.low < truth < one.high
    assert after[0].effect < 0.15 < 0.3 < after[-1].effect


def test_where_all_are_alike_the_whole_lies_among_its_stretches() -> None:
    panel, starts = staggered(0.0)
    starts = [Start(start.unit, 48) for start in starts]
    (pooled,) = estimate(panel, starts, Settings(horizon=40)).pooled
    after = [one.effect for one in pooled.path if one.since >= 0]
    assert pooled.effect == pytest.approx(np.expm1(np.mean(np.log1p(after))), abs=0.005)


def test_a_unit_that_is_missing_for_a_stretch_is_left_out_of_it() -> None:
    panel, starts = staggered(0.0)
    values = panel.values.copy()
    values[0, 60:63, 0] = np.nan
    one, other = (
        estimate(Panel(panel.units, panel.periods, panel.outcomes, kept), starts).pooled[0].path
        for kept in (panel.values, values)
    )
    assert [moment.since for moment in one] == [moment.since for moment in other]
    assert one[8 + 5].effect != other[8 + 5].effect


def test_nobody_answered_has_no_path() -> None:
    panel, starts = staggered(0.2, units=10, started=8)
    (pooled,) = estimate(panel, starts, Settings(limit=1e-6)).pooled
    assert pooled.path == ()
    assert pooled.p_value is None
