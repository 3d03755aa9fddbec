"""Reads an export into months on disk, telling how far it is; one that was cut off goes on where it stopped."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from handrail.formats.interactions.archive import Export
from handrail.formats.interactions.bookmark import Bookmark
from handrail.formats.interactions.collector import Collector
from handrail.formats.interactions.detect import format_of
from handrail.formats.interactions.spool import Spool

TELL_EVERY = 0.5  # seconds
Tell = Callable[[int, int, int], None]  # bytes read, bytes in all, acts


def read_into(folder: Path, export: Export, tell: Tell) -> Collector:
    """The reader's findings; its acts lie in `folder`, and so does a bookmark: called again, it goes on from there.

    `tell` is called now and then; whatever it raises ends the reading.
    """
    reader = format_of(export)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    spool = Spool(folder)
    bookmark = Bookmark(spool, export)
    so_far = _SoFar(spool, bookmark, export.total_bytes, tell)

    def keep(batch: pa.RecordBatch) -> None:
        spool.add(batch)
        so_far.tell_at_times()

    def read(size: int) -> None:
        bookmark.bytes_read += size
        so_far.tell_at_times()

    collector = Collector(reader.NAME, keep)
    collector.bookmark = bookmark
    export.watch(read)
    so_far.tell()
    if not collector.take_up_finished():
        reader.read(export, collector)
        collector.finish()
        so_far.tell()
    return collector


def forget(folder: Path) -> None:
    """Delete what was read."""
    shutil.rmtree(folder, ignore_errors=True)


class _SoFar:
    """Tells twice a second at most."""

    def __init__(self, spool: Spool, bookmark: Bookmark, total: int, tell: Tell) -> None:
        self._spool, self._bookmark, self._total, self._tell = spool, bookmark, total, tell
        self._told_at = 0.0

    def tell_at_times(self) -> None:
        if time.monotonic() - self._told_at >= TELL_EVERY:
            self.tell()

    def tell(self) -> None:
        self._told_at = time.monotonic()
        self._tell(min(self._bookmark.bytes_read, self._total), self._total, self._spool.acts)
