"""The panes of a table: the figures that scroll, the heads, labels and note that stay in view."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QTableView, QWidget

from ui.table.grid import Place, TableGrid
from ui.table.paint import TablePen


class TableHead(QHeaderView):
    """The heads (horizontal) or the labels (vertical), drawn as merged boxes.

    `may_leave` is asked before a click: an entry that was refused keeps the current cell.
    """

    def __init__(
        self,
        orientation: Qt.Orientation,
        grid: TableGrid,
        pen: TablePen,
        may_leave: Callable[[], bool],
        parent: QTableView,
    ) -> None:
        super().__init__(orientation, parent)
        self._grid, self._pen, self._may_leave = grid, pen, may_leave
        self._is_across = orientation == Qt.Orientation.Horizontal
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def places(self) -> tuple[Place, ...]:
        """The boxes of this pane."""
        return self._grid.head if self._is_across else self._grid.labels

    def lay(self) -> None:
        """Take the sizes of the grid."""
        grid = self._grid
        edges, first = (grid.columns, grid.left) if self._is_across else (grid.rows, grid.top)
        for section in range(self.count()):
            at = first + section
            self.resizeSection(section, edges[at + 1] - edges[at])
        if self._is_across:
            self.setFixedHeight(grid.rows[grid.top])
        else:
            self.setFixedWidth(grid.columns[grid.left])
        self.viewport().update()

    def refresh(self, place: Place) -> None:
        """Repaint one box."""
        self.viewport().update(place.rect(*self._moved()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes instead of sections."""
        self._pen.paint(self.viewport(), event, self.places, *self._moved())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a row or column, unless an entry has to be mended first."""
        if self._may_leave():
            super().mousePressEvent(event)

    def _moved(self) -> tuple[int, int]:
        grid = self._grid
        if self._is_across:
            return -grid.columns[grid.left] - self.offset(), 0
        return 0, -grid.rows[grid.top] - self.offset()


class TableCorner(QWidget):
    """The box between heads and labels, with the note of the form."""

    def __init__(self, grid: TableGrid, pen: TablePen, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid, self._pen = grid, pen

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the note."""
        self._pen.paint(self, event, self._grid.corner, 0, 0)


class TablePanes:
    """Sets up the panes of a view, fits them into its size and repaints single boxes."""

    def __init__(
        self, view: QTableView, grid: TableGrid, pen: TablePen, may_leave: Callable[[], bool]
    ) -> None:
        self._view, self._grid, self._pen = view, grid, pen
        self._fitted: tuple[int, int, str] | None = None
        self._across, self._down = (
            TableHead(way, grid, pen, may_leave, view)
            for way in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical)
        )
        self._corner = TableCorner(grid, pen, view)
        view.setHorizontalHeader(self._across)
        view.setVerticalHeader(self._down)
        self._across.setVisible(grid.top > 0)
        self._down.setVisible(grid.left > 0)
        self._corner.setVisible(bool(grid.top and grid.left))
        # Texts of boxes that are cut by the edge keep to the part in view, so they move.
        view.horizontalScrollBar().valueChanged.connect(self._across.viewport().update)
        view.verticalScrollBar().valueChanged.connect(self._down.viewport().update)

    def span(self) -> None:
        """Tell the view which boxes cover several of its places."""
        for box in (place.box for place in self._grid.body):
            if box.rows > 1 or box.columns > 1:
                at = box.row - self._grid.top, box.column - self._grid.left
                self._view.setSpan(*at, box.rows, box.columns)

    def fit(self) -> bool:
        """Lay the boxes out for the size of the view, scroll bar included; says if they moved."""
        view, grid = self._view, self._grid
        asked = (view.width(), view.height(), view.font().toString())
        if asked == self._fitted:
            return False
        self._fitted = asked
        grid.lay(view.width(), view.font())
        if grid.rows[-1] > view.height():
            bar = view.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
            grid.lay(view.width() - bar, view.font())
        self._pen.set_font(view.font())
        self._across.lay()
        self._down.lay()
        return True

    def place_corner(self) -> None:
        """Put the note between heads and labels."""
        self._corner.setGeometry(0, 0, self._down.width(), self._across.height())

    def paint_body(self, event: QPaintEvent) -> None:
        """Draw the boxes that scroll."""
        self._pen.paint(self._view.viewport(), event, self._grid.body, *self._moved())

    def refresh(self, places: Iterable[Place]) -> None:
        """Repaint boxes, in whichever pane they are."""
        for place in places:
            is_above, is_left = (
                place.box.row < self._grid.top,
                place.box.column < self._grid.left,
            )
            if is_above and is_left:
                self._corner.update()
            elif is_above or is_left:
                (self._across if is_above else self._down).refresh(place)
            else:
                self._view.viewport().update(place.rect(*self._moved()))

    def _moved(self) -> tuple[int, int]:
        grid = self._grid
        across, down = self._across.offset(), self._down.offset()
        return -grid.columns[grid.left] - across, -grid.rows[grid.top] - down
