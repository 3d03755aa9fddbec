"""Opens a zip, tar, folder or single file without trusting it: nothing is ever unpacked to disk by name."""

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

import orjson

TOLD_EVERY = 4 * 2**20
NESTED = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".7z", ".rar", ".gz", ".bz2", ".xz", ".zst")


@dataclass(frozen=True)
class Limits:
    """What an archive may hold at most. `ratio` is bytes unpacked per byte packed, asked above `ratio_from` bytes."""

    members: int = 1_000_000
    total_bytes: int = 64 * 2**30
    ratio: int = 250
    ratio_from: int = 8 * 2**20
    json_bytes: int = 64 * 2**20
    line_bytes: int = 16 * 2**20
    depth: int = 12


class Refused(ValueError):
    """The export is not safe or not readable; the message says why and what to do."""


class Export:
    """The files of an export by their names inside it, with a folder that wraps them all taken off."""

    def __init__(self, path: Path, members: dict[str, int], opener: Callable[[str], IO[bytes]], limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self._opener = opener
        wrapped = _wrapping_folder(members)
        self._members = {name.removeprefix(wrapped): (name, size) for name, size in members.items()}
        self._told: dict[str, int] = {}
        self.on_bytes: Callable[[int], None] = lambda _: None

    @property
    def names(self) -> list[str]:
        return sorted(self._members)

    @property
    def total_bytes(self) -> int:
        return sum(size for _, size in self._members.values())

    def size_of(self, name: str) -> int:
        return self._members[name][1]

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def ending(self, *suffixes: str) -> list[str]:
        """The names that end so, whatever their case."""
        return [name for name in self.names if name.lower().endswith(suffixes)]

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """The member's bytes."""
        full, size = self._members[name]
        try:
            with self._opener(full) as stream:
                yield stream
                read = size if stream.closed else stream.tell()  # who looks at its beginning has not read it
        except (
            zipfile.BadZipFile,
            tarfile.TarError,
            gzip.BadGzipFile,
            EOFError,
            OSError,
            NotImplementedError,
        ) as error:
            raise Refused(f"“{name}” cannot be read: the file is damaged ({error}). Export it again.") from error
        self.tell(name, read)

    def watch(self, on_bytes: Callable[[int], None]) -> None:
        """From now on say how much is read, not counting what was looked at before."""
        self.on_bytes = on_bytes
        self._told.clear()

    def tell(self, name: str, read: int) -> None:
        """So much of a member is read: to be said while a long one is; each byte of it is told once."""
        before = self._told.get(name, 0)
        if read > before:
            self._told[name] = read
            self.on_bytes(read - before)

    def lines(self, name: str, after: int = 0, offset: int = 0) -> Iterator[tuple[int, int, bytes]]:
        """(line number, where it ends, line) of a member, after a line that ends at `offset`; no endless line."""
        longest = self.limits.line_bytes
        with self.open(name) as stream:
            if offset:
                stream.seek(offset)
                self._told[name] = offset
            told, number = offset, after
            while line := stream.readline(longest + 1):
                number += 1
                if len(line) > longest:
                    raise Refused(f"“{name}”, line {number}, is longer than {longest >> 20} MB.")
                offset += len(line)
                if offset - told >= TOLD_EVERY:
                    told = offset
                    self.tell(name, offset)
                yield number, offset, line

    def json(self, name: str) -> Any:
        """A member as JSON. Raises ValueError for what is not JSON; refuses what is too big to hold."""
        if self._members[name][1] > self.limits.json_bytes:
            raise Refused(f"“{name}” is larger than {self.limits.json_bytes >> 20} MB, too big for one JSON file.")
        with self.open(name) as stream:
            content = stream.read(self.limits.json_bytes + 1)
        if len(content) > self.limits.json_bytes:
            raise Refused(f"“{name}” is larger than {self.limits.json_bytes >> 20} MB, too big for one JSON file.")
        return orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))


def open_export(path: str | Path, limits: Limits | None = None, *, known_as: str = "") -> Export:
    """The export at the path. Raises Refused for what is missing, damaged or hostile.

    `known_as`: what a single file is called by whoever brought it, where it waits under another name.
    """
    path, limits = Path(path), limits or Limits()
    if path.is_dir():
        return _folder(path, limits)
    if not path.is_file():
        raise Refused("is not there." if not path.exists() else "is neither a file nor a folder.")
    with path.open("rb") as stream:
        start = stream.read(512)
    if not start:
        raise Refused("is empty.")
    if start[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(path, limits)
    if start[:2] == b"\x1f\x8b" or start[257:262] == b"ustar":
        return _tar(path, limits)
    if start[:6] in (b"7z\xbc\xaf'\x1c", b"Rar!\x1a\x07") or start[:4] == b"\x28\xb5\x2f\xfd":
        raise Refused("is an archive of a kind that is not read here. Unpack it and give the folder.")
    name = PurePosixPath(known_as).name or path.name
    return Export(path, {name: path.stat().st_size}, lambda _: path.open("rb"), limits)


def _wrapping_folder(members: dict[str, int]) -> str:
    """`export/` where everything lies in that one folder."""
    tops = {name.split("/", 1)[0] for name in members}
    if len(tops) == 1 and all("/" in name for name in members):
        return tops.pop() + "/"
    return ""


def _check_name(name: str, limits: Limits) -> None:
    parts = PurePosixPath(name).parts
    if (
        name.startswith(("/", "\\"))
        or ".." in parts
        or "\\.." in name
        or "..\\" in name
        or ":" in name[:2]
        or "\0" in name
    ):
        raise Refused(f"holds a file named “{name[:80]!r}” that points outside the archive; it was not opened.")
    if len(parts) > limits.depth:
        raise Refused(f"holds folders nested deeper than {limits.depth} levels.")


def _check_members(members: dict[str, int], limits: Limits) -> None:
    if len(members) > limits.members:
        raise Refused(f"holds more than {limits.members:,} files.")
    if sum(members.values()) > limits.total_bytes:
        raise Refused(f"would unpack to more than {limits.total_bytes >> 30} GB.")
    useful = [name for name in members if not name.lower().endswith(NESTED)]
    if members and not useful:
        raise Refused("holds only another archive. Unpack it once and give what is inside.")
    if not members:
        raise Refused("holds no files.")


def _junk(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db")


def _folder(path: Path, limits: Limits) -> Export:
    members: dict[str, int] = {}
    root = path.resolve()
    for found in path.rglob("*"):
        if found.is_symlink() and not found.resolve().is_relative_to(root):
            raise Refused(f"holds a link “{found.name}” that points outside the folder; it was not opened.")
        name = found.relative_to(path).as_posix()
        if found.is_file() and not _junk(name):
            members[name] = found.stat().st_size
            if len(members) > limits.members:
                break
    _check_members(members, limits)
    return Export(path, members, lambda name: (path / name).open("rb"), limits)


def _zip(path: Path, limits: Limits) -> Export:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(f"is a damaged zip file ({error}). Export it again.") from error
    members: dict[str, int] = {}
    packed = 0
    for info in archive.infolist():
        _check_name(info.filename, limits)
        if info.is_dir() or _junk(info.filename):
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            raise Refused(f"holds a link “{info.filename[:80]}”; links are not opened.")
        if info.flag_bits & 1:
            raise Refused("is protected with a password. Export it without one.")
        if info.filename in members:
            raise Refused(f"holds “{info.filename[:80]}” twice.")
        packed += info.compress_size
        _check_ratio(info.filename, info.file_size, info.compress_size, limits)
        members[info.filename] = info.file_size
    _check_members(members, limits)
    _check_ratio("the archive", sum(members.values()), path.stat().st_size, limits)
    if packed > path.stat().st_size:
        raise Refused("holds files that lie over one another: this is how zip bombs are made.")
    return Export(path, members, lambda name: archive.open(name), limits)


def _check_ratio(name: str, unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > limits.ratio_from and unpacked > limits.ratio * max(1, packed):
        raise Refused(f"“{name[:80]}” would unpack to {unpacked / max(1, packed):,.0f} times its size: a zip bomb.")


class _Counted(io.RawIOBase):
    """A gzip stream that stops when it has grown out of all proportion to the file."""

    def __init__(self, path: Path, limits: Limits) -> None:
        super().__init__()
        self._inner = gzip.open(path, "rb")  # noqa: SIM115 (lives as long as this stream)
        self._most = min(limits.total_bytes, max(limits.ratio_from, limits.ratio * path.stat().st_size))

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._inner.read(len(buffer))
        if self._inner.tell() > self._most:
            raise Refused("unpacks to far more than its size: a compression bomb.")
        buffer[: len(content)] = content
        return len(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()


def _tar(path: Path, limits: Limits) -> Export:
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    members: dict[str, int] = {}
    try:
        archive = tarfile.open(fileobj=io.BufferedReader(_Counted(path, limits)) if packed else path.open("rb"))  # noqa: SIM115
        for info in archive:
            _check_name(info.name, limits)
            if info.issym() or info.islnk():
                raise Refused(f"holds a link “{info.name[:80]}”; links are not opened.")
            name = info.name.removeprefix("./")
            if info.isfile() and not _junk(name):
                if name in members:
                    raise Refused(f"holds “{name[:80]}” twice.")
                members[name] = info.size
            elif not info.isfile() and not info.isdir():
                raise Refused(f"holds “{info.name[:80]}”, which is neither a file nor a folder.")
            if len(members) > limits.members:
                break
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, OSError) as error:
        raise Refused(f"is a damaged tar archive ({error}). Export it again.") from error
    _check_members(members, limits)
    return Export(path, members, lambda name: _tar_member(archive, name), limits)


def _tar_member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        found = archive.extractfile(name)
    except KeyError:
        found = archive.extractfile(f"./{name}")
    assert found is not None, "only plain files are listed"
    return found
