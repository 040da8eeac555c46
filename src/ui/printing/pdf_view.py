"""Show the pages of a PDF, the very bytes that are printed, drawn only where they are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.style import theme

if TYPE_CHECKING:
    import pypdfium2

_GAP = 16
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_POINTS_PER_INCH = 72


class _Page(QWidget):
    """One page as paper; keeps its picture until the size changes."""

    def __init__(self, page: pypdfium2.PdfPage, number: int) -> None:
        super().__init__()
        self._page = page
        self._image: QImage | None = None
        self._is_open = True
        self.setAccessibleName(f"第{number}页")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_scale(self, scale: float) -> None:
        """Show the page at so many pixels a point."""
        width, height = self._page.get_size()
        self._image = None
        self.setFixedSize(QSize(round(width * scale), round(height * scale)))

    def forget(self) -> None:
        """Give the picture back; it is drawn again when the page is seen."""
        self._image = None

    def release(self) -> None:
        """Close the page of the document."""
        self._is_open = False
        self._page.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, sharp on the screen's own pixels."""
        if not self._is_open:
            return
        if self._image is None:
            self._image = self._render()
        painter = QPainter(self)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(QColor(theme.colours().rule))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _render(self) -> QImage:
        scale = self.width() * self.devicePixelRatioF() / self._page.get_width()
        bitmap = self._page.render(scale=scale, prefer_bgrx=True)
        image = QImage(
            bitmap.buffer,
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGB32,
        )
        return image.copy()  # the bitmap's memory goes with the bitmap


class PdfView(QScrollArea):
    """The pages of a PDF one under another.

    Signals:
        zoomed(int): the zoom in percent of the printed size.
    """

    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("打印预览")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._document: pypdfium2.PdfDocument | None = None
        self._pages: list[_Page] = []
        self._zoom: float | None = None  # None: as wide as the view
        self._inner = QWidget()
        self._layout = QVBoxLayout(self._inner)
        self._layout.setSpacing(_GAP)
        self._layout.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(self._inner)
        self.verticalScrollBar().valueChanged.connect(self._forget_unseen)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def show_pdf(self, data: bytes) -> None:
        """Show a document; the place in it is kept when another one was shown before."""
        place = self.verticalScrollBar().value()
        self.clear()
        import pypdfium2  # noqa: PLC0415  (27 ms that the start of the window can do without)

        self._document = pypdfium2.PdfDocument(data)
        for number in range(len(self._document)):
            page = _Page(self._document[number], number + 1)
            self._pages.append(page)
            self._layout.addWidget(page)
        self._rescale()
        self._layout.activate()
        self.verticalScrollBar().setValue(place)

    def clear(self) -> None:
        """Show nothing, and let go of the document."""
        for page in self._pages:
            self._layout.removeWidget(page)
            page.release()
            page.deleteLater()
        self._pages = []
        if self._document is not None:
            self._document.close()
            self._document = None

    def page_at_top(self) -> int:
        """Return the number of the page at the top of the view, counted from 1."""
        top = self.verticalScrollBar().value() + self.viewport().height() // 3
        for number, page in enumerate(self._pages, 1):
            if page.geometry().bottom() >= top:
                return number
        return max(1, len(self._pages))

    def zoom_in(self) -> None:
        """Show the pages one step larger."""
        self._step_zoom(larger=True)

    def zoom_out(self) -> None:
        """Show the pages one step smaller."""
        self._step_zoom(larger=False)

    def fit_width(self) -> None:
        """Show the pages as wide as the view."""
        self._zoom = None
        self._rescale()

    def _step_zoom(self, *, larger: bool) -> None:
        now = self._percent() / 100
        fitting = [z for z in _ZOOMS if (z > now + 0.01 if larger else z < now - 0.01)]
        if fitting:
            self._zoom = fitting[0] if larger else fitting[-1]
            self._rescale()

    def _scale(self) -> float:
        """Pixels a point; one zoom step of 1.0 is the printed size on this screen."""
        if self._zoom is not None:
            return self._zoom * self.logicalDpiX() / _POINTS_PER_INCH
        width = self._pages[0]._page.get_width() if self._pages else 595.0  # noqa: SLF001
        return max(0.3, (self.viewport().width() - 2 * _GAP) / width)

    def _percent(self) -> int:
        return round(self._scale() * _POINTS_PER_INCH / self.logicalDpiX() * 100)

    def _rescale(self) -> None:
        scale = self._scale()
        for page in self._pages:
            page.set_scale(scale)
        self.zoomed.emit(self._percent())

    def _forget_unseen(self) -> None:
        """Keep pictures only near the view: a page at 200 % is some 10 MB."""
        seen = QRect(0, self.verticalScrollBar().value(), 1, self.viewport().height())
        near = seen.adjusted(0, -seen.height(), 0, seen.height())
        for page in self._pages:
            if not near.intersects(QRect(0, page.y(), 1, page.height())):
                page.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width of the view where the zoom does."""
        super().resizeEvent(event)
        if self._zoom is None:
            self._rescale()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with + and - zooms, as in every reader of documents."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
                self.zoom_in()
                return
            if event.key() == Qt.Key.Key_Minus:
                self.zoom_out()
                return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._inner.update()
