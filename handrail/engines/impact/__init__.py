"""Did it change anything? Honest effects of leaders beginning to take part, for thousands of units at once.

    result = estimate(panel, starts)      # tables of pandas, polars or Arrow: unit, period, outcome, value; unit, start
    for effect in result.effects:
        print(effect.unit, effect.outcome, effect.effect, effect.low, effect.high, effect.verdict, effect.reason)
    effects_table(result)                 # the same as an Arrow table

On one screen: docs/reference/impact-in-python.md. The method, its assumptions and its limits: docs/methods/impact.md.
"""

from handrail.engines.impact.panel import Event, Panel, Period, Settings, Start
from handrail.engines.impact.results import Effect, Moment, Pooled, Result, Verdict
from handrail.engines.impact.tables import effects_table, estimate

__all__ = [
    "Effect", "Event", "Moment", "Panel", "Period", "Pooled", "Result", "Settings", "Start", "Verdict",
    "effects_table", "estimate",
]  # fmt: skip
