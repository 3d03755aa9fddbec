"""What concerns one person: their months, whom they are in touch with, what their acts served, what would help next.

Made for that person alone. Of others it tells only what they did towards this person, never among themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from handrail.engines.participation import patterns
from handrail.engines.participation.log import Log, filled
from handrail.engines.participation.measures import Measures, Query
from handrail.engines.participation.relevance import Outcome, relevance

MOST_CONTACTS = 16
A_QUARTER = 3  # months
ENOUGH_ACTS = 6  # in a quarter: fewer say nothing about shares

# A tie counts in a month if there was an act of that month; it is two-way if both acted within it.
MONTHS = """
WITH ties AS (
  SELECT DISTINCT source, target, month FROM acts WHERE source IS NOT NULL AND target IS NOT NULL
),
ends AS (
  SELECT source AS person, target AS other, month FROM ties
  UNION
  SELECT target AS person, source AS other, month FROM ties
),
both_ways AS (
  SELECT a.source AS person, a.month AS month, COUNT(*) AS two_way
  FROM ties a JOIN ties b ON b.source = a.target AND b.target = a.source AND b.month = a.month
  GROUP BY a.source, a.month
),
touched AS (SELECT person, month, COUNT(DISTINCT other) AS in_touch FROM ends GROUP BY person, month),
given AS (
  SELECT a.source AS person, a.month AS month,
    SUM(CASE WHEN a.kind = 0 THEN 1 ELSE 0 END) AS posts,
    SUM(CASE WHEN a.kind = 1 THEN 1 ELSE 0 END) AS replies_given,
    SUM(CASE WHEN a.kind = 2 THEN 1 ELSE 0 END) AS reactions_given,
    COUNT(DISTINCT a.week) AS active_weeks,
    SUM(CASE WHEN a.channel IS NOT NULL THEN 1 ELSE 0 END) AS in_channels,
    SUM(CASE WHEN c.channel IS NOT NULL THEN 1 ELSE 0 END) AS concerning
  FROM acts a LEFT JOIN concerning c ON c.channel = a.channel
  WHERE a.source IS NOT NULL GROUP BY a.source, a.month
),
received AS (
  SELECT target AS person, month, SUM(CASE WHEN kind = 1 THEN 1 ELSE 0 END) AS replies_received
  FROM acts WHERE target IS NOT NULL GROUP BY target, month
),
rows_of AS (
  SELECT person, month FROM given UNION SELECT person, month FROM received
)
SELECT o.person AS person, o.month AS month,
  COALESCE(g.posts, 0) AS posts, COALESCE(g.replies_given, 0) AS replies_given,
  COALESCE(g.reactions_given, 0) AS reactions_given, COALESCE(g.active_weeks, 0) AS active_weeks,
  COALESCE(g.in_channels, 0) AS in_channels, COALESCE(g.concerning, 0) AS concerning,
  COALESCE(r.replies_received, 0) AS replies_received,
  COALESCE(t.in_touch, 0) AS in_touch, COALESCE(b.two_way, 0) AS two_way
FROM rows_of o
LEFT JOIN given g ON g.person = o.person AND g.month = o.month
LEFT JOIN received r ON r.person = o.person AND r.month = o.month
LEFT JOIN touched t ON t.person = o.person AND t.month = o.month
LEFT JOIN both_ways b ON b.person = o.person AND b.month = o.month
JOIN asked k ON k.person = o.person
ORDER BY o.person, o.month
"""

CONTACTS = """
WITH sides AS (
  SELECT source AS person, target AS other, 1 AS gave, 0 AS got FROM acts
  WHERE source IS NOT NULL AND target IS NOT NULL
  UNION ALL
  SELECT target AS person, source AS other, 0 AS gave, 1 AS got FROM acts
  WHERE source IS NOT NULL AND target IS NOT NULL
)
SELECT s.person AS person, s.other AS other, SUM(s.gave) AS gave, SUM(s.got) AS got
FROM sides s JOIN asked k ON k.person = s.person
GROUP BY s.person, s.other
ORDER BY s.person, SUM(s.gave) + SUM(s.got) DESC, s.other
"""


@dataclass(frozen=True)
class Month:
    """One month of one person; `month` is years * 12 + (month of the year - 1)."""

    month: int
    posts: int = 0
    replies_given: int = 0
    reactions_given: int = 0
    replies_received: int = 0
    active_weeks: int = 0
    in_channels: int = 0
    concerning: int = 0
    in_touch: int = 0
    two_way: int = 0

    @property
    def acts(self) -> int:
        return self.posts + self.replies_given + self.reactions_given


@dataclass(frozen=True)
class Contact:
    """Somebody this person is in touch with: acts given to them, and got from them."""

    person: int
    gave: int
    got: int

    @property
    def both_ways(self) -> bool:
        return self.gave > 0 and self.got > 0


@dataclass(frozen=True)
class Served:
    """What a person's acts did for one outcome."""

    outcome: str
    acts: int
    share: float | None
    answers_to_audience: int
    audience_reached: int


@dataclass(frozen=True)
class Own:
    """All of one person's. `measures`: the columns of COUNTS and SHARES. `contacts`: the first few of `in_touch`.

    `unmeasured`: {measure: why the source cannot tell}. `pattern`: {name: weight}.
    """

    measures: dict[str, float | int | None]
    months: tuple[Month, ...]
    contacts: tuple[Contact, ...]
    in_touch: int
    served: tuple[Served, ...]
    pattern: dict[str, float]
    unmeasured: dict[str, str] = field(default_factory=dict)


def own(
    log: Log,
    measured: Measures,
    asked: Sequence[int],
    outcomes: Sequence[Outcome],
    query: Query,
    cuts: patterns.Cuts | None = None,
) -> dict[int, Own]:
    """By person. `log` holds at least every act from and to them; `measured` comes from the whole log."""
    if not asked:
        return {}
    months = _months(log, asked, outcomes, query)
    contacts = _contacts(log, asked, query)
    served = _served(log, asked, outcomes, query)
    weights = patterns.weights(measured.people, log.span, cuts, with_reactions=measured.reactions_known)
    told = "pattern" not in measured.unmeasured
    rows = measured.people.take(pa.array(list(asked))).to_pylist()
    found = {}
    for person, row in zip(asked, rows, strict=True):
        row = {name: None if name in measured.unmeasured else value for name, value in row.items()}
        theirs = contacts.get(person, [])
        found[person] = Own(
            measures=row,
            months=_every_month(months.get(person, []), log),
            contacts=tuple(theirs[:MOST_CONTACTS]),
            in_touch=len(theirs),
            served=tuple(served.get(person, [])),
            pattern=dict(zip(patterns.NAMES, map(float, weights[person]), strict=True)) if told else {},
            unmeasured=measured.unmeasured,
        )
    return found


def _months(log: Log, asked: Sequence[int], outcomes: Sequence[Outcome], query: Query) -> dict[int, list[Month]]:
    known = log.acts.filter(log.acts["moment"].is_valid())
    moments = filled(known["moment"], 0).astype("datetime64[us]").astype("datetime64[M]")
    acts = known.append_column("month", pa.array(moments.astype(np.int64) + 1970 * 12, pa.int32()))
    channels = sorted({channel for outcome in outcomes for channel in outcome.channels})
    tables = {
        "acts": acts,
        "asked": _column("person", asked),
        "concerning": _column("channel", channels),
    }
    found: dict[int, list[Month]] = {}
    for row in query(MONTHS, tables).to_pylist():
        found.setdefault(row.pop("person"), []).append(Month(**row))
    return found


def _every_month(months: list[Month], log: Log) -> tuple[Month, ...]:
    """Also those in which nothing happened."""
    if log.span is None:
        return ()
    first, last = (
        int(np.datetime64(moment, "us").astype("datetime64[M]").astype(np.int64)) + 1970 * 12
        for moment in (log.span[0], log.span[1] - 1)
    )
    known = {one.month: one for one in months}
    return tuple(known.get(month, Month(month)) for month in range(first, last + 1))


def _contacts(log: Log, asked: Sequence[int], query: Query) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = {}
    for row in query(CONTACTS, {"acts": log.acts, "asked": _column("person", asked)}).to_pylist():
        found.setdefault(row["person"], []).append(Contact(row["other"], int(row["gave"]), int(row["got"])))
    return found


def _served(log: Log, asked: Sequence[int], outcomes: Sequence[Outcome], query: Query) -> dict[int, list[Served]]:
    wanted = set(asked)
    found: dict[int, list[Served]] = {}
    for row in relevance(log, outcomes, query).to_pylist():
        if row["person"] in wanted:
            name = outcomes[row["outcome"]].name
            one = Served(name, row["acts"], row["share"], row["answers_to_audience"], row["audience_reached"])
            found.setdefault(row["person"], []).append(one)
    return found


def _column(name: str, numbers: Sequence[int]) -> pa.Table:
    return pa.table({name: pa.array(numbers, pa.int32())})


# --- how it moved, and what would help next ------------------------------------------------------------------------


@dataclass(frozen=True)
class Quarter:
    """Three months put together; a share is None where too little happened to say."""

    acts: int
    answered_share: float | None  # replies given, of posts and replies
    two_way_share: float | None
    relevant_share: float | None


def quarter(months: Sequence[Month]) -> Quarter:
    posts, replies = sum(one.posts for one in months), sum(one.replies_given for one in months)
    placed, touched = sum(one.in_channels for one in months), sum(one.in_touch for one in months)
    return Quarter(
        acts=sum(one.acts for one in months),
        answered_share=_share(replies, posts + replies),
        two_way_share=_share(sum(one.two_way for one in months), touched),
        relevant_share=_share(sum(one.concerning for one in months), placed),
    )


def moved(months: Sequence[Month], start: int | None) -> tuple[Quarter, Quarter] | None:
    """The three months before the start and the last three; None while there are not three months on either side."""
    if start is None:
        return None
    before = [one for one in months if start - A_QUARTER <= one.month < start]
    since = [one for one in months if one.month >= start]
    if len(before) < A_QUARTER or len(since) < A_QUARTER:
        return None
    return quarter(before), quarter(since[-A_QUARTER:])


def next_thing(own: Own, *, outcomes: bool) -> str:
    """The code of the one thing that would help next; words are for whoever shows it.

    listen_and_answer: hardly takes part. answer_first: posts more than they answer, and gets little back.
    ask_one: answers much and asks little. answer_back: is answered and seldom answers. look_where_it_matters: takes
    part, but seldom where an outcome is talked of. another_unit: all is well, and mostly among one's own.
    keep_going: none of these.
    """
    recent = quarter(own.months[-A_QUARTER:])
    pattern = max(own.pattern, key=lambda name: own.pattern[name]) if any(own.pattern.values()) else ""
    by_pattern = {
        "observer": "listen_and_answer",
        "broadcaster": "answer_first",
        "responder": "ask_one",
        "catalyst": "answer_back",
    }
    if recent.acts < ENOUGH_ACTS:
        return "listen_and_answer"
    if pattern in by_pattern:
        return by_pattern[pattern]
    if outcomes and recent.relevant_share is not None and recent.relevant_share < 0.2:
        return "look_where_it_matters"
    across = own.measures.get("cross_unit_share")
    if across is not None and across < 0.3:
        return "another_unit"
    return "keep_going"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole >= ENOUGH_ACTS else None


def as_values(one: Own) -> Mapping[str, Any]:
    """Plain numbers and texts, for whoever writes it down."""
    return {
        "measures": one.measures,
        "months": [vars(month) for month in one.months],
        "contacts": [vars(contact) for contact in one.contacts],
        "in_touch": one.in_touch,
        "served": [vars(served) for served in one.served],
        "pattern": one.pattern,
        "unmeasured": one.unmeasured,
    }


def from_values(values: Mapping[str, Any]) -> Own:
    """What `as_values` wrote down."""
    return Own(
        measures=values["measures"],
        months=tuple(Month(**month) for month in values["months"]),
        contacts=tuple(Contact(**contact) for contact in values["contacts"]),
        in_touch=values["in_touch"],
        served=tuple(Served(**served) for served in values["served"]),
        pattern=values["pattern"],
        unmeasured=values["unmeasured"],
    )
