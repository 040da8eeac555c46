"""环节设置: the desks a report passes, what is asked there, and who sits there."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.signoff import CHAIN, Post
from ui.style import look

_HEADS = ("环节", "审查内容", "姓名（可不填）")


class ChainDialog(QDialog):
    """Lets the desks be named, added, removed and ordered; those without a name fall away."""

    def __init__(self, chain: Sequence[Post], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("环节设置")
        look.fit(self, 40, 18)
        told = QLabel("报告按下列顺序送签；第一个环节由送审的人签署。对所有报告有效。")
        told.setWordWrap(True)
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("环节")
        self.table.setHorizontalHeaderLabels(list(_HEADS))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        side = QHBoxLayout()
        for text, action in (
            ("增加(&A)", self._add),
            ("删除(&D)", self._remove),
            ("上移(&U)", lambda: self._shift(-1)),
            ("下移(&N)", lambda: self._shift(1)),
            ("恢复默认(&R)", lambda: self._fill(CHAIN)),
        ):
            button = QPushButton(text)
            button.clicked.connect(action)
            side.addWidget(button)
        buttons = QDialogButtonBox()
        buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(told)
        layout.addWidget(self.table)
        layout.addLayout(side)
        layout.addWidget(buttons)
        self._fill(chain)

    def chain(self) -> tuple[Post, ...]:
        """Return the desks as they stand in the table."""
        rows = ([self._text(row, column) for column in range(len(_HEADS))]
                for row in range(self.table.rowCount()))  # fmt: skip
        return tuple(Post(*row) for row in rows if row[0])

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item else ""

    def _fill(self, chain: Sequence[Post]) -> None:
        self.table.setRowCount(0)
        for post in chain:
            self._insert(self.table.rowCount(), post)
        self.table.setCurrentCell(0, 0)

    def _insert(self, row: int, post: Post) -> None:
        self.table.insertRow(row)
        for column, text in enumerate((post.title, post.question, post.name)):
            self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.setCurrentCell(row, 0)

    def _add(self) -> None:
        self._insert(self.table.currentRow() + 1, Post(""))

    def _remove(self) -> None:
        self.table.removeRow(self.table.currentRow())

    def _shift(self, by: int) -> None:
        row = self.table.currentRow()
        if 0 <= row + by < self.table.rowCount():
            post = Post(*(self._text(row, column) for column in range(len(_HEADS))))
            self.table.removeRow(row)
            self._insert(row + by, post)
