"""The process that reads: `python -m handrail.formats.spreadsheets.child FILE`. Writes what it found as JSON.

Whatever the file does to it, it can take ten seconds and half a gigabyte and open nothing else; then it is gone.
"""

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl

from handrail.formats.bounded import set_bounds

SECONDS, BYTES = 10, 512 << 20
ROWS, COLUMNS, CELLS, LETTERS, SHEETS = 5_000, 60, 200_000, 300, 8
ALL_LETTERS = 4_000_000
UNPACKED, MEMBERS = 200 << 20, 2_000
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
OTHER = ((b"\xd0\xcf\x11\xe0", "old_or_locked"), (b"%PDF", "pdf"), (b"\x1f\x8b", "packed"), (b"7z\xbc\xaf", "packed"))


class Fault(Exception):
    """The file is not one that can be read; the code says why."""


def cell_as_text(value: Any) -> str:
    """As somebody sees it, or nearly: dates by year, month and day, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return "" if text.startswith("#") and text.rstrip("!?").isupper() else " ".join(text.split())[:LETTERS]


class Counted:
    """Rows as text, up to what a table kept by hand can hold."""

    def __init__(self) -> None:
        self.cells = self.letters = 0

    def rows(self, found: Iterable[Iterable[Any]]) -> Iterator[list[str]]:
        for number, row in enumerate(found):
            texts = [cell_as_text(value) for _place, value in zip(range(COLUMNS), row, strict=False)]
            while texts and not texts[-1]:
                texts.pop()
            self.cells += len(texts)
            self.letters += sum(map(len, texts))
            if number >= ROWS or self.cells > CELLS or self.letters > ALL_LETTERS:
                raise Fault("too_much")
            yield texts


def sheets_of_workbook(path: str) -> Iterator[tuple[str, list[list[str]]]]:
    with zipfile.ZipFile(path) as packed:
        members = packed.infolist()
        if len(members) > MEMBERS or sum(one.file_size for one in members) > UNPACKED:
            raise Fault("too_much")
        if not any(one.filename.startswith("xl/") for one in members):
            raise Fault("not_a_table")
    counted = Counted()
    with open(path, "rb") as source:  # by its name alone openpyxl would refuse it
        book = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)
        for sheet in [one for one in book.worksheets if one.sheet_state == "visible"][:SHEETS]:
            sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
            yield str(sheet.title)[:LETTERS], list(counted.rows(sheet.iter_rows(values_only=True)))


def rows_of_text(raw: bytes) -> list[list[str]]:
    encoding = next((name for mark, name in BOMS if raw.startswith(mark)), "")
    if not encoding and b"\0" in raw:
        raise Fault("not_a_table")
    try:
        text = raw.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    beginning = "\n".join(text.splitlines()[:20])
    separator = max(",;\t|", key=beginning.count)
    csv.field_size_limit(1 << 16)
    try:
        return list(Counted().rows(csv.reader(io.StringIO(text, newline=""), delimiter=separator)))
    except csv.Error:
        raise Fault("not_a_table") from None


def read(path: str) -> dict[str, Any]:
    with open(path, "rb") as source:
        start = source.read(8)
    for mark, code in OTHER:
        if start.startswith(mark):
            raise Fault(code)
    if start.startswith(b"PK"):
        found = list(sheets_of_workbook(path))
    else:
        with open(path, "rb") as source:
            found = [("", rows_of_text(source.read()))]
    filled = [{"name": name, "rows": rows} for name, rows in found if any(rows)]
    if not filled:
        raise Fault("empty")
    return {"sheets": filled}


def main(path: str) -> None:
    set_bounds(seconds=SECONDS, memory=BYTES)
    try:
        said = read(path)
    except Fault as fault:
        said = {"fault": str(fault)}
    except MemoryError:
        said = {"fault": "too_much"}
    except Exception:  # whatever a broken or hostile workbook sets off in its reader
        said = {"fault": "broken"}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
