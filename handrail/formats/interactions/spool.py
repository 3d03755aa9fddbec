"""Sorts what a reader finds into months on disk while it reads, so that memory does not grow with the export."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet

from handrail.formats.interactions.load import told_apart
from handrail.formats.interactions.schema import INTERACTIONS

UNKNOWN = "unknown"  # the month of acts without a time
ROWS_HELD = 500_000


def months_of(at: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """The month of each time, counted from January 1970; -1 where it is not known."""
    whole = at.combine_chunks() if isinstance(at, pa.ChunkedArray) else at
    moments = whole.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
    months = moments.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    return np.where(moments < 0, -1, months)


def name_of_month(month: int) -> str:
    """ "2026-03", or "unknown"."""
    return UNKNOWN if month < 0 else f"{1970 + month // 12}-{month % 12 + 1:02d}"


class Spool:
    """A folder of months. `add` is a reader's sink; `close` when the reader is through."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, list[pa.RecordBatch]] = {}
        self._rows = 0
        self._parts = 0

    def add(self, batch: pa.RecordBatch) -> None:
        months = months_of(batch.column("at"))
        for month in np.unique(months):
            mine = batch.filter(pa.array(months == month))
            self._held.setdefault(name_of_month(int(month)), []).append(mine)
        self._rows += batch.num_rows
        if self._rows >= ROWS_HELD:
            self.close()

    def close(self) -> None:
        """Write out what is held."""
        self._parts += 1
        for month, batches in self._held.items():
            folder = self._folder / month
            folder.mkdir(parents=True, exist_ok=True)
            table = pa.Table.from_batches(batches, INTERACTIONS)
            pa.parquet.write_table(table, folder / f"{self._parts:06d}.parquet", compression="zstd")
        self._held, self._rows = {}, 0


def months_in(folder: Path) -> list[str]:
    """The months of a spool in order, `unknown` last."""
    return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def month_in(folder: Path, month: str, *, equal_rows_differ: bool = False) -> pa.Table:
    """All acts of one month as they were read. With `equal_rows_differ` equal rows are numbered apart first."""
    batches = list(_batches(folder / month))
    return pa.Table.from_batches(told_apart(batches) if equal_rows_differ else batches, INTERACTIONS)


def _batches(folder: Path) -> Iterator[pa.RecordBatch]:
    for part in sorted(path for path in folder.iterdir() if path.suffix == ".parquet"):  # fails where it is gone
        yield from pa.parquet.read_table(part).cast(INTERACTIONS).to_batches()
