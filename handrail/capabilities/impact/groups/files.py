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
    "stands_among_many": pa.bool_(),
    "weeks_since_start": pa.int64(),  # empty: the whole time after the start
    "over_weeks": pa.int64(),
}
STRETCH = ("weeks_since_start", "over_weeks", "effect", "low", "high")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "html": "text/html; charset=utf-8",
}


def rows(content: dict[str, Any]) -> list[dict[str, Any]]:
    """A row for each measure and group; below it one for each stretch of weeks before and after the start."""
    found = []
    for one in content.get("measures", []):
        found += _rows(one["measure"], "all together", one["together"])
        for group, row in zip(content["groups"], one["rows"], strict=True):
            found += _rows(one["measure"], group_name(group["names"]), row)
    return found


def _rows(measure: str, group: str, row: dict[str, Any]) -> list[dict[str, Any]]:
    of = {"measure": measure, "group": group, "about_teams": row["teams"]}
    whole = of | {
        "verdict": row["verdict"],
        "effect": row["effect"],
        "low": row["low"],
        "high": row["high"],
        "before_and_after": row["naive"],
        "seen_from": row["detectable"],
        "weeks_that_would_do": row["needed"],
        "stands_among_many": row.get("stands"),
    }
    stretches = [of | dict(zip(STRETCH, stretch, strict=True)) for stretch in row.get("path", ())]
    return [dict.fromkeys(COLUMNS) | one for one in (whole, *stretches)]


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
        "left_out": [one | {"unit": "everywhere"} for one in effects.content.get("left_out", ())],
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
