"""Relevant: the share of participation in conversations that concern an outcome, and the answers to its audience.

The scheme names, for each outcome, the channels where it is talked about and the people it is for. Message text is
never read, so this cannot know what was said in those channels, nor what was said about the outcome elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from handrail.engines.participation.log import Log
from handrail.engines.participation.measures import Query

CANNOT_KNOW = (
    "This goes by channel and by person. It cannot know what was said, nor see talk about the outcome in other places. "
    "Talk elsewhere is not thereby irrelevant."
)

SERVES = """
WITH placed AS (
  SELECT a.source AS person, c.outcome AS outcome, COUNT(*) AS acts
  FROM acts a JOIN concerns c ON c.channel = a.channel
  WHERE a.source IS NOT NULL
  GROUP BY a.source, c.outcome
),
addressed AS (
  SELECT a.source AS person, u.outcome AS outcome, COUNT(*) AS answers, COUNT(DISTINCT a.target) AS audience_reached
  FROM acts a JOIN audiences u ON u.person = a.target
  WHERE a.source IS NOT NULL AND a.kind = 1
  GROUP BY a.source, u.outcome
),
totals AS (
  SELECT source AS person, COUNT(*) AS acts, SUM(CASE WHEN channel IS NOT NULL THEN 1 ELSE 0 END) AS in_channels
  FROM acts WHERE source IS NOT NULL GROUP BY source
),
outcomes AS (SELECT outcome FROM concerns UNION SELECT outcome FROM audiences)
SELECT t.person AS person, o.outcome AS outcome,
  COALESCE(p.acts, 0) AS acts,
  CAST(COALESCE(p.acts, 0) AS DOUBLE) / NULLIF(t.in_channels, 0) AS share,
  COALESCE(d.answers, 0) AS answers_to_audience,
  COALESCE(d.audience_reached, 0) AS audience_reached
FROM totals t CROSS JOIN outcomes o
LEFT JOIN placed p ON p.person = t.person AND p.outcome = o.outcome
LEFT JOIN addressed d ON d.person = t.person AND d.outcome = o.outcome
ORDER BY t.person, o.outcome
"""


@dataclass(frozen=True)
class Outcome:
    """One of the organisation's outcomes: the channels that concern it and the people it is for, by number."""

    name: str
    channels: Sequence[int] = ()
    audience: Sequence[int] = ()


def relevance(log: Log, outcomes: Sequence[Outcome], query: Query) -> pa.Table:
    """One row a person and outcome: person, outcome (its place in the list), acts, share of the acts whose channel is
    known, answers_to_audience, audience_reached. The share is null where no channel is known."""
    return query(SERVES, {"acts": log.acts, **_tables(outcomes)})


def _tables(outcomes: Sequence[Outcome]) -> Mapping[str, pa.Table]:
    concerns = [
        (number, channel) for number, outcome in enumerate(outcomes) for channel in sorted(set(outcome.channels))
    ]
    audiences = [
        (number, person) for number, outcome in enumerate(outcomes) for person in sorted(set(outcome.audience))
    ]
    return {
        "concerns": _pairs(concerns, "channel"),
        "audiences": _pairs(audiences, "person"),
    }


def _pairs(rows: list[tuple[int, int]], name: str) -> pa.Table:
    return pa.table(
        {
            "outcome": pa.array([row[0] for row in rows], pa.int32()),
            name: pa.array([row[1] for row in rows], pa.int32()),
        }
    )
