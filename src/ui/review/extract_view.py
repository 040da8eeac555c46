"""The content of a file as it was taken in: paragraphs and tables, the place in question lit."""

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import QRectF
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.readers.extract import Block, Box, Extract, Grid
from app.readers.origin import Origin
from ui.style import theme

MOST_SHOWN = 6_000
"""Boxes and paragraphs; a report has some 600, and so many are laid out in half a second."""
_LINE, _ROOM, _TINT = 2, 2, 0.15
"""The frame of what is lit: its width and its distance in px, how much colour there is in it."""
Span = tuple[QTextBlock, QTextBlock]
"""The first and the last of some blocks of text."""


class ExtractView(QTextBrowser):
    """Shows an extract.

    What is lit is framed on top of the text: marking a cell itself would lay its table out anew.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("原件内容")
        self._blocks: dict[int, QTextBlock] = {}
        self._tables: dict[int, QTextTable] = {}
        self._lit: list[Span] = []

    def show_extract(self, extract: Extract) -> None:
        """Show the content of a file; of a very long one the beginning."""
        numbers, parts = [], []
        left = MOST_SHOWN
        for number, block in enumerate(extract.blocks):
            left -= len(block.matrix) * len(block.matrix[0]) if isinstance(block, Grid) else 1
            if left < 0:
                parts.append("<p>……（内容过长，以下从略）</p>")
                break
            numbers.append(number)
            parts.append(_html(block))
        self._lit, self._blocks, self._tables = [], {}, {}
        self.setHtml("".join(parts))
        children = self.document().rootFrame().childFrames()
        tables = (child for child in children if isinstance(child, QTextTable))
        paragraphs = self._paragraphs()
        for number in numbers:
            if isinstance(extract.blocks[number], Grid):
                self._tables[number] = next(tables)
            else:
                self._blocks[number] = next(paragraphs)

    def light(self, origin: Origin | None) -> None:
        """Light a place and bring it into view; None lights nothing."""
        self._lit = []
        if origin is not None and origin.block in self._tables:
            table = self._tables[origin.block]
            cells = (table.cellAt(box.row, box.column) for box in origin.boxes)
            self._lit = [
                (cell.firstCursorPosition().block(), cell.lastCursorPosition().block())
                for cell in cells
            ]
        elif origin is not None and origin.block in self._blocks:
            block = self._blocks[origin.block]
            self._lit = [(block, block)]
        if self._lit:
            self._bring(self._frame(self._lit[0]))
        self.viewport().update()

    def lit_text(self) -> str:
        """Return the text that is lit, cells parted by tabs."""
        return "\t".join("\n".join(block.text() for block in _all(span)) for span in self._lit)

    def lit_frames(self) -> list[QRectF]:
        """Return where the lit places are in the view."""
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return [self._frame(span).translated(-left, -top) for span in self._lit]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, then the frames of what is lit."""
        super().paintEvent(event)
        colours = theme.colours()
        fill = QColor(colours.accent)
        fill.setAlphaF(_TINT)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(colours.accent), _LINE))
        painter.setBrush(fill)
        for frame in self.lit_frames():
            painter.drawRect(frame)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is lit in view."""
        super().resizeEvent(event)
        if self._lit:
            self._bring(self._frame(self._lit[0]))

    def _paragraphs(self) -> Iterator[QTextBlock]:
        """The paragraphs outside of tables; Qt puts empty ones between them."""
        block = self.document().begin()
        while block.isValid():
            if block.text().strip() and QTextCursor(block).currentTable() is None:
                yield block
            block = block.next()

    def _frame(self, span: Span) -> QRectF:
        """Where some blocks are in the document, with a little room around them."""
        layout = self.document().documentLayout()
        frame = QRectF()
        for block in _all(span):
            frame = frame.united(layout.blockBoundingRect(block))
        return frame.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)

    def _bring(self, frame: QRectF) -> None:
        """Scroll a place to the upper third of the view, if it is out of it."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if frame.top() < bar.value() or frame.bottom() > bar.value() + height:
            bar.setValue(round(frame.top() - height / 3))


def _all(span: Span) -> Iterator[QTextBlock]:
    block, last = span
    while block.isValid() and block.position() <= last.position():
        yield block
        block = block.next()


def _html(block: Block) -> str:
    return _table(block) if isinstance(block, Grid) else f"<p>{_text(block.text)}</p>"


def _table(grid: Grid) -> str:
    rows = "".join(
        "<tr>" + "".join(_cells(row, number)) + "</tr>" for number, row in enumerate(grid.matrix)
    )
    return (
        "<table border='1' cellspacing='0' cellpadding='3' width='100%' "
        f"style='border-collapse: collapse; border-color: {theme.colours().rule}'>{rows}</table>"
    )


def _cells(row: Sequence[Box | None], number: int) -> Iterator[str]:
    """The boxes that begin in a row; a place without any is an empty one."""
    for column, box in enumerate(row):
        if box is None:
            yield "<td></td>"
        elif (box.row, box.column) == (number, column):
            spans = f" rowspan='{box.rows}' colspan='{box.columns}'"
            yield f"<td{spans}>{_text(box.text)}</td>"


def _text(text: str) -> str:
    return escape(text.strip()).replace("\n", "<br>")
