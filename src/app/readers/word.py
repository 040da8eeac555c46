"""Word files (.docx): paragraphs with their automatic numbers, tables with their merged boxes.

Read from the XML itself: what is deleted or hidden in tracked changes stays out, text boxes and
content controls are read, and nothing is executed or fetched.
"""

from collections.abc import Iterator

from lxml import etree

from app.readers.archive import Archive
from app.readers.extract import (
    MOST_COLUMNS,
    Block,
    Box,
    Extract,
    Grid,
    Paragraph,
    Place,
    TooLarge,
    check_size,
    grid,
)
from app.readers.word_number import Numbers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _TBL, _TR, _TC, _T = W + "p", W + "tbl", W + "tr", W + "tc", W + "t"
_BREAKS = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t", W + "noBreakHyphen": "-"}
_LEFT_OUT = {
    W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "rPr", W + "pPr", _FALLBACK,
}  # fmt: skip


def read(data: bytes, name: str) -> Extract:
    """Read a .docx file.

    Raises:
        Unreadable, TooLarge: it is damaged, encrypted or no document of this kind.
    """
    with Archive(data, name) as archive:
        part = next(
            (n for n in archive.names if n.endswith("word/document.xml")), "word/document.xml"
        )
        root = archive.tree(part)
        numbers = Numbers.of(archive)
    walk = _Walk(numbers)
    body = root.find(W + "body")
    walk.blocks(root if body is None else body)
    return Extract(tuple(walk.found))


class _Walk:
    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.found: list[Block] = []
        self.paragraphs = self.tables = 0

    def blocks(self, parent: "etree._Element") -> None:
        """Read the paragraphs and tables directly in a part, and those in frames within it."""
        for element in _content(parent):
            if element.tag == _P:
                self._paragraph(element)
            elif element.tag == _TBL:
                self._table(element)
        check_size(self.found)

    def _paragraph(self, element: "etree._Element") -> None:
        self.paragraphs += 1
        text = self.numbers.before(element) + text_of(element)
        if text.strip():
            self.found.append(Paragraph(text, Place(paragraph=self.paragraphs)))
        for box in element.iter("{*}txbxContent"):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                self.blocks(box)

    def _table(self, element: "etree._Element") -> None:
        rows = [row for row in _content(element) if row.tag == _TR]
        cells = [[cell for cell in _content(row) if cell.tag == _TC] for row in rows]
        if self._is_frame(cells):
            for cell in (cell for row in cells for cell in row):
                self.blocks(cell)
            return
        self.tables += 1
        self.found.append(self._grid(rows, cells))

    def _is_frame(self, cells: list[list["etree._Element"]]) -> bool:
        """Say whether a table only lays the page out: others lie in it, or it is one box."""
        inner = (cell.find(".//" + _TBL) is not None for row in cells for cell in row)
        return sum(map(len, cells)) <= 1 or any(inner)

    def _grid(self, rows: list["etree._Element"], cells: list[list["etree._Element"]]) -> Grid:
        boxes: list[Box] = []
        open_boxes: dict[int, int] = {}  # column → index of the box that goes on downwards
        for number, (row, own) in enumerate(zip(rows, cells, strict=True)):
            column = _number(row, f"{W}trPr/{W}gridBefore")
            still: dict[int, int] = {}
            for cell in own:
                width = max(_number(cell, f"{W}tcPr/{W}gridSpan"), 1)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = merge is not None and merge.get(W + "val", "continue") != "restart"
                above = open_boxes.get(column) if goes_on else None
                if above is not None:
                    _grow(boxes, above, number)
                    still[column] = above
                else:
                    boxes.append(Box(number, column, 1, width, self._box_text(cell)))
                    if merge is not None:
                        still[column] = len(boxes) - 1
                column += width
                if column > MOST_COLUMNS:
                    raise TooLarge
            open_boxes = still
        return grid(boxes, Place(table=self.tables))

    def _box_text(self, cell: "etree._Element") -> str:
        parts = [self.numbers.before(p) + text_of(p) for p in cell.iter(_P)]
        return "\n".join(part for part in parts if part.strip())


def _grow(boxes: list[Box], index: int, row: int) -> None:
    box = boxes[index]
    boxes[index] = Box(box.row, box.column, row - box.row + 1, box.columns, box.text)


def _content(parent: "etree._Element") -> Iterator["etree._Element"]:
    """The children of an element, those inside content controls and tracked insertions included."""
    for child in parent:
        if child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml",
                         W + "smartTag"):  # fmt: skip
            yield from _content(child)
        elif child.tag not in _LEFT_OUT:
            yield child


def text_of(element: "etree._Element") -> str:
    """Return the text of a paragraph or box, without deleted text, fields' codes and text boxes."""
    parts: list[str] = []
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == _T:
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif child.tag not in _LEFT_OUT and not str(child.tag).endswith("}txbxContent"):
            stack.append(iter(child))
            if child.tag == _P and parts:
                parts.append("\n")
    return "".join(parts)


def _number(element: "etree._Element", path: str) -> int:
    found = element.find(path)
    value = "" if found is None else found.get(W + "val", "")
    return int(value) if value.isdigit() and len(value) < 5 else 0
