"""One's own conversations, in words and pictures."""

from handrail.capabilities.participation.own.presenters.charts import axes, circle
from handrail.capabilities.participation.own.presenters.page import (
    PLACES,
    SERVED_HEADERS,
    counted_in,
    figures,
    lead,
    moved_since,
    next_thing_of,
    rests_on,
    served_rows,
    sharing_tasks,
)

__all__ = [
    "PLACES",
    "SERVED_HEADERS",
    "axes",
    "circle",
    "counted_in",
    "figures",
    "lead",
    "moved_since",
    "next_thing_of",
    "rests_on",
    "served_rows",
    "sharing_tasks",
]
