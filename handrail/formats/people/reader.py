"""Opens a people file, says what it is, and yields its people one at a time.

The file is read three times (encoding, census, people), which keeps memory flat whatever its size.
"""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from handrail.formats.people.census import Census
from handrail.formats.people.cleaning import is_no_reference, is_text, name_key, unnamed_reason
from handrail.formats.people.encodings import NAMES, SAVE_AS_CSV, SPELLINGS, detect_encoding
from handrail.formats.people.identity import NOBODY_ABOVE, Identities
from handrail.formats.people.layouts import (
    BY_NAME,
    DELIMITER_NAMES,
    DELIMITERS,
    detect_delimiter,
    detect_layout,
    find_columns,
    split_header,
)
from handrail.formats.people.records import Detected, Fault, Item, UnnamedPost, UnreadablePeopleFile
from handrail.formats.people.rows import MAXIMUM_LINE, Row, rows_of_text, text_of
from handrail.formats.people.values import RowValues, email_in, name_in, reference_in, unit_in

MAXIMUM_BYTES = 128 * 1024 * 1024
MAXIMUM_ROWS = 500_000
HEADER_WITHIN_LINES = 20


class PeopleFile:
    """A people file that was recognised. `detected` says as what; `items()` may be read again, one at a time."""

    def __init__(
        self,
        source: BinaryIO,
        *,
        owned: bool,
        layout: str | None,
        encoding: str | None,
        delimiter: str | None,
        maximum_rows: int,
    ) -> None:
        self._source, self._owned, self._maximum_rows = source, owned, maximum_rows
        found_encoding, certain = detect_encoding(source)
        self._encoding = SPELLINGS[encoding.lower()] if encoding else found_encoding
        header_line, header_text = self._find_header()
        self._delimiter = delimiter or detect_delimiter(header_text)
        self._header_line, self._header = header_line, split_header(header_text, self._delimiter)
        self.layout = BY_NAME[layout] if layout else detect_layout(self._header, header_line)
        columns = find_columns(self.layout, self._header, header_line)
        _require(columns, self.layout.required, self.layout.label, header_line)
        self._values = RowValues(self.layout, columns, self._header, self._encoding)
        self._counted: Census | None = None
        if next(self._rows(), None) is None:
            raise UnreadablePeopleFile(
                "The file has a header and nobody below it.",
                "Check that the list was not filtered when it was saved.",
            )
        used = set(columns.values())
        self.detected = Detected(
            layout=self.layout.name,
            layout_label=self.layout.label,
            encoding=NAMES[self._encoding],
            encoding_certain=bool(encoding) or certain,
            delimiter=DELIMITER_NAMES[self._delimiter],
            columns_used=tuple(name for place, name in enumerate(self._header) if place in used),
            columns_ignored=tuple(name for place, name in enumerate(self._header) if place not in used and name),
        )

    @property
    def rows(self) -> int:
        """How many rows there are below the header; reads the file once."""
        return self._census.rows

    @property
    def names_managers(self) -> bool:
        """Whether anything at all is said about managers; reads the file once."""
        return self._census.given_managers + self._census.declared_heads > 0

    @property
    def _census(self) -> Census:
        if self._counted is None:
            self._counted = self._take_census()
        return self._counted

    def items(self) -> Iterator[Item]:
        """Every row in order: a person, a post without a person, a repeat of a person, or a fault."""
        identities = Identities(self.layout, self._census)
        for row in self._rows():
            if isinstance(row, Fault):
                yield row
                continue
            values = self._values.read(row)
            yield values if isinstance(values, Fault) else self._item(row.line, values, identities)

    def __enter__(self) -> "PeopleFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, if it was opened here."""
        if self._owned:
            self._source.close()

    def _item(self, line: int, values: Mapping[str, str], identities: Identities) -> Item:
        name = name_in(values)
        reason = unnamed_reason(name)
        if reason is not None:
            title = values.get("job_title", "")
            if not name and not title and email_in(values)[0]:
                return Fault(line, "no_name")  # a post has a title: this is somebody whose name was forgotten
            by_title = unnamed_reason(title) if title else None
            return UnnamedPost(line, by_title or reason, reference_in(values), title, unit_in(values))
        return identities.person(line, name, values)

    def _find_header(self) -> tuple[int, str]:
        """(line number, text) of the first line that is not blank and no `sep=` line."""
        text = text_of(self._source, self._encoding)
        try:
            for number in range(1, HEADER_WITHIN_LINES + 1):
                line = text.readline(MAXIMUM_LINE)
                if not line:
                    break
                if not is_text(line):
                    raise UnreadablePeopleFile("This is not a text file.", SAVE_AS_CSV)
                if line.strip() and not line.lower().startswith("sep="):
                    return number, line
        finally:
            text.detach()
        raise UnreadablePeopleFile("The file is empty.", "Choose the file that holds the list of people.")

    def _rows(self) -> Iterator[Row | Fault]:
        """The rows after the header, with the wrong numbers of fields already told apart."""
        width, count = len(self._header), 0
        text = text_of(self._source, self._encoding)
        try:
            for row in rows_of_text(text, self._delimiter, width):
                if row.line <= self._header_line:
                    continue
                count += 1
                if count > self._maximum_rows:
                    yield Fault(row.line, "too_many_rows", values={"limit": f"{self._maximum_rows:,}"})
                    return
                yield _of_width(row, width) if isinstance(row, Row) else row
        finally:
            text.detach()

    def _take_census(self) -> Census:
        census = Census()
        for row in self._rows():
            census.rows += 1
            values = self._values.read(row) if isinstance(row, Row) else row
            if not isinstance(values, Fault):
                self._count(census, values)
        census.close()
        return census

    def _count(self, census: Census, values: Mapping[str, str]) -> None:
        name, reference = name_in(values), reference_in(values)
        manager = values.get("manager_id", "") or values.get("manager_email", "")
        if unnamed_reason(name) is not None:
            census.add_unnamed(reference, values.get("manager_id", ""))
            return
        census.people += 1
        census.blank_managers += manager == ""
        census.given_managers += not is_no_reference(manager)
        census.declared_heads += manager.casefold() in NOBODY_ABOVE
        key, email = name_key(name), email_in(values)[0]
        if reference:
            census.ids.add(reference, key)
        if email:
            census.emails.add(email, f"{key} {reference}")


def _require(columns: Mapping[str, int], required: frozenset[str], label: str, line: int) -> None:
    missing = sorted(required - columns.keys())
    if missing:
        names = ", ".join(f"“{name.replace('_', ' ')}”" for name in missing)
        raise UnreadablePeopleFile(
            f"Read as {label}, the file lacks {names}.", "Let the format be detected, or choose another one.", line=line
        )


def _of_width(row: Row, width: int) -> Row | Fault:
    """The row with exactly as many fields as the header; empty ones too many are dropped."""
    found = len(row.fields)
    if found > width and not any(extra.strip() for extra in row.fields[width:]):
        return Row(row.line, row.fields[:width], row.lines)
    if found == width:
        return row
    code = "too_few_fields" if found < width else "too_many_fields"
    return Fault(row.line, code, values={"found": str(found), "expected": str(width)})


def open_people_file(
    source: str | Path | BinaryIO,
    *,
    layout: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    maximum_bytes: int = MAXIMUM_BYTES,
    maximum_rows: int = MAXIMUM_ROWS,
) -> PeopleFile:
    """Recognise a people file: a path, or a binary stream that can seek (which stays open and is the caller's).

    `layout` (handrail, entra, google, organogram), `encoding` and `delimiter` override what would be detected.
    Raises UnreadablePeopleFile where nothing of it can be used, ValueError for an override that does not exist.
    """
    if layout is not None and layout not in BY_NAME:
        raise ValueError(f"The format is one of {', '.join(BY_NAME)}, not “{layout}”.")
    if encoding is not None and encoding.lower() not in SPELLINGS:
        raise ValueError(f"The encoding is one of {', '.join(NAMES)}, not “{encoding}”.")
    if delimiter is not None and delimiter not in DELIMITERS:
        raise ValueError("The separator is a comma, semicolon, tab or vertical bar.")
    owned = isinstance(source, str | Path)
    stream: BinaryIO = open(source, "rb") if isinstance(source, str | Path) else source  # noqa: SIM115
    try:
        if stream.seek(0, io.SEEK_END) > maximum_bytes:
            limit = maximum_bytes // 1024 // 1024
            raise UnreadablePeopleFile(f"The file is larger than {limit} MB.", "Split it and load the parts in turn.")
        return PeopleFile(
            stream, owned=owned, layout=layout, encoding=encoding, delimiter=delimiter, maximum_rows=maximum_rows
        )
    except BaseException:
        if owned:
            stream.close()
        raise
