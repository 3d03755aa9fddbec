"""Tables that people keep by hand: read from CSV or XLSX in a process of their own, with limits; written as both.

    table = read_table(path)          # Unreadable when it is none, or too much
    table.sheets[0].rows[0]           # every cell as text, as somebody sees it

    guess = guess_columns(sheet.rows) # which column says what; to be confirmed
    for line in pair_lines(sheet.rows, guess): ...   # PairLine | LineFault, each with its line

Pure: no Django, no network.
"""

from handrail.formats.spreadsheets.columns import ROLES, Columns, best_sheet, guess_columns
from handrail.formats.spreadsheets.pairs import LineFault, PairLine, State, pair_lines
from handrail.formats.spreadsheets.reading import (
    MAXIMUM_BYTES,
    Sheet,
    Table,
    Unreadable,
    from_heading,
    is_workbook,
    read_table,
)
from handrail.formats.spreadsheets.writing import as_csv, as_xlsx

__all__ = [
    "MAXIMUM_BYTES",
    "ROLES",
    "Columns",
    "LineFault",
    "PairLine",
    "Sheet",
    "State",
    "Table",
    "Unreadable",
    "as_csv",
    "as_xlsx",
    "best_sheet",
    "from_heading",
    "guess_columns",
    "is_workbook",
    "pair_lines",
    "read_table",
]
