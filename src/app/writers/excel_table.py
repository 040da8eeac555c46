"""A statutory table on a sheet of Excel: merged boxes, exact figures, totals as formulas.

What a total adds up follows from the equations of the form. A total that somebody typed and that is
not the sum of its cells stays the number that it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app import numbers
from app.form import GridCell
from app.report import Report
from app.writers.file import NotSaved
from app.writers.markup import legal
from app.writers.office_table import repeated_rows, setting
from app.writers.page import TableBlock
from app.writers.paper import WIDTH

DIGIT = 7 * 72 / 96
"""Columns are as wide as so many digits of the standard face, of 7 pixels; in pt."""
_LONGEST_TEXT = 32_767
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
_STACKED = 255  # upright characters one below the other
_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

Place = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a cell: an exact number or nothing, and the formula that comes to it."""

    value: str
    formula: str = ""


def table(sheet: Worksheet, block: TableBlock, report: Report) -> dict[str, Content]:
    """Lay a table out from the upper left corner; returns what its figures are, by cell name."""
    set_as = setting(block)
    for column, share in enumerate(block.widths, 1):
        width = share / sum(block.widths) * WIDTH / DIGIT
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, height in enumerate(set_as.heights, 1):
        sheet.row_dimensions[row].height = height
    fonts = {True: Font("Times New Roman", set_as.size), False: Font("宋体", set_as.size)}
    for box in block.boxes:
        cell = sheet.cell(box.row + 1, box.column + 1)
        _look(cell, box, "center" if block.align(box) == "centre" else "left", fonts)
        if box.cell:
            unit = report.form.cells[box.cell].printed_unit
            cell.number_format = f'General"{unit}"' if unit else "General"
        else:
            write_text(cell, box.text)
        if box.rows > 1 or box.columns > 1:
            ends = (box.row + box.rows, box.column + box.columns)
            sheet.merge_cells(None, box.row + 1, box.column + 1, *ends)
    if rows := repeated_rows(block):
        sheet.print_title_rows = f"1:{rows}"
    return _contents(block, report)


def write_text(cell: Cell, text: str) -> None:
    """Write a text as a text, whatever it begins with; never a formula, an error or a number.

    Raises:
        NotSaved: it is longer than a cell can be.
    """
    if len(text) > _LONGEST_TEXT:
        raise NotSaved(
            f"有一段文字超过{_LONGEST_TEXT}字，Excel单元格放不下，文件没有保存；"
            f"请把“{text[:20]}……”这一段分成几段后再试。"
        )
    cell.value = legal(text)
    cell.data_type = "s"
    if text.startswith(_FORMULA_SIGNS):
        cell.quotePrefix = True  # so that it stays a text when somebody edits it


def _look(cell: Cell, box: GridCell, side: str, fonts: Mapping[bool, Font]) -> None:
    figure = bool(box.cell)
    cell.border = _FRAME
    cell.font = fonts[figure]
    rotation = _STACKED if box.vertical else 0
    cell.alignment = Alignment(side, "center", rotation, wrap_text=not figure, shrink_to_fit=figure)


def _contents(block: TableBlock, report: Report) -> dict[str, Content]:
    places = {box.cell: (box.row + 1, box.column + 1) for box in block.boxes if box.cell}
    # a page may leave figures out: the empty form to be filled in
    figures = {box.cell: report.figure(box.cell) for box in block.boxes if box.cell and box.text}
    contents = {}
    for cell, place in places.items():
        value = figures.get(cell)
        kind = report.form.cells[cell].kind
        text = "" if value is None else format(numbers.exact(value, kind), "f")
        addends = _addends(report, cell, places)
        present = [v for v in map(figures.get, addends) if v is not None]
        is_sum = bool(addends) and value == (sum(present) if present else None)
        if text or is_sum:
            contents[_name(place)] = Content(text, _formula(addends, places) if is_sum else "")
    return contents


def _addends(report: Report, total: str, places: Mapping[str, Place]) -> tuple[str, ...]:
    """The cells of this table that a total adds up; none where it is more than a plain sum."""
    equation = report.form.total_of.get(total)
    if equation is None:
        return ()
    factors = {cell: factor for factor, cell in equation.terms}
    own = factors.pop(total)
    kinds = {report.form.cells[cell].kind for cell in (total, *factors)}
    plain = own in (1, -1) and set(factors.values()) == {-own} and len(kinds) == 1
    return tuple(factors) if plain and factors.keys() <= places.keys() else ()


def _formula(addends: tuple[str, ...], places: Mapping[str, Place]) -> str:
    """Add up what is there; a sum over blanks is blank."""
    ranges = ",".join(_ranges(sorted(places[cell] for cell in addends)))
    return f'IF(COUNT({ranges}),SUM({ranges}),"")'


def _ranges(places: list[Place]) -> list[str]:
    """Put cells that follow one another in a row or a column together: D4:I4."""
    runs: list[list[Place]] = []
    for place in places:
        run = runs[-1] if runs else []
        step = _step(run[-1], place) if run else (0, 0)
        if step in ((0, 1), (1, 0)) and (len(run) == 1 or step == _step(run[0], run[1])):
            run.append(place)
        else:
            runs.append([place])
    return [_name(r[0]) if len(r) == 1 else f"{_name(r[0])}:{_name(r[-1])}" for r in runs]


def _step(before: Place, after: Place) -> Place:
    return after[0] - before[0], after[1] - before[1]


def _name(place: Place) -> str:
    return f"{get_column_letter(place[1])}{place[0]}"
