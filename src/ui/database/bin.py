"""回收站: the reports that were put away, to be taken out again or deleted for good."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.store.store import Store
from ui import bridge
from ui.style import look

_ID = int(Qt.ItemDataRole.UserRole)


class BinDialog(QDialog):
    """Shows what is in the bin.

    Signals:
        recovered(): a report was taken out.
    """

    recovered = Signal()

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("回收站")
        look.fit(self, 33, 16)
        self._store = store
        self._label = QLabel()
        self._list = QListWidget()
        self._list.setAccessibleName("回收站中的报告")
        self._recover = QPushButton("恢复(&R)")
        self._recover.clicked.connect(self._take_out)
        self._empty = QPushButton("清空回收站(&E)…")
        self._empty.clicked.connect(self._ask_to_empty)
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        for button in (self._recover, self._empty):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self._label)
        layout.addWidget(self._list)
        layout.addLayout(buttons)
        self._show()

    def empty(self) -> None:
        """Delete what is in the bin for good."""
        if bridge.attempt(self, self._store.empty_bin):
            self._show()

    def _show(self) -> None:
        self._list.clear()
        for listed in self._store.reports(is_in_bin=True):
            item = QListWidgetItem(f"{listed.year}年 {listed.org or '（未填单位）'}")
            item.setData(_ID, listed.id)
            self._list.addItem(item)
        count = self._list.count()
        self._label.setText(f"回收站中有{count}份报告。" if count else "回收站是空的。")
        self._recover.setEnabled(bool(count))
        self._empty.setEnabled(bool(count))
        self._list.setCurrentRow(0)

    def _take_out(self) -> None:
        item = self._list.currentItem()
        if item and bridge.attempt(self, lambda: self._store.recover(int(item.data(_ID)))):
            self._show()
            self.recovered.emit()

    def _ask_to_empty(self) -> None:
        """The one question in the program: this is what undo cannot bring back."""
        count = self._list.count()
        answer = QMessageBox.question(
            self,
            "清空回收站",
            f"将彻底删除回收站中的{count}份报告和它们的全部修改记录，不能恢复。确定清空吗？",
        )
        if answer == QMessageBox.StandardButton.Yes:
            self.empty()
