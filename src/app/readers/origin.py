"""Where a reading or a leftover stands in the extract it was taken from."""

from collections import defaultdict
from dataclasses import dataclass

from app.readers.extract import Area, Box, Extract, Grid, Paragraph, Place

_BEGINNING = 16
"""So many characters of a text are looked for: files break paragraphs where they like."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A block of an extract by its number, the boxes of its row that are meant, where on its page.

    A paragraph has no boxes; only a PDF has an area.
    """

    block: int
    boxes: tuple[Box, ...] = ()
    area: Area | None = None


class Origins:
    """Finds places in one extract."""

    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self._rows: dict[Place, tuple[int, int]] = {}
        self._paragraphs: dict[Place, list[int]] = defaultdict(list)
        for number, block in enumerate(extract.blocks):
            if isinstance(block, Grid):
                for row in range(len(block.matrix)):
                    self._rows.setdefault(block.row_place(row), (number, row))
            else:
                self._paragraphs[block.place].append(number)

    def find(self, place: Place, text: str) -> Origin | None:
        """Return where a text stands; its column tells the box, else all of the row is meant."""
        if place in self._rows:
            return self._in_row(*self._rows[place], place.column)
        numbers = self._paragraphs.get(place, [])
        wanted = _flat(text)[:_BEGINNING]
        holding = (n for n in numbers if wanted in _flat(self._paragraph(n).text))
        number = next(holding, numbers[0] if numbers else None)
        return None if number is None else Origin(number, (), self._paragraph(number).area)

    def holding(self, text: str) -> Place | None:
        """Return the place of the first paragraph or row that holds the beginning of a text."""
        wanted = _flat(text)[:_BEGINNING]
        for block in self._extract.blocks if wanted else ():
            if isinstance(block, Paragraph):
                if wanted in _flat(block.text):
                    return block.place
                continue
            for row in range(len(block.matrix)):
                if wanted in _flat("".join(box.text for box in block.row(row))):
                    return block.row_place(row)
        return None

    def _in_row(self, number: int, row: int, column: int) -> Origin:
        grid = self._extract.blocks[number]
        assert isinstance(grid, Grid)
        boxes = grid.row(row)
        covering = grid.matrix[row][column - 1] if 0 < column <= len(grid.matrix[row]) else None
        meant = (covering,) if covering else boxes
        return Origin(number, meant, _around([box.area for box in meant if box.area]))

    def _paragraph(self, number: int) -> Paragraph:
        block = self._extract.blocks[number]
        assert isinstance(block, Paragraph)
        return block


def _flat(text: str) -> str:
    return "".join(text.split())


def _around(areas: list[Area]) -> Area | None:
    """The smallest area that holds all of these."""
    if not areas:
        return None
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
