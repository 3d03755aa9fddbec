"""The rows of a table, put together without a template: long lists are where a page's time goes."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from handrail.design.markup import escaped

CELL = (
    '<td role="cell"{0}><span class="hr-table__label" aria-hidden="true">{1}</span><span class="hr-table__cell">',
    "</span></td>",
)
NUMBER, NOTHING = SafeString(' class="hr-table__number"'), SafeString(' class="hr-table__none"')


def rows_markup(columns: list[tuple[Any, bool]], rows: Iterable[Iterable[Any]]) -> SafeString:
    """The rows' markup; `columns` are the headers, each with whether it holds figures."""
    filled = [CELL[0].format(NUMBER if figures else "", escaped(header)) for header, figures in columns]
    empty = [CELL[0].format(NOTHING, escaped(header)) for header, _figures in columns]
    lines = []
    for row in rows:
        lines.append('<tr role="row">')
        for index, cell in enumerate(row):
            text = "" if cell is None else escaped(cell)
            lines.append(f"{filled[index] if text else empty[index]}{text}{CELL[1]}")
        lines.append("</tr>\n")
    return SafeString("".join(lines))
