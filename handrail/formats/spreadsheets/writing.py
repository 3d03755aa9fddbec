"""Tables written out. No cell is ever read as a formula by the program that opens them."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

import openpyxl
from openpyxl.cell import WriteOnlyCell

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def harmless(text: str) -> str:
    """The text, with an apostrophe before whatever a spreadsheet would compute."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text


def as_csv(rows: Iterable[Sequence[str]], *, to_be_opened: bool = True) -> bytes:
    """UTF-8 with the mark by which spreadsheet programs know it. `to_be_opened`: by one of them, not by us again."""
    out = io.StringIO(newline="")
    written = ([harmless(cell) for cell in row] for row in rows) if to_be_opened else rows
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(written)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def as_xlsx(rows: Iterable[Sequence[str]], title: str) -> bytes:
    """One sheet of text cells."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1")
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=harmless(NOT_IN_XML.sub("", text)))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
