"""An extract as lines of pieces: what the matcher walks over, from every container alike.

A row of a table is a line whose pieces are its boxes; a paragraph is a line whose pieces are its
words as far as it looks like a row of a table, and the whole text where it is prose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.readers import figure
from app.readers.extract import Extract, Grid, Paragraph, Place, TooLarge
from app.readers.label import han

_SENTENCE = re.compile(r"[。；！？]")
_DASHED = re.compile(r"[-—–－·•]\s*\d{1,3}\s*[-—–－·•]|第\s*\d+\s*页.{0,8}")
_LONGEST_ROW = 400
_MOST_LINES = 6_000
_MOST_WORDS = 40_000
"""A report with one cell a line has 600 lines."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a line: its text and, in a grid, its first column."""

    text: str
    column: int = -1


@dataclass(eq=False, slots=True)
class Line:
    """One line of a file: a row of `grid`, or a paragraph where there is none.

    The matcher notes what it made of it: `section` for the title of a section, `is_used` for what
    became part of a table or the heading.
    """

    pieces: tuple[Piece, ...]
    place: Place
    text: str
    grid: Grid | None = None
    row: int = 0
    path: tuple[int, ...] = ()
    section: str = ""
    is_used: bool = field(default=False)

    @property
    def filled(self) -> int:
        """How many of its pieces hold anything."""
        return sum(1 for piece in self.pieces if piece.text)

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence and so nothing of a table."""
        return self.filled <= 1 and bool(_SENTENCE.search(self.text))


def lines(extract: Extract) -> list[Line]:
    """Return the lines of an extract in reading order, empty ones left out.

    Raises:
        TooLarge: there are many times more than any report has.
    """
    found: list[Line] = []
    words = 0
    for block in extract.blocks:
        for line in _paragraph(block) if isinstance(block, Paragraph) else _rows(block):
            found.append(line)
            words += len(line.pieces)
        if len(found) > _MOST_LINES or words > _MOST_WORDS:
            raise TooLarge
    return found


def of_text(text: str, place: Place, path: tuple[int, ...] = ()) -> Line:
    """Return the line of one paragraph of text."""
    return Line(tuple(Piece(word) for word in _words(text)), place, text.strip(), path=path)


def _paragraph(block: Paragraph) -> Iterator[Line]:
    for text in re.split(r"[\n\v\f\r\u2028]+", block.text):
        if text.strip() and not _DASHED.fullmatch(text.strip()):
            yield of_text(text, block.place, block.path)


def _rows(grid: Grid) -> Iterator[Line]:
    for number in range(len(grid.matrix)):
        boxes = grid.row(number)
        filled = [box for box in boxes if box.text.strip()]
        if not filled:
            if boxes and number == len(grid.matrix) - 1:
                yield _row(grid, number)
            continue
        text = filled[0].text
        if len(filled) == 1 and (_SENTENCE.search(text) or (len(boxes) == 1 and "\n" in text)):
            place = grid.row_place(number)
            yield from _paragraph(Paragraph(text, place, grid.path))
        else:
            yield _row(grid, number)


def _row(grid: Grid, number: int) -> Line:
    boxes = grid.row(number)
    pieces = tuple(Piece(box.text.strip(), box.column) for box in boxes)
    text = "\t".join(piece.text.replace("\n", "") for piece in pieces).strip("\t")
    return Line(pieces, grid.row_place(number), text, grid, number, grid.path)


def _words(text: str) -> list[str]:
    """Part a line at its blanks where it could be a row of a table; sentences stay whole."""
    text = text.strip()
    if len(text) > _LONGEST_ROW or _SENTENCE.search(text):
        return [text]
    words = [word for word in re.split(r"[\s|\u3000\xa0]+", text) if word]
    parted: list[str] = []
    for word in words:
        stuck = None if figure.is_figure(word) else figure.glued(word)
        if stuck and len(han(stuck[0])) >= 2:
            parted += stuck
        elif _continues(parted, word):
            parted[-1] += " " + word
        else:
            parted.append(word)
    return parted


def _continues(words: list[str], word: str) -> bool:
    """Tell the second half of 3 001: a figure does not begin with a nought."""
    return bool(
        words and re.fullmatch(r"0\d\d\D{0,2}", word) and re.fullmatch(r"\d{1,3}", words[-1])
    )
