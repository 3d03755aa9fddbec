"""Rows of a delimited text file, one at a time, each with the line it starts on; a broken row harms no other."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from handrail.formats.people.encodings import ERRORS
from handrail.formats.people.records import Fault

MAXIMUM_LINE = 65_536
MAXIMUM_LINES_OF_A_ROW = 200
MAXIMUM_LINES = 1_000_000
# A file made of nothing but open quotes would have each line read two hundred times; after so many, no more.
MAXIMUM_LINES_READ_AGAIN = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it starts on, its fields as found, and how many lines it takes."""

    line: int
    fields: list[str]
    lines: int = 1


class _TooLong(Exception):
    """A line, or a quoted value over many lines, passes the limits."""


class _Lines:
    """Lines with their numbers, bounded in length, that can be put back when a row turns out to be broken."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._returned: deque[tuple[int, str | None]] = deque()
        self._number = 0
        self._read_again = 0
        self.of_this_row: list[tuple[int, str | None]] = []
        self.ended = False

    def _next_line(self) -> tuple[int, str | None]:
        """The next line, or None in its place if it was too long (it is skipped to its end)."""
        if self._returned:
            return self._returned.popleft()
        line = self._text.readline(MAXIMUM_LINE)
        if not line or self._number >= MAXIMUM_LINES:
            raise StopIteration
        self._number += 1
        if len(line) < MAXIMUM_LINE or line.endswith("\n"):
            return self._number, line
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(MAXIMUM_LINE)
        return self._number, None

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            numbered = self._next_line()
        except StopIteration:
            self.ended = True
            raise
        self.of_this_row.append(numbered)
        if numbered[1] is None or len(self.of_this_row) > MAXIMUM_LINES_OF_A_ROW:
            raise _TooLong
        return numbered[1]

    def begin_row(self) -> None:
        self.of_this_row = []
        self.ended = False

    def put_back_all_but_first(self) -> None:
        self._read_again += len(self.of_this_row) - 1
        if self._read_again <= MAXIMUM_LINES_READ_AGAIN:
            self._returned.extendleft(reversed(self.of_this_row[1:]))

    def well_quoted(self, delimiter: str) -> bool:
        """Whether each quote that closes is followed by a separator: not so where a forgotten one met a later one."""
        try:
            return (
                len(list(csv.reader((text or "" for _, text in self.of_this_row), delimiter=delimiter, strict=True)))
                == 1
            )
        except csv.Error:
            return False

    @property
    def past_limit(self) -> bool:
        return self._number >= MAXIMUM_LINES


def text_of(source: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """The stream as text from its start, without a byte order mark; what cannot be decoded is marked, not raised."""
    source.seek(0)
    text = io.TextIOWrapper(source, encoding=encoding, errors=ERRORS, newline="")
    if text.read(1) != "\ufeff":
        source.seek(0)
        text.detach()
        text = io.TextIOWrapper(source, encoding=encoding, errors=ERRORS, newline="")
    return text


def rows_of_text(text: io.TextIOWrapper, delimiter: str, width: int) -> Iterator[Row | Fault]:
    """Every row that is not blank. A row that cannot be parsed is a Fault, and reading goes on with the line after.

    `width` is the number of fields expected: a row over several lines that has another number was not closed.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        try:
            fields = next(reader)
        except StopIteration:
            break
        except (_TooLong, csv.Error):
            reader = csv.reader(lines, delimiter=delimiter)
            yield _broken(lines)
            continue
        number, count = lines.of_this_row[0][0], len(lines.of_this_row)
        if count > 1 and (lines.ended or len(fields) != width or not lines.well_quoted(delimiter)):
            yield _broken(lines)
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        if any(fields) and any(field.strip() for field in fields):
            yield Row(number, fields, count)
    if lines.past_limit:
        yield Fault(MAXIMUM_LINES, "too_many_rows", values={"limit": f"{MAXIMUM_LINES:,}"})


def _broken(lines: _Lines) -> Fault:
    """The fault of a row that runs over its end; the lines after its first are read again as rows of their own."""
    number, text = lines.of_this_row[0]
    if text is None or len(lines.of_this_row) == 1:
        return Fault(number, "line_too_long", values={"limit": f"{MAXIMUM_LINE:,}"})
    lines.put_back_all_but_first()
    return Fault(number, "unclosed_quote")
