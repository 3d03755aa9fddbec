"""A log filed as an installation files it: one Parquet file a month, acts of one person under several numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from handrail.compute.analytics import DuckDBQuery
from handrail.engines.participation.log import DAY, Files, Window
from handrail.engines.participation.reference import Act
from tests.engines.participation import logs

PEOPLE = 7
WINDOW = Window(logs.START + 2 * DAY, logs.START + 55 * DAY)


@dataclass(frozen=True)
class Filed:
    """The files, and the same acts as one reads them from there: in order, under one number each, in the window."""

    files: Files
    acts: list[Act]

    @property
    def units(self) -> npt.NDArray[np.int32]:
        return np.array([0, 0, 1, 1, -1, 2, 2], dtype=np.int32)

    def batches(self) -> list[pa.RecordBatch]:
        return logs.table_of(self.acts).to_batches(max_chunksize=50)


def filed(acts: list[Act], folder: Path, window: Window) -> Filed:
    """Numbers 5 and 6 are one person, who goes by 5."""
    persons = np.array([0, 1, 2, 3, 4, 5, 5], dtype=np.int32)
    table = logs.table_of(acts)
    table = table.add_column(0, "id", pa.array((np.arange(len(acts)) * 7_919) % 100_003, pa.int64()))
    table = table.sort_by([("at", "ascending"), ("id", "ascending")])
    months = pc.fill_null(pc.strftime(table["at"], "%Y-%m"), "unknown")
    for month in months.unique().to_pylist():
        place = folder / f"month={month}"
        place.mkdir(parents=True)
        pa.parquet.write_table(table.filter(pc.equal(months, month)), place / "acts.parquet", compression="zstd")
    names = sorted(months.unique().to_pylist())
    (folder / "threads.parquet").write_bytes(b"lies beside them and is none of them")
    seen = [_moved(act, persons) for name in names for act in logs.acts_of(_read(folder, name))]
    start, end = window.start or 0, window.end or 2**62
    inside = [act for act in seen if (not window and act.at is None) or (act.at is not None and start <= act.at < end)]
    return Filed(Files(str(folder), names, persons, window), inside)


def _read(folder: Path, month: str) -> pa.Table:
    return pa.parquet.ParquetFile(folder / f"month={month}" / "acts.parquet").read()


def _moved(act: Act, persons: npt.NDArray[np.int32]) -> Act:
    source, target = (None if end is None else int(persons[end]) for end in (act.source, act.target))
    return Act(act.at, source, target, act.kind, act.thread, act.outside, act.channel)


class ReadsFiles(DuckDBQuery):
    """DuckDB in the place of an engine that reads the files itself, so that STORED is held to its words anywhere."""

    elsewhere = True

    def acts_in(self, files: Files, sql: str, tables: Mapping[str, Any]) -> pa.Table:
        months = [(month, _read(Path(files.folder), month)) for month in files.months]
        stored = pa.concat_tables(
            [table.append_column("month", pa.array([month] * len(table))) for month, table in months]
        )
        moment = stored["at"].cast(pa.int64())
        return self(sql, {"stored": stored.drop_columns("at").append_column("moment", moment), **tables})

    def let_go(self, acts: pa.Table) -> None:
        pass
