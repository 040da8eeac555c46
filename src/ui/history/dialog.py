"""修改记录: every step of a report, what it changed, the report as it was, and going back to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app import numbers
from app.draft import Draft
from app.report import COVER, Report, Value
from app.store.record import Past, Step
from app.store.store import Store
from app.writers.page import Options
from ui import bridge
from ui.printing.pdf_view import PdfView
from ui.printing.preview import Copy, render
from ui.style import look, theme

_PAGE = 200


class HistoryDialog(QDialog):
    """The steps of a report at the left, the report as it was after the chosen one at the right.

    Signals:
        restore_requested(int): the content of a revision is to come back, as a new step.
    """

    restore_requested = Signal(int)

    def __init__(self, store: Store, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"修改记录 — {draft.report.org}{draft.report.year}年")
        look.fit(self, 77, 33)
        self._store, self._draft = store, draft
        self._task: bridge.Task[bytes] | None = None
        self._steps: list[Step] = []
        self._table = _table(["步", "时间", "修改人", "内容"])
        self._table.itemSelectionChanged.connect(self._show_chosen)
        self._table.verticalScrollBar().valueChanged.connect(self._read_on)
        self._changes = QLabel()
        self._changes.setWordWrap(True)
        self._changes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self._view = PdfView()
        self._view.setAccessibleName("当时的报告")
        restore = QPushButton("恢复到这一步")
        restore.setToolTip("把报告内容恢复成当时的样子；恢复本身也是一步，可以撤销。")
        restore.clicked.connect(self._restore)
        self._restore_button = restore
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self._changes, 1)
        buttons.addWidget(restore)
        buttons.addWidget(close)
        split = QSplitter()
        split.addWidget(self._table)
        split.addWidget(self._view)
        split.setSizes([460, 620])
        layout = QVBoxLayout(self)
        layout.addWidget(split, 1)
        layout.addLayout(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the steps when the dialog is first seen."""
        super().showEvent(event)
        if not self._steps:
            self._read_on()
            if self._steps:
                self._table.selectRow(0)

    def done(self, result: int) -> None:
        """Close the dialog and let go of the document that is shown."""
        if self._task is not None:
            self._task.cancel()
        self._view.clear()
        super().done(result)

    def chosen(self) -> Step | None:
        """Return the chosen step."""
        row = self._table.currentRow()
        return self._steps[row] if 0 <= row < len(self._steps) else None

    def _read_on(self) -> None:
        bar = self._table.verticalScrollBar()
        if self._steps and (bar.value() < bar.maximum() or self._steps[-1].revision == 1):
            return
        before = self._steps[-1].revision if self._steps else None
        for step in self._store.steps(self._draft.head.report, before, _PAGE):
            self._steps.append(step)
            when = step.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
            words = {"undo": "撤销：", "redo": "重做："}.get(step.kind, "") + step.label
            _add_row(self._table, [str(step.revision), when, step.who, words])

    def _show_chosen(self) -> None:
        step = self.chosen()
        if step is None:
            return
        self._restore_button.setEnabled(
            step.revision != self._draft.revision and not self._draft.is_locked
        )
        self._changes.setText(self._describe(step))
        items = self._store.at(self._draft.head.report, step.revision)
        report = Report(self._draft.report.form, self._draft.report.year, items)
        if self._task is not None:
            self._task.cancel()
        copy = Copy(report, step.revision, Options(watermark=f"第{step.revision}步"))
        self._task = bridge.in_background(
            lambda: render(copy), self._view.show_pdf, self._changes.setText
        )

    def _describe(self, step: Step) -> str:
        form = self._draft.report.form
        names = [name_of(item, self._draft.report) for item in sorted(step.changed)]
        cells = [form.cells[item].name for item in form.cells if item in step.changed]
        named = cells or names
        shown = "、".join(named[:6]) + ("等" if len(named) > 6 else "")
        return f"第{step.revision}步改动{len(step.changed)}项：{shown}" if named else ""

    def _restore(self) -> None:
        step = self.chosen()
        if step is not None:
            self.restore_requested.emit(step.revision)
            self.accept()


class ItemHistoryDialog(QDialog):
    """What became of one figure or text: who, when, from what to what."""

    def __init__(
        self, store: Store, draft: Draft, item: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"修改记录 — {name_of(item, draft.report)}")
        look.fit(self, 51, 19)
        table = _table(["时间", "修改人", "原来", "改为", "操作"])
        self._table = table
        for past in store.history(draft.head.report, item):
            _add_row(table, _past_row(past, item, draft.report))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        none = QLabel("这一项没有修改过。")
        none.setVisible(table.rowCount() == 0)
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(none)
        layout.addWidget(table)
        layout.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)

    def rows(self) -> list[list[str]]:
        """Return what is shown, the latest change first."""
        model = self._table.model()
        columns = range(model.columnCount())
        return [
            [str(model.index(row, column).data()) for column in columns]
            for row in range(model.rowCount())
        ]


def name_of(item: str, report: Report) -> str:
    """Return what people call an item of a report."""
    if item in report.form.cells:
        return report.form.cells[item].name
    group, _, rest = item.partition(".")
    if group in ("narratives", "titles"):
        place = "前言" if rest == "preface" else report.title(rest)
        return place + ("" if group == "narratives" else "（标题）")
    names = {"org": "单位", "unit_type": "单位类型", "published": "公开日期"}
    if group == "cover":
        return COVER.get(rest, rest)
    if group in ("unsure", "refused"):
        return name_of(rest, report) + "（存疑）"
    return names.get(item, "说明" if group == "explanations" else item)


def _past_row(past: Past, item: str, report: Report) -> list[str]:
    cell = report.form.cells.get(item)

    def shown(value: Value | None) -> str:
        if value is None:
            return "（空）"
        return numbers.show(int(value), cell.kind) if cell else str(value)

    when = past.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return [when, past.who, shown(past.old), shown(past.new), past.label]


def _table(heads: list[str]) -> QTableWidget:
    table = QTableWidget(0, len(heads))
    table.setHorizontalHeaderLabels(heads)
    table.verticalHeader().hide()
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setAccessibleName("修改记录")
    table.setMinimumWidth(theme.GRID * 40)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setStretchLastSection(True)
    return table


def _add_row(table: QTableWidget, texts: list[str]) -> None:
    row = table.rowCount()
    table.insertRow(row)
    for column, text in enumerate(texts):
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        table.setItem(row, column, item)
