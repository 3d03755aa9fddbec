"""Further tables of `handrail participation`: week by week, and where people stand in the network of mutual ties."""

import csv
import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import IO

from handrail.engines.participation import measures
from handrail.engines.participation.graph import graph
from handrail.engines.participation.log import Log

MONDAY = date(1969, 12, 29)  # from which weeks are counted
COUNTS = (
    *("posts", "replies_given", "replies_received", "reactions_given", "reactions_received"),
    *("reached", "heard_from"),
)
WEEKS = ("person", "week", *COUNTS)
NETWORK = ("person", "mutual_ties", "core", "rank", "community", "betweenness", "constraint")
Rows = Iterator[list[object]]


def put(out: IO[str], columns: tuple[str, ...], rows: Rows) -> None:
    """The table as CSV."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def week_rows(log: Log, query: measures.Query, labels: list[str], empty: set[str]) -> Rows:
    """One row a person and week (its Monday) with an act from or to them; `empty`: what the source cannot tell."""
    found = measures.weeks(log, query).to_pylist()
    for row in sorted(found, key=lambda one: (labels[one["person"]], one["week"])):
        counts = ["" if name in empty else row[name] for name in COUNTS]
        yield [labels[row["person"]], (MONDAY + timedelta(weeks=row["week"])).isoformat(), *counts]


def network_rows(log: Log, result: measures.Measures, labels: list[str]) -> Rows:
    """One row a person with a tie in both directions; nobody where the source cannot tell such ties."""
    if "two_way" in result.unmeasured:
        return
    found, ties = graph(log), result.people["two_way"].to_pylist()
    for person in sorted((person for person, count in enumerate(ties) if count), key=lambda one: labels[one]):
        constraint = found.constraint[person]
        yield [
            labels[person],
            ties[person],
            int(found.core[person]),
            round(float(found.rank[person]), 9),
            int(found.community[person]),
            round(float(found.betweenness[person]), 9),
            "" if math.isnan(constraint) else round(float(constraint), 6),
        ]
