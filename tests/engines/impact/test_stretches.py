"""The course in stretches: none lies across the start, sums are kept, its range is narrower than a week's."""

import numpy as np
import pytest

from handrail.engines.impact import Panel, Settings, Start, estimate
from handrail.engines.impact.explain import explain
from handrail.engines.impact.stretches import MOST, SHORTEST, bounds


@pytest.mark.parametrize(("before", "periods"), [(0, 3), (7, 12), (26, 52), (41, 78), (104, 156), (3, 400)])
def test_no_stretch_lies_across_the_start(before: int, periods: int) -> None:
    found = bounds(before, periods)
    assert len(found) <= MOST
    for first, end in found:
        assert (end <= before) or (first >= before)
        assert (end - first) % SHORTEST == 0
    inside = sorted(row for first, end in found for row in range(first, end))
    assert inside == list(range(inside[0], inside[-1] + 1) if inside else [])


def a_panel(lift: float, seed: int = 2) -> Panel:
    rng = np.random.default_rng(seed)
    course = np.linspace(1.0, 1.5, 52)[:, None]
    rates = course * rng.uniform(20, 60, 20)
    rates[26:, 0] *= 1 + lift
    values = rng.poisson(rates).astype(float)[None]
    return Panel(tuple(f"u{i}" for i in range(20)), tuple(range(52)), ("replies",), values)


def test_stretches_tell_what_the_weeks_do() -> None:
    panel = a_panel(0.6)
    found = explain(panel, [Start("u0", 26)], "u0", "replies")
    assert found is not None
    rows = [range(*ends) for ends in bounds(26, 52)]
    for one, weeks in zip(found.stretches, rows, strict=True):
        assert one.happened == pytest.approx(found.observed[list(weeks)].sum())
        assert one.expected == pytest.approx(found.expected[list(weeks)].sum())
        assert len(one.strayed) == found.placebo_gaps.shape[1]
        assert one.low < one.expected < one.high
        single = np.log(found.high[list(weeks)] / found.expected[list(weeks)]).mean()
        assert np.log(one.high / one.expected) < single, "four weeks together vary less than one"
    after = [one for one in found.stretches if one.after]
    assert sum((one.happened or 0) > one.high for one in after) >= len(after) / 2
    (effect,) = estimate(panel, [Start("u0", 26)]).effects
    assert effect.verdict == "rise"


def test_a_stretch_without_a_week_says_nothing() -> None:
    panel = a_panel(0.0)
    panel.values[0, 30:34, 0] = np.nan
    found = explain(panel, [Start("u0", 26)], "u0", "replies", Settings())
    assert found is not None
    assert [one.happened is None for one in found.stretches if one.first == 30] == [True]


def test_groups_are_pooled_as_if_they_were_all() -> None:
    panel = a_panel(0.3)
    starts = [Start(f"u{i}", 26) for i in range(4)]
    both = estimate(
        panel, starts, groups={"all": {start.unit for start in starts}, "some": {"u0", "u1"}, "none": set()}
    )
    found = dict(both.grouped)
    assert found["all"] == both.pooled[0]
    assert found["some"].units == 2
    assert found["none"].effect is None
