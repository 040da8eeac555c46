"""The content of a file as it was taken in: paragraphs and tables, the place in question lit."""

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtGui import (
    QColor,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextTable,
    QTextTableCellFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from app.readers.extract import Box, Extract, Grid
from app.readers.origin import Origin
from ui import theme

MOST_SHOWN = 6_000
"""Boxes and paragraphs; a report has some 600, and so many are laid out in half a second."""
_FRAME = 2


class ExtractView(QTextBrowser):
    """Shows an extract."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("原件内容")
        self._blocks: dict[int, QTextBlock] = {}
        self._tables: dict[int, QTextTable] = {}
        self._lit: list[tuple[QTextTable, Box, QTextTableCellFormat]] = []

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
            parts.append(
                _table(block) if isinstance(block, Grid) else f"<p>{_text(block.text)}</p>"
            )
        self.setHtml("".join(parts))
        self._lit = []
        paragraphs, tables = self._top_level()
        for number in numbers:
            if isinstance(extract.blocks[number], Grid):
                self._tables[number] = next(tables)
            else:
                self._blocks[number] = next(paragraphs)

    def light(self, origin: Origin | None) -> None:
        """Light a place and bring it into view; None lights nothing."""
        self._put_out()
        self.setExtraSelections([])
        if origin is None:
            return
        if origin.block in self._tables:
            for box in origin.boxes:
                self._light_box(self._tables[origin.block], box)
        elif origin.block in self._blocks:
            self._light_block(self._blocks[origin.block])

    def lit_text(self) -> str:
        """Return the text that is lit."""
        cells = (table.cellAt(box.row, box.column) for table, box, _ in self._lit)
        texts = [_between(c.firstCursorPosition(), c.lastCursorPosition()) for c in cells]
        return "\t".join(texts + [s.cursor.block().text() for s in self.extraSelections()])

    def _top_level(self) -> tuple[Iterator[QTextBlock], Iterator[QTextTable]]:
        """The paragraphs and the tables, each in order; Qt puts empty paragraphs between them."""
        frame = self.document().rootFrame()
        tables = (child for child in frame.childFrames() if isinstance(child, QTextTable))
        return self._paragraphs(), iter(list(tables))

    def _paragraphs(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            if block.text().strip() and QTextCursor(block).currentTable() is None:
                yield block
            block = block.next()

    def _light_box(self, table: QTextTable, box: Box) -> None:
        colours = theme.colours()
        cell = table.cellAt(box.row, box.column)
        before = cell.format().toTableCellFormat()
        lit = QTextTableCellFormat(before)
        lit.setBackground(QColor(colours.warning_ground))
        lit.setBorder(_FRAME)
        lit.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        lit.setBorderBrush(QColor(colours.accent))
        cell.setFormat(lit)
        self._lit.append((table, box, before))
        self._bring(cell.firstCursorPosition())

    def _light_block(self, block: QTextBlock) -> None:
        marked = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(theme.colours().warning_ground))
        marked.format = look
        cursor = QTextCursor(block)  # selected: Qt crashes on full-width selections beside tables
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        marked.cursor = cursor
        self.setExtraSelections([marked])
        self._bring(QTextCursor(block))

    def _bring(self, cursor: QTextCursor) -> None:
        """Scroll a place to the upper third of the view."""
        top = self.cursorRect(cursor).top()
        if not 0 <= top <= self.viewport().height() - 3 * self.fontMetrics().height():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + top - self.viewport().height() // 3)

    def _put_out(self) -> None:
        for table, box, before in self._lit:
            table.cellAt(box.row, box.column).setFormat(before)
        self._lit = []


def _between(first: QTextCursor, last: QTextCursor) -> str:
    first.setPosition(last.position(), QTextCursor.MoveMode.KeepAnchor)
    return first.selectedText()


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
