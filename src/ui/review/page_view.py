"""The pages of a PDF as pictures, the place in question framed; drawn apart, on demand."""

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from app.readers import picture
from app.readers.extract import Area
from ui import bridge
from ui.style import theme

SCALES = (0.75, 1.0, 1.35, 1.8, 2.4)
"""Pixels a pt on the screen."""
_USUAL = 2
_AROUND = 3.0
"""Between the frame and what it frames, in pt."""


class _Sheet(QWidget):
    """The picture of one page, with a frame on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("原件页面")
        self.image = QImage()
        self.frame = QRectF()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page and the frame."""
        painter = QPainter(self)
        painter.drawImage(self.rect(), self.image)
        if not self.frame.isEmpty():
            pen = QPen(QColor(theme.LIGHT.error), 2.5)  # paper is white in the dark, too
            painter.setPen(pen)
            painter.drawRect(self.frame)


class PageView(QScrollArea):
    """Shows one page of a PDF file at a time.

    Signals:
        page_changed(int): another page is wanted, counted from 1.
        said(str): why a page cannot be shown; empty when it is.
    """

    page_changed = Signal(int)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("原件页面")
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sheet = _Sheet()
        self.setWidget(self.sheet)
        self._path = Path()
        self._count = 0
        self.page = 0
        self._area: Area | None = None
        self._size = _USUAL
        self._drawn: dict[tuple[int, float], picture.Picture] = {}
        self._task: bridge.Task[dict[int, picture.Picture]] | None = None

    def show_file(self, path: Path, count: int) -> None:
        """Show the first page of a PDF file that has so many."""
        self._path, self._count = path, count
        self._drawn.clear()
        self.page = 0
        self.go_to(1)

    def go_to(self, page: int, area: Area | None = None) -> None:
        """Show a page and frame an area on it."""
        page = min(max(page, 1), self._count)
        self._area = area
        if page != self.page:
            self.page = page
            self.page_changed.emit(page)
            self.sheet.image = QImage()
        self._show()

    def zoom(self, by: int) -> None:
        """Show the page so many steps larger, or smaller."""
        self._size = min(max(self._size + by, 0), len(SCALES) - 1)
        self._show()

    def stop(self) -> None:
        """Wait for no picture any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours of the application."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.sheet.update()

    def _show(self) -> None:
        """Show the page if it is drawn, else have it drawn."""
        self.stop()
        wanted = (self.page, SCALES[self._size] * self.devicePixelRatioF())
        if wanted in self._drawn:
            self._paint(self._drawn[wanted])
            return
        page, scale = wanted
        path = self._path
        self.said.emit(f"正在显示第{page}页…")

        def drawn(made: dict[int, picture.Picture]) -> None:
            self._drawn = {(number, scale): own for number, own in made.items()}
            if wanted in self._drawn:
                self._paint(self._drawn[wanted])

        self._task = bridge.in_background(
            lambda: picture.of_pages(path, page, scale), drawn, self.said.emit
        )

    def _paint(self, made: picture.Picture) -> None:
        ratio = self.devicePixelRatioF()
        pixels = made.pixels  # must outlive the image that is copied from it
        self.sheet.image = QImage(
            pixels, made.width, made.height, made.stride, QImage.Format.Format_RGB32
        ).copy()
        self.sheet.resize(round(made.width / ratio), round(made.height / ratio))
        self._frame(made.scale / ratio)
        self.sheet.update()
        self.said.emit("")

    def _frame(self, scale: float) -> None:
        self.sheet.frame = QRectF()
        if self._area is None:
            return
        left, top, right, bottom = (edge * scale for edge in self._area)
        frame = QRectF(left, top, right - left, bottom - top)
        room = _AROUND * scale
        self.sheet.frame = frame.adjusted(-room, -room, room, room)
        centre = frame.center().toPoint()
        view = self.viewport().size()
        self.ensureVisible(centre.x(), centre.y(), view.width() // 3, view.height() // 3)
