"""Where the boxes of a statutory table stand on the screen, and their texts in lines.

A table whose heads all stand in its first rows is frozen: its head rows and label columns stay in
view while the figures scroll. A table of several blocks keeps its heads in the body.
All lengths are in px; x and y count from the upper left corner of the whole table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetricsF

from app.form import GridCell, Table
from app.writers.line import Line, Style, Typesetter
from ui.style import theme

PITCH = 1.3
"""From line to line, in em."""
PAD = 4
"""Blank beside and over a text, whatever its size."""
DIGITS = 5
"""Every column of figures is wide enough for so many digits; for one less where text is large."""
_LABEL_GROWTH = 0.5
"""Heads and labels grow by so much of what the figures grow by; else, at 200 %, a small screen
would show heads and labels only."""
_HEAD, _LABEL = 2.1, 5.0
"""Least width of a column for heads, for labels, in em."""
_SHORT_LABEL = 10
"""Labels up to this many characters are centred where there is one column of them (表二)."""


@dataclass(slots=True, eq=False)
class Place:
    """A box on the screen: its rectangle and its text, broken into lines."""

    box: GridCell
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0
    lines: tuple[Line, ...] = ()
    is_left: bool = False
    """Whether the text starts at the left edge instead of being centred."""

    def rect(self, dx: int = 0, dy: int = 0) -> QRect:
        """Return the rectangle, moved."""
        return QRect(self.x + dx, self.y + dy, self.width, self.height)


def label_font(font: QFont) -> QFont:
    """Return the font of heads and labels in a table whose figures are set in a font."""
    labels = QFont(font)
    scale = theme.scale(font)
    if scale > 1:
        labels.setPointSizeF(font.pointSizeF() * (1 + (scale - 1) * _LABEL_GROWTH) / scale)
    return labels


class TableGrid:
    """The places of all boxes of a table; `lay` computes them for a width and a font.

    Attributes:
        top, left: how many head rows and label columns stay in view (0 for several blocks).
        head, labels, corner, body: the places of each of the four panes.
        of_cell: the place of each figure, in printed order.
        titles: the labels and heads that name each figure; the nearest label and head first.
        columns, rows: the edges of the grid columns and rows, from 0 to the whole size.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.top, self.left = _frozen(table)
        places = [Place(box, is_left=_is_left(table, box)) for box in table.boxes]
        self._places = places
        self.corner, self.head, self.labels, self.body = self._panes(places)
        self.of_cell = {p.box.cell: p for p in places if p.box.cell}
        self._at = {place: p for p in places for place in _covered(p.box)}
        self.titles = {cell: self._titles(place.box) for cell, place in self.of_cell.items()}
        self.columns = [0] * (table.column_count + 1)
        self.rows = [0] * (table.row_count + 1)
        self._laid = (0, "")
        self._take(QFont())

    @property
    def is_aligned(self) -> bool:
        """Whether figures stand below one another to be added up: they are set at the right."""
        return bool(self.left) and len(self.table.rows) > 1

    def at(self, row: int, column: int) -> Place:
        """Return the place that covers a grid row and column."""
        return self._at[row, column]

    def label(self, cell: str) -> Place | None:
        """Return the label of the row of a figure; None where the table has no labels."""
        return next((p for p in self.titles[cell] if p.box.kind == "label"), None)

    def column_head(self, cell: str) -> Place:
        """Return the head right over the column of a figure."""
        return next(p for p in self.titles[cell] if p.box.kind == "head")

    def mates(self, cell: str) -> frozenset[Place]:
        """Return the places to light with a figure: its row, its column and what names them."""
        row, head = self.of_cell[cell].box.row, self.column_head(cell)
        return frozenset(self.titles[cell]).union(
            place
            for other, place in self.of_cell.items()
            if place.box.row == row or self.column_head(other) is head
        )

    def lay(self, width: int, font: QFont) -> bool:
        """Fit the table into a width; wider where it cannot. Says whether anything moved."""
        asked = (width, font.toString())
        if asked == self._laid:
            return False
        if asked[1] != self._laid[1]:
            self._take(font)
        self._laid = asked
        self.columns = _edges(self._widths(width))
        self._break_lines()
        self.rows = _edges(self._heights())
        for place in self._places:
            box = place.box
            place.x, place.y = self.columns[box.column], self.rows[box.row]
            place.width = self.columns[box.column + box.columns] - place.x
            place.height = self.rows[box.row + box.rows] - place.y
        return True

    def _take(self, font: QFont) -> None:
        """Measure with a font from now on."""
        self._metrics = metrics = QFontMetricsF(label_font(font))
        figures = QFontMetricsF(font)
        self._digits = figures.horizontalAdvance("8" * (DIGITS - theme.is_large(font)))
        self._figure_height = round(figures.height())
        self.em = metrics.horizontalAdvance("国")
        self.pitch = round(self.em * PITCH)
        self._typesetter = Typesetter(lambda text, _face, _size: metrics.horizontalAdvance(text))

    def _panes(self, places: Iterable[Place]) -> list[tuple[Place, ...]]:
        panes: dict[tuple[bool, bool], list[Place]] = {}
        for place in places:
            pane = (place.box.row >= self.top, place.box.column >= self.left)
            panes.setdefault(pane, []).append(place)
        order = ((False, False), (False, True), (True, False), (True, True))
        return [tuple(panes.get(pane, ())) for pane in order]

    def _titles(self, box: GridCell) -> tuple[Place, ...]:
        labels = [self.at(box.row, c) for c in range(box.column - 1, -1, -1)]
        row = box.row - 1
        while self.at(row, box.column).box.kind != "head":
            row -= 1
        heads = []
        while row >= 0 and self.at(row, box.column).box.kind == "head":
            heads.append(self.at(row, box.column))
            row -= 1
        return tuple(dict.fromkeys([*(p for p in labels if p.box.kind == "label"), *heads]))

    # ── widths and heights ──────────────────────────────────────────────────────────────────

    def _widths(self, width: int) -> list[int]:
        """Share a width out as the form does, no column narrower than what it needs."""
        least = [self._least(column) for column in range(self.table.column_count)]
        room, shares = float(width), list(self.table.widths)
        open_columns = set(range(len(least)))
        while open_columns:
            unit = max(room, 0) / sum(shares[c] for c in open_columns)
            tight = {c for c in open_columns if shares[c] * unit < least[c]}
            if not tight:
                break
            room -= sum(least[c] for c in tight)
            open_columns -= tight
        exact = [shares[c] * unit if c in open_columns else least[c] for c in range(len(least))]
        edges = [round(edge) for edge in (0, *accumulate(exact))]
        return [right - left for left, right in pairwise(edges)]

    def _least(self, column: int) -> int:
        """In whole px, so that no edge that is rounded takes from it."""
        least = _HEAD * self.em
        for place in self._places:
            box = place.box
            if box.column != column or box.columns > 1:
                continue
            if box.kind == "figure":
                least = max(least, self._digits)
            elif box.kind == "label" and not box.vertical:
                least = max(least, min(_LABEL * self.em, self._metrics.horizontalAdvance(box.text)))
            elif box.vertical:
                least = self.em * 1.5
                break
        return ceil(least) + 2 * PAD

    def _break_lines(self) -> None:
        typesetter = self._typesetter
        style = Style(self.em, justify=False)
        for place in self._places:
            if place.box.vertical or not place.box.text:
                continue
            room = self._span(self.columns, place.box.column, place.box.columns) - 2 * PAD
            break_up = typesetter.lines if place.is_left else typesetter.balanced
            place.lines = break_up([(place.box.text, "")], style, max(room, self.em))

    def _heights(self) -> list[int]:
        """Every row as high as its texts need; boxes over several rows share what they lack."""
        least = max(self.pitch + 2 * PAD, self._figure_height)
        heights = [least] * self.table.row_count
        for place in sorted(self._places, key=lambda p: p.box.rows):
            box = place.box
            lines = len(box.text) if box.vertical else len(place.lines)
            lack = lines * self.pitch + 2 * PAD - sum(heights[box.row : box.row + box.rows])
            for offset in range(box.rows if lack > 0 else 0):
                heights[box.row + offset] += lack // box.rows + (offset < lack % box.rows)
        return heights

    def _span(self, edges: Sequence[int], start: int, count: int) -> int:
        return edges[start + count] - edges[start]


def _edges(sizes: Iterable[int]) -> list[int]:
    return [0, *accumulate(sizes)]


def _covered(box: GridCell) -> Iterable[tuple[int, int]]:
    return (
        (row, column)
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    )


def _frozen(table: Table) -> tuple[int, int]:
    """The head rows and label columns that can stay in view."""
    below = [box for box in table.boxes if box.row >= table.head_rows]
    if any(box.kind not in ("label", "figure") for box in below):
        return 0, 0
    if any(box.kind == "band" for box in table.boxes):
        return 0, 0
    return table.head_rows, min(box.column for box in below if box.kind == "figure")


def _is_left(table: Table, box: GridCell) -> bool:
    """Whether a text starts at the left, as on the printed form."""
    if box.vertical or box.kind in ("head", "figure"):
        return False
    one_column = min(b.column for b in table.boxes if b.kind == "figure") == 1
    return box.kind != "label" or not one_column or len(box.text) > _SHORT_LABEL
