"""Did it change anything? Honest effects of leaders beginning to take part, for thousands of units at once.

    panel = Panel(units, periods, outcomes, values)          # values: (outcomes, periods, units), NaN where missing
    result = estimate(panel, [Start("team 7", date(2026, 3, 2))])
    for effect in result.effects:
        print(effect.unit, effect.effect, effect.low, effect.high, effect.verdict, effect.reason)

The method, its assumptions and its limits are in docs/methods/impact.md.
"""

from handrail.engines.impact.estimate import estimate
from handrail.engines.impact.panel import Event, Panel, Period, Settings, Start
from handrail.engines.impact.results import Effect, Moment, Pooled, Result, Verdict

__all__ = [
    "Effect", "Event", "Moment", "Panel", "Period", "Pooled", "Result", "Settings", "Start", "Verdict", "estimate",
]  # fmt: skip
