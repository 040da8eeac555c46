"""纸质件登记: every print of a report, and which paper is out of date, with what changed since."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.circulation import Circulation
from app.draft import Draft
from app.store.record import Copy
from ui.history.comparison import ComparisonView
from ui.style import look
from ui.style.list_table import ListTable


class CopyLogDialog(QDialog):
    """Lists the prints of the open report.

    Signals:
        print_requested(int): what changed since this revision is to be printed.
    """

    print_requested = Signal(int)

    def __init__(self, way: Circulation, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"纸质件登记 — {draft.report.org}{draft.report.year}年")
        look.fit(self, 61, 28)
        self._way, self._draft = way, draft
        heads = ["状态", "第几步", "核对码", "时间", "打印人", "份数", "打印机", "用途"]
        self.list = ListTable("纸质件", heads, "打印过的每一份都会自动列在这里。")
        self.list.itemSelectionChanged.connect(self._show_chosen)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.changes = ComparisonView()
        self._print = QPushButton("打印改动对照(&P)…")
        self._print.clicked.connect(self._request_print)
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        bar = QHBoxLayout()
        bar.addWidget(self.told, 1)
        bar.addWidget(self._print)
        bar.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list, 2)
        layout.addWidget(self.changes, 3)
        layout.addLayout(bar)
        copies = way.copies()
        self.list.show_rows([(copy, self._row(copy)) for copy in copies])
        if not copies:
            self.told.setText("还没有打印过。打印时自动登记。")
        self._show_chosen()

    def _row(self, copy: Copy) -> tuple[str, ...]:
        state = "✗ 已过时" if self._way.is_outdated(copy) else "✓ 与现在一致"
        return (
            state, str(copy.revision), copy.code, f"{copy.at:%Y-%m-%d %H:%M}", copy.who,
            str(copy.copies), copy.printer, copy.purpose,
        )  # fmt: skip

    def _show_chosen(self) -> None:
        copy = self.list.chosen()
        outdated = isinstance(copy, Copy) and self._way.is_outdated(copy)
        self._print.setEnabled(outdated)
        self.changes.clear()
        if not isinstance(copy, Copy):
            return
        if not outdated:
            self.told.setText("这份纸质件与报告现在的内容一致。")
            return
        compared = self._way.since(copy.revision)
        first = next(compared.lines(), "")
        self.told.setText(f"这份纸质件已过时，打印以后{compared.summary()}，如：{first}")
        now = f"现在（第{self._draft.revision}步）"
        self.changes.show_comparison(compared, f"纸质件（第{copy.revision}步）", now)

    def _request_print(self) -> None:
        copy = self.list.chosen()
        if isinstance(copy, Copy):
            self.print_requested.emit(copy.revision)
