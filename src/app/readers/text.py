"""Text files: .txt, .md, .tsv, .csv. Tables in them are runs of lines with separators."""

import csv
import html
import re
from collections.abc import Iterator, Sequence

from app.readers.charset import decode
from app.readers.extract import Block, Box, Extract, Paragraph, Place, TooLarge, check_size, grid
from app.readers.wrap import unwrapped

_LONGEST_LINE = 200_000
_MOST_LINES = 40_000
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*")
_TABLE_OF_HTML = re.compile(r"<t[dr][\s>]", re.IGNORECASE)
_HTML = re.compile(r"(<table.*?</table>)", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6}\s+")


def read(data: bytes, name: str, suffix: str = "") -> Extract:
    """Read a text file.

    Raises:
        Unreadable: it is no text.
        TooLarge: it is far longer than a report.
    """
    content = decode(data, name)
    if _TABLE_OF_HTML.search(content):
        return _with_html(content, name)
    lines = content.splitlines()
    if len(lines) > _MOST_LINES or any(len(line) > _LONGEST_LINE for line in lines):
        raise TooLarge
    if suffix == ".csv":
        return Extract(tuple(_csv(lines)))
    blocks: list[Block] = []
    run: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines, 1):
        cells = _cells(line)
        if cells is not None:
            run.append((number, cells))
            continue
        blocks += _table(run)
        run = []
        if line.strip() and not _RULE.fullmatch(line):
            text = _HEADING.sub("", line.strip()).replace("**", "")
            blocks.append(Paragraph(text, Place(line=number)))
    blocks += _table(run)
    check_size(blocks)
    return Extract(tuple(unwrapped(blocks)))


def _with_html(content: str, name: str) -> Extract:
    """Read Markdown whose tables are HTML, as tables with merged boxes are written."""
    from app.readers import web  # noqa: PLC0415  (rarely needed)

    parts = _HTML.split(content)
    for number in range(0, len(parts), 2):
        lines = (html.escape(_HEADING.sub("", line)) for line in parts[number].splitlines())
        parts[number] = "<br>".join(lines)
    return web.read("".join(parts).encode(), name)


def _cells(line: str) -> list[str] | None:
    """Part a line of a table at its tabs or bars; None for any other line."""
    if _RULE.fullmatch(line):
        return None
    if "\t" in line.strip("\r\n") and line.strip():
        return [cell.strip() for cell in line.split("\t")]
    if "|" in line or "｜" in line:
        bare = line.strip().replace("｜", "|").removeprefix("|").removesuffix("|")
        return [cell.strip().replace("<br>", "") for cell in bare.split("|")]
    return None


def _table(run: Sequence[tuple[int, list[str]]]) -> Iterator[Block]:
    """Make a grid of a run of lines; a single indented line is a paragraph."""
    if not run:
        return
    if all(sum(1 for cell in cells if cell) <= 1 for _, cells in run):
        for number, cells in run:
            yield Paragraph(" ".join(filter(None, cells)), Place(line=number))
        return
    first = run[0][0]
    boxes = (
        Box(number - first, column, 1, 1, text)
        for number, cells in run
        for column, text in enumerate(cells)
    )
    yield grid(boxes, Place(), first_row=first)


def _csv(lines: Sequence[str]) -> Iterator[Block]:
    """Read comma-separated values; lines of one value are paragraphs."""
    csv.field_size_limit(_LONGEST_LINE)
    run: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(csv.reader(lines), 1):
            run.append((number, [cell.strip() for cell in cells]))
    except csv.Error as failure:
        raise TooLarge from failure
    yield from _table(run)
