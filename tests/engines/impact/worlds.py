"""Small panels for the tests of the impact engine."""

import numpy as np

from handrail.engines.impact import Panel, Start


def quiet_world(
    *, lift: float = 0.0, donors: int = 20, before: int = 60, after: int = 30, noise: float = 0.05, seed: int = 1
) -> tuple[Panel, Start]:
    """Units that follow a shared wave, with independent noise; unit 000 is lifted from the start on."""
    rng = np.random.default_rng(seed)
    periods = before + after
    wave = 1 + 0.2 * np.sin(np.arange(periods) / 5) + np.arange(periods) / periods
    values = 100 * wave[:, None] * np.exp(rng.normal(0, noise, (periods, donors + 1)))
    values[before:, 0] *= 1 + lift
    units = tuple(f"unit {i:03d}" for i in range(donors + 1))
    return Panel(units, tuple(range(periods)), ("replies",), values[None]), Start(units[0], before)


def with_values(panel: Panel, values: np.ndarray) -> Panel:
    return Panel(panel.units, panel.periods, panel.outcomes, values)
