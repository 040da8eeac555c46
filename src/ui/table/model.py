"""The cells of one table of a draft as an item model: the figures, their state, their words.

The model has the rows and columns below the head rows and right of the label columns that stay in
view; a table of several blocks lies in it whole, with its heads and labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app import numbers
from app.report import MARKS
from ui.style import theme
from ui.table.grid import Place, TableGrid
from ui.table.mark import Marks

if TYPE_CHECKING:  # with the draft comes the database, after the first paint
    from app.draft import Draft
    from app.store.record import Step

Index = QModelIndex | QPersistentModelIndex
# Plain ints: comparing enum members costs more than all the rest of data().
DISPLAY, EDIT, TOOL_TIP, ACCESSIBLE = (
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
)
INCOMPLETE = "尚有未填的格，合计不完整"
WORKED_OUT = "自动合计；键入数字即改为手工填写，按Delete恢复自动合计"
_UNSURE, _REFUSED = MARKS


class TableModel(QAbstractTableModel):
    """One table of a draft; listens to its steps and tells which cells changed."""

    def __init__(self, draft: Draft, grid: TableGrid) -> None:
        super().__init__()
        self.draft, self.grid = draft, grid
        self.table = grid.table
        self.is_locked = False
        self.marks = Marks()
        self.destroyed.connect(partial(_end, draft.subscribe(self._follow)))

    # ── places ──────────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The grid rows below the head that stays in view."""
        return 0 if parent.isValid() else self.table.row_count - self.grid.top

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The grid columns right of the labels that stay in view."""
        return 0 if parent.isValid() else self.table.column_count - self.grid.left

    def place(self, index: Index) -> Place | None:
        """Return the box at an index; None for no index."""
        if not index.isValid():
            return None
        return self.grid.at(index.row() + self.grid.top, index.column() + self.grid.left)

    def cell(self, index: Index) -> str:
        """Return the id of the figure at an index; empty for labels and heads."""
        place = self.place(index)
        return place.box.cell if place else ""

    def index_of(self, cell: str) -> QModelIndex:
        """Return the index of a figure of this table."""
        box = self.grid.of_cell[cell].box
        return self.index(box.row - self.grid.top, box.column - self.grid.left)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Figures can be selected and edited; labels and heads only read."""
        if not self.cell(index):
            return Qt.ItemFlag.NoItemFlags  # no key and no click makes a label current
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if self.is_locked else flags | Qt.ItemFlag.ItemIsEditable

    # ── what is shown ───────────────────────────────────────────────────────────────────────

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401
        """Return a figure as it is shown or edited, its tool tip, and its words for a reader."""
        if role not in (DISPLAY, EDIT, TOOL_TIP, ACCESSIBLE):
            return None
        place = self.place(index)
        if place is None:
            return None
        cell = place.box.cell
        if not cell:
            is_corner = (place.box.row, place.box.column) == (
                index.row() + self.grid.top,
                index.column() + self.grid.left,
            )
            return place.box.text if is_corner and role in (DISPLAY, ACCESSIBLE) else None
        if role == DISPLAY:
            return self.shown(cell)
        if role == EDIT:
            report = self.draft.report
            return numbers.show(report.figure(cell), report.form.cells[cell].kind)
        return self.tip(cell) if role == TOOL_TIP else self.words(cell)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = DISPLAY,
    ) -> Any:  # noqa: ANN401
        """Return the label of a row or the head of a column, for a reader; drawn elsewhere."""
        if role not in (DISPLAY, ACCESSIBLE) or not self.grid.top:
            return None
        is_across = orientation == Qt.Orientation.Horizontal
        for cell, place in self.grid.of_cell.items():
            about = self.draft.report.form.cells[cell]
            if is_across and place.box.column - self.grid.left == section:
                return about.column if self.grid.left else about.name
            if not is_across and place.box.row - self.grid.top == section:
                return about.row if self.grid.left else self.table.title
        return None

    def shown(self, cell: str) -> str:
        """Return a figure as printed; a sum over some blanks is at least what it shows."""
        report = self.draft.report
        return ("≥" if report.is_incomplete(cell) else "") + report.shown(cell)

    def problems(self, cell: str) -> list[str]:
        """Return what is wrong or doubtful about a cell in words, the gravest first."""
        mark, text = self.marks.cells.get(cell), self.draft.report.text
        found = [
            f"{theme.SIGNS[severity]} {theme.WORDS[severity]}：{message}"
            for severity, message in (mark.messages if mark else ())
        ]
        if refused := text(_REFUSED + cell):
            found.append(f"？ 原文件此处是“{refused}”，不能作为数字，请核对后填写")
        if unsure := text(_UNSURE + cell):
            found.append(f"？ 读取时不能确定：{unsure}")
        return found

    def is_unsure(self, cell: str) -> bool:
        """Say whether a figure, or its absence, was read from a file without being certain."""
        items = self.draft.report.items
        return _UNSURE + cell in items or _REFUSED + cell in items

    def tip(self, cell: str) -> str:
        """Return the tool tip of a cell as rich text, so that it wraps."""
        about = self.draft.report.form.cells[cell]
        lines = [*self.problems(cell), *self._state(cell), about.name, about.about]
        if about.source:
            lines.append(f"依据：{about.source}")
        return "<p>" + "<br>".join(escape(line) for line in lines if line) + "</p>"

    def words(self, cell: str) -> str:
        """Return all there is to say about a cell, for a screen reader."""
        report = self.draft.report
        about = report.form.cells[cell]
        value = report.shown(cell)
        if value and not about.printed_unit:
            value += about.unit
        return "，".join([about.name, value or "未填", *self._state(cell), *self.problems(cell)])

    def _state(self, cell: str) -> list[str]:
        report = self.draft.report
        states = []
        if report.is_incomplete(cell):
            states.append(INCOMPLETE)
        if report.is_worked_out(cell):
            states.append(WORKED_OUT)
        return states

    # ── what changes ────────────────────────────────────────────────────────────────────────

    def set_marks(self, marks: Marks) -> frozenset[Place]:
        """Take new marks; returns the labels and heads whose sign differs now."""
        before, self.marks = self.marks, marks
        self.tell(c for c in self.grid.of_cell if before.cells.get(c) != marks.cells.get(c))
        both = before.titles.keys() | marks.titles.keys()
        return frozenset(p for p in both if before.titles.get(p) != marks.titles.get(p))

    def tell(self, cells: Iterable[str]) -> None:
        """Tell the views that cells changed, one by one: a range repaints the whole view."""
        for cell in cells:
            index = self.index_of(cell)
            self.dataChanged.emit(index, index)

    def _follow(self, step: Step) -> None:
        items = {
            next((i.removeprefix(m) for m in MARKS if i.startswith(m)), i) for i in step.changed
        }
        self.tell(cell for cell in self.grid.of_cell if cell in items)


def _end(unsubscribe: Callable[[], None], _: object = None) -> None:
    """Hear no more of a draft; one that was closed before has forgotten its listeners."""
    with suppress(ValueError):
        unsubscribe()
