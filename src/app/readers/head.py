"""The heads of a grid: over which of its columns each figure of a row stands."""

from app.readers.extract import Grid
from app.readers.figure import is_figure
from app.readers.label import Index, Row, core, likeness
from app.readers.line import Line

_LIKE = 0.7


class Heads:
    """The head rows read last, column by column; they hold until others are read.

    A table that goes on over the page in a grid of as many columns keeps them.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.stacks: list[list[str]] = []
        self._is_open = False
        self._refuted: set[int] = set()
        self._columns: dict[int, dict[int, int] | None] = {}

    def is_head(self, line: Line) -> bool:
        """Say whether a row of a grid holds heads: words of the form and no row of figures."""
        texts = [piece.text for piece in line.pieces if piece.text]
        if not texts or any(is_figure(text) for text in texts):
            return False
        if not all(self.index.is_word(text) for text in texts):
            return False
        return (
            len(texts) > 1
            and not self.index.is_row_label(texts[0])
            and not any(
                self.index.is_row_label(text) and core(text) not in self.index.heads
                for text in texts
            )
        )

    def add(self, line: Line) -> None:
        """Take a head row in; after rows of figures a new head begins."""
        grid = line.grid
        if grid is None:
            return
        width = len(grid.matrix[line.row])
        if not self._is_open or len(self.stacks) != width:
            self.stacks = [[] for _ in range(width)]
        self._is_open = True
        self._columns.clear()
        for column, box in enumerate(grid.matrix[line.row]):
            if box is None:
                continue
            text = core(box.text)
            if text and text not in self.stacks[column][-1:]:
                self.stacks[column].append(text)

    def columns(self, row: Row, line: Line) -> dict[int, int] | None:
        """Return which figure of the row stands in each grid column; None where heads are ragged.

        Grid columns of which a row label stands refute the heads for the whole grid.
        """
        self._is_open = False
        grid = line.grid
        if grid is None or len(self.stacks) != len(grid.matrix[0]) or id(grid) in self._refuted:
            return None
        if row.number not in self._columns:
            self._columns[row.number] = self._place(row)
        places = self._columns[row.number]
        if places and any(
            piece.column in places and self._is_label(piece.text) for piece in line.pieces
        ):
            self._refuted.add(id(grid))
            return None
        return places

    def is_ragged(self, line: Line) -> bool:
        """Say whether the rows of this grid do not stand under its heads."""
        return id(line.grid) in self._refuted

    def forget(self, grid: Grid) -> None:
        """Drop the heads where a grid of another width begins."""
        if grid.matrix and len(grid.matrix[0]) != len(self.stacks):
            self.stacks = []
            self._columns.clear()

    def _is_label(self, text: str) -> bool:
        return (
            bool(text)
            and not is_figure(text)
            and (self.index.is_row_label(text) or core(text) in self.index.groups)
        )

    def _place(self, row: Row) -> dict[int, int] | None:
        """Give each figure of a row its column: the best head, each column but once."""
        places: dict[int, int] = {}
        for number, heads in enumerate(row.heads):
            scored = [
                (_agreement(heads, stack), -column)
                for column, stack in enumerate(self.stacks)
                if column not in places and stack
            ]
            best = max(scored, default=(0.0, 0))
            if best[0] < _LIKE:
                return None
            places[-best[1]] = number
        ordered = [places[column] for column in sorted(places)]
        return places if ordered == sorted(ordered) else None


def _agreement(heads: tuple[str, ...], stack: list[str]) -> float:
    """How well a column's heads agree with those of the form: the lowest counts most."""
    if not heads:
        return 0.0
    lowest = max(likeness(heads[-1], text) for text in stack[-1:])
    shared = len(set(heads[:-1]) & set(stack[:-1]))
    strange = len(set(stack[:-1]) - set(heads[:-1]))
    return lowest + 0.1 * shared - 0.02 * strange if lowest >= _LIKE else 0.0
