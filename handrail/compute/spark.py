"""Runs SQL on Spark: needs Java 17 or newer and the package pyspark, which `script/setup spark` adds."""

import os
import tempfile
from collections.abc import Mapping

import pyarrow as pa
from pyspark.sql import SparkSession

from handrail.compute.analytics import spark_sql


class SparkQuery:
    """One session for the life of the process; each call registers its tables as views."""

    elsewhere = True

    def __init__(self, address: str) -> None:
        inner = address.removeprefix("spark://")
        here = inner.startswith("local")
        builder = (
            SparkSession.builder.master(inner if here else address)
            .appName("handrail participation")
            # weeks and months must not move with the machine's time zone
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.sql.warehouse.dir", tempfile.gettempdir())
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
        )
        if here:  # a cluster's administrator knows better into how many parts its work falls
            builder = builder.config("spark.sql.shuffle.partitions", str(_cores(inner)))
            builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        self._session = builder.getOrCreate()

    def __call__(self, sql: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        for name, table in tables.items():
            self._session.createDataFrame(table).createOrReplaceTempView(name)
        return self._session.sql(spark_sql(sql)).toArrow()

    def stop(self) -> None:
        """End the session and its Java process."""
        self._session.stop()


def _cores(master: str) -> int:
    """Of `local`, `local[2]` or `local[*]`."""
    said = master.removeprefix("local").strip("[]")
    return int(said) if said.isdigit() else 1 if not said else os.cpu_count() or 1
