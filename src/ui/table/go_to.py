"""转到行: type a few characters of a row's label and go there."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app import prose
from ui.style import look

_CELL = int(Qt.ItemDataRole.UserRole)


class GoToDialog(QDialog):
    """Chooses one of `rows`, each its label and its first cell; `cell` is the chosen one."""

    def __init__(self, rows: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("转到行")
        look.fit(self, 33, 19)
        self.cell = ""
        self._rows = rows
        self._line = QLineEdit()
        self._line.setPlaceholderText("键入行名中的几个字，按回车键转到")
        self._line.setAccessibleName("行名")
        self._list = QListWidget()
        self._list.setAccessibleName("各行")
        self._line.textChanged.connect(self._filter)
        self._line.returnPressed.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)
        self._line.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self._line)
        layout.addWidget(self._list)
        self._filter("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move in the list while typing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                row = self._list.currentRow() + step
                self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
                return True
        return super().eventFilter(watched, event)

    def _filter(self, typed: str) -> None:
        wanted = prose.plain(typed).replace(" ", "")
        self._list.clear()
        for label, cell in self._rows:
            if wanted in prose.plain(label).replace(" ", ""):
                item = QListWidgetItem(label)
                item.setData(_CELL, cell)
                self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _choose(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.cell = str(item.data(_CELL))
            self.accept()
