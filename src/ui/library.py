"""The reports at the left: year, unit, state, open findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, Signal
from PySide6.QtWidgets import QApplication, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from app.store.listing import STATES
from ui.style import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from app.store.listing import Listed

_TEXT, _TIP, _FONT, _SPOKEN = 0, 3, 6, 11
"""Of Qt.ItemDataRole; as numbers, since `Qt` itself is dear before the first paint (see `main`)."""
_BAR_OFF = 1
"""Qt.ScrollBarPolicy.ScrollBarAlwaysOff."""
_MANY = 300
"""From so many reports on every one takes two lines, so that nobody waits for the longest name."""


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
        self._reports = _Reports()
        self._list = QListView()
        self._list.setModel(self._reports)
        self._list.setAccessibleName("报告列表")
        self._list.setWordWrap(True)
        self._list.setProperty("horizontalScrollBarPolicy", _BAR_OFF)
        self._list.setSpacing(2)
        heading.setBuddy(self._list)
        self._list.activated.connect(self._open)
        self._list.clicked.connect(self._open)
        self._empty = QLabel("还没有报告。\n按“新建报告”开始填写。")
        self._empty.setObjectName("empty")
        self._empty.setWordWrap(True)
        new_button = QPushButton("新建报告…")
        new_button.clicked.connect(self.new_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, theme.GRID, 0, theme.GRID)
        layout.addWidget(heading)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._empty)
        layout.addStretch()
        layout.addWidget(new_button)
        self.show_reports([])

    def show_reports(self, reports: Sequence[Listed], open_id: int | None = None) -> None:
        """Show these reports and mark the open one."""
        self._list.setUniformItemSizes(len(reports) >= _MANY)
        self._reports.show(reports)
        self.mark(open_id)
        self._list.setVisible(bool(reports))
        self._empty.setVisible(not reports)

    def ids(self) -> list[int]:
        """Return the ids of the reports that are shown, in their order."""
        return self._reports.ids()

    def mark(self, report_id: int | None) -> None:
        """Mark a report as the open one."""
        row = self._reports.mark(report_id)
        if row is not None:
            self._list.setCurrentIndex(self._reports.index(row))

    def set_open_findings(self, report_id: int, errors: int, warnings: int) -> None:
        """Show how many findings of a report are open."""
        self._reports.set_open_findings(report_id, (errors, warnings))

    def chosen(self) -> int | None:
        """Return the id of the report that is chosen in the list."""
        index = self._list.currentIndex()
        return self._reports.id_at(index.row()) if index.isValid() else None

    def _open(self, index: QModelIndex) -> None:
        self.open_requested.emit(self._reports.id_at(index.row()))


class _Reports(QAbstractListModel):
    """The reports as the list asks for them, a row when it is to be seen."""

    def __init__(self) -> None:
        super().__init__()
        self._reports: Sequence[Listed] = ()
        self._rows: dict[int, int] = {}
        self._findings: dict[int, tuple[int, int]] = {}
        self._open_id: int | None = None

    def show(self, reports: Sequence[Listed]) -> None:
        """Hold these reports from now on."""
        self.beginResetModel()
        self._reports = reports
        self._rows = {listed.id: row for row, listed in enumerate(reports)}
        self.endResetModel()

    def mark(self, report_id: int | None) -> int | None:
        """Let a report stand out as the open one; returns its row."""
        before, self._open_id = self._open_id, report_id
        for one in (before, report_id):
            self._repaint(one)
        return None if report_id is None else self._rows.get(report_id)

    def set_open_findings(self, report_id: int, counts: tuple[int, int]) -> None:
        """Keep how many errors and warnings of a report are open."""
        if self._findings.get(report_id) != counts:
            self._findings[report_id] = counts
            self._repaint(report_id)

    def ids(self) -> list[int]:
        """Return the ids of all reports, in their order."""
        return list(self._rows)

    def id_at(self, row: int) -> int:
        """Return the id of the report in a row."""
        return self._reports[row].id

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many reports there are."""
        return 0 if parent is not None and parent.isValid() else len(self._reports)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _TEXT) -> object:
        """Return what a row says, how it looks, and what is read out."""
        listed = self._reports[index.row()]
        if role == _TEXT:
            return f"{self._first_line(listed)}\n{listed.org or '（未填单位）'}"
        if role == _SPOKEN:
            return self._spoken(listed)
        if role == _TIP:
            return listed.org
        if role == _FONT and listed.id == self._open_id:
            font = QApplication.font()
            font.setBold(True)
            return font
        return None

    def _first_line(self, listed: Listed) -> str:
        counts = "".join(
            f" {theme.SIGNS[severity]}{count}"
            for severity, count in zip(("error", "warning"), self._counts(listed), strict=True)
            if count
        )
        return f"{listed.year}年 · {STATES[listed.state]}{counts}"

    def _spoken(self, listed: Listed) -> str:
        errors, warnings = self._counts(listed)
        said = f"{listed.org}{listed.year}年报告，{STATES[listed.state]}"
        return said + (f"，{errors}处错误，{warnings}处疑问" if errors or warnings else "")

    def _counts(self, listed: Listed) -> tuple[int, int]:
        return self._findings.get(listed.id, (0, 0))

    def _repaint(self, report_id: int | None) -> None:
        if report_id in self._rows:
            index = self.index(self._rows[report_id])
            self.dataChanged.emit(index, index)
