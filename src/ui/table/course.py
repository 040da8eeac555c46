"""Where keys lead from cell to cell: through the input cells, and along rows and columns."""

from collections.abc import Collection
from enum import Enum, auto

from PySide6.QtWidgets import QAbstractItemView

from app.form import GridCell
from ui.table.grid import TableGrid

Action = QAbstractItemView.CursorAction


class Way(Enum):
    """Where to go from a cell: through the input cells of the rows, or up and down a column."""

    NEXT = auto()
    BACK = auto()
    DOWN = auto()
    UP = auto()


class Course:
    """The order of the cells of a table; `totals` are passed over on the way to the next input."""

    def __init__(self, grid: TableGrid, totals: Collection[str]) -> None:
        self._grid, self._totals = grid, totals
        self._cells = [cell for row in grid.table.rows for cell in row]
        self._rows = {cell: row for row in grid.table.rows for cell in row}

    def row(self, cell: str) -> tuple[str, ...]:
        """Return the cells of the row of a cell."""
        return self._rows[cell]

    def step(self, cell: str, way: Way, to_totals: bool) -> str | None:
        """Return the next cell to fill on a way; None at the end of it."""
        if way in (Way.NEXT, Way.BACK):
            line = self._cells
        else:
            line = self._column(self._grid.of_cell[cell].box)
        ahead = line[line.index(cell) + 1 :]
        if way in (Way.BACK, Way.UP):
            ahead = line[: line.index(cell)][::-1]
        return next((c for c in ahead if to_totals or c not in self._totals), None)

    def move(self, cell: str, action: Action, page: int) -> str:
        """Return where an arrow or Home, End, Page Up and Down (over `page` px) lead."""
        row, column = self._rows[cell], self._column(self._grid.of_cell[cell].box)
        line, to = {
            Action.MoveLeft: (row, row.index(cell) - 1),
            Action.MoveRight: (row, row.index(cell) + 1),
            Action.MoveUp: (column, column.index(cell) - 1),
            Action.MoveDown: (column, column.index(cell) + 1),
            Action.MoveHome: (row, 0),
            Action.MoveEnd: (row, len(row) - 1),
            Action.MovePageUp: (column, self._paged(column, cell, -page)),
            Action.MovePageDown: (column, self._paged(column, cell, page)),
        }.get(action, (row, row.index(cell)))
        return line[min(max(to, 0), len(line) - 1)]

    def end(self, is_last: bool) -> str:
        """Return the first or the last cell of the table."""
        return self._cells[-1 if is_last else 0]

    def _column(self, box: GridCell) -> list[str]:
        """One cell a row: the one that stands over or under a box, itself in its own row."""
        column = []
        for row in self._grid.table.rows:
            boxes = [self._grid.of_cell[cell].box for cell in row]
            fitting = [b for b in boxes if b.column <= box.column < b.column + b.columns]
            column += [b.cell for b in fitting[:1]]
        return column

    def _paged(self, column: list[str], cell: str, distance: int) -> int:
        at = self._grid.of_cell[cell].y + distance
        return min(range(len(column)), key=lambda i: abs(self._grid.of_cell[column[i]].y - at))
