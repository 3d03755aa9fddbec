"""Tables of other libraries in and out, through Arrow: pandas, polars, DuckDB, pyarrow, or a plain dictionary."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from handrail.engines.impact.estimate import estimate as estimate_panel
from handrail.engines.impact.panel import Panel, Period, Settings, Start
from handrail.engines.impact.results import Effect, Result


class ArrowStream(Protocol):
    """What pandas 2.2, polars, DuckDB and pyarrow tables are."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Table = ArrowStream | Mapping[str, Sequence[Any]]


def estimate(
    panel: Panel | Table, starts: Sequence[Start] | Table, settings: Settings | None = None, **more: Any
) -> Result:
    """Effects of every start on every outcome, the pooled effects, and which units were left out of the comparison.

    `panel` is a Panel, or a table with the columns unit, period, value and, where there are several, outcome; a row
    that is not there is missing, not zero. `starts` are Starts, or a table with the columns unit and start.
    `more`: `groups` and `each`, as in `handrail.engines.impact.estimate.estimate`.
    Raises ValueError where a column is missing, a cell is there twice, or a start does not fit the panel.
    """
    ready = panel if isinstance(panel, Panel) else panel_from(panel)
    begun = list(starts) if isinstance(starts, Sequence) else starts_from(starts)
    return estimate_panel(ready, begun, settings, **more)


def panel_from(table: Table) -> Panel:
    """From rows of unit, period (date or whole number), outcome (may be absent) and value."""
    rows = _arrow(table, ("unit", "period", "value"))
    units, unit = _numbered(_texts(rows["unit"], "unit"))
    periods, period = _numbered(_periods(rows["period"], "period"))
    named = _texts(rows["outcome"], "outcome") if "outcome" in rows.column_names else None
    outcomes, outcome = _numbered(named) if named is not None else (["value"], np.zeros(len(rows), dtype=np.int64))
    shape = len(outcomes), len(periods), len(units)
    place = np.ravel_multi_index((outcome, period, unit), shape) if len(rows) else np.empty(0, dtype=np.int64)
    seen, counts = np.unique(place, return_counts=True)
    if (counts > 1).any():
        o, p, u = np.unravel_index(int(seen[counts > 1][0]), shape)
        raise ValueError(f"unit “{units[u]}”, period {periods[p]}, outcome “{outcomes[o]}” is there twice")
    values = np.full(shape, np.nan)
    values.flat[place] = pc.cast(rows["value"], pa.float64()).to_numpy(zero_copy_only=False)
    return Panel(tuple(units), tuple(periods), tuple(outcomes), values)


def starts_from(table: Table) -> list[Start]:
    """From rows of unit and start (date or whole number)."""
    rows = _arrow(table, ("unit", "start"))
    units, starts = _texts(rows["unit"], "unit").to_pylist(), _periods(rows["start"], "start").to_pylist()
    return [Start(unit, start) for unit, start in zip(units, starts, strict=True)]


def effects_table(result: Result) -> pa.Table:
    """A row for each effect, its fields as columns: `pandas.DataFrame` and `polars.from_arrow` take it."""
    names = [one.name for one in fields(Effect)]
    columns: dict[str, list[Any]] = {name: [getattr(effect, name) for effect in result.effects] for name in names}
    columns["notes"] = [" ".join(notes) for notes in columns["notes"]]
    return pa.table(columns)


def _arrow(table: Table, needed: Sequence[str]) -> pa.Table:
    rows = pa.table(table)
    for name in needed:
        if name not in rows.column_names:
            raise ValueError(f"the column “{name}” is missing (found: {', '.join(rows.column_names) or 'none'})")
    return rows


def _texts(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    if column.null_count:
        raise ValueError(f"the column “{name}” has an empty cell")
    return pc.cast(column, pa.string())


def _periods(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Whole numbers as they are; times and dates written as text as dates."""
    if column.null_count:
        raise ValueError(f"the column “{name}” has an empty cell")
    if pa.types.is_integer(column.type):
        return pc.cast(column, pa.int64())
    try:
        return pc.cast(column, pa.date32(), safe=False)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise ValueError(f"the column “{name}” is neither whole numbers nor dates: {error}") from error


def _numbered(column: pa.ChunkedArray) -> tuple[list[Any], np.ndarray]:
    """The different values in order, and of each row which it is."""
    known: list[str | Period | date] = sorted(pc.unique(column).to_pylist())
    found = pc.index_in(column, value_set=pa.array(known, type=column.type))
    return known, found.to_numpy(zero_copy_only=False).astype(np.int64)
