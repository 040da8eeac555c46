"""Draws the rows of the list of findings; words are never cut off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.findings.entry import BLANK, SIGNS, Entry, Row
from ui.style import theme

_BAR = 3
_MOST_TEXTS = 1000
Index = QModelIndex | QPersistentModelIndex


class FindingDelegate(QStyledItemDelegate):
    """Draws a row: sign, message, note; or the title of a section.

    Lines are broken as if there were a scroll bar, so that its coming and going moves no word.
    They are kept, since breaking them is what takes time: call `measure` when font or width change.
    """

    def __init__(self, view: QListView, row: Callable[[int], Row]) -> None:
        """Draw in a list what `row` returns for the number of a row."""
        super().__init__(view)
        self._view = view
        self._row = row
        self.measure()

    def measure(self) -> None:
        """Take the font and the width of the list, and forget how lines were broken."""
        self._texts: dict[tuple[str, float, bool], QStaticText] = {}
        self._heights: dict[tuple[str, str], int] = {}
        self._font, self._bold = self._view.font(), self._view.font()
        self._bold.setBold(True)
        bar = self._view.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self._width = self._view.width() - 2 * self._view.frameWidth() - bar - theme.GRID
        self._indent = theme.GRID + QFontMetrics(self._font).horizontalAdvance("年") * 1.5

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that all the words of a row need."""
        row = self._row(index.row())
        key = (row.first.message, row.note) if isinstance(row, Entry) else (row, "")
        if key not in self._heights:
            if len(self._texts) > _MOST_TEXTS:
                self._texts.clear()
                self._heights.clear()
            self._heights[key] = self._height(row)
        return QSize(self._width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row = self._row(index.row())
        painter.save()
        if isinstance(row, Entry):
            self._paint_ground(painter, option)
            self._paint_entry(painter, QPointF(option.rect.topLeft()), row)
        else:
            place = QPointF(option.rect.topLeft()) + QPointF(theme.GRID, theme.GRID)
            self._draw(painter, place, self._title(row), theme.colours().quiet, self._bold)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours, rect = theme.colours(), option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.lit))
            has_focus = option.state & QStyle.StateFlag.State_HasFocus
            bar = QRect(rect.left(), rect.top(), _BAR, rect.height())
            painter.fillRect(bar, QColor(colours.accent if has_focus else colours.rule))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.head))

    def _paint_entry(self, painter: QPainter, corner: QPointF, entry: Entry) -> None:
        colours = theme.colours()
        is_plain = entry.kind == BLANK or entry.is_explained
        sign = self._text(SIGNS[entry.kind], self._indent, is_bold=True)
        ink = colours.quiet if is_plain else getattr(colours, entry.kind)
        place = corner + QPointF(theme.GRID, theme.GRID / 2)
        self._draw(painter, place, sign, ink, self._bold)
        place.setX(corner.x() + self._indent)
        for number, text in enumerate(self._lines(entry)):
            is_quiet = number or entry.is_explained
            ink = colours.quiet if is_quiet else colours.ink
            self._draw(painter, place, text, ink, self._font)
            place.setY(place.y() + text.size().height())

    def _draw(
        self, painter: QPainter, place: QPointF, text: QStaticText, ink: str, font: QFont
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawStaticText(place, text)

    def _height(self, row: Row) -> int:
        if not isinstance(row, Entry):
            return int(self._title(row).size().height()) + theme.GRID * 3 // 2
        return int(sum(text.size().height() for text in self._lines(row))) + theme.GRID

    def _title(self, title: str) -> QStaticText:
        return self._text(title, self._width - theme.GRID, is_bold=True)

    def _lines(self, entry: Entry) -> list[QStaticText]:
        """Return the message and, where there is one, the note."""
        said = [entry.first.message, entry.note]
        return [self._text(text, self._width - self._indent) for text in said if text]

    def _text(self, text: str, width: float, is_bold: bool = False) -> QStaticText:
        """Return a text broken into lines."""
        found = self._texts.get((text, width, is_bold))
        if found is None:
            found = QStaticText(text)
            found.setTextFormat(Qt.TextFormat.PlainText)
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            found.setTextOption(option)
            found.setTextWidth(max(width, 1))
            found.prepare(font=self._bold if is_bold else self._font)
            self._texts[text, width, is_bold] = found
        return found
