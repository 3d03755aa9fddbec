"""Units week by week: the SQL beside the slow twin in dictionaries, and batches that change nothing."""

from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from handrail.compute.analytics import query_for
from handrail.engines.participation.log import DAY, WEEK
from handrail.engines.participation.teams import MEASURES, teams

PEOPLE, UNITS = 5, 3
HOMES = np.array([0, 0, 1, 2, -1], dtype=np.int32)
ACTS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.none() | st.integers(0, PEOPLE - 1),
        st.none() | st.integers(0, PEOPLE - 1),
        st.integers(0, 3),
    ),
    max_size=30,
)
SCHEMA = pa.schema(
    [
        ("at", pa.timestamp("us", tz="UTC")),
        ("source", pa.int32()),
        ("target", pa.int32()),
        ("kind", pa.int8()),
        ("channel", pa.int32()),
        ("thread", pa.int32()),
        ("outside", pa.bool_()),
    ]
)


def batch(acts: list[tuple[int, int | None, int | None, int]]) -> pa.RecordBatch:
    rows = sorted(acts, key=lambda act: act[0])
    columns = [
        pa.array([day * DAY for day, *_ in rows], pa.int64()).cast(SCHEMA.field("at").type),
        *(pa.array([row[place] for row in rows], kind) for place, kind in ((1, pa.int32()), (2, pa.int32()))),
        pa.array([row[3] for row in rows], pa.int8()),
        *(pa.nulls(len(rows), SCHEMA.field(name).type) for name in ("channel", "thread", "outside")),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


@given(ACTS, st.integers(0, 30), st.sets(st.integers(0, PEOPLE - 1)))
def test_it_counts_as_the_twin_does(
    acts: list[tuple[int, int | None, int | None, int]], cut: int, apart: set[int]
) -> None:
    units = HOMES.copy()
    units[sorted(apart)] = -1
    parts = [batch(part) for part in (acts[:cut], acts[cut:]) if part]
    found = teams(parts, units, HOMES, query_for("duckdb"), UNITS)
    counted: dict[tuple[str, int, int], int] = Counter()
    writing: dict[tuple[int, int], set[int]] = defaultdict(set)
    between: dict[tuple[int, int], int] = Counter()
    weeks = set()
    for day, source, target, kind in acts:
        if source is None or source == target:
            continue
        week = (day * DAY + 3 * DAY) // WEEK
        weeks.add(week)
        home = int(HOMES[source])
        other = -1 if target is None else int(HOMES[target])
        if home >= 0 and other >= 0:
            between[min(home, other), max(home, other)] += 1
        unit = int(units[source])
        if unit >= 0:
            writing[week, unit].add(source)
            for name in [*(["messages"] if kind <= 1 else []), *({1: ["replies"], 2: ["reactions"]}.get(kind, []))]:
                counted[name, week, unit] += 1
    assert list(found.weeks) == (list(range(min(weeks), max(weeks) + 1)) if weeks else [])
    for place, week in enumerate(found.weeks):
        for unit in range(UNITS):
            wanted = [counted[name, week, unit] for name in MEASURES[:3]] + [len(writing[week, unit])]
            seen = found.values[:, place, unit]
            assert np.isnan(seen).all() if week not in weeks else seen.tolist() == wanted
    for one in range(UNITS):
        for two in range(UNITS):
            assert found.between[one, two] == between[min(one, two), max(one, two)]
