"""Looking for words in files and in rows, in eight encodings, compressed or not."""

import base64
import json
import re
import sqlite3
import urllib.parse
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

ZLIB_HEADERS = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
SQLITE = b"SQLite format 3\0"
SHORTEST_INFLATED, LONGEST_INFLATED = 12, 1_000_000


def spellings(words: str) -> dict[str, list[bytes]]:
    """How `words` may stand in a file, by encoding. Base64 depends on what stands before: three shapes."""
    plain = words.encode()
    return {
        "utf-8": [plain, plain[::-1]],
        "utf-16-le": [words.encode("utf-16-le")],
        "utf-16-be": [words.encode("utf-16-be")],
        "utf-32": [words.encode("utf-32-le"), words.encode("utf-32-be")],
        "base64": [shape for offset in range(3) for shape in _base64_shapes(plain, offset)],
        "hex": [plain.hex().encode(), plain.hex().upper().encode()],
        "url": [urllib.parse.quote(words).encode(), urllib.parse.quote_plus(words).encode()],
        "json": [json.dumps(words)[1:-1].encode(), words.encode("unicode_escape")],
    }


def _base64_shapes(plain: bytes, offset: int) -> list[bytes]:
    """The letters that do not depend on what stands before and after, in both alphabets."""
    encoded = base64.b64encode(b"\0" * offset + plain).rstrip(b"=")
    first = (offset * 8 + 5) // 6
    last = len(encoded) - (1 if (offset + len(plain)) % 3 else 0)
    stable = encoded[first:last]
    return [stable, stable.replace(b"+", b"-").replace(b"/", b"_")]


class Finder:
    """All spellings of all words, searched for in one pass over what is kept."""

    def __init__(self, words: Iterable[str]) -> None:
        self.sought: dict[bytes, tuple[str, str]] = {}
        for word in words:
            for encoding, shapes in spellings(word).items():
                self.sought.update(dict.fromkeys(shapes, (word, encoding)))

    def in_bytes(self, content: bytes) -> set[tuple[str, str]]:
        """The words in it and the encoding each was met in; also inside whatever is zlib-compressed in it."""
        found = {what for shape, what in self.sought.items() if shape in content}
        for header in ZLIB_HEADERS.finditer(content):
            inflated = _inflated(memoryview(content)[header.start() :])
            if len(inflated) > SHORTEST_INFLATED:
                found |= {(what[0], "zlib") for shape, what in self.sought.items() if shape in inflated}
        return found

    def in_folder(self, folder: Path) -> dict[str, set[tuple[str, str]]]:
        """What was found in which file below the folder, and in which table where the file is a database."""
        found: dict[str, set[tuple[str, str]]] = {}
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = path.read_bytes()
            found[str(path.relative_to(folder))] = self.in_bytes(content)
            if content.startswith(SQLITE):
                for table, row in _rows(path):
                    found.setdefault(f"{path.relative_to(folder)}:{table}", set()).update(self.in_bytes(row))
        return {where: what for where, what in found.items() if what}


def _inflated(content: memoryview) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, LONGEST_INFLATED)
    except zlib.error:
        return b""


def _rows(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every row's values one after the other: long ones are split over pages in the file itself.

    A session's value is signed, base64 and compressed; it is searched unpacked as well.
    """
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                values = [value if isinstance(value, bytes) else str(value).encode() for value in row]
                yield table, b"\n".join(values)
                for value in values:
                    if unpacked := _unpacked(value):
                        yield table, unpacked


def _unpacked(value: bytes) -> bytes:
    """What Django's signing compressed (it begins with a dot)."""
    if not value.startswith(b".") or value.count(b":") < 2:
        return b""
    text = value[1:].split(b":")[0]
    try:
        return zlib.decompress(base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4)))
    except (ValueError, zlib.error):
        return b""
