"""The manual as a page for our own pens, from its Markdown; its pictures are only in the window.

Of Markdown just what the manual uses: headings of three levels, paragraphs, lists, tables.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from app.form import GridCell
from app.writers.page import Block, Foot, Heading, Page, Paragraph, Span, TableBlock, Title

_PICTURE = re.compile(r"!\[.*?\]\(.*?\)")
_MARKS = re.compile(r"\*\*|`")
_RULE = re.compile(r"\|[\s|:-]+\|")


def compose(markdown: str) -> Page:
    """Make the page of the manual."""
    title = ""
    blocks: list[Block] = []
    for is_table, lines in groupby(_lines(markdown), key=lambda line: line.startswith("|")):
        if is_table:
            blocks.append(_table(list(lines)))
            continue
        for line in lines:
            if line.startswith("# "):
                title = line[2:]
                blocks.append(Title((title,)))
            else:
                blocks.append(_block(line))
    return Page(title, tuple(blocks), foot=Foot(title))


def _lines(markdown: str) -> Iterator[str]:
    """Yield what is said, without pictures and the marks of Markdown within a line."""
    for line in markdown.splitlines():
        said = _MARKS.sub("", _PICTURE.sub("", line)).strip()
        if said and not _RULE.fullmatch(said):
            yield said


def _block(line: str) -> Block:
    if line.startswith("## "):
        return Heading(line[3:])
    if line.startswith("### "):
        return Paragraph((Span(line[4:], "level2"),), "level2")
    return Paragraph((Span(line.removeprefix("- ")),))


def _table(lines: Sequence[str]) -> TableBlock:
    """Draw a table of texts; its first row is the head."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    columns = len(rows[0])
    longest = [max(len(row[column]) for row in rows) for column in range(columns)]
    return TableBlock(
        id="manual",
        title="",
        widths=tuple(float(min(max(each, 6), 30)) for each in longest),
        row_count=len(rows),
        head_rows=1,
        boxes=tuple(_boxes(rows)),
    )


def _boxes(rows: Iterable[Sequence[str]]) -> Iterator[GridCell]:
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            kind = "text" if number else "head"
            yield GridCell(number, column, 1, 1, kind, text)
