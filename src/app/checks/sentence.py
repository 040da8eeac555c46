"""Chinese prose for reading figures in it: flat text with the way back, numbers, sentences.

Source of what numbers look like: domain notes, parts B.5 and C.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app import prose

ENDS = "。！？"
"""What ends a sentence."""
_BREAKS = "。！？；\n"
_LONGEST_EXCERPT = 90

_NARROW = str.maketrans("０１２３４５６７８９％．,:;()?!", "0123456789%.，：；（）？！")
_ODD = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_SPACE = re.compile(r"\s")
_UNIT = (
    "个百分点|百分点|%|元|件次|件|条次|条|宗|起|份|人次|例|项|次|篇|期|场|部|批|个|家|名|笔|"
    "年|月|日|号|时|天|页|字|人|户|处|类|级|倍|辆|本|册|幅|张|套|台|分钟|小时|工作日"
)
_NUMBER = re.compile(
    rf"""(?P<before>约|近|超过|超|逾|突破|不足|不少于|上(?=[百千万])|第|〔)?
    (?:(?P<digits>\d{{1,3}}(?:，\d{{3}})+(?!\d)|\d+)(?P<point>\.\d+)?
      |(?P<words>[一二两三四五六七八九十百千零〇]+)(?=[余多]?(?:件|宗|条|份|例)(?![事龙]))|(?P<nil>零)(?=件))
    (?P<more>[余多来几])?(?P<scale>[百千万亿]*)(?P<still>[余多])?
    (?P<unit>{_UNIT})?(?P<after>（次）)?(?P<about>左右|以上|以下|以内|上下|余)?""",
    re.VERBOSE,
)
_RANGE = re.compile(r"[—–~～-]")
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALE = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Flat:
    """Text without blanks, its digits and marks of one width; `places` lead back to the source."""

    text: str
    source: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of the flat text stands in the source."""
        if start >= end:
            return 0, 0
        return self.places[start], self.places[end - 1] + 1


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence around a piece; of a long one only the clauses around it."""
    first = max(text.rfind(mark, 0, start) for mark in _BREAKS) + 1
    ends = [at for mark in _BREAKS if (at := text.find(mark, max(end - 1, start))) >= 0]
    last = min(ends, default=len(text) - 1)
    last += not text.startswith("\n", last)
    if last - first > _LONGEST_EXCERPT:
        first = max(text.rfind("，", first, start) + 1, first)
        comma = text.find("，", end)
        last = comma if 0 <= comma < last else last
    while first < start and text[first].isspace():
        first += 1
    return first, last


@dataclass(frozen=True, slots=True)
class Number:
    """A number in flat text with its unit; `digits_end` is where the digits alone end.

    It is not `exact` if words make it approximate or if a count is rounded to 万 or 亿; amounts are
    in 元 and exact in 万元 too.
    """

    value: Decimal
    unit: str
    start: int
    digits_end: int
    end: int
    exact: bool

    @property
    def count(self) -> int:
        """The number as a whole one."""
        return int(self.value)

    @property
    def step(self) -> Decimal:
        """One unit of its last digit: 12.5 → 0.1."""
        return Decimal(1).scaleb(int(self.value.as_tuple().exponent))


def flatten(source: str) -> Flat:
    """Return text for reading: without blanks, full-width digits narrowed, marks of one kind."""
    if _ODD.search(source):
        plain = (prose.plain(ch) for ch in source)
        text = "".join(p if len(p) == 1 else ch for p, ch in zip(plain, source, strict=True))
    else:
        text = source
    text = text.translate(_NARROW)
    if not _SPACE.search(text):
        return Flat(text, source, range(len(text)))
    places = [i for i, ch in enumerate(text) if not ch.isspace()]
    return Flat("".join(text[i] for i in places), source, places)


def numbers_in(text: str) -> list[Number]:
    """Return the numbers of flat text; ranges, ordinals and file numbers are left out."""
    found = []
    for match in _NUMBER.finditer(text):
        start, end = match.start(), match.end()
        if match["before"] in ("第", "〔") or _in_range(text, match):
            continue
        digits, words = match["digits"], match["words"] or match["nil"]
        if digits and len(digits) > 15:
            continue
        value = (
            Decimal(digits.replace("，", "") + (match["point"] or "")) if digits else _spoken(words)
        )
        for mark in match["scale"]:
            value *= _SCALE[mark]
        rounded = match["scale"] if match["unit"] != "元" else ""
        marks = (match["before"], match["more"], rounded, match["still"], match["about"])
        digits_end = (
            match.end("point") if match["point"] else match.end("digits" if digits else "words")
        )
        found.append(
            Number(value, match["unit"] or "", start, max(digits_end, start), end, not any(marks))
        )
    return found


def _in_range(text: str, match: re.Match[str]) -> bool:
    """Say whether a number is one end of a range such as 11—30件, or part of a longer code."""
    before = text[max(match.start() - 2, 0) : match.start()]
    after = text[match.end() : match.end() + 2]
    if _RANGE.match(before[-1:]) or _RANGE.match(after):
        return True
    if re.fullmatch(r"至\d", after) or re.fullmatch(r"[\d件条]至", before):
        return True
    return before[-1:].isascii() and before[-1:].isalnum()


def _spoken(words: str) -> Decimal:
    """Return the value of Chinese numerals up to thousands: 二十三, 一百零五."""
    total, digit = 0, 0
    for ch in words:
        if ch in _TENS:
            total += (digit or 1) * _TENS[ch]
            digit = 0
        else:
            digit = _DIGIT[ch]
    return Decimal(total + digit)
