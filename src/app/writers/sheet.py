"""Sheets of paper: where on A4 each block of a page stands, by GB/T 9704-2012.

The text block is 156 × 225 mm, 37 mm from the top and 28 mm from the left: 22 lines of 28 Han
characters of 三号 (16 pt), all lines of all sheets on one grid. Headings stay with what they head,
a table that fits on a sheet is not parted, and as the standard asks (5.2.3) a page is filled.
Positions are in pt from the upper left corner of the text block, y downwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil
from operator import itemgetter

from app.writers.fonts import Fonts
from app.writers.ink import CENTRE, Frame, Text, down
from app.writers.line import Line, Style, Typesetter
from app.writers.page import (
    Block,
    Heading,
    Page,
    Paragraph,
    Ruled,
    Signature,
    Span,
    TableBlock,
    Title,
)
from app.writers.paper import (
    CELL,
    HEIGHT,
    LINES,
    NOTE_SIZE,
    SIZE,
    TITLE_PITCH,
    TITLE_SIZE,
    WIDTH,
)
from app.writers.table import Grid, lay

PITCH = (HEIGHT - SIZE) / (LINES - 1)
LETTER_SPACE = CELL - SIZE
TOGETHER = 2
"""Lines that stay with a heading, and with what must follow them."""
SHORT_END = 6.5 * CELL
"""A last line no longer than this is not carried over alone."""
TABLE_GAP = PITCH - SIZE
"""At least so much stands between a table and the line below it, as above it."""

_RISE = 0.5 + CENTRE  # from the top of a character to its base line, in em
_SLACK = 0.001  # of a line, for rounding

ROLES = {"body": "body", "level2": "kai", "note": "kai", "added": "hei", "removed": "body"}
RULES = {"added": -0.2, "removed": 0.3}
"""How high over the base line marked words are underlined or struck through, in em."""
WORD_ENDS = frozenset("省市州盟县区旗镇乡府局厅委会院部处办室所站")
"""What ends a word in the name of a unit; a title is not broken within words (7.3.1)."""
BODY = Style(SIZE, LETTER_SPACE, indent=2 * CELL)
NOTE = Style(NOTE_SIZE, indent=2 * NOTE_SIZE)
TITLE = Style(TITLE_SIZE, justify=False)
LINE = Style(SIZE, LETTER_SPACE, justify=False)
DATE_INDENT = 4 * CELL
BLANK_OVER_SIGNATURE = 2
"""Lines left free for the seal, whose upper edge stands within a line of the text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of the outline: its words, the sheet (from 0) and the height it points at."""

    text: str
    sheet: int
    y: float


@dataclass(slots=True)
class Sheet:
    """What is drawn on one sheet."""

    texts: list[Text] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands on one line of the grid, from the top of the line."""

    texts: tuple[Text, ...] = ()
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class _Strip:
    """Lines on the grid: `whole` is never parted, `leads` never from what follows it.

    The last `tail` lines are carried over together; `trails` stays with the last lines before it.
    """

    rows: tuple[_Row, ...]
    whole: bool = False
    leads: bool = False
    trails: bool = False
    tail: int = 1
    mark: str = ""


class Layout:
    """Lays a page out on sheets; `sheets` and `marks` hold the result."""

    def __init__(self, page: Page, fonts: Fonts) -> None:
        self.sheets: list[Sheet] = [Sheet()]
        self.marks: list[Mark] = []
        self._measure = fonts.width
        self._typesetter = Typesetter(fonts.width)
        self._row = 0
        items: list[_Strip | Grid] = []
        over = 1  # a heading; below a title there is less room
        for block in page.blocks:
            item = self._item(block, HEIGHT - over * PITCH)
            items.append(item)
            over = len(item.rows) if isinstance(block, Title) and isinstance(item, _Strip) else 1
        for index in range(len(items)):
            self._place(items, index)

    # ── blocks to lines ─────────────────────────────────────────────────────────────────────

    def _item(self, block: Block, room: float) -> _Strip | Grid:
        """Set a block; a table may be as high as `room`, below a title or else a heading."""
        match block:
            case Title():
                return self._title(block)
            case Heading():
                return _Strip(self._rows(block.text, "hei", BODY), True, True, mark=block.text)
            case Paragraph():
                return self._paragraph(block)
            case Ruled():
                rule = Frame(0.0, SIZE, WIDTH)
                return _Strip((_Row(frames=(rule,)),) * block.lines)
            case TableBlock():
                return self._table(block, room)
            case Signature():
                return self._signature(block)

    def _title(self, title: Title) -> _Strip:
        """The lines in the middle, a blank line below them."""
        lines = [line for text in title.lines for line in self._title_lines(text)]
        texts = [
            Text((WIDTH - line.width) / 2, index * TITLE_PITCH, TITLE_SIZE, line)
            for index, line in enumerate(lines)
        ]
        rows = (_Row(tuple(down(texts, _RISE * TITLE_SIZE))),) + (_Row(),) * len(lines)
        return _Strip(rows, whole=True)

    def _title_lines(self, text: str) -> tuple[Line, ...]:
        """One line, or two that part a name where a word of it ends, or as many even ones."""
        even = self._typesetter.balanced([(text, "title")], TITLE, WIDTH)
        if len(even) != 2:
            return even
        middle = len(even[0].text)
        ends = [n for n in range(1, len(text)) if text[n - 1] in WORD_ENDS]
        end = min(ends, key=lambda n: abs(n - middle), default=middle)
        halves = [
            self._typesetter.lines([(half, "title")], TITLE, WIDTH)
            for half in (text[:end], text[end:])
        ]
        parted = all(len(half) == 1 for half in halves)
        return (*halves[0], *halves[1]) if parted else even

    def _paragraph(self, paragraph: Paragraph) -> _Strip:
        style = NOTE if paragraph.style == "note" else BODY
        spans = [(span.text, ROLES[_style(paragraph, span)]) for span in paragraph.spans]
        lines = self._typesetter.lines(spans, style, WIDTH)
        tail = 2 if lines and lines[-1].width <= SHORT_END else 1
        rows = self._on_grid(lines, style.size)
        if any(span.style in RULES for span in paragraph.spans):
            rows = self._ruled(rows, paragraph.spans)
        return _Strip(rows, leads=paragraph.is_heading, tail=tail)

    def _ruled(self, rows: Iterable[_Row], spans: Iterable[Span]) -> tuple[_Row, ...]:
        """Rule what is marked in a paragraph; its lines hold every character of it, in order."""
        styles = iter([span.style for span in spans for _ in span.text])
        ruled = []
        for row in rows:
            (text,) = row.texts
            frames = []
            for run in text.line.runs:
                marks = groupby(zip(run.text, styles, strict=False), key=itemgetter(1))
                x = text.x + run.x
                for style, piece in marks:
                    words = "".join(character for character, _ in piece)
                    width = self._measure(words, run.role, text.size) + run.space * len(words)
                    if style in RULES:
                        frames.append(Frame(x, text.y - RULES[style] * text.size, width))
                    x += width
            ruled.append(_Row(row.texts, tuple(frames)))
        return tuple(ruled)

    def _table(self, block: TableBlock, room: float) -> Grid:
        """A table that ends with a line of the grid, as the text around it does."""
        grid = lay(block, self._typesetter, WIDTH, room)
        if grid.is_whole and grid.height <= room:
            grid.stretch(SIZE + ceil((grid.height - SIZE) / PITCH) * PITCH)
        return grid

    def _signature(self, signature: Signature) -> _Strip:
        """The date four characters in from the right, the unit in the middle above it."""
        (date,) = self._typesetter.lines([(signature.date, "body")], LINE, WIDTH)
        units = self._typesetter.balanced([(signature.unit, "body")], LINE, WIDTH)
        middle = WIDTH - DATE_INDENT - date.width / 2
        rows = [_Row()] * BLANK_OVER_SIGNATURE
        for line in (*units, date):
            x = min(middle - line.width / 2, WIDTH - line.width)
            rows.append(_Row((Text(max(x, 0), _RISE * SIZE, SIZE, line),)))
        return _Strip(tuple(rows), whole=True, trails=True)

    def _rows(self, text: str, role: str, style: Style) -> tuple[_Row, ...]:
        return self._on_grid(self._typesetter.lines([(text, role)], style, WIDTH), style.size)

    def _on_grid(self, lines: Iterable[Line], size: float) -> tuple[_Row, ...]:
        y = (SIZE - size) / 2 + _RISE * size
        return tuple(_Row((Text(0.0, y, size, line),)) for line in lines)

    # ── lines to sheets ─────────────────────────────────────────────────────────────────────

    def _place(self, items: Sequence[_Strip | Grid], index: int) -> None:
        item = items[index]
        bound = isinstance(item, Grid) or item.whole or item.leads
        if bound and self._row and self._row + _need(items, index) > LINES:
            self._turn()
        if isinstance(item, Grid):
            self._place_table(item)
        else:
            self._place_strip(item, _trailing(items, index))

    def _place_strip(self, strip: _Strip, after: int) -> None:
        """Place lines; `after` lines have to follow the last ones on the same sheet."""
        if strip.mark:
            self.marks.append(Mark(strip.mark, len(self.sheets) - 1, self._row * PITCH))
        rows = strip.rows
        while rows:
            if self._row == LINES:
                self._turn()
            count = _first_part(len(rows), LINES - self._row, strip.tail, after)
            if not self._row:
                count = count or len(rows)
            for row in rows[:count]:
                y = self._row * PITCH
                self.sheets[-1].texts += down(row.texts, y)
                self.sheets[-1].frames += down(row.frames, y)
                self._row += 1
            rows = rows[count:]
            if rows:
                self._turn()

    def _place_table(self, grid: Grid) -> None:
        top = self._row * PITCH
        for part in grid.parts(HEIGHT - top, HEIGHT):
            if part.start:
                self._turn()
            texts, frames = grid.ink(part)
            top = self._row * PITCH
            self.sheets[-1].texts += down(texts, top)
            self.sheets[-1].frames += down(frames, top)
            self._row = _row_below(top + part.height)

    def _turn(self) -> None:
        self.sheets.append(Sheet())
        self._row = 0


def _style(paragraph: Paragraph, span: Span) -> str:
    return "note" if paragraph.style == "note" else span.style


def _row_below(y: float) -> int:
    """The first line of the grid that keeps its distance from a table that ends at y."""
    return min(ceil((y + TABLE_GAP) / PITCH - _SLACK), LINES)


def _need(items: Sequence[_Strip | Grid], index: int) -> int:
    """Lines that must be free so that a block may begin on this sheet, below its heading."""
    item = items[index]
    if isinstance(item, Grid):
        fits = item.is_whole and item.height <= HEIGHT - PITCH
        height = item.height if fits else item.shortest
        return min(ceil((height - SIZE) / PITCH - _SLACK) + 1, LINES)
    count = len(item.rows)
    if not item.whole and not item.leads and count >= TOGETHER + item.tail:
        return TOGETHER
    if item.leads and index + 1 < len(items):
        count += _need(items, index + 1)
    return min(count + _trailing(items, index), LINES)


def _trailing(items: Sequence[_Strip | Grid], index: int) -> int:
    """Lines of the next block that must follow this one on the same sheet."""
    following = items[index + 1] if index + 1 < len(items) else None
    return len(following.rows) if isinstance(following, _Strip) and following.trails else 0


def _first_part(count: int, room: int, tail: int, after: int) -> int:
    """How many of so many lines go into the room: the last `tail` only with what is `after`."""
    if count + after <= room:
        return count
    return max(min(room, count - (max(tail, TOGETHER) if after else tail)), 0)
