"""Tables that leave the house as CSV: whatever people typed stays text in the spreadsheet that opens it.

Every exporter writes through SafeWriter. A text that a spreadsheet would take for a formula, at the start of a cell
or after a separator or quote inside it, gets an apostrophe in front of the dangerous character; an apostrophe that
stands in such a place already is doubled. So `as_typed` gives back exactly what was typed, and nothing is lost.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO

# What follows the start of a cell or one of these may become a cell of its own in another country's spreadsheet.
_OPENING = r'(^|[,;|\t\r\n"])([^\S\t\r\n]*)'
# First characters of a formula, in both widths, and the apostrophe that we put before them.
_FORMULA = re.compile(_OPENING + r"(?=['=+\-@%\t\r\n＝＋－＠])")
_NEUTRALISED = re.compile(_OPENING + "'")

Cell = str | int | float | Decimal | date | datetime | time | bool | None


class SafeWriter:
    """Rows of cells, quoted throughout, lines ended as RFC 4180 says. None is an empty cell, moments are ISO 8601.

    Numbers are written as they are, also negative ones: only what came as text can have been typed.
    """

    def __init__(self, file: IO[str]) -> None:
        self._rows = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")

    def row(self, cells: Iterable[Cell]) -> None:
        self._rows.writerow([_harmless(cell) for cell in cells])

    def rows(self, rows: Iterable[Iterable[Cell]]) -> None:
        for cells in rows:
            self.row(cells)


def as_typed(cell: str) -> str:
    """The text that SafeWriter was given for this cell."""
    return _NEUTRALISED.sub(r"\1\2", cell)


def read_rows(file: Iterable[str]) -> Iterator[list[str]]:
    """The rows that SafeWriter wrote, as they were typed. Open the file with newline=""."""
    for cells in csv.reader(file):
        yield [as_typed(cell) for cell in cells]


def _harmless(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date | time):
        return cell.isoformat()
    return _FORMULA.sub(r"\1\2'", cell) if isinstance(cell, str) else str(cell)
