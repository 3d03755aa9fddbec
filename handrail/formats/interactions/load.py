"""Reads whole exports: one table of acts without doubles, the people, and what was left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from handrail.formats.interactions import plain
from handrail.formats.interactions.archive import Limits, Refused, open_export
from handrail.formats.interactions.collector import Collector, Reading
from handrail.formats.interactions.detect import Format, format_of
from handrail.formats.interactions.doubles import first_of_each, told_apart
from handrail.formats.interactions.reading import read_into
from handrail.formats.interactions.schema import INTERACTIONS
from handrail.formats.interactions.spool import month_in, months_in


@dataclass(frozen=True)
class Loaded:
    """`interactions` and `people` have the columns of `schema`; `reading` says what was left out and why."""

    interactions: pa.Table
    people: pa.Table
    reading: Reading


class Faulty(ValueError):
    """An export that cannot be read, with its path."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


def load(
    paths: Sequence[str | Path], *, limits: Limits | None = None, on_bytes: Callable[[int, int], None] | None = None
) -> Loaded:
    """Read exports of one system as one; `-` is a plain CSV on standard input. Raises Faulty.

    `on_bytes(read, total)` is called as files are finished. The same act in two exports is kept once.
    """
    batches: list[pa.RecordBatch] = []
    collector: Collector | None = None
    reader: Format | None = None
    for path in paths:
        try:
            export = None if str(path) == "-" else open_export(path, limits)
            found = plain if export is None else format_of(export)
            if reader is not None and found is not reader:
                raise Refused(f"comes from another system ({found.NAME}) than the first ({reader.NAME}).")
            reader = found
            collector = collector or Collector(found.NAME, batches.append)
            before = len(batches)
            if export is None:
                plain.read_standard_input(collector)
            else:
                if on_bytes is not None:
                    export.watch(partial(_report, on_bytes, export.total_bytes))
                found.read(export, collector)
            collector.flush()
            if collector.equal_rows_differ:
                batches[before:] = told_apart(batches[before:])
        except Refused as error:
            raise Faulty(str(path), str(error)) from error
    if collector is None:
        raise Faulty("", "no export was given")
    return Loaded(_once(batches, collector.reading), collector.people_table(), collector.reading)


def load_by_way_of(
    folder: Path, path: str | Path, *, limits: Limits | None = None, on_bytes: Callable[[int, int], None] | None = None
) -> Loaded:
    """The same for one export, kept in `folder` while it is read: cut off and called again, it goes on from there."""
    told = 0

    def tell(read: int, total: int, _acts: int) -> None:
        nonlocal told
        if on_bytes is not None:
            on_bytes(read - told, total)
        told = read

    try:
        collector = read_into(folder, open_export(path, limits), tell)
    except Refused as error:
        raise Faulty(str(path), str(error)) from error
    months = (month_in(folder, month, equal_rows_differ=collector.equal_rows_differ) for month in months_in(folder))
    batches = [batch for month in months for batch in month.to_batches()]
    return Loaded(_once(batches, collector.reading), collector.people_table(), collector.reading)


def _report(on_bytes: Callable[[int, int], None], total: int, read: int) -> None:
    on_bytes(read, total)


def _once(batches: list[pa.RecordBatch], reading: Reading) -> pa.Table:
    table = pa.Table.from_batches(batches, INTERACTIONS)
    first = first_of_each(table["id"].to_numpy())
    if len(first) < table.num_rows:
        reading.left_out["acts met twice"] += table.num_rows - len(first)
        table = table.take(pa.array(first))
    return table
