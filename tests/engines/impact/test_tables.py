"""Tables of other libraries give what a Panel gives; faults name the place."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from handrail.engines.impact import Panel, Start, effects_table, estimate
from handrail.engines.impact.tables import panel_from, starts_from
from tests.engines.impact.test_paths import staggered


class Stream:
    """As a table of another library: it speaks Arrow's stream and nothing else."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


def rows_of(panel: Panel) -> dict[str, list[Any]]:
    found = [
        (unit, period, outcome, panel.values[o, p, u])
        for u, unit in enumerate(panel.units)
        for p, period in enumerate(panel.periods)
        for o, outcome in enumerate(panel.outcomes)
    ]
    return dict(zip(("unit", "period", "outcome", "value"), map(list, zip(*found, strict=True)), strict=True))


def test_every_kind_of_table_gives_what_a_panel_gives() -> None:
    panel, starts = staggered(0.3)
    wanted = estimate(panel, starts)
    rows = rows_of(panel)
    begun = {"unit": [one.unit for one in starts], "start": [one.period for one in starts]}
    assert estimate(rows, begun) == wanted
    assert estimate(pa.table(rows), pa.table(begun)) == wanted
    assert estimate(Stream(pa.table(rows)), Stream(pa.table(begun))) == wanted
    table = effects_table(wanted)
    assert table.column("effect").to_pylist() == [one.effect for one in wanted.effects]
    assert table.column("verdict").to_pylist() == [one.verdict for one in wanted.effects]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_other_libraries_where_they_are_installed(library: str) -> None:
    frames = pytest.importorskip(library)
    panel, starts = staggered(0.3)
    begun = {"unit": [one.unit for one in starts], "start": [one.period for one in starts]}
    assert estimate(frames.DataFrame(rows_of(panel)), frames.DataFrame(begun)) == estimate(panel, starts)


def test_dates_come_as_dates_times_or_text() -> None:
    monday = date(2026, 1, 5)
    days = [monday + timedelta(weeks=n) for n in range(3)]
    for periods in (days, [datetime.combine(day, datetime.min.time()) for day in days], [str(day) for day in days]):
        found = panel_from({"unit": ["a", "a", "a"], "period": periods, "value": [1, None, 3]})
        assert found.periods == tuple(days)
        assert found.outcomes == ("value",)
        np.testing.assert_array_equal(found.values[0, :, 0], [1, np.nan, 3])
    assert starts_from({"unit": ["a"], "start": ["2026-01-12"]}) == [Start("a", days[1])]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"unit": ["a"], "period": [1]}, "the column “value” is missing"),
        ({"unit": ["a", "a"], "period": [1, 1], "value": [1, 2]}, "unit “a”, period 1, outcome “value” is there twice"),
        ({"unit": ["a", None], "period": [1, 2], "value": [1, 2]}, "the column “unit” has an empty cell"),
        ({"unit": ["a"], "period": ["soon"], "value": [1]}, "neither whole numbers nor dates"),
        ({"unit": ["a"], "period": [1], "value": [float("inf")]}, "values must be finite"),
    ],
)
def test_faults_name_the_place(table: dict[str, list[Any]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        panel_from(table)
