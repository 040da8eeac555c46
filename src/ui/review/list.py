"""The list of a review under the keys: confirm, correct, take over or keep, go to the next."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.acceptance import HEAD
from app.errors import AppError
from ui.review.model import CHOICE, NAME, OLD, PLACE, SOURCE, STATE, VALUE, ReviewModel
from ui.style import theme
from ui.table.cell_editor import CellEditor

Index = QModelIndex | QPersistentModelIndex
_EMS = {NAME: 17, OLD: 6, VALUE: 6, SOURCE: 6, PLACE: 10, CHOICE: 3}
_LARGE_EMS = {**_EMS, NAME: 9, OLD: 5, VALUE: 5, SOURCE: 5, PLACE: 5}
"""Widths of the columns at first, in characters, where text is large, too; the state takes the
rest."""


class ReviewList(QTableView):
    """Shows a review and takes the clerk's decisions.

    Signals:
        item_changed(str): another item is the current one.
        decided(): something was confirmed, corrected, taken over or kept.
        said(str): a sentence: what was converted.
        head_wanted(str): unit or year is to be typed, which is done over the list.
    """

    item_changed = Signal(str)
    decided = Signal()
    said = Signal(str)
    head_wanted = Signal(str)

    def __init__(self, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("读入的内容")
        self.review = model
        model.setParent(self)
        self._delegate = _Delegate(self._keep, self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        model.modelReset.connect(self._lay_out)
        self._lay_out()

    @property
    def current_item(self) -> str:
        """The item of the current row."""
        return self.review.item(self.currentIndex())

    def go_to(self, item: str) -> None:
        """Make the row of an item the current one."""
        row = self.review.row_of(item)
        if row >= 0:
            self.setCurrentIndex(self.review.index(row, self.review.columns.index(VALUE)))
            self.horizontalScrollBar().setValue(0)  # the name of an item is never out of view

    def confirm(self) -> None:
        """Take the current item as it was read and go to the next that is open."""
        item = self.current_item
        if item == "org" and not self.review.acceptance.report.org:
            self.head_wanted.emit(item)
            return
        if self.review.acceptance.is_open(item):
            self.review.acceptance.confirm([item])
            self._decide()
        self.next_open()

    def next_open(self, by: int = 1) -> None:
        """Go to the next item, or the one before, that is still to be looked at; round the end."""
        rows = [n for n, row in enumerate(self.review.rows)
                if row.item and self.review.acceptance.is_open(row.item)]  # fmt: skip
        if not rows:
            return
        here = self.currentIndex().row()
        ahead = [n for n in rows if (n > here if by > 0 else n < here)]
        self.go_to(self.review.rows[(ahead or rows)[0 if by > 0 else -1]].item)

    def finish(self) -> bool:
        """Keep an open entry; False if it has to be mended first."""
        editor = self._delegate.open_editor
        return editor is None or self._end(editor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms, Space takes over or keeps, digits correct; arrows are Qt's."""
        key, item = event.key(), self.current_item
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.confirm()
        elif key == Qt.Key.Key_Space:
            self._turn(item)
        elif key == Qt.Key.Key_F2 or (event.text().strip() and _is_typed(event)):
            self._edit(event if key != Qt.Key.Key_F2 else None)
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which item is looked at."""
        super().currentChanged(current, previous)
        if item := self.review.item(current):
            self.item_changed.emit(item)

    # ── within ──────────────────────────────────────────────────────────────────────────────

    def _edit(self, event: QKeyEvent | None) -> None:
        if self.current_item in HEAD:
            self.head_wanted.emit(self.current_item)
        if not self.review.is_cell(self.current_item):
            return
        column = self.review.columns.index(VALUE)
        index = self.review.index(self.currentIndex().row(), column)
        self.setCurrentIndex(index)
        if event is None:
            self.edit(index)
        else:
            self.edit(index, QAbstractItemView.EditTrigger.AnyKeyPressed, event)

    def _turn(self, item: str) -> None:
        """Take the current item over, or keep what stands."""
        if CHOICE not in self.review.columns:
            return
        index = self.review.index(self.currentIndex().row(), self.review.columns.index(CHOICE))
        if index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            is_chosen = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            wanted = Qt.CheckState.Unchecked if is_chosen else Qt.CheckState.Checked
            self.review.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
            self.decided.emit()

    def _keep(self, editor: CellEditor, *, goes_on: bool) -> bool:
        """Take what was typed; what is no figure stays in the editor with its sentence."""
        if not self._end(editor):
            return False
        if goes_on:
            self.next_open()
        return True

    def _end(self, editor: CellEditor) -> bool:
        if editor.isModified():
            try:
                note = self.review.acceptance.correct(editor.cell, editor.text())
            except AppError as error:
                editor.refuse(str(error))
                return False
            editor.setModified(False)
            if self.review.merging:
                self.review.merging.chosen.add(editor.cell)
            self.said.emit(note)
            self._decide()
        had_focus = editor.hasFocus()
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _decide(self) -> None:
        self.review.refresh()
        self.decided.emit()

    def _lay_out(self) -> None:
        """Head the groups over all columns and go to the first item."""
        self.clearSpans()
        columns = self.review.columns
        for number, row in enumerate(self.review.rows):
            if row.heading:
                self.setSpan(number, 0, 1, len(columns))
            elif SOURCE in columns and not self.review.is_cell(row.item):
                start, end = columns.index(VALUE), columns.index(PLACE)
                self.setSpan(number, start, 1, end - start + 1)
        header = self.horizontalHeader()
        em = self.fontMetrics().horizontalAdvance("国")
        ems = _LARGE_EMS if theme.is_large(self.font()) else _EMS
        header.setMinimumSectionSize(2 * em)
        for number, column in enumerate(columns):
            if column == STATE:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(number, em * ems[column])
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.GRID)
        first = next((row.item for row in self.review.rows if row.item), "")
        self.go_to(first)


class _Delegate(QStyledItemDelegate):
    """Edits a figure in place; `keep` takes an entry or leaves it in the editor."""

    def __init__(self, keep: Callable[..., bool], view: ReviewList) -> None:
        super().__init__(view)
        self._keep, self._view = keep, view
        self._editor: CellEditor | None = None
        self.open_editor: CellEditor | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor, one for all cells."""
        if self._editor is None:
            self._editor = CellEditor(parent)
            self._editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor = self.open_editor = self._editor
        editor.cell = self._view.review.item(index)
        editor.setModified(False)
        editor.setAccessibleName(self._view.review.text(editor.cell, NAME))
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Put the editor aside."""
        if self._editor:
            self._editor.settle()
        self.open_editor = None

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what was read, unless something else was typed already."""
        if isinstance(editor, CellEditor) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Shorten names in the middle: rows of a table differ in their ends."""
        super().initStyleOption(option, index)
        if self._view.review.columns[index.column()] in (NAME, PLACE):
            option.textElideMode = Qt.TextElideMode.ElideMiddle

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Nothing: `keep` has done it."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Keep the editor and its sentence at the cell."""
        if isinstance(editor, CellEditor):
            editor.stay_over(option.rect)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Read the keys that end an entry, in place of Qt's own handling."""
        editor = self.open_editor
        if editor is None or watched is not editor:
            return False
        if isinstance(event, QKeyEvent):
            return self._press(editor, event)
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            elsewhere = event.reason() not in (
                Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason,
            )  # fmt: skip
            if elsewhere and not self._keep(editor, goes_on=False):
                QTimer.singleShot(0, editor, editor.setFocus)
        return False

    def _press(self, editor: CellEditor, event: QKeyEvent) -> bool:
        is_escape = event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride:
            if is_escape:
                event.accept()  # else the dialog closes
            return is_escape
        if event.type() != QEvent.Type.KeyPress:
            return False
        if is_escape:
            editor.setModified(False)
            self._keep(editor, goes_on=False)
            return True
        ends = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if event.key() in ends:
            self._keep(editor, goes_on=True)
            return True
        return False


def _is_typed(event: QKeyEvent) -> bool:
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return event.text().isprintable() and not event.modifiers() & commands
