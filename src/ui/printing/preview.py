"""The tab 预览与打印: the very PDF that is printed, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app import clock
from app.writers.page import Options, Page, compose
from ui import bridge
from ui.printing.pdf_view import PdfView
from ui.style import face, theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.report import Report

_REST_MS = 300
"""So long nothing changes before the preview is made anew."""


@dataclass(frozen=True)
class Copy:
    """What is to be printed: the report, its revision, and how."""

    report: Report
    revision: int
    options: Options


def render(copy: Copy) -> bytes:
    """Make the PDF of a copy; runs on a thread."""
    return render_page(compose(copy.report, copy.options))


def render_page(page: Page) -> bytes:
    """Make the PDF of any page; runs on a thread."""
    from app.writers import pdf  # noqa: PLC0415  (reportlab is needed here first)

    return pdf.render(page, face.fonts())


class Preview(QWidget):
    """Shows the PDF of the report as it stands.

    `take(signed)` returns what is to be printed now, with the date of a signature line if wanted.

    Signals:
        save_requested(): the PDF is to be saved.
        print_requested(): the PDF is to be printed.
        said(str): a sentence for the foot of the window.
    """

    save_requested = Signal()
    print_requested = Signal()
    said = Signal(str)

    def __init__(self, take: Callable[[date | None], Copy], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self._task: bridge.Task[bytes] | None = None
        self._stale = True
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.refresh)
        self.view = PdfView()
        self.signature = QCheckBox("落款（单位和日期）")
        self.signature.toggled.connect(self.refresh)
        self._state = QLabel()
        self._state.setAccessibleName("预览状态")
        bar = QHBoxLayout()
        for text, tip, action in (
            ("－", "缩小（Ctrl+-）", self.view.zoom_out),
            ("＋", "放大（Ctrl++）", self.view.zoom_in),
            ("页宽", "页面与窗口同宽", self.view.fit_width),
        ):
            bar.addWidget(_button(text, tip, action))
        bar.addWidget(self.signature)
        bar.addWidget(self._state)
        bar.addStretch()
        bar.addWidget(_button("保存为PDF…", "保存打印用的PDF文件", self.save_requested.emit))
        bar.addWidget(_button("打印…", "打印这份报告（Ctrl+P）", self.print_requested.emit))
        bar.setContentsMargins(theme.GRID, theme.GRID // 2, theme.GRID, theme.GRID // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.view)

    def signed(self) -> date | None:
        """Return the date of the signature line, None without one."""
        return clock.now().date() if self.signature.isChecked() else None

    def copy(self) -> Copy:
        """Return what would be printed now."""
        return self._take(self.signed())

    def mark_stale(self) -> None:
        """Say that the report has changed; the preview follows when it is seen."""
        self._stale = True
        if self.isVisible():
            self._rest.start()

    def refresh(self) -> None:
        """Make the preview anew from the report as it stands."""
        if not self.isVisible():
            self._stale = True
            return
        if self._task is not None:
            self._task.cancel()
        copy = self._take(self.signed())
        self._stale = False
        self._state.setText("正在排版…")
        self.setCursor(Qt.CursorShape.BusyCursor)
        self._task = bridge.in_background(lambda: render(copy), self._show, self._fail)

    def release(self) -> None:
        """Let go of the document that is shown."""
        self._rest.stop()
        if self._task is not None:
            self._task.cancel()
        self.view.clear()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow what changed while the tab was not seen."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _show(self, data: bytes) -> None:
        self._task = None
        self.unsetCursor()
        self.view.show_pdf(data)
        self._state.setText(f"共{self.view.page_count}页")

    def _fail(self, sentence: str) -> None:
        self._task = None
        self.unsetCursor()
        self._stale = True
        self._state.setText("未能生成预览")
        self.said.emit(sentence)


def _button(text: str, tip: str, action: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.clicked.connect(lambda: action())
    return button
