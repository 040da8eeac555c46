"""Lists in prose that itemise a total: “63条，其中……16条，……5条，其他信息5条” (B.5, TXT.PARTS)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from app.checks.finding import WARNING, Finding
from app.checks.rule import SOON, Case, rule
from app.checks.sentence import Number

_OPENS = re.compile(r"其中|分别[为是]|（(?![^）]{0,12}(?:含|另|较|同比|比|占|不|其中|约|指|以下))")
_CLOSES = re.compile(r"。|其中|同比|[较比]上|共计|合计|总计|累计|另有|此外|占")
_OTHERS = re.compile(r"[，、；]其[他它余][^，、；。]{0,12}$")
_SUM = re.compile(r"，?(?:合计|总计|共计)(?:为|是)?$")
_ITEM_UNITS = frozenset(("件", "条", "宗", "份", "篇", "次", "期", "场", "个", "元", "人次"))
_NEAR = 60
"""Characters between a total and its list."""


@dataclass(frozen=True, slots=True)
class Itemised:
    """A total and the numbers that itemise it; `whole`: the list says it leaves nothing out."""

    total: Number
    items: tuple[Number, ...]
    whole: bool

    @property
    def sum(self) -> Decimal:
        """What the items come to."""
        return sum((n.value for n in self.items), Decimal(0))

    @property
    def is_wrong(self) -> bool:
        """Say whether the list contradicts its total.

        “其中” may leave things out, and may sort the same things twice (by applicant and by way),
        so unless the list says that it is whole, only a near miss counts.
        """
        sums = list(accumulate(n.value for n in self.items))
        missing = self.total.value - sums[-1]
        if self.total.value in sums[1:]:
            return False
        short = self.total.value >= 10 and 0 < missing <= max(Decimal(1), self.total.value / 50)
        beyond = 0 < -missing <= max(Decimal(1), self.total.value / 10)
        return self.whole or short or beyond


@rule("TXT.PARTS", pace=SOON)
def parts(case: Case) -> Iterator[Finding]:
    """The items of a list must add up to the total it itemises (real case of a peer, B.5)."""
    for place in case.places:
        passage = place.passage
        for found in itemised(passage.flat.text, passage.numbers):
            if found.is_wrong:
                sum_, total, unit = found.sum, found.total.value, found.total.unit
                span = place.span(found.total.start, found.items[-1].end)
                message = (
                    f"正文所列{len(found.items)}项相加为{sum_}{unit}，与所写的{total}{unit}不符。"
                )
                yield place.prose.quoted("TXT.PARTS", WARNING, span, message)


def itemised(text: str, numbers: Sequence[Number]) -> Iterator[Itemised]:
    """Yield the itemised totals of a flat paragraph."""
    counted = [n for n in numbers if n.unit in _ITEM_UNITS]
    if len(counted) < 3:
        return
    for opening in _OPENS.finditer(text):
        at = opening.end()
        end = _end(text, at, in_brackets=opening[0] == "（")
        inside = [n for n in counted if at <= n.start < end and not _nested(text, at, n.start)]
        before = [n for n in counted if at - _NEAR <= n.end <= opening.start()]
        for unit in dict.fromkeys(n.unit for n in inside):
            items = tuple(n for n in inside if n.unit == unit)
            totals = [n for n in before if n.unit == unit]
            if len(items) < 2 or not totals or not _comparable(text, opening, totals[-1], items):
                continue
            yield Itemised(totals[-1], items, _is_whole(text, opening[0], items[-1]))
    yield from _closing(text, counted)


def _closing(text: str, counted: Sequence[Number]) -> Iterator[Itemised]:
    """Yield lists that end in their total: “线上2次、线下3次，合计5次”."""
    for i, total in enumerate(counted):
        items: list[Number] = []
        for number in reversed(counted[:i]):
            between = text[number.end : (items[-1] if items else total).start]
            if number.unit != total.unit or "。" in between or len(between) > 15:
                break
            items.append(number)
        start = items[0].end if items else 0
        exact = all(n.exact for n in (total, *items))
        if len(items) > 1 and exact and _SUM.fullmatch(text[start : total.start]):
            yield Itemised(total, tuple(reversed(items)), True)


def _end(text: str, at: int, in_brackets: bool) -> int:
    """Return where a list ends: at its bracket, else where the sentence turns to something else."""
    depth = text.count("（", 0, at) - text.count("）", 0, at)
    if in_brackets or depth > 0:
        close = text.find("）", at)
        return close if close >= 0 else len(text)
    closes = (m.start() for m in _CLOSES.finditer(text, at) if not _nested(text, at, m.start()))
    return next(closes, len(text))


def _nested(text: str, start: int, at: int) -> bool:
    """Say whether a number stands in brackets that were opened inside the list."""
    return text.count("（", start, at) > text.count("）", start, at)


def _comparable(text: str, opening: re.Match[str], total: Number, items: Sequence[Number]) -> bool:
    """Say whether a list is one of parts of this total: exact, none larger, nothing left open."""
    if not all(n.exact for n in (total, *items)) or any(n.value > total.value for n in items):
        return False
    tail = text[items[-1].end : items[-1].end + 2]
    if opening[0] == "（" and total.end != opening.start():
        return False
    names = [text[a.end : b.start] for a, b in zip((total, *items), items, strict=False)]
    return "等" not in tail and not any("增加" in name or "减少" in name for name in names[1:])


def _is_whole(text: str, opening: str, last: Number) -> bool:
    """Say whether a list leaves nothing out: it ends in “其他”, or is no list of “其中”."""
    return opening != "其中" or bool(_OTHERS.search(text[: last.start]))
