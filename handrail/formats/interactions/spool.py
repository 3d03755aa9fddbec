"""Sorts what a reader finds into months on disk while it reads, so that memory does not grow with the export."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet

from handrail.formats.interactions.doubles import told_apart
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
        self.folder = folder
        self.parts = 0
        self.acts = 0
        self.rows_held = 0
        self._held: dict[str, list[pa.RecordBatch]] = {}

    def add(self, batch: pa.RecordBatch) -> None:
        months = months_of(batch.column("at"))
        for month in np.unique(months):
            mine = batch.filter(pa.array(months == month))
            self._held.setdefault(name_of_month(int(month)), []).append(mine)
        self.rows_held += batch.num_rows
        self.acts += batch.num_rows
        # twice what a bookmark waits for: one is put between two records, and some records are long
        if self.rows_held >= 2 * ROWS_HELD:
            self.close()

    def close(self) -> None:
        """Write out what is held, so that it stays when the power goes."""
        if not self._held:
            return
        self.parts += 1
        for month, batches in self._held.items():
            folder = self.folder / month
            folder.mkdir(parents=True, exist_ok=True)
            table = pa.Table.from_batches(batches, INTERACTIONS)
            with open(folder / f"{self.parts:06d}.parquet", "wb") as out:
                pa.parquet.write_table(table, out, compression="zstd")
                out.flush()
                os.fsync(out.fileno())
        self._held, self.rows_held = {}, 0

    def back_to(self, parts: int) -> None:
        """Take out what was written after so many parts: it is going to be read again."""
        for month in months_in(self.folder):
            for part in (self.folder / month).glob("*.parquet"):
                if int(part.stem) > parts:
                    part.unlink()
            if not any((self.folder / month).iterdir()):
                (self.folder / month).rmdir()
        self.parts = parts
        self.acts = sum(
            pa.parquet.read_metadata(part).num_rows
            for month in months_in(self.folder)
            for part in (self.folder / month).glob("*.parquet")
        )


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
