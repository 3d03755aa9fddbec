"""A release to take away: one page to print, or a table. Made of what was released, and of nothing else."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet

from handrail.capabilities.impact.groups.presenters import group_name

if TYPE_CHECKING:
    from handrail.capabilities.impact.models import Effects

COLUMNS = {
    "measure": pa.string(),
    "group": pa.string(),
    "about_teams": pa.int64(),
    "verdict": pa.string(),
    "effect": pa.float64(),
    "low": pa.float64(),
    "high": pa.float64(),
    "before_and_after": pa.float64(),
    "seen_from": pa.float64(),
    "weeks_that_would_do": pa.int64(),
}
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "html": "text/html; charset=utf-8",
}


def rows(content: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for one in content.get("measures", []):
        found.append(_row(one["measure"], "all together", one["together"]))
        for group, row in zip(content["groups"], one["rows"], strict=True):
            found.append(_row(one["measure"], group_name(group["names"]), row))
    return found


def _row(measure: str, group: str, row: dict[str, Any]) -> dict[str, Any]:
    values = (row["teams"], row["verdict"], row["effect"], row["low"], row["high"])
    return dict(zip(COLUMNS, (measure, group, *values, row["naive"], row["detectable"], row["needed"]), strict=True))


def as_csv(effects: Effects) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS))
    writer.writeheader()
    writer.writerows(rows(effects.content))
    return out.getvalue().encode()


def as_json(effects: Effects) -> bytes:
    told = {
        "wave": effects.wave.name,
        "from": effects.wave.starts_on.isoformat(),
        "to": effects.wave.ends_on.isoformat(),
        "plan": effects.content.get("plan"),
        "effects": rows(effects.content),
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def as_parquet(effects: Effects) -> bytes:
    found = rows(effects.content)
    schema = pa.schema(list(COLUMNS.items()))
    out = io.BytesIO()
    pa.parquet.write_table(pa.Table.from_pylist(found, schema=schema), out)
    return out.getvalue()


WRITERS = {"csv": as_csv, "json": as_json, "parquet": as_parquet}
