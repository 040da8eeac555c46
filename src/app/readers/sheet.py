"""Excel files (.xlsx): each sheet as one grid of exact figures.

Read from the XML itself, not through a library: libraries hand figures over as binary floats. Excel
keeps 15 significant digits and writes 17; what it shows is the figure rounded to 15.
"""

import posixpath
import re
from collections.abc import Iterator
from decimal import Context, Decimal, InvalidOperation
from io import BytesIO

from lxml import etree

from app.errors import Unreadable
from app.readers.archive import Archive
from app.readers.extract import MOST_COLUMNS, Block, Box, Extract, Place, TooLarge, check_size, grid

_RELATION = re.compile(r"\{.*\}id$")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_EXACT = Context(prec=15)
_MOST_SHEETS = 60
_MOST_ROWS = 4_000
_MOST_CELLS = 60_000


def read(data: bytes, name: str) -> Extract:
    """Read an .xlsx file, its visible sheets in order.

    Raises:
        Unreadable, TooLarge: it is damaged, encrypted or no workbook.
    """
    blocks: list[Block] = []
    without_value = 0
    with Archive(data, name) as archive:
        strings = _strings(archive)
        for title, part in _sheets(archive):
            boxes, blank = _boxes(archive.bytes(part), strings, name)
            without_value += blank
            if boxes:
                first = min(box.row for box in boxes)
                moved = (Box(b.row - first, b.column, b.rows, b.columns, b.text) for b in boxes)
                blocks.append(grid(moved, Place(sheet=title), first_row=first + 1))
            check_size(blocks)
    note = f"有{without_value}个公式没有保存结果，按未填处理；在Excel或WPS中打开保存一次即可读取。"
    return Extract(tuple(blocks), notes=(note,) if without_value else ())


def _sheets(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield title and part of each visible sheet."""
    book = archive.tree("xl/workbook.xml")
    relations = {
        element.get("Id"): str(element.get("Target", ""))
        for element in archive.tree("xl/_rels/workbook.xml.rels")
    }
    sheets = [e for e in book.iter("{*}sheet") if e.get("state", "visible") == "visible"]
    if len(sheets) > _MOST_SHEETS:
        raise TooLarge
    for sheet in sheets:
        key = next((v for k, v in sheet.attrib.items() if _RELATION.match(str(k))), "")
        target = relations.get(str(key), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        if part in archive.names and "worksheets" in part:
            yield str(sheet.get("name", "")), part


def _strings(archive: Archive) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.names:
        return []
    root = archive.tree("xl/sharedStrings.xml")
    return [_rich_text(item) for item in root.iter("{*}si")]


def _rich_text(element: "etree._Element") -> str:
    """The text of a string, without the readings (拼音) that may hang on it."""
    parts = []
    for text in element.iter("{*}t"):
        above = text.getparent()
        if above is None or not str(above.tag).endswith("}rPh"):
            parts.append(text.text or "")
    return "".join(parts)


def _boxes(data: bytes, strings: list[str], name: str) -> tuple[list[Box], int]:
    """Return the boxes of a sheet, merged ones as one, and how many formulas lack their result."""
    texts: dict[tuple[int, int], str] = {}
    merged: list[tuple[int, int, int, int]] = []
    blank = 0
    place: tuple[int, int] = (0, -1)
    try:
        for element in _elements(data):
            if element.tag.endswith("}c"):
                place = _place(str(element.get("r", ""))) or (place[0], place[1] + 1)
                if place[0] >= _MOST_ROWS or place[1] >= MOST_COLUMNS:
                    raise TooLarge
                text = _text(element, strings)
                blank += not text and element.find("{*}f") is not None
                if text:
                    texts[place] = text
                if len(texts) > _MOST_CELLS:
                    raise TooLarge
            elif element.tag.endswith("}row"):
                place = (place[0] + 1, -1)
            elif len(merged) <= _MOST_CELLS:
                merged.append(_area(str(element.get("ref", ""))))
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"“{name}”已损坏，请用Excel或WPS打开后另存再试。") from error
    return _merge(texts, merged), blank


def _elements(data: bytes) -> Iterator["etree._Element"]:
    """Yield the cells, ends of rows and merged areas of a sheet, each freed after its use."""
    if b"<!DOCTYPE" in data[:4096]:
        raise TooLarge
    events = etree.iterparse(
        BytesIO(data), events=("end",), tag=("{*}c", "{*}mergeCell", "{*}row"),
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
    )  # fmt: skip
    for _, element in events:
        yield element
        if not element.tag.endswith("}row"):
            continue
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _text(cell: "etree._Element", strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _rich_text(cell)
    value = cell.findtext("{*}v") or ""
    if kind == "s":
        number = int(value) if value.isdigit() and len(value) < 9 else -1
        return strings[number] if 0 <= number < len(strings) else ""
    if kind == "n" and value:
        return exact(value)
    return value


def exact(value: str) -> str:
    """Return a number as Excel shows it in full: 15 significant digits, no exponent."""
    try:
        number = _EXACT.create_decimal(Decimal(value))
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return value
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _area(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last or first)
    if start is None or end is None:
        return (0, 0, 0, 0)
    return (*start, end[0] - start[0] + 1, end[1] - start[1] + 1)


def _merge(texts: dict[tuple[int, int], str], merged: list[tuple[int, int, int, int]]) -> list[Box]:
    """Make boxes of filled places; blank places inside the used area are blank boxes."""
    if not texts:
        return []
    height = max(row for row, _ in texts) + 1
    width = max(column for _, column in texts) + 1
    if height * width > _MOST_CELLS:
        raise TooLarge
    boxes: list[Box] = []
    covered: set[tuple[int, int]] = set()
    used = 0
    for row, column, rows, columns in merged:
        rows, columns = min(rows, height - row), min(columns, width - column)
        if rows > 0 and columns > 0 and (row, column) not in covered:
            used += rows * columns
            if used > _MOST_CELLS:
                raise TooLarge
            boxes.append(Box(row, column, rows, columns, texts.get((row, column), "")))
            covered.update(
                (r, c) for r in range(row, row + rows) for c in range(column, column + columns)
            )
    first = min(row for row, _ in texts)
    boxes += [
        Box(row, column, 1, 1, texts.get((row, column), ""))
        for row in range(first, height) for column in range(width)
        if (row, column) not in covered
    ]  # fmt: skip
    return sorted((b for b in boxes if b.row >= first), key=lambda b: (b.row, b.column))
