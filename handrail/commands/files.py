"""What every command shares: tables in, files out whole or not at all, progress on a terminal only."""

import contextlib
import csv
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

from tqdm import tqdm

Item = TypeVar("Item")
MAXIMUM_FIELD = 1_000_000


class WrongUse(Exception):
    """The command was asked something it cannot do; the message says what to do instead. Exit 2."""


class NoAnswer(Exception):
    """The data do not allow an answer; the message says why. Exit 1."""


class FaultyFile(Exception):
    """A file is faulty; names file, line and column where there is one. Exit 2."""

    def __init__(self, path: str, message: str, *, line: int | None = None, column: str | None = None) -> None:
        place = str(path) if path != "-" else "standard input"
        if line is not None:
            place += f", line {line}"
        if column is not None:
            place += f", column “{column}”"
        super().__init__(f"{place}: {message}")


def rows_of(path: str, *, required: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a CSV (UTF-8, header row) or Parquet table as (line number, {column: text}).

    `-` is standard input, read as CSV. Raises FaultyFile for a missing file, a missing or doubled column, a row with
    too many fields, or bytes that are not UTF-8.
    """
    if path.lower().endswith((".parquet", ".pq")):
        yield from _parquet_rows(path, required)
        return
    try:
        with _opened(path) as source:
            yield from _csv_rows(path, source, required)
    except OSError as error:
        raise FaultyFile(path, f"cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise FaultyFile(path, "is not UTF-8. Save it as “CSV UTF-8” and try again.") from error


@contextlib.contextmanager
def _opened(path: str) -> Iterator[IO[str]]:
    if path == "-":
        sys.stdin.reconfigure(encoding="utf-8-sig", newline="")  # type: ignore[union-attr]
        yield sys.stdin
    else:
        with open(path, encoding="utf-8-sig", newline="") as source:
            yield source


def _check_columns(path: str, columns: Sequence[str], required: Sequence[str]) -> None:
    doubled = sorted({column for column in columns if columns.count(column) > 1})
    if doubled:
        raise FaultyFile(path, f"the column “{doubled[0]}” is there twice.", line=1)
    missing = [column for column in required if column not in columns]
    if missing:
        there = ", ".join(columns) or "none"
        raise FaultyFile(path, f"the column “{missing[0]}” is missing (found: {there}).", line=1)


def _csv_rows(path: str, source: IO[str], required: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(MAXIMUM_FIELD)
    reader = csv.reader(source)
    try:
        columns = [name.strip() for name in next(reader, [])]
        _check_columns(path, columns, required)
        for fields in reader:
            if not fields:
                continue
            if len(fields) > len(columns):
                message = f"has {len(fields)} fields; the header names {len(columns)}."
                raise FaultyFile(path, message, line=reader.line_num)
            fields += [""] * (len(columns) - len(fields))
            yield reader.line_num, dict(zip(columns, fields, strict=True))
    except csv.Error as error:
        raise FaultyFile(path, f"is not a readable CSV row ({error}).", line=reader.line_num) from error


def _parquet_rows(path: str, required: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    import pyarrow.parquet as parquet  # here: it costs every command half a second, and few read Parquet

    try:
        table = parquet.ParquetFile(path)
    except (OSError, ValueError) as error:
        raise FaultyFile(path, f"is not a readable Parquet file ({error}).") from error
    columns = list(table.schema_arrow.names)
    _check_columns(path, columns, required)
    row_number = 1
    for batch in table.iter_batches():
        for row in batch.to_pylist():
            row_number += 1
            yield row_number, {name: "" if row[name] is None else str(row[name]) for name in columns}


@contextlib.contextmanager
def written_whole(path: str, *, binary: bool = False) -> Iterator[IO[Any]]:
    """A file that appears under its name only when everything was written; `-` is standard output."""
    if path == "-":
        yield sys.stdout.buffer if binary else sys.stdout
        return
    target = Path(path)
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise WrongUse(f"{path} cannot be written ({error.strerror or error}).") from error
    try:
        mode, encoding, newline = ("wb", None, None) if binary else ("w", "utf-8", "")
        with os.fdopen(handle, mode, encoding=encoding, newline=newline) as out:
            yield out
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def write_csv(path: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV with a header row, whole or not at all."""
    with written_whole(path) as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def progress(items: Iterable[Item], *, what: str, total: int | None = None) -> Iterable[Item]:
    """The same items, with a bar on standard error when that is a terminal."""
    return tqdm(items, desc=what, total=total, file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)
