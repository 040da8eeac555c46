"""Rows of figures: walks over the lines and gathers what stands behind each label.

It does not matter how a table reached the file: as a grid with heads, as ragged rows, one cell a
line, cut by a page. What is gathered here is given its columns by `column`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.readers import figure
from app.readers.extract import Grid, Place
from app.readers.head import Heads
from app.readers.label import Index, Match, Row
from app.readers.line import Line, Piece

_MOST_PENDING = 80
_SHORT_LABEL = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """A text in the place of a figure."""

    text: str
    line: Line
    column: int = -1

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return replace(self.line.place, column=self.column + 1)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is filled in here."""
        return figure.is_blank(self.text)


@dataclass(eq=False, slots=True)
class Found:
    """A row of the form as it was found: the slots behind its label.

    `by_column` are the same slots as the heads place them, one for each figure of the row, where
    the grid has heads that fit; `beside` those under a head that the form does not know. `unit` is
    the one that the heads before the row name (“单位：元”); `is_clear`: its label is the form's.
    """

    row: Row
    place: Place
    doubt: str = ""
    unit: str = ""
    is_clear: bool = True
    slots: list[Slot] = field(default_factory=list)
    by_column: tuple[Slot | None, ...] = ()
    beside: tuple[Slot, ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether any figure or mark stands in the row."""
        return any(slot.text.strip() for slot in self.slots)


@dataclass(eq=False, slots=True)
class Loose:
    """Figures within a table that no label claims; they stand `before` that many found rows."""

    before: int
    slots: list[Slot]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows of the form that a file holds, in reading order, and figures without a row."""

    found: list[Found]
    loose: list[Loose]


def gather(index: Index, lines: Sequence[Line]) -> Gathered:
    """Return the rows of the form that these lines hold; marks the lines used."""
    index.begin()
    walk = _Walk(index)
    for line in lines:
        walk.take(line)
    walk.end()
    return Gathered(walk.found, walk.loose)


class _Walk:
    """Reads line by line: words wait for figures, figures go to the row the words stand for."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.heads = Heads(index)
        self.found: list[Found] = []
        self.loose: list[Loose] = []
        self.waiting: list[tuple[str, Line]] = []
        self.row: Found | None = None
        self.last: Row | None = None
        self.grid: Grid | None = None
        self.section = ""
        self.is_inside = False

    def take(self, line: Line) -> None:
        if line.section:
            self.end()
            self.waiting.clear()
            self.section = line.section
            self.is_inside = False
        elif line.grid is None:
            self._paragraph(line)
        else:
            self._grid_row(line, line.grid)

    def end(self) -> None:
        """What still waits belongs to a table if it is made of its words."""
        self._use_words(len(self.waiting))
        self.row = None

    # ── lines of text ───────────────────────────────────────────────────────────────────────

    def _paragraph(self, line: Line) -> None:
        if line.is_prose:
            self.end()
            self.waiting.clear()
            self.is_inside = False
            return
        only = all(figure.is_figure(p.text) or figure.is_blank(p.text) for p in line.pieces)
        for piece in line.pieces:
            self._word(piece.text, line)
        if only and self.row is None and self.is_inside:
            self._keep_loose(line)

    def _word(self, text: str, line: Line) -> None:
        """Take a word of a text line: a figure for the row, or a piece of the next label."""
        if figure.is_figure(text) or figure.is_blank(text) or self._is_odd_figure(text):
            if self.waiting:
                self._begin(line, len(self.waiting))
            if self.row is not None:
                self.row.slots.append(Slot(text, line))
                line.is_used = True
        else:
            self._wait(text, line)

    def _is_odd_figure(self, text: str) -> bool:
        """A figure gone wrong counts as one right behind a label and in a row that lacks some."""
        if not figure.is_odd(text) or self.index.is_word(text):
            return False
        if self.waiting:
            return figure.has_digit(text) and self.index.is_row_label(self.waiting[-1][0])
        row = self.row
        return row is not None and 0 < len(row.slots) < len(row.row.cells)

    def _wait(self, text: str, line: Line) -> None:
        self.waiting.append((text, line))
        if len(self.waiting) > _MOST_PENDING:
            del self.waiting[0]

    def _begin(self, line: Line, pieces: int) -> None:
        """Begin the row for which the waiting words stand, or none."""
        match = self._match() or self._by_section(pieces)
        if match is None:
            self.row = None
        else:
            self._open(match, line)
        self.waiting.clear()

    def _match(self) -> Match | None:
        """Match the waiting words; a short label (总计) stands for no row of another section."""
        match = self.index.match([text for text, _ in self.waiting], self.last)
        if match and len(match.row.label) <= _SHORT_LABEL and match.row.labels:
            own = self.index.section_of(match.row)
            if self.section in self.index.table_sections and self.section != own:
                return None
        return match

    def _keep_loose(self, line: Line) -> None:
        """Keep a line of nothing but figures that belong to no row."""
        slots = [Slot(piece.text, line) for piece in line.pieces]
        if self.loose and self.loose[-1].before == len(self.found):
            self.loose[-1].slots += slots
        else:
            self.loose.append(Loose(len(self.found), slots))
        line.is_used = True

    def _by_section(self, pieces: int) -> Match | None:
        """In the section of a table without row labels any words may stand before its figures."""
        rows = [r for r in self.index.unlabelled if self.index.section_of(r) == self.section]
        if not rows or any(f.row is rows[0] for f in self.found):
            return None
        if not all(self.index.is_word(text) for text, _ in self.waiting):
            return None
        return Match(rows[0], pieces, "表头不全，按所在部分认定")

    def _open(self, match: Match, line: Line) -> None:
        for _, used in self.waiting[len(self.waiting) - match.pieces :]:
            used.is_used = True
        self._use_words(len(self.waiting) - match.pieces)
        units = (figure.head_unit(text) for text, _ in reversed(self.waiting))
        unit = next((unit for unit in units if unit), "")
        self.row = Found(match.row, line.place, match.doubt, unit, not match.doubt)
        self.found.append(self.row)
        self.last = match.row
        self.is_inside = True

    def _use_words(self, until: int) -> None:
        """Count the words of the form before a row as part of the table, prose not."""
        for text, line in reversed(self.waiting[:until]):
            if self.index.is_word(text):
                line.is_used = True
            elif self.section not in self.index.table_sections:
                break

    # ── rows of grids ───────────────────────────────────────────────────────────────────────

    def _grid_row(self, line: Line, grid: Grid) -> None:
        if grid is not self.grid:
            self.grid = grid
            self.heads.forget(grid)
        if self.heads.is_head(line):
            self.heads.add(line)
            for piece in line.pieces:
                if piece.text:
                    self._wait(piece.text, line)
            line.is_used = True
            return
        labels, rest = _parted(line)
        for text in labels:
            self._wait(text, line)
        if not rest:
            return
        if not self.waiting:
            self._go_on(rest, line)
            return
        match = self._match()
        is_blank = not any(piece.text for piece in rest)
        if match is None or (is_blank and match.doubt):
            self._unmatched(line, is_blank=is_blank, pieces=len(labels))
            return
        self._open(match, line)
        self._fill(line, rest)
        line.is_used = True
        if is_blank:  # a label cut by a page may go on in the next row
            self.row = None
        else:
            self.waiting.clear()

    def _unmatched(self, line: Line, *, is_blank: bool, pieces: int) -> None:
        """A row that is none of the form's: blank ones may be the first half of a label."""
        if is_blank:
            return
        match = self._by_section(pieces)
        if match is not None:
            self._open(match, line)
            self._fill(line, [p for p in line.pieces if figure.is_figure(p.text)])
            line.is_used = True
        else:
            self.row = None
        self.waiting.clear()

    def _go_on(self, rest: Sequence[Piece], line: Line) -> None:
        """Figures without a label of their own belong to the row that still lacks some."""
        row = self.row
        filled = [Slot(p.text, line, p.column) for p in rest if p.text]
        if row is None or not filled or len(row.slots) >= len(row.row.cells):
            return
        row.slots += filled
        line.is_used = True

    def _fill(self, line: Line, rest: Sequence[Piece]) -> None:
        """Give the row its slots, in order and, where the heads allow, by column."""
        row = self.row
        if row is None:
            return
        row.slots = [Slot(piece.text, line, piece.column) for piece in rest]
        places = self.heads.columns(row.row, line)
        if not places:
            if self.heads.is_ragged(line) and line.place.line:
                row.slots = _without_lead(row.slots, len(row.row.cells))
            return
        placed: list[Slot | None] = [None] * len(row.row.cells)
        beside = []
        for piece in line.pieces:
            if piece.column in places:
                placed[places[piece.column]] = Slot(piece.text, line, piece.column)
            elif figure.is_figure(piece.text):
                beside.append(Slot(piece.text, line, piece.column))
        row.by_column, row.beside = tuple(placed), tuple(beside)


def _without_lead(slots: list[Slot], count: int) -> list[Slot]:
    """Drop empty places before the figures of a ragged row of text: they belong to merged labels.

    Unless too few figures would be left: then the first ones are not filled in.
    """
    lead = next((n for n, slot in enumerate(slots) if slot.text), 0)
    return slots[lead:] if len(slots) - lead >= count - 1 else slots


def _parted(line: Line) -> tuple[list[str], Sequence[Piece]]:
    """Part a row of a grid into its labels and the places of its figures after them."""
    pieces = line.pieces
    words = [bool(p.text) and not _is_figure(p.text) for p in pieces]
    first = next((n for n, p in enumerate(pieces) if p.text and not words[n]), len(pieces))
    if not any(words[:first]) and any(words):  # a running number before the label
        start = words.index(True)
        first = next((n for n in range(start, len(pieces)) if pieces[n].text and not words[n]),
                     len(pieces))  # fmt: skip
    labels = [n for n in range(first) if words[n]]
    if not labels:
        return [], pieces
    return [pieces[n].text for n in labels], pieces[labels[-1] + 1 :]


def _is_figure(text: str) -> bool:
    return figure.is_figure(text) or figure.is_blank(text) or figure.is_odd(text)
