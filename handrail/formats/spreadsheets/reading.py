"""Reads a table that somebody keeps by hand, in a process of its own."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handrail.formats.bounded import run_bounded

MAXIMUM_BYTES = 10 << 20
PATIENCE = 30  # seconds; the child has ten of computing
FAULTS = ("too_much", "not_a_table", "old_or_locked", "pdf", "packed", "empty", "broken")


@dataclass(frozen=True)
class Sheet:
    """One sheet: every row with its cells as text; row n of the file is `rows[n - 1]`."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True)
class Table:
    sheets: list[Sheet]


class Unreadable(Exception):
    """`code` is one of FAULTS; whoever shows it has the words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_workbook(path: Path) -> bool:
    """Whether it begins as a .xlsx does; so does every other zip archive."""
    with path.open("rb") as source:
        return source.read(4) == b"PK\x03\x04"


def from_heading(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Without the title and the empty rows that people put above a table; each row at least as long as its heading."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    first = next((n for n, row in enumerate(filled) if sum(bool(cell.strip()) for cell in row) > 1), 0)
    wide = len(filled[first]) if filled else 0
    return [[*row, *[""] * (wide - len(row))] for row in filled[first:]]


def read_table(path: Path) -> Table:
    """Every visible sheet that has something in it. Raises Unreadable."""
    if path.stat().st_size > MAXIMUM_BYTES:
        raise Unreadable("too_much")
    try:
        done = run_bounded("handrail.formats.spreadsheets.child", str(path.resolve()), patience=PATIENCE)
    except subprocess.TimeoutExpired:
        raise Unreadable("too_much") from None
    try:
        said = json.loads(done.stdout)
    except ValueError:
        raise Unreadable("too_much" if done.returncode else "broken") from None
    if "fault" in said:
        raise Unreadable(said["fault"])
    return Table([Sheet(one["name"], one["rows"]) for one in said["sheets"]])
