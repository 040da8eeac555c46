"""按键一览: the keys of the menus and of the tables."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.style import look

IN_TABLES = (
    ("Tab", "本行下一格，行末转到下一行（跳过自动计算的合计）"),
    ("Shift+Tab", "上一格"),
    ("Enter", "同一列下一行"),
    ("Shift+Enter", "同一列上一行"),
    ("直接键入", "替换格中原有内容"),
    ("F2", "修改格中内容"),
    ("Delete", "清空所选的格；合计恢复为自动计算"),
    ("Esc", "放弃正在键入的内容"),
    ("Ctrl+C / Ctrl+V", "与Excel、WPS表格成块复制、粘贴"),
)


class KeysDialog(QDialog):
    """A page of keys; `of_menus` are the keys and words of the menus."""

    def __init__(self, of_menus: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("按键一览")
        look.fit(self, 40, 28)
        rows = [*IN_TABLES, *of_menus]
        table = QTableWidget(len(rows), 2)
        table.setAccessibleName("按键一览")
        table.setHorizontalHeaderLabels(["按键", "作用"])
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        for row, (keys, meaning) in enumerate(rows):
            table.setItem(row, 0, QTableWidgetItem(keys))
            table.setItem(row, 1, QTableWidgetItem(meaning))
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setWordWrap(True)
        table.resizeRowsToContents()
        table.setCurrentCell(0, 0)
        buttons = QDialogButtonBox()
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(table)
        layout.addWidget(buttons, alignment=Qt.AlignmentFlag.AlignRight)
