"""One's own answer, in words and pictures."""

from handrail.capabilities.impact.own.presenters.charts import change_over_time, course, estimates
from handrail.capabilities.impact.own.presenters.page import (
    careful,
    differs,
    how_worked_out,
    meaning,
    others,
    sentence,
    told,
    unsaid,
    verdict,
)

__all__ = [
    "careful",
    "change_over_time",
    "course",
    "differs",
    "estimates",
    "how_worked_out",
    "meaning",
    "others",
    "sentence",
    "told",
    "unsaid",
    "verdict",
]
