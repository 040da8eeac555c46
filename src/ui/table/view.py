"""The widget that shows one statutory table of a draft as it is printed, and leads through it.

Here are the look, the keys and the focus; what is done to the figures is in `figure_entry`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QTableView,
    QWidget,
)

from app.errors import AppError
from ui.table.cell_editor import CellDelegate, CellEditor, way_of
from ui.table.course import Course, Way
from ui.table.figure_entry import FigureEntry, Scope
from ui.table.grid import Place, TableGrid
from ui.table.mark import Marks
from ui.table.model import TableModel
from ui.table.paint import TablePen
from ui.table.panes import TablePanes

if TYPE_CHECKING:  # with the draft comes the database, after the first paint
    from app.checks.finding import Finding
    from app.draft import Draft

Index = QModelIndex | QPersistentModelIndex
LOCKED = "报告已送审或定稿，不能修改。如需修改，请先退回为草稿。"
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect
_LEAST_WIDTH, _LEAST_ROWS = 320, 3


class TableView(QTableView):
    """One table of a draft, to be filled in.

    Signals:
        current_changed(cell): another cell is the current one.
        said(sentence): something to be told in the foot: a conversion, a refusal, what was pasted.

    Attributes:
        proofreading: 核对模式, in which Tab and Enter stop at totals, too.
    """

    current_changed = Signal(str)
    said = Signal(str)

    def __init__(self, draft: Draft, table_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        form = draft.report.form
        self.proofreading = False
        self._grid = TableGrid(form.tables[table_id])
        self._model = TableModel(draft, self._grid)
        self._model.setParent(self)
        self._course = Course(self._grid, form.total_of)
        self._entry = FigureEntry(draft, self._grid.table)
        self._pen = TablePen(self._model, self._grid)
        self._delegate = CellDelegate(self._model, self.finish, self._give_up, self)
        self._locked_because = ""
        self._panes = TablePanes(self, self._grid, self._pen, self.finish)
        self._dress()
        self.setModel(self._model)
        self._panes.span()
        self.setItemDelegate(self._delegate)
        self._select(self._course.end(is_last=False))

    def _dress(self) -> None:
        """Set the view up as a sheet of paper whose keys are our own."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setAccessibleName(self._grid.table.title)

    # ── what the window asks for ────────────────────────────────────────────────────────────

    def current_cell(self) -> str:
        """Return the id of the current cell."""
        return self._model.cell(self.currentIndex())

    def selected_cells(self) -> list[str]:
        """Return the ids of the selected cells in printed order; at least the current one."""
        chosen = {self._model.cell(index) for index in self.selectedIndexes()}
        return [c for c in self._grid.of_cell if c in chosen] or [self.current_cell()]

    def go_to(self, cell: str) -> bool:
        """Make a cell the current one and give it the keys; False if an entry has to be mended."""
        if not self.finish():
            return False
        self._select(cell)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Return what one can go to with Ctrl+G: the name of each row and its first cell."""
        cells = self._model.draft.report.form.cells
        first: dict[str, str] = {}
        for cell in self._grid.of_cell:
            first.setdefault(cells[cell].name.removesuffix(f"：{cells[cell].column}"), cell)
        return tuple(first.items())

    def set_findings(self, findings: Iterable[Finding]) -> None:
        """Show which cells, rows and columns are broken, and say why in their tool tips."""
        self._panes.refresh(self._model.set_marks(Marks.of(findings, self._grid)))

    def set_locked(self, locked: bool, why: str = LOCKED) -> None:
        """Let nobody type, and say why to who tries; or let them again."""
        self._locked_because = why if locked else ""
        self._model.is_locked = locked
        if locked:
            self._give_up()
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, not locked)

    # ── what is done to the figures ─────────────────────────────────────────────────────────

    def blank(self) -> None:
        """Blank the selected cells as one step; totals are worked out again."""
        self._do(lambda: self._entry.blank(self.selected_cells()))

    def fill_zero(self, scope: Scope) -> None:
        """Fill 0 into the blanks of the current row, the selection or the table as one step."""
        cells = {
            "row": self._course.row(self.current_cell()),
            "selection": self.selected_cells(),
            "table": self._grid.of_cell,
        }[scope]
        self._do(lambda: self._entry.fill_zero(cells, scope))

    def copy(self) -> None:
        """Copy the selected figures as they are shown, for Excel and WPS."""
        QGuiApplication.clipboard().setText(self._entry.copied(self.selected_cells()))

    def cut(self) -> None:
        """Copy the selected figures, then blank them as one step."""
        self.copy()
        self._do(lambda: self._entry.blank(self.selected_cells(), "剪切"))

    def paste(self) -> None:
        """Paste a block of figures as one step, or refuse it whole in a sentence."""
        text = QGuiApplication.clipboard().text()
        chosen = self.selected_cells()
        self._do(lambda: self._entry.paste(text, chosen[0], chosen))

    def _do(self, action: Callable[[], str]) -> None:
        """Do what was asked for and tell what came of it."""
        sentence = self._locked_because
        if not sentence:
            if not self.finish():
                return
            try:
                sentence = action()
            except AppError as error:
                sentence = str(error)
        if sentence:
            self.said.emit(sentence)

    # ── the open editor ─────────────────────────────────────────────────────────────────────

    def finish(self, way: Way | None = None) -> bool:
        """Keep the open entry, close its editor and go on; False if it has to be mended first."""
        editor = self._delegate.open_editor
        if editor:
            if editor.has_preedit or not self._keep(editor):
                return False
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self._set_focused(self.hasFocus())
        if way in (Way.NEXT, Way.BACK):
            self.focusNextPrevChild(way is Way.NEXT)
        elif way:
            self._go(way)
        return True

    def _keep(self, editor: CellEditor) -> bool:
        if not editor.isModified():
            return True
        try:
            note = self._entry.keep(editor.cell, editor.text())
        except AppError as error:
            editor.refuse(str(error))
            self.said.emit(str(error))
            return False
        editor.setModified(False)
        if note:
            self.said.emit(note)
        return True

    def _give_up(self) -> None:
        """Close the editor; the stored figure stays as it is."""
        if editor := self._delegate.open_editor:
            editor.setModified(False)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)

    def commitData(self, editor: QWidget) -> None:
        """Keep an entry that Qt wants to end of itself."""
        if isinstance(editor, CellEditor):
            self._keep(editor)

    # ── keys and mouse ──────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the keys of a form; arrows and typing are Qt's."""
        for keys, action in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Cut, self.cut),
            (QKeySequence.StandardKey.Paste, self.paste),
        ):
            if event.matches(keys):
                action()
                return
        way = way_of(event)
        if way:
            self._go(way)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.blank()
        elif self._locked_because and _would_edit(event):
            self.said.emit(self._locked_because)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Open the editor for an input method; Qt alone drops what it commits in one go."""
        super().inputMethodEvent(event)
        editor = self._delegate.open_editor
        if editor and event.commitString() and not editor.isModified():
            QCoreApplication.sendEvent(editor, event)

    def keyboardSearch(self, search: str) -> None:
        """Do not jump to cells that begin with what was typed."""

    def focusNextPrevChild(self, next: bool) -> bool:
        """Let Tab lead through the input cells, and out of the table after the last."""
        return self._go(Way.NEXT if next else Way.BACK) or super().focusNextPrevChild(next)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Lead arrows from figure to figure, past merged boxes, heads and labels."""
        cell = self.current_cell()
        ends = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)
        if modifiers & Qt.KeyboardModifier.ControlModifier and action in ends:
            return self._model.index_of(self._course.end(action == ends[1]))
        page = self.viewport().height()
        return self._model.index_of(self._course.move(cell, action, page))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a figure, or the row of a label; a refused entry is mended first."""
        if not self.finish():
            return
        place = self._model.place(self.indexAt(event.position().toPoint()))
        if place and place.box.kind == "label":
            self._select_row(place)
        else:
            super().mousePressEvent(event)

    def _select_row(self, label: Place) -> None:
        named = [c for c in self._grid.of_cell if label in self._grid.titles[c]]
        first, last = self._model.index_of(named[0]), self._model.index_of(named[-1])
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(QItemSelection(first, last), _SELECT)

    def _go(self, way: Way) -> bool:
        target = self._course.step(self.current_cell(), way, to_totals=self.proofreading)
        if target:
            self._select(target)
        return bool(target)

    def _select(self, cell: str) -> None:
        self.selectionModel().setCurrentIndex(self._model.index_of(cell), _SELECT)

    # ── what is current, selected, in focus ─────────────────────────────────────────────────

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Light the row and column of the current cell and tell the window."""
        super().currentChanged(current, previous)
        self._panes.refresh(self._pen.point_at(self._model.place(current)))
        if cell := self._model.cell(current):
            self.current_changed.emit(cell)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Shade the selection."""
        super().selectionChanged(selected, deselected)
        self._panes.refresh(self._pen.shade(map(self._model.cell, self.selectedIndexes())))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Repaint the current cell only; Qt's own handling repaints the whole view."""
        self._set_focused(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, not self._model.is_locked)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Repaint the current cell only; an open editor counts as the table's own focus."""
        self._set_focused(self._delegate.open_editor is not None)

    def _set_focused(self, is_focused: bool) -> None:
        self._panes.refresh(self._pen.focus(is_focused))

    # ── painting and fitting ────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes that scroll."""
        self._panes.paint_body(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the table into its new size."""
        self._fit()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size and the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def updateGeometries(self) -> None:
        """Keep the note between heads and labels."""
        super().updateGeometries()
        self._panes.place_corner()

    def sizeHint(self) -> QSize:
        """The whole table, at the width it has."""
        return QSize(self.width(), self._grid.rows[-1])

    def minimumSizeHint(self) -> QSize:
        """The heads and a few rows."""
        rows = self._grid.rows[self._grid.top] + _LEAST_ROWS * 2 * self._grid.pitch
        return QSize(_LEAST_WIDTH, rows)

    def _fit(self) -> None:
        if self._panes.fit():
            self._delegate.set_font(self.font())
            self.updateGeometry()


def _would_edit(event: QKeyEvent) -> bool:
    """Say whether a key would change a cell if the table were not locked."""
    is_command = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    return event.key() == Qt.Key.Key_F2 or (event.text().isprintable() and not is_command)
