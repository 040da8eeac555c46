"""The two ways to a printer: CUPS takes the PDF itself, elsewhere pages are printed as images.

Runs on a thread: nothing here touches a widget.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pypdfium2
from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app import printing
from app.printing import NotPrinted, Order, Printer, Progress

DPI = 300
_SIDES = {
    "one-sided": QPrinter.DuplexMode.DuplexNone,
    "two-sided-long-edge": QPrinter.DuplexMode.DuplexLongSide,
    "two-sided-short-edge": QPrinter.DuplexMode.DuplexShortSide,
}


class Service(Protocol):
    """A way to the printers of this computer; raises NotPrinted, in every method."""

    def printers(self) -> list[Printer]:
        """Return the printers, the default one first."""

    def send(self, pdf: bytes, order: Order, title: str) -> str:
        """Print; returns the id of the job, empty where nobody can follow it."""

    def progress(self, job: str) -> Progress:
        """Tell what became of a job."""


def service() -> Service:
    """Return the way of this computer."""
    return Cups() if printing.is_here() else Images()


@dataclass(frozen=True)
class Cups:
    """Text stays text: the queue gets the PDF that the preview shows."""

    def printers(self) -> list[Printer]:
        """Return the printers, the default one first."""
        return printing.printers()

    def send(self, pdf: bytes, order: Order, title: str) -> str:
        """Hand the PDF to the queue."""
        with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:  # CUPS keeps its own copy
            path = Path(folder) / "document.pdf"
            path.write_bytes(pdf)
            return printing.send(path, order, title)

    def progress(self, job: str) -> Progress:
        """Tell what became of a job."""
        return printing.progress(job)


@dataclass(frozen=True)
class Images:
    """Pages as images of 300 dpi, through the printing of the desktop."""

    def printers(self) -> list[Printer]:
        """Return the printers, the default one first."""
        found = [_printer(info) for info in QPrinterInfo.availablePrinters()]
        return sorted(found, key=lambda printer: not printer.is_default)

    def send(self, pdf: bytes, order: Order, title: str) -> str:
        """Print the pages; nobody can follow the job from here."""
        info = QPrinterInfo.printerInfo(order.printer)
        if info.isNull():
            raise NotPrinted(f"找不到打印机“{order.printer}”，没有送印。请另选一台打印机。")
        if trouble := _printer(info).trouble:
            raise NotPrinted(trouble)
        printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
        printer.setCopyCount(order.copies)
        printer.setDuplex(_SIDES[order.sides])
        printer.setDocName(title)
        draw(pdf, printer, order.pages)
        return ""

    def progress(self, job: str) -> Progress:
        """Nothing is known of it."""
        return Progress(waiting=False)


def draw(pdf: bytes, printer: QPrinter, pages: str = "") -> None:
    """Draw pages ("1-3,5", empty for all) on a printer, each on the whole of an A4 sheet.

    Raises:
        NotPrinted: the printer does not take them.
    """
    printer.setResolution(DPI)
    printer.setFullPage(True)
    printer.setCollateCopies(True)
    a4 = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(a4, QPageLayout.Orientation.Portrait, QMarginsF()))
    document = pypdfium2.PdfDocument(pdf)
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrinted("打印机没有接受任务，没有送印。请检查打印机后再试，或换一台打印机。")
    try:
        for position, number in enumerate(numbers(pages, len(document))):
            if position and not printer.newPage():
                raise NotPrinted(f"打印在第{number}页前中断。请检查打印机后重新打印。")
            area = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            painter.drawImage(
                QRectF(0, 0, area.width(), area.height()), _image(document[number - 1])
            )
    finally:
        painter.end()


def numbers(pages: str, count: int) -> Sequence[int]:
    """Return the page numbers of an order ("1-3,5", empty for all), counted from 1."""
    if not pages:
        return range(1, count + 1)
    found: list[int] = []
    for part in pages.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def _image(page: pypdfium2.PdfPage) -> QImage:
    bitmap = page.render(scale=DPI / 72, prefer_bgrx=True)
    kind = QImage.Format.Format_RGB32
    shown = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, kind)
    return shown.copy()  # the bitmap's memory goes with the bitmap


def _printer(info: QPrinterInfo) -> Printer:
    sizes = info.supportedPageSizes()
    broken = info.state() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)
    is_a4 = info.defaultPageSize().id() == QPageSize.PageSizeId.A4
    return Printer(
        name=info.printerName(),
        about=info.description() or info.printerName(),
        is_default=info.isDefault(),
        accepts=True,
        stopped="打印机报告出错" if broken else "",
        is_offline=False,
        paper=printing.PAPER if is_a4 else info.defaultPageSize().name(),
        has_a4=not sizes or any(size.id() == QPageSize.PageSizeId.A4 for size in sizes),
    )
