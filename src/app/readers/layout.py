"""The text of a page laid out: characters to lines, lines to paragraphs, characters into boxes.

Lengths in points; y grows downwards. A paragraph is told by its indent where the text is indented,
else by a line that ends early.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median_high

from app.readers.extract import Area, Block, Box, Paragraph, Place, grid
from app.readers.ruling import Rule, Ruled, tables

_WORD = re.compile(r"[0-9A-Za-z.,%@:/+()-]")
_LETTER = re.compile(r"[A-Za-z]")
_PAGE_NUMBER = re.compile(
    r"[-—–－·•~\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共]\s*\d+\s*页?)?[-—–－·•~\s]*"
)
_COUNTED = re.compile(r"第\s*\d+\s*页\s*[,，/]?\s*共\s*\d+\s*页")
"""What else stands in its line at the edge is a running foot: the revision and code of a copy."""
_UNBROKEN = re.compile(r"[!-~]+|[“‘（《〈【]*.[，。、；：？！”’）》〉】]*")
_EDGE = 0.14
"""Running heads and page numbers stand in this share of the page at its top and bottom."""
_WIDE_GAP = 1.5
"""Gaps of so many ems part columns; smaller ones are what justified lines look like."""


@dataclass(frozen=True, slots=True)
class Char:
    """A character: its advance box from left to right, its base line, its size."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is on a page."""

    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class _TextLine:
    text: str
    left: float
    right: float
    base: float
    size: float
    page: int


def blocks(pages: Sequence[Page]) -> list[Block]:
    """Return paragraphs and tables of all pages in reading order."""
    ruled = [tables(page.rules) for page in pages]
    inside = [_inside(page, own) for page, own in zip(pages, ruled, strict=True)]
    lines = [
        _lines((c for c in page.chars if id(c) not in taken), number)
        for number, (page, (_, taken)) in enumerate(zip(pages, inside, strict=True), 1)
    ]
    lines = _without_running(lines, pages)
    body = _Body.of([line for own in lines for line in own], ruled)
    found: list[Block] = []
    count = 0
    flow: list[_TextLine] = []
    for number, (own, page_lines) in enumerate(zip(ruled, lines, strict=True), 1):
        rest = list(page_lines)
        for table in own:
            above = [line for line in rest if line.base < (table.ys[0] + table.ys[-1]) / 2]
            rest = [line for line in rest if line not in above]
            found += _paragraphs([*flow, *above], body, len(found))
            flow = []
            count += 1
            found.append(
                grid(_boxes(table, inside[number - 1][0]), Place(page=number, table=count))
            )
        flow += rest
    return [*found, *_paragraphs(flow, body, len(found))]


def _inside(
    page: Page, own: Sequence[Ruled]
) -> tuple[dict[tuple[int, int, int], list[Char]], set[int]]:
    """Put characters into the boxes of the tables; returns them by box, and which were taken."""
    by_box: dict[tuple[int, int, int], list[Char]] = defaultdict(list)
    taken: set[int] = set()
    for char in page.chars:
        x, y = (char.left + char.right) / 2, char.base - char.size * 0.35
        for table in own:
            place = table.at(x, y)
            if place is not None:
                by_box[(id(table), *place)].append(char)
                taken.add(id(char))
                break
    return by_box, taken


def _boxes(table: Ruled, by_box: dict[tuple[int, int, int], list[Char]]) -> Iterator[Box]:
    for (row, column), (rows, columns) in sorted(table.boxes.items()):
        lines = _lines(by_box.get((id(table), row, column), ()), 0)
        area = (table.xs[column], table.ys[row], table.xs[column + columns], table.ys[row + rows])
        yield Box(row, column, rows, columns, _joined(line.text for line in lines), area)


def _lines(chars: Iterable[Char], page: int) -> list[_TextLine]:
    """Gather characters that stand on one base line, from the top."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: c.base):
        if rows and char.base - rows[-1][0].base <= 0.4 * max(char.size, rows[-1][0].size):
            rows[-1].append(char)
        else:
            rows.append([char])
    made = []
    for row in rows:
        row.sort(key=lambda c: c.left)
        text = _spaced(row).lstrip()
        if text.strip():
            solid = [c for c in row if c.text.strip()]
            size = median_high(round(c.size, 1) for c in solid)
            made.append(_TextLine(text, solid[0].left, solid[-1].right, row[0].base, size, page))
    return made


def _spaced(row: Sequence[Char]) -> str:
    """Write a line out; a blank stands where one was typed, between words, and between columns."""
    parts: list[str] = []
    before: Char | None = None
    for char in row:
        if before is not None and before.text.strip() and char.text.strip():
            gap = char.left - before.right
            size = max(before.size, char.size)
            words = _WORD.match(before.text) and _WORD.match(char.text)
            if gap > _WIDE_GAP * size:
                parts.append("\t")
            elif words and gap > 0.2 * size:
                parts.append(" ")
            elif gap < -0.5 * size and before.text == char.text:
                continue  # bold by printing twice
        parts.append(char.text)
        before = char
    return "".join(parts)


def _joined(lines: Iterable[str]) -> str:
    """Join the lines of a box or paragraph: nothing between them but blanks that stood there."""
    whole = ""
    for line in lines:
        if whole and _LETTER.match(whole[-1]) and _LETTER.match(line[0]):
            whole += " "
        whole += line
    return whole.strip()


@dataclass(frozen=True, slots=True)
class _Body:
    """The running text: its margins, its size, and whether its paragraphs are indented."""

    left: float
    right: float
    size: float
    is_indented: bool

    @classmethod
    def of(cls, lines: Sequence[_TextLine], ruled: Sequence[Sequence[Ruled]]) -> "_Body":
        weights: Counter[float] = Counter()
        for line in lines:
            weights[round(line.size)] += len(line.text)
        size = weights.most_common(1)[0][0] if weights else 1
        own = [line for line in lines if abs(line.size - size) <= 1 and len(line.text) > 3]
        lefts = Counter(round(line.left / 3) for line in own)
        usual = [at for at, count in lefts.items() if count * 12 >= len(own)] or [0]
        left = min((line.left for line in own if round(line.left / 3) == min(usual)), default=0.0)
        right = max((line.right for line in own), default=0.0)
        indented = sum(1 for line in own if 1.2 <= (line.left - left) / size <= 3)
        edge = min((table.xs[0] for tables_ in ruled for table in tables_), default=left)
        if not indented and 1.5 <= (left - edge) / size <= 2.5:  # each paragraph is but a line
            left, indented = edge, len(own)
        return cls(left, right, size, indented >= 2 or indented * 8 >= len(own) > 0)

    def goes_on(self, before: _TextLine, line: _TextLine) -> bool:
        """Say whether a line goes on with the paragraph of the one before."""
        if "\t" in before.text or "\t" in line.text:  # columns
            return False
        if abs(before.size - line.size) > 0.12 * self.size + 0.3:
            return False
        if line.left > self.left + 0.75 * self.size:
            return False
        is_full = before.right + _first_word(line.text) * self.size > self.right
        if line.page == before.page and line.base - before.base > 2.6 * self.size and not is_full:
            return False
        return is_full or self.is_indented


def _first_word(text: str) -> float:
    """Return the width in ems of what had to stay together at the start of a line."""
    match = _UNBROKEN.match(text)
    word = match[0] if match else ""
    return sum(0.5 if ch.isascii() else 1.0 for ch in word) + 0.3


def _paragraphs(lines: Sequence[_TextLine], body: _Body, before: int) -> Iterator[Paragraph]:
    gathered: list[_TextLine] = []
    for line in lines:
        if gathered and not body.goes_on(gathered[-1], line):
            before += 1
            yield _paragraph(gathered, before)
            gathered = []
        gathered.append(line)
    if gathered:
        yield _paragraph(gathered, before + 1)


def _paragraph(lines: Sequence[_TextLine], number: int) -> Paragraph:
    del number
    own = [line for line in lines if line.page == lines[0].page]
    area: Area = (
        min(line.left for line in own),
        min(line.base - line.size for line in own),
        max(line.right for line in own),
        max(line.base + line.size / 4 for line in own),
    )
    text = _joined(line.text for line in lines)
    return Paragraph(text, Place(page=lines[0].page), area=area)


def _without_running(
    lines: Sequence[list[_TextLine]], pages: Sequence[Page]
) -> list[list[_TextLine]]:
    """Leave out page numbers, and what stands alike at the edge of most pages."""

    def is_edge(line: _TextLine, page: Page) -> bool:
        return not page.height * _EDGE < line.base < page.height * (1 - _EDGE)

    seen: Counter[str] = Counter()
    for own, page in zip(lines, pages, strict=True):
        seen.update({_shape(line) for line in own if is_edge(line, page)})
    kept = []
    for own, page in zip(lines, pages, strict=True):
        page_lines = []
        for line in own:
            running = seen[_shape(line)] > max(1, len(pages) // 2)
            if is_edge(line, page) and (running or _is_number(line.text)):
                continue
            page_lines.append(line)
        kept.append(page_lines)
    return kept


def _is_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text) or _COUNTED.search(text))


def _shape(line: _TextLine) -> str:
    """What stays the same of a running head from page to page."""
    return re.sub(r"\d+", "#", line.text) + f"@{round(line.base / 6)}"
