"""Turns what people paste into paragraphs: text and HTML of Word, WPS, Excel and web pages.

No Qt here. Numbers of lists become text, soft breaks become paragraphs, and of a table every row
becomes a line. `prose.clean` does the rest.
"""

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

from app import prose

_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header li main nav ol p pre section table tr ul".split()
)
_BREAKS = frozenset(("br", "hr"))
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HIDDEN = frozenset(("del", "head", "noscript", "script", "select", "style", "template", "title"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all")
_LABEL_STYLE = re.compile(r"mso-list\s*:\s*ignore")
_SYMBOL_STYLE = re.compile(r"font-family\s*:[^;]*(?:wingdings|symbol)")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_CHINESE = frozenset(("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"))
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_MARKED = re.compile(r"<!\[[^>]*>?")
"""<![if !supportLists]> of Word; html.parser raises at what it does not know of the kind."""
_SOFT, _CELL = "\r", "\v"
"""Stand for a line break in the source, which a reader does not see, and for one in a table."""
_SPACE = re.compile(r"[ \r]+")
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Pasted:
    """Paragraphs joined by line feeds, and whether there was a table among them."""

    text: str
    has_table: bool


def from_text(text: str) -> Pasted:
    """Return plain text as paragraphs; tabs between columns tell a table."""
    has_table = any("\t" in line.strip() for line in text.splitlines())
    return Pasted(prose.clean(text), has_table)


def from_html(html: str) -> Pasted:
    """Return HTML, as an office program or a browser puts it on the clipboard, as paragraphs."""
    parser = _Parser()
    parser.feed(_MARKED.sub("", _COMMENT.sub("", html)))
    parser.close()
    text = _SPACE.sub(_space, parser.finish())
    return Pasted(prose.clean(text), parser.has_table)


@dataclass(slots=True)
class _Element:
    """An open element and what it means for the text in it."""

    tag: str
    is_hidden: bool
    is_label: bool
    is_symbol: bool
    start: int
    """How much had been collected when it began."""
    kind: str = ""
    """How a list numbers its entries; empty if it does not."""
    number: int = 1
    cells: int = 0


class _Parser(HTMLParser):
    """Collects what a reader sees, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.has_table = False
        self._parts: list[str] = []
        self._open: list[_Element] = []
        self._label = ""

    def finish(self) -> str:
        """Return what was collected."""
        while self._open:
            self._close()
        return "".join(self._parts).replace(_CELL, "\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._open.clear()  # ends a head that was left open
        if tag in _BLOCKS or tag in _BREAKS:
            self._break()
        given = {name: value or "" for name, value in attrs}
        if tag == "li":
            self._number(given.get("value", ""))
        elif tag in ("td", "th"):
            self._begin_cell()
        if tag not in _VOID:
            self._open.append(self._element(tag, given))

    def handle_endtag(self, tag: str) -> None:
        if all(element.tag != tag for element in self._open):
            return
        while self._close() != tag:
            pass
        if tag in _BLOCKS:
            self._label = ""  # of an entry without words
            self._break()

    def handle_data(self, data: str) -> None:
        if any(element.is_hidden for element in self._open):
            return
        if any(element.is_label for element in self._open):
            if not any(element.is_symbol for element in self._open):
                self._label += "".join(data.split())
            return
        if not any(element.tag == "pre" for element in self._open):
            data = re.sub(r"\s*\n\s*", _SOFT, data)
        if data.strip():
            self._parts.append(self._label)
            if self._label:
                data = data.lstrip()
            self._label = ""
        self._parts.append(data)

    def _element(self, tag: str, given: dict[str, str]) -> _Element:
        style = given.get("style", "").lower()
        element = _Element(
            tag,
            is_hidden=tag in _HIDDEN or bool(_HIDDEN_STYLE.search(style)),
            is_label=bool(_LABEL_STYLE.search(style)),
            is_symbol=bool(_SYMBOL_STYLE.search(style)),
            start=len(self._parts),
        )
        if tag == "ol":
            told = _LIST_STYLE.search(style)
            element.kind = told[1] if told else given.get("type") or "1"
            element.number = _int(given.get("start", ""), 1)
        return element

    def _close(self) -> str:
        """Close the innermost element; returns its tag."""
        element = self._open.pop()
        if element.tag == "tr":
            row = "".join(self._parts[element.start :])
            # A row of one cell is there for the looks of the page only.
            is_figure = element.cells > 1
            self._parts[element.start :] = [row.replace(_CELL, _SOFT if is_figure else "\n")]
            self.has_table |= is_figure
        return element.tag

    def _break(self) -> None:
        in_cell = any(element.tag in ("td", "th") for element in self._open)
        self._parts.append(_CELL if in_cell else "\n")

    def _begin_cell(self) -> None:
        row = next((element for element in reversed(self._open) if element.tag == "tr"), None)
        if row is not None:
            row.cells += 1
            self._parts.append("\t" if row.cells > 1 else "")

    def _number(self, value: str) -> None:
        """Remember the number of an entry of a list until its first word."""
        lists = [element for element in self._open if element.tag in ("ol", "ul")]
        if lists and lists[-1].kind:
            number = _int(value, lists[-1].number)
            lists[-1].number = number + 1
            self._label = _numbered(number, lists[-1].kind)


def _numbered(number: int, kind: str) -> str:
    if kind in ("none", "disc", "circle", "square"):
        return ""
    if kind in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        words = (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "")
        return words + (_DIGITS[ones] if ones else "") + "、"
    if kind in ("a", "A", "lower-alpha", "upper-alpha") and 0 < number <= 26:
        first = "A" if kind in ("A", "upper-alpha") else "a"
        return chr(ord(first) + number - 1) + "."
    return f"{number}."


def _space(found: re.Match[str]) -> str:
    """Return what is seen of blanks: a line break next to a Chinese character is nothing."""
    if _SOFT not in found[0]:
        return found[0]
    around = found.string[max(0, found.start() - 1) : found.start()]
    around += found.string[found.end() : found.end() + 1]
    is_at_edge = len(around) < 2 or any(char in "\t\n" for char in around)
    is_wide = any(unicodedata.east_asian_width(char) in "WF" for char in around)
    return "" if is_wide or is_at_edge else " "


def _int(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise
