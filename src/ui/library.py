"""The reports at the left: year, unit, state, open findings."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.store.record import STATES, Listed
from ui import theme

_ID = int(Qt.ItemDataRole.UserRole)
_LISTED = _ID + 1


class Library(QWidget):
    """The list of reports.

    Signals:
        open_requested(int): a report was chosen, by its id.
        new_requested(): the button for a new report.
    """

    open_requested = Signal(int)
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel("报告")
        self._list = QListWidget()
        self._list.setAccessibleName("报告列表")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSpacing(2)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        heading.setBuddy(self._list)
        self._list.itemActivated.connect(self._open)
        self._list.itemClicked.connect(self._open)
        self._empty = QLabel("还没有报告。\n按“新建报告”开始填写。")
        self._empty.setObjectName("empty")
        self._empty.setWordWrap(True)
        new_button = QPushButton("新建报告…")
        new_button.clicked.connect(self.new_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, theme.GRID, 0, theme.GRID)
        for widget in (heading, self._list, self._empty, new_button):
            layout.addWidget(widget)
        self._findings: dict[int, tuple[int, int]] = {}
        self.show_reports([])

    def add_action(self, action: QAction) -> None:
        """Offer an action in the context menu of the list."""
        self._list.addAction(action)

    def show_reports(self, reports: Sequence[Listed], open_id: int | None = None) -> None:
        """Show these reports and mark the open one."""
        self._list.clear()
        for listed in reports:
            item = QListWidgetItem()
            item.setData(_ID, listed.id)
            item.setData(_LISTED, listed)
            self._list.addItem(item)
            self._describe(item)
        self.mark(open_id)
        self._list.setVisible(bool(reports))
        self._empty.setVisible(not reports)

    def mark(self, report_id: int | None) -> None:
        """Mark a report as the open one."""
        for row in range(self._list.count()):
            item = self._list.item(row)
            is_open = item.data(_ID) == report_id
            font = item.font()
            font.setBold(is_open)
            item.setFont(font)
            if is_open:
                self._list.setCurrentItem(item)

    def set_open_findings(self, report_id: int, errors: int, warnings: int) -> None:
        """Show how many findings of a report are open."""
        if self._findings.get(report_id) == (errors, warnings):
            return
        self._findings[report_id] = (errors, warnings)
        for row in range(self._list.count()):
            if self._list.item(row).data(_ID) == report_id:
                self._describe(self._list.item(row))

    def chosen(self) -> int | None:
        """Return the id of the report that is chosen in the list."""
        item = self._list.currentItem()
        return int(item.data(_ID)) if item else None

    def _describe(self, item: QListWidgetItem) -> None:
        listed: Listed = item.data(_LISTED)
        errors, warnings = self._findings.get(listed.id, (0, 0))
        counts = "".join(
            f" {theme.SIGNS[severity]}{count}"
            for severity, count in (("error", errors), ("warning", warnings))
            if count
        )
        item.setText(
            f"{listed.year}年 · {STATES[listed.state]}{counts}\n{listed.org or '（未填单位）'}"
        )
        spoken = f"{listed.org}{listed.year}年报告，{STATES[listed.state]}"
        if errors or warnings:
            spoken += f"，{errors}处错误，{warnings}处疑问"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(listed.org)

    def _open(self, item: QListWidgetItem) -> None:
        self.open_requested.emit(int(item.data(_ID)))
