"""The acts of an organisation, in Parquet files under the data folder, one a month: numbers only, no names, no words.

    interactions/7/month=2026-03/acts.parquet     sorted by time; month=unknown holds acts without a time, read last
    interactions/7/threads.parquet                which dense number stands for which conversation
    interactions/7/kept-from                      the day before which acts were deleted: for a database from a backup

DuckDB and Spark read the folder as it is. A file is replaced whole or not at all, under a lock of the organisation.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
from django.conf import settings

from handrail.formats.interactions.doubles import first_of_each
from handrail.formats.interactions.schema import INTERACTIONS
from handrail.formats.interactions.spool import UNKNOWN

# Dense numbers for people, channels and threads; the rest as the readers give it.
SCHEMA = INTERACTIONS.set(INTERACTIONS.get_field_index("thread"), pa.field("thread", pa.int32()))
THREADS = pa.schema([pa.field("conversation", pa.int64()), pa.field("thread", pa.int32())])
BATCH_ROWS = 2**19
Acts = Callable[[pa.Table], pa.Table]


@dataclass(frozen=True)
class Merged:
    """How many acts of a month came in, and how many of those were not there before."""

    acts: int
    added: int


def everything() -> Path:
    return Path(settings.DATA_DIR) / "interactions"


class LogFiles:
    """One organisation's files."""

    def __init__(self, organisation_id: int) -> None:
        self.folder = everything() / str(organisation_id)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else changes these files meanwhile."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self.folder / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @property
    def months(self) -> list[str]:
        """In order, acts without a time last."""
        return sorted(path.name.removeprefix("month=") for path in self.folder.glob("month=*"))

    @property
    def is_empty(self) -> bool:
        return not self.months

    @property
    def kept_from(self) -> date | None:
        path = self.folder / "kept-from"
        return date.fromisoformat(path.read_text().strip()) if path.exists() else None

    def path_of(self, month: str) -> Path:
        return self.folder / f"month={month}" / "acts.parquet"

    def acts_of(self, month: str) -> pa.Table:
        path = self.path_of(month)
        return pa.parquet.ParquetFile(path).read() if path.exists() else SCHEMA.empty_table()

    def batches(self, columns: Iterable[str] | None = None, start: date | None = None) -> Iterator[pa.RecordBatch]:
        """All acts in time order, unknown times last; from the month of `start` on."""
        wanted = list(columns) if columns is not None else None
        for month in self.months:
            if start is None or month == UNKNOWN or month >= f"{start:%Y-%m}":
                stored = pa.parquet.ParquetFile(self.path_of(month), pre_buffer=False)
                yield from stored.iter_batches(columns=wanted, batch_size=BATCH_ROWS, use_threads=False)

    def number_of_acts(self) -> int:
        return sum(pa.parquet.read_metadata(self.path_of(month)).num_rows for month in self.months)

    def merge(self, month: str, acts: pa.Table) -> Merged:
        """Put acts (as SCHEMA) into their month. Those there already under the same id are replaced, never doubled."""
        acts = acts if self.kept_from is None else _from_day_on(acts, self.kept_from)
        before = self.acts_of(month)
        both = pa.concat_tables([acts, before])
        kept = both.take(pa.array(first_of_each(both["id"].to_numpy())))
        incoming = len(np.unique(acts["id"].to_numpy()))
        self._write(month, kept)
        return Merged(incoming, kept.num_rows - before.num_rows)

    def numbered_threads(self, conversations: npt.NDArray[np.int64]) -> None:
        """Give every conversation that is new a number, the next in turn."""
        known = self._threads()
        fresh = np.setdiff1d(conversations, known["conversation"].to_numpy())
        if len(fresh):
            following = known.num_rows + np.arange(len(fresh), dtype=np.int32)
            more = pa.table({"conversation": fresh, "thread": following}, schema=THREADS)
            table = pa.concat_tables([known, more]).sort_by("conversation")
            _replace(self.folder / "threads.parquet", table)

    def thread_numbers(self, conversations: pa.ChunkedArray) -> pa.Array:
        """The number of each conversation; null stays null."""
        known = self._threads()
        wanted = conversations.combine_chunks().fill_null(0).to_numpy(zero_copy_only=False)
        missing = conversations.combine_chunks().is_null().to_numpy(zero_copy_only=False)
        if not known.num_rows:
            return pa.nulls(len(wanted), pa.int32())
        places = np.minimum(np.searchsorted(known["conversation"].to_numpy(), wanted), known.num_rows - 1)
        return pa.array(known["thread"].to_numpy()[places], mask=missing)

    def forget_before(self, day: date) -> int:
        """Delete what happened before this day, and remember to leave it out from now on; how many acts went.

        The day is noted last: a run that was cut off is begun again.
        """
        gone = self._rewritten(lambda acts: _from_day_on(acts, day))
        (self.folder / "kept-from").write_text(day.isoformat())
        return gone

    def keep_people(self, numbers: npt.NDArray[np.int32]) -> int:
        """Delete the acts of everybody else, and everybody else from the acts of these; how many acts went."""
        known = pa.array(numbers, pa.int32())

        def without(acts: pa.Table) -> pa.Table:
            ours = pc.or_(pc.is_null(acts["source"]), pc.is_in(acts["source"], known))
            acts = acts.filter(ours)
            gone = pc.and_(pc.is_valid(acts["target"]), pc.invert(pc.is_in(acts["target"], known)))
            place = acts.schema.get_field_index("target")
            return acts.set_column(place, SCHEMA.field("target"), pc.if_else(gone, None, acts["target"]))

        return self._rewritten(without)

    def people(self) -> npt.NDArray[np.int32]:
        """The numbers of everybody in the files."""
        met: npt.NDArray[np.int32] = np.empty(0, dtype=np.int32)
        for batch in self.batches(("source", "target")):
            ends = [batch.column(name).drop_null().to_numpy(zero_copy_only=False) for name in ("source", "target")]
            met = np.unique(np.concatenate([met, *ends]))
        return met

    def forget_everything(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _rewritten(self, change: Acts) -> int:
        gone = 0
        for month in self.months:
            before = self.acts_of(month)
            after = change(before)
            gone += before.num_rows - after.num_rows
            if not after.equals(before):
                self._write(month, after)
        return gone

    def _write(self, month: str, acts: pa.Table) -> None:
        path = self.path_of(month)
        if not acts.num_rows:
            shutil.rmtree(path.parent, ignore_errors=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _replace(path, acts.sort_by([("at", "ascending"), ("id", "ascending")]).cast(SCHEMA))

    def _threads(self) -> pa.Table:
        path = self.folder / "threads.parquet"
        return pa.parquet.ParquetFile(path).read() if path.exists() else THREADS.empty_table()


def _from_day_on(acts: pa.Table, day: date) -> pa.Table:
    """Without what is older, and without what has no time: it may be older."""
    first = pa.scalar(datetime.combine(day, datetime.min.time(), UTC), SCHEMA.field("at").type)
    return acts.filter(pc.fill_null(pc.greater_equal(acts["at"], first), False))


def _replace(path: Path, table: pa.Table) -> None:
    """Whole or not at all, also when the power goes."""
    arriving = path.with_name(f".{path.name}.arriving")
    handle = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        pa.parquet.write_table(table, out, compression="zstd")
        out.flush()
        os.fsync(out.fileno())
    os.replace(arriving, path)
