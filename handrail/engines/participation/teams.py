"""What each unit did week by week: a panel to compare units by. Made batch by batch, so a long log needs little memory.

Publish only through the disclosure gate: this is arithmetic, not a release.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from handrail.engines.participation.log import prepare

MEASURES = ("messages", "replies", "reactions", "people")

# People by week and kind; the same of another batch can be added.
TALLIES = """
SELECT source AS person, week, kind, COUNT(*) AS acts
FROM acts
WHERE source IS NOT NULL AND week IS NOT NULL
GROUP BY source, week, kind
"""

# A message is a post or a reply; whoever only mentioned somebody did not write another one.
UNIT_WEEKS = """
SELECT p.unit AS unit, t.week AS week,
  SUM(CASE WHEN t.kind <= 1 THEN t.acts ELSE 0 END) AS messages,
  SUM(CASE WHEN t.kind = 1 THEN t.acts ELSE 0 END) AS replies,
  SUM(CASE WHEN t.kind = 2 THEN t.acts ELSE 0 END) AS reactions,
  COUNT(DISTINCT t.person) AS people
FROM tallies t JOIN people p ON p.person = t.person
WHERE p.unit IS NOT NULL
GROUP BY p.unit, t.week
ORDER BY p.unit, t.week
"""

# Acts between two units, whichever way they go.
BETWEEN = """
SELECT LEAST(s.unit, r.unit) AS one, GREATEST(s.unit, r.unit) AS other, COUNT(*) AS acts
FROM acts a JOIN people s ON s.person = a.source JOIN people r ON r.person = a.target
WHERE s.unit IS NOT NULL AND r.unit IS NOT NULL
GROUP BY LEAST(s.unit, r.unit), GREATEST(s.unit, r.unit)
"""
ADDED = "SELECT one, other, SUM(acts) AS acts FROM parts GROUP BY one, other ORDER BY one, other"

Query = Callable[[str, Mapping[str, pa.Table]], pa.Table]


@dataclass(frozen=True)
class Teams:
    """`values[measure, week, unit]`; `weeks` from the first to the last with any act, NaN where the log has none.

    A unit without an act in a week in which others wrote did nothing: that is 0. `between[one, other]`: acts between
    two units, and within one where both are the same.
    """

    weeks: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]
    between: npt.NDArray[np.int64]


def teams(
    batches: Iterable[pa.RecordBatch],
    units: npt.NDArray[np.int32],
    homes: npt.NDArray[np.int32],
    query: Query,
    number: int,
) -> Teams:
    """`units[person]`: where their acts count, -1 nowhere; `homes[person]`: the same for who talks with whom."""
    tallied, talked = [], []
    for batch in batches:
        table = pa.Table.from_batches([batch])
        acts = prepare(table, homes)
        tallied.append(query(TALLIES, {"acts": acts.acts}))
        talked.append(query(BETWEEN, {"acts": acts.acts, "people": acts.people}))
    if not tallied:
        return Teams(np.empty(0, dtype=np.int64), np.empty((len(MEASURES), 0, number)), _square(number))
    tallies = pa.concat_tables(tallied)
    counted = query(UNIT_WEEKS, {"tallies": tallies, "people": _people(units)})
    seen = np.unique(tallies["week"].to_numpy()).astype(np.int64)
    weeks = np.arange(seen[0], seen[-1] + 1) if len(seen) else seen
    values = np.zeros((len(MEASURES), len(weeks), number))
    values[:, ~np.isin(weeks, seen)] = np.nan
    rows, columns = counted["week"].to_numpy().astype(np.int64) - (weeks[0] if len(weeks) else 0), counted["unit"]
    for place, name in enumerate(MEASURES):
        values[place, rows, columns.to_numpy()] = counted[name].to_numpy()
    between = _square(number)
    added = query(ADDED, {"parts": pa.concat_tables(talked)})
    one, other = added["one"].to_numpy(), added["other"].to_numpy()
    between[one, other] = between[other, one] = added["acts"].to_numpy()
    return Teams(weeks, values, between)


def _square(number: int) -> npt.NDArray[np.int64]:
    return np.zeros((number, number), dtype=np.int64)


def _people(units: npt.NDArray[np.int32]) -> pa.Table:
    person = np.arange(len(units), dtype=np.int32)
    return pa.table({"person": person, "unit": pa.array(units, pa.int32(), mask=units < 0)})
