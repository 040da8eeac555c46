"""What every container comes down to: paragraphs and grids in reading order, each with its place.

A reader of a container (`word`, `sheet`, `web`, `pdf`, `text`) makes an `Extract` and knows nothing
of forms; the `matcher` places an extract on a form and knows nothing of containers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.errors import Unreadable

MOST_BOXES = 60_000
"""A report has three tables of at most 600 boxes; what has a hundred times more is no report."""
MOST_COLUMNS = 300
MOST_BLOCKS = 40_000


class TooLarge(Unreadable):
    """There is far more in a file than any report holds."""

    def __init__(self) -> None:
        super().__init__("内容远超一份年度报告，无法读取。请只保留年度报告部分后再试。")


Area = tuple[float, float, float, float]
"""Left, top, right and bottom on a page as it is seen, in pt from its upper left corner."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file, all counted from 1; 0 or empty where it does not apply.

    `column` leads to the box in its row; people are told the row, so it makes no other place.
    """

    page: int = 0
    sheet: str = ""
    table: int = 0
    row: int = 0
    paragraph: int = 0
    line: int = 0
    column: int = field(default=0, compare=False)

    def __str__(self) -> str:
        """The place in words: 第4页表2第5行."""
        parts = [
            f"第{self.page}页" if self.page else "",
            f"工作表“{self.sheet}”" if self.sheet else "",
            f"表格{self.table}" if self.table else "",
            f"第{self.row}行" if self.row else "",
            f"第{self.paragraph}段" if self.paragraph else "",
            f"第{self.line}行" if self.line else "",
        ]
        return "".join(parts) or "文件"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text; `path` says inside which parts of a web page it stands."""

    text: str
    place: Place
    path: tuple[int, ...] = ()
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a table: its place in the grid, its spans (≥ 1) and its text."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its merged boxes expanded: `matrix[r][c]` is the box that covers the place.

    A place that no box covers is None: rows of text files may be of different lengths.
    """

    matrix: tuple[tuple[Box | None, ...], ...]
    place: Place
    path: tuple[int, ...] = ()
    first_row: int = 1
    """The number of the first row as people count it (tables that start lower in a sheet)."""

    def row(self, number: int) -> tuple[Box, ...]:
        """Return the boxes that begin in a row, from the left."""
        boxes = dict.fromkeys(b for b in self.matrix[number] if b is not None and b.row == number)
        return tuple(boxes)

    def row_place(self, number: int) -> Place:
        """Return the place of a row."""
        return replace(self.place, row=self.first_row + number)


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Extract:
    """The content of a file; `title` is what it calls itself, `notes` what people should know."""

    blocks: tuple[Block, ...]
    title: str = ""
    notes: tuple[str, ...] = field(default=())


def grid(
    boxes: Iterable[Box], place: Place, path: tuple[int, ...] = (), first_row: int = 1
) -> Grid:
    """Expand boxes into a grid; where two overlap the earlier stands, spans stay inside.

    Raises:
        TooLarge: there are more places than any report needs.
    """
    kept = list(boxes)
    height = max((b.row for b in kept), default=-1) + 1
    width = max((b.column + 1 for b in kept), default=0)
    width = max([width, *(min(b.column + b.columns, width + MOST_COLUMNS) for b in kept)])
    if width > MOST_COLUMNS or height * width > MOST_BOXES:
        raise TooLarge
    matrix: list[list[Box | None]] = [[None] * width for _ in range(height)]
    for box in kept:
        for row in matrix[box.row : box.row + box.rows]:
            for column in range(box.column, min(box.column + box.columns, width)):
                if row[column] is None:
                    row[column] = box
    return Grid(tuple(map(tuple, matrix)), place, path, first_row)


def flow(rows: Iterable[Iterable[tuple[str, int, int]]]) -> Iterator[Box]:
    """Lay rows of (text, rows, columns) out as HTML does: each box takes the next free places.

    Raises:
        TooLarge: there are more places than any report needs.
    """
    taken: dict[int, set[int]] = {}
    used = 0
    for number, row in enumerate(rows):
        free = 0
        here = taken.pop(number, set())
        for text, height, width in row:
            height, width = min(max(height, 1), 2000), min(max(width, 1), MOST_COLUMNS)
            while free in here:
                free += 1
            used += height * width
            if used > MOST_BOXES:
                raise TooLarge
            for below in range(1, height):
                taken.setdefault(number + below, set()).update(range(free, free + width))
            yield Box(number, free, height, width, text)
            free += width


def check_size(blocks: list[Block]) -> None:
    """Refuse an extract that grows beyond any report.

    Raises:
        TooLarge: it has.
    """
    if len(blocks) > MOST_BLOCKS:
        raise TooLarge
