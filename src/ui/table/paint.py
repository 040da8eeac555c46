"""The pen that draws the boxes of a table: body, heads, labels and corner look alike.

What is told by colour is told by a sign, a frame or a slant of the figures, too.
"""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.writers.line import Line
from ui.style import theme
from ui.table.grid import PAD, Place, TableGrid, label_font
from ui.table.model import TableModel

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_UPPER_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_UPPER_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
_UNCUT = int(Qt.TextFlag.TextDontClip)
_UNSURE = "？"
_SIGN_SIZE = 0.8
"""Size of the signs in the corner of a cell, as a share of the size of heads and labels."""
_MANY_DIGITS = 4
"""Shorter figures fit into every cell."""
_SMALLEST = 0.6
"""A figure too long for its cell is set smaller, down to this share."""
_SELECTED = 0.22
"""How much of the accent colour the ground of a selected cell takes."""


def figure_font(font: QFont) -> QFont:
    """Return a font with digits of equal width."""
    font = QFont(font)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


class TablePen:
    """Draws places of a table; knows which is current, which are lit and selected.

    What changes that returns the places to be drawn again.
    """

    def __init__(self, model: TableModel, grid: TableGrid) -> None:
        self._model, self._grid = model, grid
        self._current: Place | None = None
        self._lit: frozenset[Place] = frozenset()
        self._selected: frozenset[Place] = frozenset()
        self._is_focused = False
        self.set_font(QFont())
        self._take_colours(theme.colours())

    def point_at(self, place: Place | None) -> set[Place]:
        """Frame the current figure; light its row, its column and what names them."""
        current, lit = self._current, self._lit
        self._current = place
        self._lit = self._grid.mates(place.box.cell) if place else frozenset()
        return {*(lit ^ self._lit), *(p for p in (current, place) if p)}

    def shade(self, cells: Iterable[str]) -> set[Place]:
        """Shade the selection where it is more than one cell."""
        places = frozenset(self._grid.of_cell[cell] for cell in cells)
        before, self._selected = self._selected, places if len(places) > 1 else frozenset()
        return set(before ^ self._selected)

    def focus(self, is_focused: bool) -> set[Place]:
        """Frame the current figure solid while keys go to the table, else dashed."""
        if self._is_focused == is_focused or not self._current:
            return set()
        self._is_focused = is_focused
        return {self._current}

    def set_font(self, font: QFont) -> None:
        """Take the font of texts; those of figures and signs follow from it."""
        self._font, self._figure = label_font(font), figure_font(font)
        self._metrics = QFontMetricsF(self._font)
        self._figure_metrics = QFontMetricsF(self._figure)
        self._slanted = QFont(self._figure)
        self._slanted.setItalic(True)
        self._sign = QFont(font)
        self._sign.setPointSizeF(self._font.pointSizeF() * _SIGN_SIZE)
        self._sign.setBold(True)

    def paint(
        self, widget: QWidget, event: QPaintEvent, places: Iterable[Place], dx: int, dy: int
    ) -> None:
        """Draw those places that an event asks for, moved by dx and dy."""
        if (colours := theme.colours()) is not self._colours:
            self._take_colours(colours)
        view = widget.rect()
        dirty = [rect.getCoords() for rect in event.region()]  # type: ignore[attr-defined]
        painter = QPainter(widget)
        for place in places:
            x, y = place.x + dx, place.y + dy
            right, bottom = x + place.width, y + place.height
            if any(x <= x2 and right > x1 and y <= y2 and bottom > y1 for x1, y1, x2, y2 in dirty):
                self._box(painter, place, QRect(x, y, place.width, place.height), view)
        painter.end()

    def _take_colours(self, colours: theme.Colours) -> None:
        self._colours = colours
        self._rule, self._ink = QColor(colours.rule), QColor(colours.ink)
        self._quiet = QColor(colours.quiet)
        names = ("error_ground", "warning_ground", "lit", "paper", "head")
        plain = {name: QColor(getattr(colours, name)) for name in names}
        self._grounds = plain, {name: _mixed(c, colours.accent) for name, c in plain.items()}

    def _box(self, painter: QPainter, place: Place, rect: QRect, view: QRect) -> None:
        box = place.box
        x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        left, top = not box.column, not box.row
        painter.fillRect(x, y, width, height, self._rule)
        painter.fillRect(x + left, y + top, width - left - 1, height - top - 1, self._ground(place))
        if box.cell:
            self._draw_figure(painter, place, rect)
        elif place.box.vertical:
            self._draw_upright(painter, place, rect, view)
        else:
            self._draw_text(painter, place, rect, view)

    def _ground(self, place: Place) -> QColor:
        cell = place.box.cell
        mark = self._model.marks.cells.get(cell) if cell else None
        if mark and mark.severity != "hint":
            name = "error_ground" if mark.severity == "error" else "warning_ground"
        elif place in self._lit:
            name = "lit"
        else:
            name = "paper" if cell else "head"
        return self._grounds[place in self._selected][name]

    # ── labels and heads ────────────────────────────────────────────────────────────────────

    def _draw_text(self, painter: QPainter, place: Place, rect: QRect, view: QRect) -> None:
        """Draw a text in its lines, as far as it goes in the part of the box that is in view."""
        grid = self._grid
        painter.setPen(self._ink)
        painter.setFont(self._font)
        width = max((line.width for line in place.lines), default=0.0)
        height = len(place.lines) * grid.pitch
        left = _held(rect.left(), rect.width(), view.width(), round(width), PAD)
        top = _held(rect.top(), rect.height(), view.height(), height, PAD)
        if place.is_left:
            left = rect.left() + PAD
        for number, line in enumerate(place.lines):
            indent = 0.0 if place.is_left else (width - line.width) / 2
            self._draw_line(painter, line, left + indent, top + number * grid.pitch)
        if severity := self._model.marks.titles.get(place):
            self._sign_title(painter, place, rect, top, severity)

    def _draw_line(self, painter: QPainter, line: Line, x: float, y: float) -> None:
        metrics = self._metrics
        base = y + (self._grid.pitch + metrics.ascent() - metrics.descent()) / 2
        for run in line.runs:
            if run.space:
                font = QFont(self._font)
                font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, run.space)
                painter.setFont(font)
            painter.drawText(QPointF(x + run.x, base), run.text)
            if run.space:
                painter.setFont(self._font)

    def _draw_upright(self, painter: QPainter, place: Place, rect: QRect, view: QRect) -> None:
        """Draw the characters of an upright label below one another."""
        painter.setPen(self._ink)
        painter.setFont(self._font)
        em, pitch = self._grid.em, self._grid.pitch
        height = len(place.box.text) * pitch
        top = _held(rect.top(), rect.height(), view.height(), height, PAD)
        for number, character in enumerate(place.box.text):
            at = QRect(rect.left(), top + number * pitch, rect.width(), pitch)
            if character in "，、。":  # these stand in the upper right corner of their square
                at.translate(round(em * 0.55), -round(em * 0.55))
            painter.drawText(at, _CENTRE, character)

    def _sign_title(
        self, painter: QPainter, place: Place, rect: QRect, top: int, severity: str
    ) -> None:
        """Sign a label behind its last line, else in its corner; a head in its corner."""
        grid, sign = self._grid, theme.SIGNS[severity]
        painter.setPen(theme.colour(severity))
        taken = place.lines[-1].width if place.lines else 0.0
        if not place.is_left:
            taken = (rect.width() + taken) / 2 - PAD
        if place.box.kind == "label" and rect.width() - 2 * PAD - taken >= grid.em:
            last = top + (len(place.lines) - 1) * grid.pitch
            painter.setFont(self._font)
            em = round(grid.em)
            painter.drawText(QRect(rect.right() - em, last, em, grid.pitch), _CENTRE, sign)
        else:
            painter.setFont(self._sign)
            corner = _UPPER_RIGHT if place.box.kind == "label" else _UPPER_LEFT
            painter.drawText(rect.adjusted(2, 1, -2, 0), corner, sign)

    # ── figures ─────────────────────────────────────────────────────────────────────────────

    def _draw_figure(self, painter: QPainter, place: Place, rect: QRect) -> None:
        cell, report = place.box.cell, self._model.draft.report
        text = report.shown(cell)
        mark = self._model.marks.cells.get(cell)
        if text:
            is_worked_out = report.is_worked_out(cell)
            painter.setPen(self._quiet if is_worked_out else self._ink)
            font = self._slanted if is_worked_out else self._figure
            self._draw_digits(painter, rect, self._model.shown(cell), font)
        if mark and mark.is_framed:
            painter.setPen(QPen(theme.colour(mark.severity), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        sign = theme.SIGNS[mark.severity] if mark and mark.severity != "hint" else ""
        if mark and not mark.is_framed:
            sign = "" if sign else theme.SIGNS["hint"]
        if self._model.is_unsure(cell):
            sign += _UNSURE
        if sign:
            painter.setFont(self._sign)
            painter.setPen(theme.colour(mark.severity if mark else "warning"))
            painter.drawText(rect.adjusted(3, 1, 0, 0), _UPPER_LEFT, sign)
        if place is self._current:
            self._draw_current(painter, rect, framed=bool(mark and mark.is_framed))

    def _draw_digits(self, painter: QPainter, rect: QRect, text: str, font: QFont) -> None:
        """Draw a figure, smaller where it is too long for its cell."""
        room = rect.width() - 2 * PAD
        width = self._figure_metrics.horizontalAdvance(text) if len(text) >= _MANY_DIGITS else 0.0
        if width > room:
            font = QFont(font)
            font.setPointSizeF(font.pointSizeF() * max(room / width, _SMALLEST))
        painter.setFont(font)
        side = PAD if width > room - 2 * PAD else 2 * PAD
        flags = _RIGHT if self._grid.is_aligned else _CENTRE
        painter.drawText(rect.adjusted(side, 0, -side, 0), flags | _UNCUT, text)

    def _draw_current(self, painter: QPainter, rect: QRect, framed: bool) -> None:
        """Frame the current cell: solid while keys go to it, else dashed; inside other frames."""
        pen = QPen(QColor(self._colours.accent), 2 if self._is_focused else 1)
        if not self._is_focused:
            pen.setStyle(Qt.PenStyle.DashLine)
        inset = 4 if framed else 1
        painter.setPen(pen)
        painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))


def _held(start: int, size: int, view: int, text: int, pad: int) -> int:
    """Where a text begins that is centred in the visible part of a box, yet never leaves it."""
    first, last = max(start, 0), min(start + size, view)
    wanted = (first + last - text) // 2
    if text + 2 * pad > size:
        return start + (size - text) // 2
    return min(max(wanted, start + pad), start + size - pad - text)


def _mixed(below: QColor, over: str) -> QColor:
    above = QColor(over)
    pairs = zip(below.getRgb()[:3], above.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(b + (a - b) * _SELECTED) for b, a in pairs))
