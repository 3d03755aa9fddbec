"""A disk between SQLite and its files that a drill may fill up, break, or cut the power of. No compiler, no root.

`install` stands before SQLite's own layer of the operating system (its default VFS), from Python through ctypes: every
write, truncation, sync and removal of a file passes through here, in order. A folder holds what passes to and fro:

    full        while this file is here, every write fails as on a full disk; with the word "growing" in it, those
                that would make a file longer
    no-sync     while this file is here, every sync fails, as a disk does that is about to die
    cut.json    {"after": 120, "of": ""}: lose power at the 120th operation (on a file whose name ends with `of`)
    cut         is made at that moment
    journal     every operation, for tests.drills.power to make of it what a power cut may leave

A power cut here is SIGKILL from within the operation itself: nothing of this process runs after it.
"""

import _sqlite3
import ctypes
import json
import os
import pickle
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

FULL, SYNC_FAILED = 13, 10 | 4 << 8  # SQLITE_FULL, SQLITE_IOERR_FSYNC
RIGHT = 0
NAMED_FILE = 0x100 | 0x80000 | 0x800  # the flags of a database, a write-ahead log, a rollback journal

_word, _pointer, _offset = ctypes.c_int, ctypes.c_void_p, ctypes.c_int64
_XOPEN = ctypes.CFUNCTYPE(_word, _pointer, _pointer, _pointer, _word, _pointer)
_XDELETE = ctypes.CFUNCTYPE(_word, _pointer, _pointer, _word)
_XWRITE = ctypes.CFUNCTYPE(_word, _pointer, _pointer, _word, _offset)
_XTRUNCATE = ctypes.CFUNCTYPE(_word, _pointer, _offset)
_XSYNC = ctypes.CFUNCTYPE(_word, _pointer, _word)


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = [
        *(("version", _word), ("size_of_file", _word), ("longest_path", _word)),
        *(("next", _pointer), ("name", ctypes.c_char_p), ("data", _pointer)),
        *(("open", _pointer), ("delete", _pointer)),
        *((f"other{number}", _pointer) for number in range(14)),
    ]


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, version 3: what may be done to an open file."""

    _fields_ = [
        *(("version", _word), ("close", _pointer), ("read", _pointer)),
        *(("write", _pointer), ("truncate", _pointer), ("sync", _pointer)),
        *((f"other{number}", _pointer) for number in range(13)),
    ]


class _File(ctypes.Structure):
    _fields_ = [("methods", ctypes.POINTER(_Methods))]


def library() -> ctypes.CDLL | None:
    """The SQLite that this Python uses, where it can be reached."""
    found = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    return found if hasattr(found, "sqlite3_vfs_register") else None


class Disk:
    """Stands before the real one from `install` on, in this process and those forked from it."""

    def __init__(self, folder: Path, sqlite: ctypes.CDLL) -> None:
        self._full, self._no_sync, self._order = folder / "full", folder / "no-sync", folder / "cut.json"
        self._cut = folder / "cut"
        self._journal = os.open(folder / "journal", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._kept: list[Any] = []  # what SQLite points to must stay where it is
        self._names: dict[int, Path] = {}
        self._methods: dict[int, Any] = {}  # of the real files, by their address, and ours for each
        self._passed: dict[str, int] = {}
        sqlite.sqlite3_vfs_find.restype = _pointer
        sqlite.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
        sqlite.sqlite3_vfs_register.argtypes = [_pointer, _word]
        self._real_address = sqlite.sqlite3_vfs_find(None)
        real = _Vfs.from_address(self._real_address)
        self._real_open, self._real_delete = _XOPEN(real.open), _XDELETE(real.delete)
        ours = _Vfs()
        ctypes.memmove(ctypes.byref(ours), ctypes.byref(real), ctypes.sizeof(_Vfs))
        ours.next, ours.name = None, b"drill"
        ours.open, ours.delete = self._address(_XOPEN(self._open)), self._address(_XDELETE(self._delete))
        self._kept.append(ours)
        if sqlite.sqlite3_vfs_register(ctypes.addressof(ours), 1):
            raise RuntimeError("SQLite did not take the drill's disk.")

    def _address(self, function: Any) -> int | None:
        self._kept.append(function)
        return ctypes.cast(function, _pointer).value

    # --- what SQLite calls --------------------------------------------------------------------------------------
    def _open(self, vfs: int, name: int | None, file: int, flags: int, flags_out: int | None) -> int:
        done = int(self._real_open(self._real_address, name, file, flags, flags_out))
        opened = _File.from_address(file)
        if done == RIGHT and name and flags & NAMED_FILE and opened.methods:
            self._names[file] = Path(ctypes.string_at(name).decode())
            opened.methods = self._ours_for(opened.methods)
        return done

    def _delete(self, vfs: int, name: int, durable: int) -> int:
        done = int(self._real_delete(self._real_address, name, durable))
        if done == RIGHT:
            self._note("delete", os.path.basename(ctypes.string_at(name).decode()), durable, b"")
        return done

    def _ours_for(self, real_pointer: Any) -> Any:
        address = ctypes.addressof(real_pointer.contents)
        if address not in self._methods:
            real = real_pointer.contents
            ours = _Methods()
            ctypes.memmove(ctypes.byref(ours), ctypes.byref(real), ctypes.sizeof(_Methods))
            ours.write = self._address(_XWRITE(self._writing(_XWRITE(real.write))))
            ours.truncate = self._address(_XTRUNCATE(self._truncating(_XTRUNCATE(real.truncate))))
            ours.sync = self._address(_XSYNC(self._syncing(_XSYNC(real.sync))))
            self._methods[address] = ctypes.pointer(ours)
        return self._methods[address]

    def _writing(self, real: Any) -> Callable[[int, int, int, int], int]:
        def write(file: int, content: int, length: int, at: int) -> int:
            if self._is_full(self._names[file], at + length):
                return FULL
            self._note("write", self._names[file].name, at, ctypes.string_at(content, length))
            return int(real(file, content, length, at))

        return write

    def _truncating(self, real: Any) -> Callable[[int, int], int]:
        def truncate(file: int, length: int) -> int:
            self._note("truncate", self._names[file].name, length, b"")
            return int(real(file, length))

        return truncate

    def _syncing(self, real: Any) -> Callable[[int, int], int]:
        def sync(file: int, flags: int) -> int:
            if self._no_sync.exists():
                return SYNC_FAILED
            done = int(real(file, flags))
            if done == RIGHT:
                self._note("sync", self._names[file].name, 0, b"")
            return done

        return sync

    def _is_full(self, path: Path, end: int) -> bool:
        try:
            return self._full.read_text() != "growing" or end > path.stat().st_size
        except FileNotFoundError:
            return False

    def _note(self, what: str, name: str, at: int, content: bytes) -> None:
        """Into the journal before a write is made and after a sync has ended; and perhaps the power goes."""
        if self._order.exists():
            order = json.loads(self._order.read_text())
            for part in ("", name):
                self._passed[part] = self._passed.get(part, 0) + 1
            if self._passed.get(order["of"], 0) >= order["after"]:
                self._cut.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        os.write(self._journal, pickle.dumps((what, name, at, content)))


_installed: list[Disk] = []


def install(folder: Path) -> None:
    """From now on, whatever this process and its children do with SQLite passes through a disk under `folder`."""
    sqlite = library()
    if sqlite is None:
        raise RuntimeError("The SQLite of this Python is hidden inside it.")
    _installed.append(Disk(folder, sqlite))
