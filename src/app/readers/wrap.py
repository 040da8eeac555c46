"""Hard line breaks: text copied from a PDF breaks every line of a paragraph; here they are joined.

Only where many lines end at the same width, so that text with a paragraph a line stays as it is.
"""

import re
from collections.abc import Sequence

from app.readers.extract import Block, Paragraph

_PAGE_NUMBER = re.compile(r"[-—–－]\s*\d{1,3}\s*[-—–－]")
_NUMERAL = "一二三四五六七八九十"
_BEGINS = re.compile(
    rf"[（(]?[{_NUMERAL}\d]{{1,3}}[、.．）)]|[{_NUMERAL}]是|附件|第[{_NUMERAL}]+条"
)
_ENDS = re.compile(r"[。！？；：]$")
_CLAUSE = re.compile(r"[，。；《》]")
_FIGURES = re.compile(r"(?:^|\s)[\d.,/—-]+(?:\s+[\d.,/—-]+)*$")
_WIDE = "\u2018-\u201f\u3000-\u9fff\uff00-\uffef"
_BESIDE_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]+|[ \t]+(?=[{_WIDE}])")
_HAN = re.compile(rf"[{_WIDE}]")
_FEWEST, _SHARE = 8, 0.4
_NARROWEST, _WIDEST = 14, 60
_SLACK = 2.5
_LONGER_THAN_LABEL = 18


def unwrapped(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with the lines of hard-wrapped paragraphs joined, without page numbers."""
    kept = [b for b in blocks if not (isinstance(b, Paragraph) and _PAGE_NUMBER.fullmatch(b.text))]
    width = _width([b.text for b in kept if isinstance(b, Paragraph)])
    if not width:
        return kept
    joined: list[Block] = []
    before = ""
    for block in kept:
        if not isinstance(block, Paragraph):
            joined.append(block)
            before = ""
            continue
        last = joined[-1] if joined else None
        if isinstance(last, Paragraph) and before and _goes_on(before, block.text, width):
            joined[-1] = Paragraph(_join(last.text, block.text), last.place)
        elif _is_prose(block.text) and _CLAUSE.search(block.text):
            joined.append(Paragraph(_BESIDE_WIDE.sub("", block.text), block.place))
        else:
            joined.append(block)
        before = block.text
    return joined


def _width(texts: Sequence[str]) -> float:
    """Return the width at which lines of prose break, in Han characters; 0 if they do not."""
    sizes = sorted(_size(text) for text in texts if _is_prose(text) and _CLAUSE.search(text))
    if len(sizes) < _FEWEST:
        return 0
    widest = sizes[int(len(sizes) * 0.8)]
    full = sum(1 for size in sizes if widest - _SLACK <= size <= widest + _SLACK)
    if not _NARROWEST <= widest <= _WIDEST or full < len(sizes) * _SHARE:
        return 0
    return widest


def _is_prose(text: str) -> bool:
    """Say whether a line is no row of figures: those have a short label or many figures."""
    if not _HAN.search(text):
        return False
    row = _FIGURES.search(text)
    is_long = bool(_CLAUSE.search(text)) or len(_HAN.findall(text)) >= _LONGER_THAN_LABEL
    return row is None or (is_long and len(row[0].split()) == 1)


def _size(text: str) -> float:
    bare = _BESIDE_WIDE.sub("", text.strip())
    return sum(1 if _HAN.match(ch) else 0.5 for ch in bare)


def _goes_on(before: str, text: str, width: float) -> bool:
    """Say whether a line goes on with the paragraph of the line before."""
    if not (_is_prose(before) and _is_prose(text) and _CLAUSE.search(before + text)):
        return False
    if _BEGINS.match(text.strip()):
        return False
    return abs(_size(before) - width) <= _SLACK and not (
        _ENDS.search(before) and _size(before) < width - 1
    )


def _join(before: str, text: str) -> str:
    blank = " " if re.search(r"[A-Za-z]$", before) and re.match(r"[A-Za-z]", text) else ""
    return _BESIDE_WIDE.sub("", before + blank + text.strip())
