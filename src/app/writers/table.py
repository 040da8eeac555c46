"""Tables on sheets: how wide and high every box is, and where a table breaks.

A table is set as large and open as one sheet allows, down to a floor. One that is longer than a
sheet breaks between rows: boxes that span the break are split, and its head is repeated.
Lengths are in pt; rows and columns count from 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from app.form import GridCell
from app.writers import qr
from app.writers.ink import CENTRE, Frame, Text
from app.writers.line import Line, Style, Typesetter
from app.writers.page import TableBlock

FACE = "song"
SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
"""10 pt, as in the annex of 国办公开办函〔2021〕30号, else the largest that fits on a sheet."""
SPACES = (5.0, 4.0, 3.5, 3.0, 2.5, 2.0, 1.5)
"""Over and under the text of a box, as much as the sheet allows."""
LONG_SPACE = 3.5
"""The same in a table that no size brings on one sheet."""
LEADING = 1.25
SIDE = 2.0
"""Space beside the text of a box."""
SMALLEST = 4.0
UPRIGHT_PITCH = 1.6
"""From character to character of an upright label, in em, where there is room."""
LONG_TEXT = 30
"""Text at the left of a box is justified if it has more characters than this."""
_HANGING = "，、。"  # marks that stand in the upper right corner when written downwards
_ENDLESS = 1e6
_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Part:
    """Rows `start` to `end` of a table, below the repeated head rows, and their height."""

    start: int
    end: int
    head: range
    height: float


@dataclass(frozen=True, slots=True)
class _Box:
    """A box and its text as it was set."""

    cell: GridCell
    size: float
    lines: tuple[Line, ...]


def lay(block: TableBlock, typesetter: Typesetter, width: float, room: float) -> "Grid":
    """Set a table `width` wide as large and then as open as fits into the height `room`."""
    for size in (*((block.size,) if block.size else ()), *SIZES):
        grid = Grid(block, typesetter, width, size)
        if grid.open_up(room):
            return grid
    grid = Grid(block, typesetter, width, SIZES[0])
    grid.split_rows(room)
    return grid


class Grid:
    """A table that has been set: its column edges, row heights and the lines in its boxes."""

    def __init__(
        self, block: TableBlock, typesetter: Typesetter, width: float, size: float
    ) -> None:
        self._block, self._typesetter, self._size = block, typesetter, size
        self._space = LONG_SPACE
        self._known: dict[tuple[str, float, float, str], tuple[Line, ...]] = {}
        shares = [0.0, *accumulate(block.widths)]
        self._edges = [share * width / shares[-1] for share in shares]
        self.figure_size = self._figure_size()
        self._boxes = [
            self._set(cell, self.figure_size if cell.kind == "figure" else self._size)
            for cell in block.boxes
        ]
        self._heights = self._row_heights(block.row_count)

    @property
    def heights(self) -> tuple[float, ...]:
        """The height of every row."""
        return tuple(self._heights)

    @property
    def is_whole(self) -> bool:
        """Whether it is to stay on one sheet where it fits on one."""
        return not self._block.is_list

    @property
    def height(self) -> float:
        """The height of the whole table."""
        return sum(self._heights)

    # ── setting the text ────────────────────────────────────────────────────────────────────

    def _figure_size(self) -> float:
        """The size in which every figure of the table fits into its box, on one line."""
        size = self._size
        for cell in self._block.boxes:
            if cell.kind == "figure" and cell.text:
                (line,) = self._lines(cell, self._size, _ENDLESS)
                size = min(size, self._size * self._inner_width(cell) / line.width)
        return max(size, SMALLEST)

    def _set(self, cell: GridCell, size: float) -> _Box:
        if cell.vertical or cell.kind == "qr":
            return _Box(cell, size, ())
        return _Box(cell, size, self._lines(cell, size, self._inner_width(cell)))

    def _lines(self, cell: GridCell, size: float, width: float) -> tuple[Line, ...]:
        key = (cell.text, size, round(width, 2), self._block.align(cell))
        if key not in self._known:
            self._known[key] = tuple(self._broken(cell, size, width))
        return self._known[key]

    def _broken(self, cell: GridCell, size: float, width: float) -> Iterator[Line]:
        """Even lines in the middle, full ones at the left; a hint in a head begins a line."""
        left = self._block.align(cell) == "left"
        style = Style(size, justify=left and len(cell.text) > LONG_TEXT)
        set_lines = self._typesetter.lines if left else self._typesetter.balanced
        words = cell.text
        if cell.kind == "head" and len(set_lines([(words, FACE)], style, width)) > 1:
            words = words[:1] + words[1:].replace("（", "\n（", 1)
        for text in words.split("\n"):
            yield from set_lines([(text, FACE)], style, width) or (Line((), 0.0),)

    def _inner_width(self, cell: GridCell) -> float:
        return self._edges[cell.column + cell.columns] - self._edges[cell.column] - 2 * SIDE

    def _row_heights(self, rows: int) -> list[float]:
        """As high as the text of every box asks for; what spans rows takes from each alike."""
        heights = [self._text_height(1, self._size)] * rows
        for box in sorted(self._boxes, key=lambda box: box.cell.rows):
            cell = box.cell
            lacking = self._wanted(box) - sum(heights[cell.row : cell.row + cell.rows])
            if lacking > 0:
                for row in range(cell.row, cell.row + cell.rows):
                    heights[row] += lacking / cell.rows
        return heights

    def _wanted(self, box: _Box) -> float:
        if box.cell.kind == "qr":
            return qr.SIZE + 2 * self._space
        return self._text_height(len(box.lines), box.size)

    def _text_height(self, lines: int, size: float) -> float:
        return lines * size * LEADING + 2 * self._space

    def open_up(self, room: float) -> bool:
        """Take as much space in the boxes as the height allows; say whether the least fits."""
        for self._space in SPACES:
            self._heights = self._row_heights(self._block.row_count)
            if self.height <= room:
                return True
        return False

    def stretch(self, height: float) -> None:
        """Make the table this high, every row by as much."""
        more = (height - self.height) / len(self._heights)
        self._heights = [row + more for row in self._heights]

    def split_rows(self, room: float) -> None:
        """Set the table for several sheets; rows higher than one are split between lines."""
        self._space = LONG_SPACE
        self._heights = self._row_heights(self._block.row_count)
        room -= sum(self._heights[: self._block.head_rows])
        most = int((room - 2 * self._space) / (self._size * LEADING))
        row = 0
        while row < len(self._heights):
            if self._heights[row] > room:
                self._split_row(row, most)
            row += 1

    def _split_row(self, row: int, lines: int) -> None:
        """Give what goes beyond so many lines in the boxes of a row a row of its own."""
        boxes: list[_Box] = []
        for box in self._boxes:
            cell = box.cell
            if cell.row > row:
                boxes.append(replace(box, cell=replace(cell, row=cell.row + 1)))
            elif cell.row + cell.rows <= row:
                boxes.append(box)
            elif cell.rows > 1:
                boxes.append(replace(box, cell=replace(cell, rows=cell.rows + 1)))
            else:
                boxes.append(replace(box, lines=box.lines[:lines]))
                rest = replace(cell, row=row + 1)
                boxes.append(_Box(rest, box.size, box.lines[lines:]))
        self._boxes = boxes
        self._heights = self._row_heights(len(self._heights) + 1)

    # ── breaking ────────────────────────────────────────────────────────────────────────────

    def parts(self, first_room: float, room: float) -> Iterator[Part]:
        """Break between rows: the first part fits into `first_room`, the others into `room`."""
        start = 0
        while start < len(self._heights):
            head = self._head_over(start)
            height = sum(self._heights[row] for row in head)
            end = self._break(start, first_room - height)
            yield Part(start, end, head, height + sum(self._heights[start:end]))
            start, first_room = end, room

    @property
    def shortest(self) -> float:
        """The height of the least that may stand on a sheet: the head and what has to follow it."""
        rows = len(self._heights)
        end = next((row for row in range(1, rows) if self._may_break(row)), rows)
        return sum(self._heights[:end])

    def _break(self, start: int, room: float) -> int:
        """The last row before which a part may end; in need any row, but one at least."""
        allowed = end = start
        while end < len(self._heights) and self._heights[end] <= room + _TOLERANCE:
            room -= self._heights[end]
            end += 1
            if self._may_break(end):
                allowed = end
        return allowed if allowed > start else max(end, start + 1)

    def _may_break(self, row: int) -> bool:
        """Not below a band or a head, which belong to the rows after them."""
        kinds = {box.cell.kind for box in self._boxes if box.cell.row == row - 1}
        return row == len(self._heights) or not kinds & {"band", "head"}

    def _head_over(self, row: int) -> range:
        """The rows that head a row: those of the table, or of its block where bands divide it."""
        bands = [box.cell.row for box in self._boxes if box.cell.kind == "band"]
        if not bands:
            head = range(self._block.head_rows)
        else:
            start = max((band for band in bands if band <= row), default=0)
            heads = {box.cell.row for box in self._boxes if box.cell.kind == "head"}
            end = start + 1
            while end in heads:
                end += 1
            head = range(start, end)
        return head if row >= head.stop else range(0)

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def ink(self, part: Part) -> tuple[list[Text], list[Frame]]:
        """Return the texts and rules of a part, from its upper left corner."""
        rows = [*part.head, *range(part.start, part.end)]
        tops = [0.0, *accumulate(self._heights[row] for row in rows)]
        texts: list[Text] = []
        frames: list[Frame] = []
        for box in self._boxes:
            cell = box.cell
            seen = [n for n, row in enumerate(rows) if cell.row <= row < cell.row + cell.rows]
            if not seen:
                continue
            x = self._edges[cell.column]
            top, bottom = tops[seen[0]], tops[seen[-1] + 1]
            width = self._edges[cell.column + cell.columns] - x
            frames.append(Frame(x, top, width, bottom - top))
            if cell.kind == "qr":
                middle, height = x + width / 2, bottom - top
                frames += qr.draw(cell.text, middle - qr.SIZE / 2, top + (height - qr.SIZE) / 2)
            if cell.kind != "figure" or rows[seen[0]] == cell.row:
                texts += self._texts(box, x, top, bottom - top)
        return texts, frames

    def _texts(self, box: _Box, x: float, top: float, height: float) -> list[Text]:
        """The text of a box in its middle; smaller where a break left too little of the box."""
        if box.cell.vertical:
            return self._upright(box.cell, x, top, height)
        while len(box.lines) * box.size * LEADING > height and box.size > SMALLEST:
            box = self._set(box.cell, box.size - 0.5)
        pitch = box.size * LEADING
        middle = top + (height - (len(box.lines) - 1) * pitch) / 2
        inner, centred = self._inner_width(box.cell), self._block.align(box.cell) == "centre"
        return [
            Text(
                x + SIDE + (max(inner - line.width, 0) / 2 if centred else 0),
                middle + index * pitch + CENTRE * box.size,
                box.size,
                line,
            )
            for index, line in enumerate(box.lines)
        ]

    def _upright(self, cell: GridCell, x: float, top: float, height: float) -> list[Text]:
        """Characters one under the other, smaller where the box is low."""
        count = len(cell.text)
        pitch = min(UPRIGHT_PITCH * self._size, (height - 2 * self._space) / max(count, 1))
        size = min(self._size, pitch)
        x += SIDE + (self._inner_width(cell) - size) / 2
        y = top + (height - (count - 1) * pitch) / 2 + CENTRE * size
        texts = []
        for index, character in enumerate(cell.text):
            aside = size / 2 if character in _HANGING else 0.0
            (line,) = self._typesetter.lines([(character, FACE)], Style(size), _ENDLESS)
            texts.append(Text(x + aside, y + index * pitch - aside, size, line))
        return texts
