"""The line in which a figure is typed, with the sentence of a refused entry right at it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.style import theme
from ui.table.course import Way
from ui.table.model import EDIT, TableModel
from ui.table.paint import figure_font

_NOTE_WIDTH = 26
"""Widest sentence at an editor, in em."""


def way_of(event: QKeyEvent) -> Way | None:
    """Return where Tab, Enter and their reversals lead; None for every other key."""
    key, is_reversed = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if key == Qt.Key.Key_Backtab:
        return Way.BACK
    if key == Qt.Key.Key_Tab:
        return Way.BACK if is_reversed else Way.NEXT
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return Way.UP if is_reversed else Way.DOWN
    return None


class CellEditor(QLineEdit):
    """Edits the figure of one cell; no validator, which would reject full-width digits."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self.cell = ""
        self.has_preedit = False
        self._home = QRect()
        self.setFrame(False)
        self._note = QLabel(viewport.parentWidget())
        self._note.setWordWrap(True)
        self._note.setMargin(theme.GRID // 2)
        self._note.setFrameShape(QFrame.Shape.Box)
        self._note.setAutoFillBackground(True)
        self._note.hide()
        self.textChanged.connect(self._follow)

    @property
    def sentence(self) -> str:
        """The sentence that stands at the editor; empty when nothing was refused."""
        return "" if self._note.isHidden() else self._note.text()

    def refuse(self, sentence: str) -> None:
        """Show why an entry was refused, right at the editor."""
        palette, colours = self._note.palette(), theme.colours()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colours.error))
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.error_ground))
        self._note.setPalette(palette)
        self._note.setText(f"{theme.SIGNS['error']} {sentence}")
        self._note.show()
        self._place_note()
        self.setAccessibleDescription(sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def settle(self) -> None:
        """Take the sentence away."""
        if not self._note.isHidden():
            self._note.hide()
            self.setAccessibleDescription("")

    def stay_over(self, rect: QRect) -> None:
        """Cover a cell; grow beyond it where the entry is longer than the cell is wide."""
        self._home = rect.adjusted(2, 2, -3, -3)
        self._grow()
        self._place_note()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether an input method still holds characters of this entry."""
        self.has_preedit = bool(event.preeditString())
        super().inputMethodEvent(event)

    def _follow(self) -> None:
        self.settle()
        self._grow()

    def _grow(self) -> None:
        home, edge = QRect(self._home), self._viewport.width()
        wanted = self.fontMetrics().horizontalAdvance(self.text() + "00")
        if wanted > home.width():
            home.setWidth(min(wanted, edge))
            home.moveRight(min(home.right(), edge - 1))
        if home != self.geometry():
            self.setGeometry(home)

    def _place_note(self) -> None:
        view = self._viewport.parentWidget()
        if self._note.isHidden() or view is None:
            return
        width = min(self.fontMetrics().height() * _NOTE_WIDTH, view.width() - 2 * theme.GRID)
        width = min(width, self._note.fontMetrics().horizontalAdvance(self._note.text()) + 24)
        height = self._note.heightForWidth(width)
        at = self.mapTo(view, self.rect().bottomLeft())
        left = max(min(at.x(), view.width() - width - theme.GRID), 0)
        top = at.y() + theme.GRID // 2
        if top + height > view.height():
            top = max(self.mapTo(view, self.rect().topLeft()).y() - height - theme.GRID // 2, 0)
        self._note.setGeometry(left, top, width, height)
        self._note.raise_()


class CellDelegate(QStyledItemDelegate):
    """Opens one and the same editor over the current cell and reads its keys.

    `finish` keeps the entry and goes on, or returns False if it was refused; `give_up` restores.
    """

    def __init__(
        self,
        model: TableModel,
        finish: Callable[[Way | None], bool],
        give_up: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._model, self._finish, self._give_up = model, finish, give_up
        self._editor: CellEditor | None = None
        self._font = QFont()
        self.open_editor: CellEditor | None = None

    def set_font(self, font: QFont) -> None:
        """Take the font of the table."""
        self._font = figure_font(font)
        if self._editor:
            self._editor.setFont(self._font)

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """Return the editor, made once: making one costs more than all the rest of an edit."""
        if self._editor is None:
            self._editor = CellEditor(parent)
            self._editor.setFont(self._font)
            is_aligned = self._model.grid.is_aligned
            self._editor.setAlignment(
                Qt.AlignmentFlag.AlignRight if is_aligned else Qt.AlignmentFlag.AlignCenter
            )
        editor = self.open_editor = self._editor
        editor.cell = self._model.cell(index)
        editor.setModified(False)
        editor.setAccessibleName(self._model.draft.report.form.cells[editor.cell].name)
        return editor

    def destroyEditor(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Put the editor aside."""
        if self._editor:
            self._editor.settle()
            self._editor.has_preedit = False
        self.open_editor = None

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the stored figure, unless something else was typed already."""
        if isinstance(editor, CellEditor) and not editor.isModified():
            editor.setText(self._model.data(index, EDIT) or "")

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Keep the editor and its sentence at the cell."""
        if isinstance(editor, CellEditor):
            editor.stay_over(option.rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read the keys that end an entry, in place of Qt's own handling."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()  # else a shortcut of the window takes it
                return True
        elif kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._lose_focus(event.reason())
        return False

    def _press(self, event: QKeyEvent) -> bool:
        key = event.key()
        way = way_of(event)
        if key == Qt.Key.Key_Up:
            way = Way.UP
        elif key == Qt.Key.Key_Down:
            way = Way.DOWN
        if way:
            self._finish(way)
            return True
        if key == Qt.Key.Key_Escape:
            self._give_up()
            return True
        return False

    def _lose_focus(self, reason: Qt.FocusReason) -> None:
        """Keep the entry when the focus goes elsewhere in the window; hold it if refused."""
        if reason in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        ):
            return
        editor = self.open_editor
        if not self._finish(None) and editor:
            QTimer.singleShot(0, editor, editor.setFocus)
