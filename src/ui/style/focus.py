"""A frame around what the keys go to, where Qt's style draws none that could be seen.

Fusion draws the focus of a default button, a list or a page of text as it draws them without.
Fields to type in have a cursor and a coloured border, the statutory table frames its current cell.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ui.style import theme
from ui.table.view import TableView

_WIDTH = 2
"""Of the frame, in pixels."""


class Follower(QObject):
    """Puts a frame where the focus goes, as long as it lives; a frame goes with its control."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: Frame | None = None
        app.focusChanged.connect(self._move)

    def _move(self, before: QWidget | None, now: QWidget | None) -> None:
        del before
        if self._frame is not None and isValid(self._frame):
            self._frame.hide()
            self._frame.deleteLater()
        self._frame = Frame(now) if now is not None and _needs_frame(now) else None


class Frame(QWidget):
    """A frame on the inner edge of one control, drawn over it; the mouse goes through."""

    def __init__(self, control: QWidget) -> None:
        super().__init__(control)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(control.size())
        control.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the control."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        del event
        painter = QPainter(self)
        pen = QPen(QColor(theme.colours().accent), _WIDTH)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        half = _WIDTH // 2
        painter.drawRect(self.rect().adjusted(half, half, -half, -half))


def _needs_frame(widget: QWidget) -> bool:
    """Say whether nothing else shows that the keys go to a control."""
    if isinstance(widget, (QLineEdit, QAbstractSpinBox, TableView)):
        return False
    if isinstance(widget, (QTextEdit, QPlainTextEdit)):
        return widget.isReadOnly()
    return isinstance(widget, (QAbstractScrollArea, QTabBar)) or widget.focusPolicy() != (
        Qt.FocusPolicy.NoFocus
    )
