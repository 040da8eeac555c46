"""Web pages (.html): paragraphs and tables as a reader of the page sees them.

Scripts, styles, hidden parts and forms are left out; nothing is fetched. Every block carries the
path of the parts it stands in, so that navigation and footer can be told from the report.
"""

import re
from collections.abc import Iterator

from lxml import etree

from app.errors import Unreadable
from app.readers.charset import decode
from app.readers.extract import (
    MOST_BOXES,
    Block,
    Extract,
    Paragraph,
    Place,
    TooLarge,
    check_size,
    flow,
    grid,
)

_LEFT_OUT = frozenset(
    "script style noscript template select option button textarea input iframe svg object head nav "
    "video audio canvas map".split()
)
_PARTS = frozenset(
    "html body div section article main header footer aside ul ol li dl dt dd p h1 h2 h3 h4 h5 h6 "
    "center form fieldset blockquote table tbody thead tfoot tr td th caption figure pre hr "
    "address details summary".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BETWEEN_HAN = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_MOST_ELEMENTS = 300_000
_DEEPEST = 200
_BREAK = "\x0b"
"""Stands for <br> until the blanks of the source have been folded."""


def read(data: bytes, name: str) -> Extract:
    """Read a web page.

    Raises:
        Unreadable, TooLarge: it is no page, or far more than a report.
    """
    text = decode(data, name)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(_without_declaration(text).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"“{name}”不是完整的网页文件，请重新保存后再试。") from error
    if root is None:
        raise Unreadable(f"“{name}”里没有可以读取的文字，请确认选对了文件。")
    walk = _Walk()
    walk.run(root)
    return Extract(tuple(walk.found), title=" ".join((root.findtext(".//title") or "").split()))


def _without_declaration(text: str) -> str:
    """Drop an XML declaration, which may name another encoding than the text has now."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


class _Walk:
    """Goes through the page once, without recursion: pages may be nested without end."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.buffer: list[str] = []
        self.path: list[int] = []
        self.paragraphs = self.tables = self.elements = 0

    def run(self, root: "etree._Element") -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._begin(element):
                    walk.skip_subtree()
            else:
                self._end(element)
        self._flush()
        check_size(self.found)

    def _begin(self, element: "etree._Element") -> bool:
        """Take the beginning of an element in; returns whether its inside is done with."""
        self.elements += 1
        if self.elements > _MOST_ELEMENTS or len(self.path) > _DEEPEST:
            raise TooLarge
        tag = str(element.tag).lower()
        if tag in _PARTS:
            self._flush()
            self.path.append(self.elements)
        if tag in _LEFT_OUT or _is_hidden(element):
            return True
        if tag == "table" and not _is_frame(element):
            self._table(element)
            return True
        if tag == "br":
            self.buffer.append(_BREAK)
        self.buffer.append(element.text or "")
        return False

    def _end(self, element: "etree._Element") -> None:
        if str(element.tag).lower() in _PARTS:
            self._flush()
            self.path.pop()
        self.buffer.append(element.tail or "")

    def _flush(self) -> None:
        text = _folded("".join(self.buffer))
        self.buffer.clear()
        if text:
            self.paragraphs += 1
            # the paragraph's own element is no part that others could stand in
            path = tuple(self.path[:-1])
            self.found.append(Paragraph(text, Place(paragraph=self.paragraphs), path))
            check_size(self.found)

    def _table(self, element: "etree._Element") -> None:
        self.tables += 1
        if sum(1 for _ in element.iter("td", "th")) > MOST_BOXES:
            raise TooLarge
        rows = (
            [_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")
        )
        made = grid(flow(rows), Place(table=self.tables), tuple(self.path[:-1]))
        if made.matrix:
            self.found.append(made)


def _is_hidden(element: "etree._Element") -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _is_frame(table: "etree._Element") -> bool:
    """Say whether a table only lays the page out: others lie in it, or it has hardly a box."""
    inner = next(table.iterdescendants("table"), None)
    boxes = sum(1 for _, _ in zip(range(3), table.iter("td", "th"), strict=False))
    return inner is not None or boxes < 3


def _cell(cell: "etree._Element") -> tuple[str, int, int]:
    """Return a box as (text, rows, columns)."""
    return _folded("".join(_texts(cell))), _span(cell, "rowspan"), _span(cell, "colspan")


def _texts(cell: "etree._Element") -> Iterator[str]:
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag).lower()
        if event == "start":
            if tag in _LEFT_OUT or _is_hidden(element):
                walk.skip_subtree()
                continue
            if tag in ("br", "p", "div", "li"):
                yield _BREAK
            yield element.text or ""
        elif element is not cell:
            if tag in ("p", "div", "li"):
                yield _BREAK
            yield element.tail or ""


def _span(cell: "etree._Element", name: str) -> int:
    digits = re.match(r"\d{1,4}", str(cell.get(name, "")).strip())
    return max(int(digits[0]), 1) if digits else 1


def _folded(text: str) -> str:
    """Fold the blanks of the source as a browser does; breaks stay."""
    text = _BETWEEN_HAN.sub("", text)
    lines = (re.sub(r"[ \t\r\n\f]+", " ", line).strip(" \xa0") for line in text.split(_BREAK))
    return "\n".join(line for line in lines if line.strip())
