"""Figures as they stand in files: telling them from words, cutting glued ones apart, reading them.

What a figure means is `numbers`' business; here is only what files do to figures.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app import numbers, prose
from app.form import AMOUNT, COUNT, SIGNED, Cell
from app.readers.script import simplified

_FIGURE = re.compile(
    r"(?:增加?|减少?|负)?[+-]?\s*\d[\d,.' ]*(?:[百千]?[万亿]?元?|件次?|项|个|条|次|宗)"
)
_GLUED = re.compile(
    r"(?P<label>.*[^\d\s.,，．:：+\-—－/／年第])\s*[:：]?\s*(?P<figure>\d[\d,.]*(?:万元|元|万|件|项)?)"
)
_UNIT_IN_HEAD = re.compile(r"(?:单位[:：]?\s*|\()([百千]?[万亿]?元)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DIGIT = re.compile(r"\d")
_LONGEST_ODD = 14
_LONGEST_BLANK = 4
_MOST_MORE = 5
"""Digits beyond one a figure up to which a glued run is cut: 12 digits have 462 ways in seven."""


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return a text in plain characters without outer blanks."""
    return re.sub(r"\s+", " ", simplified(prose.plain(text))).strip()


@lru_cache(maxsize=20_000)
def is_blank(text: str) -> bool:
    """Say whether a text is one of the marks for “not filled in”, or nothing at all."""
    short = _bare(text)
    if len(short) > _LONGEST_BLANK:
        return False
    try:
        return numbers.parse(short, COUNT).value is None
    except numbers.NotAFigure:
        return False


@lru_cache(maxsize=20_000)
def is_figure(text: str) -> bool:
    """Say whether a text is a figure, with or without sign, separators and unit."""
    return len(text) <= 40 and bool(_FIGURE.fullmatch(plain(text).translate(_MINUS)))


def is_odd(text: str) -> bool:
    """Say whether a text could only be a figure gone wrong: 约12, 3O, 12人."""
    short = plain(text)
    if len(short) > _LONGEST_ODD:
        return False
    if not _HAN.search(short):
        return True
    return has_digit(short) and len(_HAN.findall(short)) <= 3 and not _numbered(short)


def has_digit(text: str) -> bool:
    """Say whether any figure is written in a text."""
    return bool(_DIGIT.search(text))


def _numbered(text: str) -> bool:
    return bool(re.match(r"\(?\d{1,2}\s*[、.)]|\d{4}年|第\d", text))


def glued(text: str) -> tuple[str, str] | None:
    """Part a label from the figure stuck to its end: 行政许可447228."""
    match = _GLUED.fullmatch(text.strip())
    return (match["label"], match["figure"]) if match else None


def head_unit(text: str) -> str:
    """Return the unit that a head names for the figures below it (“单位：元”), else nothing."""
    match = _UNIT_IN_HEAD.search(plain(text))
    return match[1] if match else ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A text taken for a cell: `value` in the smallest unit, or why there is none.

    `doubt` is for a figure that a person should look at; `refused` says that the text is no figure.
    """

    value: int | None
    doubt: str = ""
    refused: bool = False


def take(text: str, cell: Cell, unit: str = "") -> Taken:
    """Read a text for a cell; `unit` is the one named by its head, if it names one."""
    return _take(text, cell.kind, unit)


@lru_cache(maxsize=20_000)
def _take(text: str, kind: str, unit: str) -> Taken:
    if is_blank(text):
        return Taken(None)
    source = _bare(text)
    if kind == AMOUNT and unit not in ("", "万元") and source[-1:].isdigit():
        source += unit
    if kind != SIGNED:
        source = source.removeprefix("+")
    try:
        figure = numbers.parse(source, kind)
    except numbers.NotAFigure as failure:
        return Taken(None, str(failure), refused=True)
    doubt = f"按单位换算：{figure.note}" if figure.note and _is_scaled(source) else ""
    return Taken(figure.value, doubt)


def _is_scaled(source: str) -> bool:
    """万元 in a cell of 万元 is no conversion that anyone need look at."""
    return not plain(source).endswith("万元")


def _bare(text: str) -> str:
    """Drop the line breaks and invisible characters that layout leaves in a box."""
    return re.sub(r"[\u200b-\u200d\ufeff\u00ad]", "", text).strip()


def split(text: str, count: int) -> Iterator[tuple[str, ...]]:
    """Yield every way to cut a run of digits into so many figures without leading zeros.

    For rows whose separators got lost (0000000); long runs have too many ways and yield none.
    """
    digits = plain(text)
    if not digits.isdigit() or not count <= len(digits) <= count + _MOST_MORE or count > 7:
        return
    yield from _cuts(digits, count)


def _cuts(digits: str, count: int) -> Iterator[tuple[str, ...]]:
    if count == 1:
        if len(digits) == 1 or digits[0] != "0":
            yield (digits,)
        return
    longest = 1 if digits[0] == "0" else len(digits) - count + 1
    for size in range(1, longest + 1):
        for rest in _cuts(digits[size:], count - 1):
            yield (digits[:size], *rest)


_MINUS = dict.fromkeys(map(ord, "−－—–﹣‐‑"), "-")
