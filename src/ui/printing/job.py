"""Printing from the window: the dialog, the log of prints, and what becomes of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.circulation import Circulation
from ui import bridge
from ui.printing.dialog import Document, PrintDialog
from ui.printing.preview import Copy, render
from ui.printing.service import Service, service

if TYPE_CHECKING:
    from app.printing import Order, Progress
    from ui.window import Window

_EVERY_MS = 1000
_LOOKS = 300
"""So often a job is looked at before it is left to the queue."""


def print_copy(window: Window, copy: Copy) -> None:
    """Print a copy of the open report."""
    report = copy.report
    title = f"{report.org}{report.year}年政府信息公开工作年度报告"
    document = Document(
        title, lambda: render(copy), revision=copy.revision, code=copy.options.keywords
    )
    dialog(window, document).exec()


def dialog(window: Window, document: Document) -> PrintDialog:
    """Return the dialog that prints a document; what a queue accepts is recorded."""
    way = service()
    asking = PrintDialog(document, way, window)
    asking.printed.connect(
        lambda order, job, purpose: _printed(window, document, way, order, job, purpose)
    )
    return asking


def _printed(
    window: Window, document: Document, way: Service, order: Order, job: str, purpose: str
) -> None:
    if document.code and window.store and window.draft:
        circulation = Circulation(window.store, window.draft)
        what_for = f"{purpose}（第{order.pages}页）" if order.pages else purpose
        bridge.attempt(window, lambda: circulation.log(
            document.revision, document.code, order.copies, order.printer, what_for
        ))  # fmt: skip
    window.say(f"已送入打印机“{order.printer}”的队列，{order.copies}份。")
    if job:
        JobWatch(window, way, job).start()


class JobWatch(QObject):
    """Looks after a job until the printer is done with it, and says what becomes of it."""

    def __init__(self, window: Window, way: Service, job: str) -> None:
        super().__init__(window)
        self._window, self._way, self._job = window, way, job
        self._looks = 0
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()

    def _look(self) -> None:
        way, job = self._way, self._job
        bridge.in_background(lambda: way.progress(job), self._show, lambda _: self.deleteLater())

    def _show(self, progress: Progress) -> None:
        self._looks += 1
        if not progress.waiting:
            self._window.say("打印完成。")
        elif progress.trouble and progress.trouble != self._told:
            self._told = progress.trouble
            self._window.say(
                f"打印机报告：{progress.trouble}。任务还在队列中，排除故障后会继续打印，"
                "也可以换一台打印机重新打印。"
            )
        if progress.waiting and self._looks < _LOOKS:
            self._timer.start()
        else:
            self.deleteLater()
