"""Runs SQL on Spark: needs Java 17 or newer and the package pyspark, which `script/setup spark` adds."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import unix_micros

from handrail.compute.analytics import spark_sql
from handrail.engines.participation.log import Files


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
            # “2026-03” is the name of a month, and no number or date
            .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.sql.warehouse.dir", tempfile.gettempdir())
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
        )
        if here:  # a cluster's administrator knows better into how many parts its work falls
            builder = builder.config("spark.sql.shuffle.partitions", str(_cores(inner)))
            builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        self._session = builder.getOrCreate()

    def __call__(self, sql: str, tables: Mapping[str, Any]) -> pa.Table:
        return self._asked(sql, tables).toArrow()

    def acts_in(self, files: Files, sql: str, tables: Mapping[str, Any]) -> DataFrame:
        """What the SELECT makes of the files, which Spark's own workers read: they see the folder under this path."""
        folder = Path(files.folder).resolve().as_uri()
        months = [f"{folder}/month={month}" for month in files.months]
        stored = self._session.read.option("basePath", folder).parquet(*months)
        moment = stored.withColumn("moment", unix_micros("at"))
        # asked many times: read once, and put on disk where it does not fit into memory
        return self._asked(sql, {"stored": moment, **tables}).persist()

    def let_go(self, acts: DataFrame) -> None:
        """Forget what `acts_in` gave."""
        acts.unpersist()

    def _asked(self, sql: str, tables: Mapping[str, Any]) -> DataFrame:
        for name, table in tables.items():
            frame = self._session.createDataFrame(table) if isinstance(table, pa.Table) else table
            frame.createOrReplaceTempView(name)
        return self._session.sql(spark_sql(sql))

    def stop(self) -> None:
        """End the session and its Java process."""
        self._session.stop()


def _cores(master: str) -> int:
    """Of `local`, `local[2]` or `local[*]`."""
    said = master.removeprefix("local").strip("[]")
    return int(said) if said.isdigit() else 1 if not said else os.cpu_count() or 1
