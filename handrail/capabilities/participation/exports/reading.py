"""Reads an export into months on disk, telling how far it is, and stops when it is told to."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from handrail.formats.interactions.archive import Limits, Refused, open_export
from handrail.formats.interactions.collector import Collector
from handrail.formats.interactions.detect import format_of
from handrail.formats.interactions.schema import Completeness
from handrail.formats.interactions.spool import Spool

TELL_EVERY = 0.5  # seconds
# More than a browser brings, less than a laptop's disk.
LIMITS = Limits(total_bytes=32 * 2**30)
ONE_PERSON = (
    "is what one person took away with them. An organisation’s conversations are measured from an export of the whole "
    "network; for one person’s archive there is the command “handrail participation”."
)
Tell = Callable[[int, int, int], None]


def read(path: Path, spool_folder: Path, tell: Tell) -> Collector:
    """The reader's findings; its acts lie in `spool_folder`. Raises formats' Refused for what cannot be read.

    `tell(bytes read, bytes in all, acts)` is called now and then; whatever it raises ends the reading.
    """
    shutil.rmtree(spool_folder, ignore_errors=True)
    spool_folder.mkdir(parents=True)
    export = open_export(path, LIMITS)
    reader = format_of(export)
    spool = Spool(spool_folder)
    so_far = _SoFar(export.total_bytes, tell)

    def keep(batch: pa.RecordBatch) -> None:
        spool.add(batch)
        so_far.add(acts=batch.num_rows)

    collector = Collector(reader.NAME, keep)
    export.on_bytes = lambda size: so_far.add(size=size)
    so_far.tell()
    reader.read(export, collector)
    collector.flush()
    spool.close()
    if collector.reading.completeness != Completeness.WHOLE_NETWORK:
        raise Refused(ONE_PERSON)
    if not so_far.acts:
        raise Refused(_nothing(collector))
    so_far.tell()
    return collector


def _nothing(collector: Collector) -> str:
    reading = collector.reading
    left = "; ".join(f"{count:,} {why}" for why, count in reading.left_out.most_common(5))
    return f"holds nothing to measure. Read: {reading.records:,} records." + (f" Left out: {left}." if left else "")


class _SoFar:
    """Counts, and tells twice a second at most."""

    def __init__(self, total: int, tell: Tell) -> None:
        self.acts = 0
        self._size, self._total, self._tell = 0, total, tell
        self._told_at = 0.0

    def add(self, *, size: int = 0, acts: int = 0) -> None:
        self._size += size
        self.acts += acts
        if time.monotonic() - self._told_at >= TELL_EVERY:
            self.tell()

    def tell(self) -> None:
        self._told_at = time.monotonic()
        self._tell(self._size, self._total, self.acts)
