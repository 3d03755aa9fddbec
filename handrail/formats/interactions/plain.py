"""Our own format, CSV or Parquet: at,source,target,kind,channel,thread,outside (docs/reference/interactions-csv.md).

Read in columns, not row by row, since this is the format for big logs.
"""

import sys
from collections.abc import Iterator
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from handrail.formats.interactions.archive import Export, Refused
from handrail.formats.interactions.collector import BROKEN_NAMED, TO_ONESELF, Collector, iso_microseconds, number_of
from handrail.formats.interactions.schema import INTERACTIONS, MENTION, POST, REACTION, REPLY

NAME = "plain interactions"
REQUIRED = ("source", "target", "kind")
OPTIONAL = ("at", "channel", "thread", "outside", "id")
NUMBERS = {"post": POST, "reply": REPLY, "reaction": REACTION, "mention": MENTION}
YES, NO = ("1", "true", "yes", "t", "y"), ("0", "false", "no", "f", "n")
BLOCK = 8 * 2**20

Mask = npt.NDArray[np.bool_]


def recognises(export: Export) -> bool:
    """One table, alone."""
    if len(export.names) != 1:
        return False
    name = export.names[0]
    if name.lower().endswith((".parquet", ".pq", ".csv")):
        return True
    with export.open(name) as stream:
        header = stream.readline(4096).decode("utf-8-sig", "replace")
    return {part.strip().strip('"') for part in header.split(",")} >= {"source", "kind"}


def read(export: Export, collector: Collector) -> None:
    """All rows of the one table in the export."""
    name = next(iter(export.ending(".parquet", ".pq") or export.ending(".csv")), export.names[0])
    with export.open(name) as stream:
        reader = _Reader(collector, name)
        for table in collector.files([name], reader):
            parquet = table.lower().endswith((".parquet", ".pq"))
            batches = _parquet(stream, table) if parquet else _csv(stream, table, reader)
            for first, batch in collector.still(table, _numbered(batches), reader):
                reader.batch(batch, first)
                export.tell(table, stream.tell())


def read_standard_input(collector: Collector) -> None:
    """All rows of a table on the standard input."""
    reader = _Reader(collector, "standard input")
    for first, batch in _numbered(_csv(sys.stdin.buffer, "standard input", reader)):
        reader.batch(batch, first)


def _numbered(batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Each with the line it begins at: the header is line 1, and in Parquet rows are numbered as if it had one."""
    first = 2
    for batch in batches:
        yield first, batch
        first += batch.num_rows


def _csv(stream: IO[bytes], name: str, reader: "_Reader") -> Iterator[pa.RecordBatch]:
    def faulty(row: Any) -> str:
        line = row.number + 1
        reader.skipped.append(line)
        if row.text.strip() and line > reader.faulty_to:  # of a reading that is taken up, some were counted before
            reader.faulty_to = line
            message = f"has {row.actual_columns} fields; the header names {row.expected_columns}."
            reader.collector.broken(name, line, message)
        return "skip"

    header = stream.readline(2**20).decode("utf-8-sig", "replace")
    columns = [part.strip().strip('"').strip() for part in header.rstrip("\r\n").split(",")]
    _check_columns(name, columns)
    try:
        with pa.csv.open_csv(
            stream,
            read_options=pa.csv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=columns),
            parse_options=pa.csv.ParseOptions(
                invalid_row_handler=faulty, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        ) as batches:
            yield from batches
    except pa.ArrowInvalid as error:
        if "empty" in str(error).lower():  # a header without rows
            return
        if "UTF8" in str(error):
            raise Refused(f"“{name}” is not UTF-8. Save it as “CSV UTF-8” and try again.") from error
        raise Refused(f"“{name}” is not a readable CSV file ({error}).") from error


def _parquet(stream: IO[bytes], name: str) -> Iterator[pa.RecordBatch]:
    try:
        table = pa.parquet.ParquetFile(stream)
        wanted = [column for column in table.schema_arrow.names if column in REQUIRED + OPTIONAL]
        _check_columns(name, table.schema_arrow.names)
        yield from table.iter_batches(columns=wanted, batch_size=2**18)
    except (pa.ArrowInvalid, OSError) as error:
        raise Refused(f"“{name}” is not a readable Parquet file ({error}).") from error


def _check_columns(name: str, columns: list[str]) -> None:
    doubled = sorted({column for column in columns if columns.count(column) > 1})
    if doubled:
        raise Refused(f"“{name}”, line 1: the column “{doubled[0]}” is there twice.")
    for column in REQUIRED:
        if column not in columns:
            there = ", ".join(columns)[:200] or "none"
            raise Refused(
                f"“{name}”, line 1: the column “{column}” is missing (found: {there}). "
                "Columns: at,source,target,kind,channel,thread,outside."
            )


class _Reader:
    """Turns batches of text columns into batches of the log."""

    def __init__(self, collector: Collector, file: str) -> None:
        self.collector = collector
        self.file = file
        self.skipped: list[int] = []
        self.faulty_to = 0
        self._hashes: dict[str, dict[str, int]] = {}

    def remembered(self) -> int:
        return self.faulty_to

    def remember(self, remembered: int) -> None:
        self.faulty_to = remembered

    def batch(self, batch: pa.RecordBatch, first: int) -> None:
        size = batch.num_rows
        self.collector.reading.records += size
        self.collector.equal_rows_differ = "id" not in batch.schema.names
        keep = np.ones(size, dtype=bool)
        columns = {name: _text(batch, name) for name in (*REQUIRED, "channel", "thread", "outside", "id")}
        blank = _blank(batch)
        self.collector.reading.records -= int(blank.sum())
        keep &= ~blank
        self._faulty(keep, columns["source"].is_null(), first, "source", lambda _: "is empty; who did it must be said.")
        kind = self._kinds(columns["kind"], keep, first)
        at, at_hash = self._times(batch, keep, first)
        outside = self._outside(columns["outside"], keep, first)
        source, source_hash = self._people(columns["source"])
        target, target_hash = self._people(columns["target"])
        channel, channel_hash = self._channels(columns["channel"])
        thread = self._codes("thread", columns["thread"])
        no_thread = columns["thread"].is_null().to_numpy(zero_copy_only=False)
        mixed = [at_hash, source_hash, target_hash, kind.astype(np.uint64), channel_hash, thread]
        identity = _mix(mixed)
        if columns["id"].null_count < size:
            given = self._codes("id", columns["id"])
            identity = np.where(columns["id"].is_null().to_numpy(zero_copy_only=False), identity, given)
        itself = keep & (target >= 0) & (source == target)
        for number, name in enumerate(TO_ONESELF):
            count = int((itself & (kind == number)).sum())
            if count and number != POST:
                self.collector.reading.left_out[name] += count
        keep &= ~itself | (kind == POST)
        target = np.where(itself, -1, target)
        rows = pa.RecordBatch.from_arrays(
            [
                pa.array((identity >> np.uint64(1)).astype(np.int64)),
                at,
                pa.array(source.astype(np.int32)),
                pa.array(target.astype(np.int32), mask=target < 0),
                pa.array(kind),
                pa.array(channel.astype(np.int32), mask=channel < 0),
                pa.array((thread >> np.uint64(1)).astype(np.int64), mask=no_thread),
                outside,
                pa.array(np.zeros(size, dtype=bool)),
            ],
            schema=INTERACTIONS,
        )
        self.collector.batch(rows if keep.all() else rows.filter(pa.array(keep)))

    def _faulty(self, keep: Mask, which: pa.Array | Mask, first: int, column: str, message: Any) -> None:
        mask = which if isinstance(which, np.ndarray) else which.to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(mask & keep)
        for row in rows[:BROKEN_NAMED]:
            self.collector.broken(self.file, self._line(first + int(row)), message(int(row)), column)
        self.collector.reading.broken_count += len(rows[BROKEN_NAMED:])
        keep &= ~mask

    def _line(self, line: int) -> int:
        """The line in the file, counting lines that were skipped before it."""
        for skipped in self.skipped:
            if skipped > line:
                break
            line += 1
        return line

    def _kinds(self, column: pa.Array, keep: Mask, first: int) -> npt.NDArray[np.int8]:
        coded = column.dictionary_encode()
        words = [str(word).strip().lower() for word in coded.dictionary.to_pylist()]
        numbers = np.array([NUMBERS.get(word, -1) for word in words] + [-1], dtype=np.int8)
        kind = numbers[_indices(coded)]

        def message(row: int) -> str:
            return f"“{(column[row].as_py() or '')[:40]}” is not one of post, reply, reaction, mention."

        self._faulty(keep, kind < 0, first, "kind", message)
        return np.maximum(kind, 0).astype(np.int8)

    def _times(self, batch: pa.RecordBatch, keep: Mask, first: int) -> tuple[pa.Array, npt.NDArray[np.uint64]]:
        wanted = pa.timestamp("us", tz="UTC")
        if "at" not in batch.schema.names:
            return pa.nulls(batch.num_rows, wanted), np.zeros(batch.num_rows, dtype=np.uint64)
        column = batch.column("at")
        if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
            at = pc.cast(pc.cast(column, pa.timestamp("us", tz=getattr(column.type, "tz", None)), safe=False), wanted)
        else:
            at, bad = _parsed(_text(batch, "at"))
            self._faulty(
                keep,
                bad,
                first,
                "at",
                lambda row: f"“{column[row].as_py()!s:.40}” is not a date or time (2026-01-31T09:30).",
            )
        return at, pc.fill_null(pc.cast(at, pa.int64()), -1).to_numpy(zero_copy_only=False).astype(np.uint64)

    def _outside(self, column: pa.Array, keep: Mask, first: int) -> pa.Array:
        if column.null_count == len(column):
            return pa.nulls(len(column), pa.bool_())
        coded = column.dictionary_encode()
        words = [str(word).strip().lower() for word in coded.dictionary.to_pylist()]
        values = np.array([1 if word in YES else 0 if word in NO else 2 for word in words] + [3], dtype=np.int8)
        found = values[_indices(coded)]
        self._faulty(
            keep,
            found == 2,
            first,
            "outside",
            lambda row: f"“{column[row].as_py()!s:.40}” is not 1, 0, true, false or empty.",
        )
        return pa.array(found == 1, mask=found >= 2)

    def _people(self, column: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64]]:
        coded = column.dictionary_encode()
        words = coded.dictionary.to_pylist()
        numbers = np.array([self.collector.person(word) for word in words] + [-1], dtype=np.int64)
        return numbers[_indices(coded)], self._codes("person", column, coded)

    def _channels(self, column: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64]]:
        coded = column.dictionary_encode()
        numbers = np.array(
            [self.collector.channel(word) for word in coded.dictionary.to_pylist()] + [-1], dtype=np.int64
        )
        return numbers[_indices(coded)], self._codes("channel", column, coded)

    def _codes(self, what: str, column: pa.Array, coded: Any = None) -> npt.NDArray[np.uint64]:
        """A hash of each text, the same in every run; 0 for null. Each different text is hashed once a batch."""
        coded = column.dictionary_encode() if coded is None else coded
        known = self._hashes.setdefault(what, {})
        if len(known) > 1_000_000:
            known.clear()
        hashes = []
        for word in coded.dictionary.to_pylist():
            number = known.get(word)
            if number is None:
                number = known[word] = number_of(word) << 1
            hashes.append(number)
        return np.array([*hashes, 0], dtype=np.uint64)[_indices(coded)]


def _text(batch: pa.RecordBatch, name: str) -> pa.Array:
    """The column as trimmed text, null for empty."""
    if name not in batch.schema.names:
        return pa.nulls(batch.num_rows, pa.string())
    column = batch.column(name)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not pa.types.is_string(column.type):
        column = pc.cast(column, pa.string())
    column = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(column, ""), None, column)


def _blank(batch: pa.RecordBatch) -> Mask:
    """Rows without anything in any column: empty lines."""
    blank = np.ones(batch.num_rows, dtype=bool)
    for column in batch.columns:
        if not column.null_count:
            return np.zeros(batch.num_rows, dtype=bool)
        blank &= column.is_null().to_numpy(zero_copy_only=False)
    return blank


def _indices(coded: Any) -> npt.NDArray[np.int64]:
    """Places in the dictionary; -1 (so the last value of a lookup) for null."""
    return np.asarray(pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False))


def _parsed(column: pa.Array) -> tuple[pa.Array, Mask]:
    """Times in µs UTC and which of them could not be read."""
    wanted = pa.timestamp("us", tz="UTC")
    none = np.zeros(len(column), dtype=bool)
    try:
        return pc.assume_timezone(pc.cast(column, pa.timestamp("us")), "UTC"), none
    except pa.ArrowInvalid:
        pass
    try:
        return pc.cast(column, wanted), none
    except pa.ArrowInvalid:
        return _parsed_slowly(column)


def _parsed_slowly(column: pa.Array) -> tuple[pa.Array, Mask]:
    coded = column.dictionary_encode()
    values: list[int | None] = []
    for word in coded.dictionary.to_pylist():
        try:
            values.append(iso_microseconds(word))
        except (ValueError, OverflowError):
            values.append(None)
    lookup = np.array([-1 if value is None else value for value in values] + [-2], dtype=np.int64)
    found = lookup[_indices(coded)]
    return pa.array(found, mask=found < 0).cast(pa.timestamp("us", tz="UTC")), found == -1


def _mix(parts: list[npt.NDArray[np.uint64]]) -> npt.NDArray[np.uint64]:
    """One number from several, by the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    total = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        total = total * np.uint64(0x9E3779B97F4A7C15) + part + np.uint64(0x632BE59BD9B4E019)
        total = (total ^ (total >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        total = (total ^ (total >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        total ^= total >> np.uint64(31)
    return total
