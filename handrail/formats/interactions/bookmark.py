"""How far a reading is, kept beside what was read, so that one that was cut off goes on where it stopped."""

import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import orjson

from handrail import __version__
from handrail.formats.interactions.archive import Export
from handrail.formats.interactions.spool import ROWS_HELD, Spool

FILE = "bookmark.json"
EVERY_BYTES = 128 * 2**20
Kept = dict[str, Any]


class Place(NamedTuple):
    """After which record of which file; record 0 is the whole file. `offset` is where that record ends, if known."""

    file: str
    record: int = 0
    offset: int = 0


class Remembers(Protocol):
    """A reader that carries something from one record to the next: as JSON, and back."""

    def remembered(self) -> Any: ...

    def remember(self, remembered: Any) -> None: ...


class Bookmark:
    """Lies in the spool's folder. Whatever the spool holds beyond it is taken out when a reading is taken up."""

    def __init__(self, spool: Spool, export: Export) -> None:
        self._spool = spool
        self._source = _likeness(export)
        self._put_at = 0
        self.bytes_read = 0
        self.found = self._find()
        spool.back_to(self.found["parts"] if self.found else 0)
        if self.found:
            self.bytes_read = self._put_at = self.found["bytes"]

    @property
    def is_due(self) -> bool:
        return self._spool.rows_held >= ROWS_HELD or self.bytes_read - self._put_at >= EVERY_BYTES

    def put(self, kept: Kept) -> None:
        """What is in the spool stays, and a reading that is taken up goes on from here."""
        self._spool.close()
        self._put_at = self.bytes_read
        whole = {"source": self._source, "parts": self._spool.parts, "acts": self._spool.acts, "bytes": self.bytes_read}
        replace(self._spool.folder / FILE, orjson.dumps(whole | kept))

    def _find(self) -> Kept | None:
        """What was kept of this very export by this very version; anything else is begun again."""
        try:
            found = orjson.loads((self._spool.folder / FILE).read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) and found.get("source") == self._source else None


def _likeness(export: Export) -> str:
    """Differs when the export, or the program that reads it, does."""
    changed = export.path.stat().st_mtime_ns
    told = blake2b(f"{__version__} {changed}".encode(), digest_size=16)
    for name in export.names:
        told.update(f"\0{name}\0{export.size_of(name)}".encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def replace(path: Path, content: bytes) -> None:
    """Whole or not at all, also when the power goes."""
    arriving = path.with_name(f".{path.name}.arriving")
    with open(os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(arriving, path)


def beyond(place: Place | None, names: list[str]) -> Iterator[str]:
    """The files from this place on: the one it lies in among them, unless that is through."""
    start = names.index(place.file) + (place.record == 0) if place and place.file in names else 0
    yield from names[start:]
