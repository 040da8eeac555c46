"""How a table is set in .docx, .xlsx and .html: size of the text, heights of rows, repeated heads.

Office programs set the text anew with faces of their own, so that the widths of a common face do:
Han characters as wide as high, all others half as wide.
"""

import unicodedata
from dataclasses import dataclass

from app.writers.line import Style, Typesetter
from app.writers.page import TableBlock
from app.writers.paper import HEIGHT, LINES, WIDTH
from app.writers.table import LEADING, SIZES, Grid

RULE = 0.5
"""Some programs add the rule between rows to their heights."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Size of the text and of the figures, and the height of every row, in pt.

    `whole` says that the table fits on one sheet.
    """

    size: float
    figure_size: float
    heights: tuple[float, ...]
    whole: bool


def setting(block: TableBlock) -> Setting:
    """Set a table as large as one sheet allows below its heading; a longer one in full size."""
    room = HEIGHT - HEIGHT / LINES - block.row_count * RULE
    typesetter = Typesetter(width)
    for size in SIZES:
        grid = Grid(block, typesetter, WIDTH, size)
        if grid.open_up(room):
            return _setting(grid, size, whole=True)
    return _setting(Grid(block, typesetter, WIDTH, SIZES[0]), SIZES[0], whole=False)


def repeated_rows(block: TableBlock) -> int:
    """Rows to repeat on every sheet; of a table of several blocks none, as each has its own."""
    return 0 if any(box.kind == "band" for box in block.boxes) else block.head_rows


def _setting(grid: Grid, size: float, *, whole: bool) -> Setting:
    figures = int(grid.figure_size * 2) / 2  # Word knows half points
    return Setting(size, figures, tuple(grid.heights), whole)


def height(text: str, size: float) -> float:
    """Return about how high a text is that is as wide as the text block."""
    lines = Typesetter(width).lines([(text, "body")], Style(size), WIDTH - 2 * size)
    return max(len(lines), 1) * size * LEADING + size / 2


def width(text: str, role: str, size: float) -> float:
    """Return about how wide a text is, in the unit of `size`, whatever the role of its face."""
    del role
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    return size * (wide + len(text)) / 2
