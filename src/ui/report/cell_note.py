"""The current cell of a table, under the table: its name, last year's figure, what it counts.

It never grows: were it to, the table above would be laid out anew at every step through it.
"""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QToolButton, QWidget

from ui.style import theme

_LINES = 2
"""So many lines say what a cell counts, one where the text is large; all is in the tool tip."""


class CellNote(QWidget):
    """Two labels, with the controls of the table beside the first."""

    def __init__(self, proofreading: QCheckBox, fill: QToolButton) -> None:
        super().__init__()
        self._name = QLabel()
        self._name.setObjectName("cell")
        self._name.setAccessibleName("当前格")
        self._about = _Clipped()
        self._about.setAccessibleName("本格统计什么")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(0)
        layout.setColumnStretch(0, 1)
        for column, control in enumerate((self._name, proofreading, fill)):
            layout.addWidget(control, 0, column)
        layout.addWidget(self._about, 1, 0, 1, 3)

    def show_cell(self, name: str, last_year: str = "", about: str = "") -> None:
        """Say what a cell is called, what it was last year, and what it counts."""
        said = (f"<b>{name}</b>" if name else "", last_year)
        self._name.setText("&emsp;".join(filter(None, said)))
        self._name.setAccessibleDescription(f"{name} {last_year}".strip())
        self._about.show_text(about)

    def text(self) -> str:
        """Return all that is said."""
        return f"{self._name.text()}\n{self._about.accessibleDescription()}"


class _Clipped(QWidget):
    """A text in a few lines; where it is cut off it says so, and the tool tip has all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def show_text(self, text: str) -> None:
        """Show a text."""
        self._text = text
        self.setAccessibleDescription(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines, whatever they hold."""
        lines = 1 if theme.is_large(self.font()) else _LINES
        return QSize(0, lines * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """No less high."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines that fit, the last one cut short where there are more."""
        del event
        painter, metrics = QPainter(self), QFontMetricsF(self.font())
        lines = max(1, round(self.height() / metrics.lineSpacing()))
        layout = QTextLayout(self._text, self.font())
        layout.beginLayout()
        for number in range(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self.width())
            base = number * metrics.lineSpacing()
            if number < lines - 1:
                line.draw(painter, QPointF(0, base))
            else:
                rest = metrics.elidedText(
                    self._text[line.textStart() :], Qt.TextElideMode.ElideRight, self.width()
                )
                painter.drawText(QPointF(0, base + metrics.ascent()), rest)
        layout.endLayout()
