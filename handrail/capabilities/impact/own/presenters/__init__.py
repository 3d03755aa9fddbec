"""One's own answer, in words and pictures."""

from handrail.capabilities.impact.own.presenters.charts import course, estimates
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
