"""Many files at once: each read in turn, listed by how it was read; those chosen become drafts."""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app import readers
from app.acceptance import Acceptance
from app.readers import Proposal
from ui import bridge
from ui.review.dialog import ReviewDialog
from ui.style import look, theme

MOST_FILES = 500
_DEEPEST = 5
HEADS = ("文件", "单位", "年度", "读取情况")
_FILE, _ORG, _YEAR, _STATE = range(4)
_NOT_YET = "等待读取"


def report_files(paths: Sequence[Path], suffixes: Collection[str]) -> list[Path]:
    """Return the files among some paths and in the folders among them, by name; 500 at most."""
    return list(islice((file for path in paths for file in _files(path, suffixes)), MOST_FILES))


def _files(path: Path, suffixes: Collection[str]) -> Iterator[Path]:
    """What programs keep beside a document while it is open is none."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        depth = len(Path(folder).relative_to(path).parts)
        folders[:] = sorted(n for n in folders if not n.startswith(".")) if depth < _DEEPEST else []
        for name in sorted(names):
            if Path(name).suffix.lower() in suffixes and not name.startswith((".", "~$")):
                yield Path(folder) / name


@dataclass(slots=True)
class _Entry:
    """A file of the list and what came of it."""

    path: Path
    acceptance: Acceptance | None = None
    failure: str = ""


class FolderDialog(QDialog):
    """Reads files one after another.

    `is_there(org, year)` says whether there is a report of a unit for a year already.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        suffixes: Collection[str],
        is_there: Callable[[str, int], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("读入多个文件")
        look.fit(self, 70, 30)
        self._is_there = is_there
        self._paths = paths
        self._entries: list[_Entry] = []
        self._next = 0
        self._task: bridge.Task[object] | None = None
        self.table = QTableWidget(0, len(HEADS))
        self.progress = QProgressBar()
        self.progress.setAccessibleName("读取进度")
        self.progress.setRange(0, 0)
        self.told = QLabel("正在查找报告文件…")
        self.told.setAccessibleName("读取情况")
        self.told.setWordWrap(True)
        self._lay_out()
        self._run(
            lambda: report_files(paths, suffixes), self._begin, lambda sentence: self._end(sentence)
        )

    @property
    def is_reading(self) -> bool:
        """Say whether files are still to be read."""
        return self._task is not None

    def chosen(self) -> list[Acceptance]:
        """Return what is to be kept, in the order of the list."""
        return [
            entry.acceptance
            for row, entry in enumerate(self._entries)
            if entry.acceptance is not None and self._is_checked(row)
        ]

    def chosen_files(self) -> list[Path]:
        """Return the files of what is to be kept, in the order of the list."""
        return [
            e.path for row, e in enumerate(self._entries) if e.acceptance and self._is_checked(row)
        ]

    def stop(self) -> None:
        """Read no more; what was read stays in the list."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self._end(f"已停止，读了{self._next}个文件，共{len(self._entries)}个。")

    def review(self) -> None:
        """Review the chosen file; what is decided there counts when it is kept."""
        row = self.table.currentRow()
        entry = self._entries[row] if 0 <= row < len(self._entries) else None
        if entry is None or entry.acceptance is None:
            return
        proposal = entry.acceptance.proposal
        dialog = ReviewDialog(
            proposal, entry.path, None, True, self._is_there, lambda _: None, self
        )
        dialog.accept_button.setText("核对完毕(&A)")
        if dialog.exec():
            entry.acceptance = dialog.acceptance
            self._show(row)
        dialog.deleteLater()

    def done(self, result: int) -> None:
        """Close; nothing is read any more."""
        self.stop()
        super().done(result)

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    def _begin(self, files: list[Path]) -> None:
        self._entries = [_Entry(file) for file in files]
        self.table.setRowCount(len(files))
        self.progress.setRange(0, max(len(files), 1))
        for row in range(len(files)):
            self._show(row)
        if not files:
            self._end("没有找到可以读取的报告文件，请确认选对了文件夹。")
            return
        self.table.selectRow(0)
        self._read_next()

    def _read_next(self) -> None:
        if self._next == len(self._entries):
            self._end(self._summary())
            return
        entry = self._entries[self._next]
        self.told.setText(
            f"正在读取第{self._next + 1}个，共{len(self._entries)}个：{entry.path.name}"
        )
        self._run(lambda: readers.read(entry.path), self._take, self._refuse)

    def _take(self, proposal: Proposal) -> None:
        self._entries[self._next].acceptance = Acceptance(proposal)
        self._go_on()

    def _refuse(self, sentence: str) -> None:
        self._entries[self._next].failure = sentence
        self._go_on()

    def _go_on(self) -> None:
        self._show(self._next, is_new=True)
        self._next += 1
        self.progress.setValue(self._next)
        self._read_next()

    def _run(
        self, work: Callable[[], object], done: Callable[..., None], failed: Callable[[str], None]
    ) -> None:
        self._task = bridge.in_background(work, done, failed)

    def _end(self, sentence: str) -> None:
        self._task = None
        self.told.setText(sentence)
        self.progress.hide()
        self.stop_button.hide()
        self.keep_button.setEnabled(any(entry.acceptance for entry in self._entries))

    def _summary(self) -> str:
        read = [entry.acceptance for entry in self._entries if entry.acceptance is not None]
        sure = sum(not acceptance.open_items for acceptance in read)
        parts = [
            f"全部确定{sure}份",
            f"有存疑的{len(read) - sure}份" if sure < len(read) else "",
            f"未能读取{len(self._entries) - len(read)}份" if len(read) < len(self._entries) else "",
        ]
        most = f"只读了前{MOST_FILES}个。" if len(self._entries) == MOST_FILES else ""
        told = "，".join(part for part in parts if part)
        return f"共{len(self._entries)}个文件：{told}。{most}"

    # ── what is shown ───────────────────────────────────────────────────────────────────────

    def _show(self, row: int, *, is_new: bool = False) -> None:
        entry = self._entries[row]
        acceptance = entry.acceptance
        texts = [self._name(entry.path), "", "", entry.failure or _NOT_YET]
        if acceptance is not None:
            report = acceptance.report
            texts[_ORG:] = [
                report.org or "（单位不明）",
                f"{report.year}",
                self._state(row, acceptance),
            ]
        check = self._is_wanted(row) if is_new else self._is_checked(row)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(f"<p>{entry.path if column == _FILE else text}</p>")
            if column == _FILE and acceptance is not None:
                item.setCheckState(Qt.CheckState.Checked if check else Qt.CheckState.Unchecked)
            if column == _STATE and entry.failure:
                item.setForeground(QColor(theme.colours().error))
            self.table.setItem(row, column, item)
        self.table.resizeRowToContents(row)

    def _name(self, path: Path) -> str:
        """A file of a folder by its way from there: units send files of one name."""
        inside = [path.relative_to(root) for root in self._paths if path.is_relative_to(root)]
        return str(inside[0]) if inside and inside[0].name else path.name

    def _state(self, row: int, acceptance: Acceptance) -> str:
        """Say how a file was read."""
        still, left = len(acceptance.open_items), len(acceptance.leftovers)
        parts = [
            f"？ {still}项存疑" if still else "✓ 全部确定",
            f"{len(acceptance.readings)}个数",
            f"{left}处内容没有放入" if left else "",
            "已有该单位这一年的报告" if self._is_known(acceptance) else "",
            f"与“{self._name(twin.path)}”同一单位同一年度" if (twin := self._twin(row)) else "",
        ]
        return "，".join(part for part in parts if part)

    def _is_known(self, acceptance: Acceptance) -> bool:
        report = acceptance.report
        return bool(report.org) and self._is_there(report.org, report.year)

    def _twin(self, row: int) -> _Entry | None:
        """An earlier file with a report of the same unit and year."""
        own = self._entries[row].acceptance
        for entry in self._entries[:row]:
            other = entry.acceptance
            if own and other and _unit_and_year(own) == _unit_and_year(other):
                return entry
        return None

    def _is_wanted(self, row: int) -> bool:
        """What is there already, or of nobody, is not read in unless it is asked for."""
        acceptance = self._entries[row].acceptance
        if acceptance is None or not acceptance.report.org:
            return False
        return not self._is_known(acceptance) and self._twin(row) is None

    def _is_checked(self, row: int) -> bool:
        item = self.table.item(row, _FILE)
        return item is not None and item.checkState() == Qt.CheckState.Checked

    def _lay_out(self) -> None:
        table = self.table
        table.setAccessibleName("读入的文件")
        table.setHorizontalHeaderLabels(HEADS)
        table.verticalHeader().hide()
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        em = self.fontMetrics().horizontalAdvance("国")
        header = table.horizontalHeader()
        for column, width in ((_FILE, 20), (_ORG, 16), (_YEAR, 5)):
            header.resizeSection(column, width * em)
        header.setSectionResizeMode(_STATE, QHeaderView.ResizeMode.Stretch)
        table.cellDoubleClicked.connect(self.review)
        buttons = QHBoxLayout()
        buttons.addWidget(self.told, 1)
        self.stop_button = self._button("停止(&S)", self.stop)
        self.review_button = self._button("核对(&R)…", self.review)
        self.keep_button = self._button("把勾选的读入为草稿(&A)", self.accept)
        self.keep_button.setEnabled(False)
        close = self._button("取消", self.reject)
        for button in (self.stop_button, self.review_button, self.keep_button, close):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(table, 1)
        layout.addWidget(self.progress)
        layout.addLayout(buttons)

    def _button(self, text: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: action())
        return button


def _unit_and_year(acceptance: Acceptance) -> tuple[str, int]:
    return acceptance.report.org, acceptance.report.year
