"""核对纸质件: a code typed or scanned from a paper, and what changed since it was printed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.circulation import Circulation, Paper
from app.draft import Draft
from app.errors import AppError
from ui.history.comparison import ComparisonView
from ui.style import look


class PaperDialog(QDialog):
    """Takes the code of a paper; a scanner ends it with Enter, as people do.

    Signals:
        print_requested(int): what changed since this revision is to be printed.
        report_requested(int): the report that the paper belongs to is to be opened.
    """

    print_requested = Signal(int)
    report_requested = Signal(int)

    def __init__(self, way: Circulation, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"核对纸质件 — {draft.report.org}{draft.report.year}年")
        look.fit(self, 56, 26)
        self._way, self._draft = way, draft
        self.paper: Paper | None = None
        self.code = QLineEdit()
        self.code.setAccessibleName("核对码")
        self.code.setPlaceholderText("键入或扫描页脚的核对码，如 AQ9W-ABHJ-JRA9-6")
        self.code.returnPressed.connect(self.trace)
        compare = QPushButton("核对(&V)")
        compare.setAutoDefault(False)
        compare.clicked.connect(self.trace)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setAccessibleName("核对结果")
        self.changes = ComparisonView()
        self._print = QPushButton("打印改动对照(&P)…")
        self._print.clicked.connect(self._request_print)
        self._open = QPushButton("打开那份报告(&O)")
        self._open.clicked.connect(self._request_report)
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        top = QHBoxLayout()
        for widget in (QLabel("核对码"), self.code, compare):
            top.addWidget(widget)
        bar = QHBoxLayout()
        bar.addStretch()
        for button in (self._open, self._print, close):
            button.setAutoDefault(False)
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.told)
        layout.addWidget(self.changes, 1)
        layout.addLayout(bar)
        self._show(None)

    def trace(self) -> None:
        """Find out what the paper says."""
        self._show(None)
        try:
            self.paper = self._way.trace(self.code.text())
        except AppError as error:
            self.told.setText(f"✗ {error}")
            self.code.selectAll()
        else:
            self._show(self.paper)

    def _show(self, paper: Paper | None) -> None:
        self.paper = paper
        self.changes.clear()
        changed = paper is not None and paper.comparison is not None
        self._print.setVisible(changed)
        self._open.setVisible(paper is not None and paper.other is not None)
        self.told.setText(self._sentence(paper) if paper else "")
        if paper and paper.comparison:
            now = f"现在（第{self._draft.revision}步）"
            self.changes.show_comparison(paper.comparison, f"纸质件（第{paper.revision}步）", now)

    def _sentence(self, paper: Paper) -> str:
        if paper.comparison:
            return f"✗ 纸质件是第{paper.revision}步的内容，此后{paper.comparison.summary()}："
        if paper.revision is not None:
            return "✓ 纸质件与报告现在的内容一致。"
        if paper.other:
            return (
                f"✗ 这是另一份报告的纸质件（{paper.other.at:%Y-%m-%d}由{paper.other.who}打印），"
                "不是现在打开的这份。"
            )
        return (
            "✗ 核对码没有输错，但本机没有这样的内容：纸质件可能出自别的电脑，"
            "或是文件送来之前印的。请与提供纸质件的单位核对。"
        )

    def _request_print(self) -> None:
        if self.paper and self.paper.revision is not None:
            self.print_requested.emit(self.paper.revision)

    def _request_report(self) -> None:
        if self.paper and self.paper.other:
            self.report_requested.emit(self.paper.other.report)
            self.accept()
