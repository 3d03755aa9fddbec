"""What a power cut may leave of files, made from what a disk of the drills has noted (tests.drills.disk).

Whatever was synced is there. Of what was written after a file's last sync, anything may be there: nothing, all, or any
of its sectors; a removal that was not synced may be undone. What this does not show: a disk that lies about syncs
(that is the drill's control), a file system that loses files as a whole, sectors that are themselves torn.
"""

import io
import pickle
import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
FATES = ("nothing", "everything", "sectors", "latest")


@dataclass
class _Kept:
    """A file: what is on the disk for certain, and what was asked for since."""

    certain: bytearray | None = None
    since: list[tuple[str, int, bytes]] = field(default_factory=list)
    removed: bytearray | None = None  # what stood there before a removal that is not certain


def cut_power(folder: Path, journal: Path, draw: random.Random, *, lying: bool = False) -> dict[str, int]:
    """Turn the SQLite files in `folder`, killed a moment ago, into what the disk may hold after a power cut.

    `lying`: the disk never did what sync asked. Gives how many operations of each kind there were since the last cut.
    Begin a new stretch with `begin_stretch` afterwards.
    """
    files = {name: _Kept(bytearray(content)) for name, content in _beginning(folder).items()}
    counted: dict[str, int] = defaultdict(int)
    for what, name, at, content in _operations(journal):
        counted[what] += 1
        kept = files.setdefault(name, _Kept())
        if what == "delete":
            kept.removed = None if at else kept.certain
            kept.certain, kept.since = None, []
        elif what == "sync":
            if not lying:
                _settle(kept)
        else:
            kept.since.append((what, at, content))
    for name, kept in files.items():
        _survive(kept, draw, "nothing" if lying else draw.choice(FATES))
        left = kept.certain if kept.certain is not None else (kept.removed if draw.random() < 0.5 else None)
        place = folder / name
        place.unlink(missing_ok=True)
        if left is not None:
            place.write_bytes(left)
    for index in folder.glob("*.sqlite3-shm"):
        index.unlink()  # lies in memory: gone with the power
    return dict(counted)


def begin_stretch(folder: Path, journal: Path) -> None:
    """What is in the files now is certain; operations are counted from here."""
    stretch = folder / "stretch"
    stretch.mkdir(exist_ok=True)
    for old in stretch.iterdir():
        old.unlink()
    for name in _names(folder):
        (stretch / name).write_bytes((folder / name).read_bytes())
    with open(journal, "wb"):  # emptied in place: processes that add to it go on doing so
        pass


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith((".sqlite3", ".sqlite3-wal", "-journal"))]


def _beginning(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "stretch").iterdir()}


def _operations(journal: Path) -> list[tuple[str, str, int, bytes]]:
    content = io.BytesIO(journal.read_bytes())
    found = []
    while True:
        try:
            found.append(pickle.load(content))
        except (EOFError, pickle.UnpicklingError):  # the last one may be half written
            return found


def _settle(kept: _Kept) -> None:
    kept.certain = kept.certain if kept.certain is not None else bytearray()
    kept.removed = None
    for what, at, content in kept.since:
        _apply(kept.certain, what, at, content)
    kept.since = []


def _survive(kept: _Kept, draw: random.Random, fate: str) -> None:
    """Some of what was not certain comes to be."""
    asked = kept.since
    if fate == "nothing" or not asked:
        return
    if fate == "latest":
        asked = asked[draw.randrange(len(asked)) :]
    kept.certain = kept.certain if kept.certain is not None else bytearray()
    for what, at, content in asked:
        if fate != "sectors" or what == "truncate":
            _apply(kept.certain, what, at, content)
            continue
        for start in range(0, len(content), SECTOR):
            if draw.random() < 0.5:
                _apply(kept.certain, what, at + start, content[start : start + SECTOR])


def _apply(image: bytearray, what: str, at: int, content: bytes) -> None:
    if what == "truncate":
        del image[at:]
        return
    if len(image) < at:
        image.extend(bytes(at - len(image)))
    image[at : at + len(content)] = content
