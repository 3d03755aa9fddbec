"""Runs SQL on Spark: needs the package pyspark 4 and Java 17 or newer, neither of which Handrail installs."""

import tempfile
from collections.abc import Mapping

import pyarrow as pa
from pyspark.sql import SparkSession

from handrail.compute.analytics import spark_sql


class SparkQuery:
    """One session for the life of the process; each call registers its tables as views."""

    def __init__(self, address: str) -> None:
        inner = address.removeprefix("spark://")
        master = inner if inner.startswith("local") else address
        self._session = (
            SparkSession.builder.master(master)
            .appName("handrail participation")
            # weeks and months must not move with the machine's time zone
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.sql.warehouse.dir", tempfile.gettempdir())
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate()
        )

    def __call__(self, sql: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        for name, table in tables.items():
            self._session.createDataFrame(table).createOrReplaceTempView(name)
        return self._session.sql(spark_sql(sql)).toArrow()

    def stop(self) -> None:
        """End the session and its Java process."""
        self._session.stop()
