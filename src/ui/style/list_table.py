"""A list of facts with several columns, to be looked at and chosen from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

_FACT = int(Qt.ItemDataRole.UserRole)


class ListTable(QTableWidget):
    """Rows of texts, each for one fact; the last column takes the room that is left.

    While there are none it says `empty`: what would stand there, and how it comes there.
    """

    def __init__(
        self, name: str, heads: Sequence[str], empty: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(heads), parent)
        self._empty = empty
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(heads))
        self.verticalHeader().hide()
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)

    def show_rows(self, rows: Sequence[tuple[object, Sequence[str]]]) -> None:
        """Show facts, each with the texts of its row; the place in the list is kept."""
        place = max(0, self.currentRow())
        self.setRowCount(len(rows))
        for number, (fact, texts) in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setData(_FACT, fact)
                self.setItem(number, column, item)
        self.setCurrentCell(min(place, len(rows) - 1), 0)
        self.setAccessibleDescription("" if rows else self._empty)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what is not there yet."""
        super().paintEvent(event)
        if self.rowCount() or not self._empty:
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        margin = self.fontMetrics().height()
        room = self.viewport().rect().adjusted(margin, margin, -margin, -margin)
        how = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        painter.drawText(room, how | int(Qt.TextFlag.TextWordWrap), self._empty)

    def chosen(self) -> object:
        """Return the fact of the row that is chosen, None without any."""
        item = self.item(self.currentRow(), 0) if self.currentRow() >= 0 else None
        return item.data(_FACT) if item else None

    def texts(self) -> list[list[str]]:
        """Return what the rows say."""
        columns = range(self.columnCount())
        items = [[self.item(row, column) for column in columns] for row in range(self.rowCount())]
        return [[item.text() if item else "" for item in row] for row in items]
