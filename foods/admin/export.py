"""Lists as CSV: streamed, so any length will do, and harmless to a spreadsheet that believes in formulas.

A spreadsheet may split at commas, or at semicolons or tabs and then mind no quotes: what it could take for
the beginning of a cell is defused, wherever it stands.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.http import StreamingHttpResponse

FORMULA = re.compile(r"""(^|(?!^)[;|\t\r\n])(?=[\s"']*[=+\-@])|^(?=[\t\r])""")
BOM = "\ufeff"  # spreadsheets take the file for UTF-8

Cell = str | int | Decimal | None


class _Line:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """Return rows as a file to be kept: numbers as numbers, unknown ones empty, texts defused."""
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the lines of a file."""
    writer = csv.writer(_Line(), quoting=csv.QUOTE_NONNUMERIC)
    yield BOM + writer.writerow(header)
    for row in rows:
        yield writer.writerow([defused(cell) for cell in row])


def defused(cell: Cell) -> Cell:
    """Return a cell as it may stand in a file: what a spreadsheet would work out gets an apostrophe."""
    return FORMULA.sub(r"\1'", cell) if isinstance(cell, str) else cell
