"""Old Excel files (.xls), through xlrd: each sheet as one grid.

The format keeps figures as binary floats only; they are read as Excel shows them, with 15 digits.
Runs in a process of its own (`apart`): xlrd is slow on crafted files.
"""

import struct
from collections.abc import Iterator

import xlrd  # type: ignore[import-untyped]

from app.errors import Unreadable
from app.readers.extract import MOST_COLUMNS, Box, Extract, Grid, Place, TooLarge, grid
from app.readers.sheet import exact

_MOST_ROWS = 4_000
_MOST_SHEETS = 60
_MOST_CELLS = 60_000
_BAD = (xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, AssertionError, LookupError,
        ValueError, TypeError, AttributeError, OverflowError)  # fmt: skip


def read(data: bytes, name: str) -> Extract:
    """Read an .xls file, its visible sheets in order.

    Raises:
        Unreadable, TooLarge: it is damaged, encrypted or no workbook.
    """
    blocks: list[Grid] = []
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=_Silent(), on_demand=True
        )
        for sheet in book.sheets():
            if sheet.visibility == 0 and sheet.nrows:
                if sheet.nrows > _MOST_ROWS or sheet.nrows * sheet.ncols > _MOST_CELLS:
                    raise TooLarge
                blocks.append(grid(_boxes(sheet), Place(sheet=sheet.name)))
            if len(blocks) > _MOST_SHEETS:
                raise TooLarge
    except _BAD as error:
        if "encrypted" in str(error).lower():
            raise Unreadable(f"“{name}”设有密码，请取消密码、另存后再试。") from error
        raise Unreadable(f"“{name}”已损坏，请用Excel或WPS打开后另存为.xlsx再试。") from error
    return Extract(tuple(block for block in blocks if block.matrix))


def _boxes(sheet: "xlrd.sheet.Sheet") -> Iterator[Box]:
    width = min(sheet.ncols, MOST_COLUMNS)
    covered: set[tuple[int, int]] = set()
    for top, bottom, left, right in sheet.merged_cells:
        bottom, right = min(bottom, sheet.nrows), min(right, width)
        if (top, left) in covered or top >= bottom or left >= right:
            continue
        covered.update((r, c) for r in range(top, bottom) for c in range(left, right))
        if len(covered) > _MOST_CELLS:
            raise TooLarge
        yield Box(top, left, bottom - top, right - left, _text(sheet.cell(top, left)))
    for row in range(sheet.nrows):
        for column in range(width):
            if (row, column) not in covered:
                yield Box(row, column, 1, 1, _text(sheet.cell(row, column)))


def _text(cell: "xlrd.sheet.Cell") -> str:
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return exact(repr(cell.value))
    return str(cell.value) if cell.ctype == xlrd.XL_CELL_TEXT else ""


class _Silent:
    """Takes what xlrd would print."""

    def write(self, text: str) -> None:
        """Drop it."""

    def flush(self) -> None:
        """Nothing is kept."""
