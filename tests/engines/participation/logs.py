"""Logs for the tests: from plain acts to the engine's tables, and generated ones."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from handrail.engines.participation.log import DAY, Log, Window, prepare
from handrail.engines.participation.reference import Act

START = 1_767_571_200_000_000  # Monday 5 January 2026


def table_of(acts: Sequence[Act]) -> pa.Table:
    """The acts as an Arrow table of the engine's schema."""
    return pa.table(
        {
            "at": pa.array([act.at for act in acts], pa.timestamp("us", "UTC")),
            "source": pa.array([act.source for act in acts], pa.int32()),
            "target": pa.array([act.target for act in acts], pa.int32()),
            "kind": pa.array([act.kind for act in acts], pa.int8()),
            "thread": pa.array([act.thread for act in acts], pa.int64()),
            "outside": pa.array([act.outside for act in acts], pa.bool_()),
            "channel": pa.array([act.channel for act in acts], pa.int32()),
        }
    )


def log_of(acts: Sequence[Act], units: Sequence[int | None], window: Window | None = None) -> Log:
    """The acts prepared for the engine."""
    numbers = np.array([-1 if unit is None else unit for unit in units], dtype=np.int32)
    return prepare(table_of(acts), numbers, window=window)


def acts_among(people: int) -> st.SearchStrategy[Act]:
    """Acts of every kind, some without time, source, target or thread, some on oneself."""
    person = st.none() | st.integers(0, people - 1)
    return st.builds(
        Act,
        at=st.none() | st.integers(START, START + 60 * DAY) | st.sampled_from([START, START + DAY]),
        source=person,
        target=person,
        kind=st.integers(0, 3),
        thread=st.none() | st.sampled_from([0, 1, 2, 2**60]),
        outside=st.none() | st.booleans(),
        channel=st.none() | st.integers(0, 2),
    )


def acts_of(table: pa.Table) -> list[Act]:
    """A table of the engine's schema as plain acts, for the slow twins."""
    columns = [table["at"].cast(pa.int64()), *(table[name] for name in ("source", "target", "kind", "thread"))]
    columns += [table[name] if name in table.column_names else pa.nulls(len(table)) for name in ("outside", "channel")]
    return [Act(*row) for row in zip(*(column.to_pylist() for column in columns), strict=True)]


@st.composite
def logs(draw: st.DrawFn) -> tuple[list[Act], list[int | None]]:
    """Acts and each person's unit."""
    units = draw(st.lists(st.none() | st.integers(0, 2), min_size=1, max_size=7))
    return draw(st.lists(acts_among(len(units)), max_size=50)), units
