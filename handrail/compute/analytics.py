"""Runs the engines' SQL where the setting says: DuckDB in this process, or an existing Spark.

HANDRAIL_ANALYTICS=duckdb (the default), spark://host:port or spark://local[N] (Spark inside this machine).
"""

import os
from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from handrail.engines.participation.measures import Query

SETTING = "HANDRAIL_ANALYTICS"


class UnknownAnalytics(ValueError):
    """The setting names no engine we can run; the message says what it may be."""


def query_for(setting: str | None = None) -> Query:
    """The function that runs one SELECT over named Arrow tables and returns an Arrow table."""
    chosen = setting if setting is not None else os.environ.get(SETTING, "duckdb")
    if chosen == "duckdb":
        return DuckDBQuery()
    if chosen.startswith("spark://"):
        # imported here because pyspark is an optional package and its start costs seconds
        from handrail.compute.spark import SparkQuery

        return SparkQuery(chosen)
    raise UnknownAnalytics(f"{SETTING}={chosen!r} is not known; set it to duckdb or spark://host:port.")


class DuckDBQuery:
    """Runs on DuckDB in this process, in memory, with no access to files or the network."""

    elsewhere = False

    def __init__(self) -> None:
        settings = {"enable_external_access": "false", "threads": str(max(1, min(8, os.cpu_count() or 1)))}
        self._connection = duckdb.connect(":memory:", config=settings)

    def __call__(self, sql: str, tables: Mapping[str, Any]) -> pa.Table:
        with self._connection.cursor() as cursor:
            for name, table in tables.items():
                cursor.register(name, table)
            return _table(cursor.sql(sql))


def spark_sql(sql: str) -> str:
    """The same statement in Spark's dialect."""
    # imported here because only who has a Spark needs it, and it loads as long as half of Django
    import sqlglot

    return str(sqlglot.transpile(sql, read="duckdb", write="spark")[0])


def _table(result: duckdb.DuckDBPyRelation) -> pa.Table:
    arrow = result.to_arrow_table()
    # HUGEINT sums come back as decimal or double; measures are whole numbers that fit 64 bits
    fields = [
        pa.field(field.name, pa.int64() if pa.types.is_decimal(field.type) else field.type) for field in arrow.schema
    ]
    return arrow.cast(pa.schema(fields))
