"""打印: which printer, how many copies, which pages, what for; a failure can be tried again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from app import printing
from app.errors import AppError
from app.printing import Order, Printer
from ui import bridge
from ui.printing.service import Service

PURPOSES = ("送审", "签字盖章", "报送", "存档", "校对")


@dataclass(frozen=True)
class Document:
    """What is to be printed: `render` makes the PDF, on a thread.

    With a `code` the print is recorded, as one of `revision`.
    """

    title: str
    render: Callable[[], bytes]
    purpose: str = PURPOSES[0]
    revision: int = 0
    code: str = ""


@dataclass(frozen=True)
class _Ready:
    pdf: bytes
    page_count: int
    printers: list[Printer]


class PrintDialog(QDialog):
    """Prints a document.

    Signals:
        printed(Order, str, str): a queue has accepted the document, as this job, for this purpose.
    """

    printed = Signal(object, str, str)

    def __init__(self, document: Document, way: Service, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"打印 — {document.title}")
        self._document, self._way = document, way
        self._ready: _Ready | None = None
        self._task: bridge.Task[_Ready] | bridge.Task[str] | None = None
        self.printer = _combo("打印机")
        self.printer.setMinimumWidth(320)
        self.printer.currentIndexChanged.connect(self._show_hint)
        self.copies = QSpinBox()
        self.copies.setRange(1, printing.MOST_COPIES)
        self.copies.setSuffix("份")
        self.copies.setAccessibleName("份数")
        self.sides = _combo("单双面")
        for key, label in printing.SIDES.items():
            self.sides.addItem(label, key)
        self.pages = QLineEdit()
        self.pages.setAccessibleName("页码")
        self.pages.setPlaceholderText("全部；或如 1-3,5")
        self.purpose = _combo("用途")
        self.purpose.setEditable(True)
        self.purpose.addItems(list(dict.fromkeys((document.purpose, *PURPOSES))))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setAccessibleName("打印状态")
        self.told.setMinimumHeight(2 * self.told.fontMetrics().lineSpacing())
        self._buttons = QDialogButtonBox()
        self.print_button = self._buttons.addButton("打印", QDialogButtonBox.ButtonRole.ApplyRole)
        self.print_button.setDefault(True)
        self._look = self._buttons.addButton("重新查找", QDialogButtonBox.ButtonRole.ResetRole)
        self._buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.print_button.clicked.connect(self.send)
        self._look.clicked.connect(self.look)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self.look()

    def look(self) -> None:
        """Make the document and look for printers, on a thread."""
        self._work("正在排版并查找打印机…")
        render, way = self._document.render, self._way

        def prepare() -> _Ready:
            pdf = render()
            return _Ready(pdf, len(pypdfium2.PdfDocument(pdf)), way.printers())

        self._task = bridge.in_background(prepare, self._show_ready, self._fail)

    def send(self) -> None:
        """Print; the dialog closes once a queue has accepted the document."""
        ready = self._ready
        if ready is None:
            return
        try:
            order = self.order(ready.page_count)
        except AppError as error:
            self._fail(str(error))
            return
        title, way = self._document.title, self._way
        self._work("正在送往打印机…")

        def accepted(job: str) -> None:
            self.printed.emit(order, job, self.purpose.currentText().strip())
            self.accept()

        self._task = bridge.in_background(
            lambda: way.send(ready.pdf, order, title), accepted, self._fail
        )

    def order(self, page_count: int) -> Order:
        """Return what is asked for.

        Raises:
            NotPrinted: the page numbers are wrong.
        """
        return Order(
            printer=self.printer.currentData().name,
            copies=self.copies.value(),
            sides=self.sides.currentData(),
            pages=printing.pages(self.pages.text(), page_count),
        )

    def done(self, result: int) -> None:
        """Close, and drop what is still under way."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    def _lay_out(self) -> None:
        layout = QFormLayout(self)
        for label, field in (
            ("打印机(&P)", self.printer),
            ("份数(&C)", self.copies),
            ("单双面(&D)", self.sides),
            ("页码(&G)", self.pages),
            ("用途(&U)", self.purpose),
        ):
            layout.addRow(label, field)
        layout.addRow(self.told)
        layout.addRow(self._buttons)

    def _work(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.print_button.setEnabled(False)
        self._look.setEnabled(False)

    def _show_ready(self, ready: _Ready) -> None:
        self._task, self._ready = None, ready
        chosen = self.printer.currentText()
        self.printer.clear()
        for printer in ready.printers:
            self.printer.addItem(printer.about, printer)
        self.printer.setCurrentIndex(max(0, self.printer.findText(chosen)))
        self._look.setEnabled(True)
        self.print_button.setEnabled(bool(ready.printers))
        self.printer.setFocus()
        self._show_hint()

    def _show_hint(self) -> None:
        printer = self.printer.currentData()
        if self._ready is None:
            return
        if printer is None:
            self.told.setText("✗ 没有找到打印机。请先安装打印机，或保存为PDF后到别处打印。")
        else:
            told = printer.trouble or printer.hint or "可以打印。"
            sign = "✗ " if printer.trouble else "！" if printer.hint else ""
            self.told.setText(f"{sign}{told}共{self._ready.page_count}页。")

    def _fail(self, sentence: str) -> None:
        self._task = None
        self.told.setText(f"✗ {sentence}")
        self._look.setEnabled(True)
        self.print_button.setEnabled(self._ready is not None and self.printer.count() > 0)


def _combo(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    return box
