"""How much of the prose is last year's: sections that must be written anew (N2021, B.6)."""

import re
from collections.abc import Iterator

from app.checks.finding import HINT, WARNING, Finding
from app.checks.rule import Case, rule

_MARKS = re.compile(r"[^\w]|_")
_SENTENCES = re.compile(r"[^。！？；\n]+[。！？；]?")
_SHOWN = 3
"""Unchanged sentences that a message quotes."""


def likeness(one: str, two: str) -> int:
    """Return how alike two texts are in percent: 2 × common / (length + length), marks left out.

    Common is the longest common subsequence of characters, found with one integer as a row of bits
    (Hyyrö 2004), so that two texts of 5,000 characters take milliseconds.
    """
    one, two = _MARKS.sub("", one), _MARKS.sub("", two)
    if not one or not two:
        return 0
    places: dict[str, int] = {}
    for i, ch in enumerate(one):
        places[ch] = places.get(ch, 0) | 1 << i
    every = (1 << len(one)) - 1
    row = every
    for ch in two:
        matched = row & places.get(ch, 0)
        row = ((row + matched) | (row - matched)) & every
    common = len(one) - row.bit_count()
    return 200 * common // (len(one) + len(two))


def unchanged(text: str, last: str) -> list[str]:
    """Return the sentences of a text that stand in last year's as they are, the longest first."""
    before = {_MARKS.sub("", s) for s in _SENTENCES.findall(last)}
    same = [s.strip() for s in _SENTENCES.findall(text) if _MARKS.sub("", s) in before]
    return sorted((s for s in same if len(s) > 8), key=len, reverse=True)


@rule("NARR.SIM.PREV")
def like_last_year(case: Case) -> Iterator[Finding]:
    """一 and 五 that are last year's again; the notice of 2021 threatens 内容雷同 with Art. 47."""
    if case.last is None:
        return
    for role in ("overview", "problems"):
        prose, last = case.text_of(role), case.last.text_of(role)
        if min(len(prose.text), len(last.text)) < case.limits.similar_shortest:
            continue
        percent = likeness(prose.text, last.text)
        if percent >= case.limits.similar_hint:
            same = unchanged(prose.text, last.text)
            quoted = "；".join(f"“{s[:30]}…”" if len(s) > 30 else f"“{s}”" for s in same[:_SHOWN])
            kept = f"，{len(same)}句原样未改，如{quoted}" if same else ""
            severity = WARNING if percent >= case.limits.similar_warning else HINT
            yield Finding(
                "NARR.SIM.PREV", severity, prose.section,
                f"这一部分与上年报告{percent}%相同{kept}，请按本年实际情况改写。",
                item=prose.item, cause=prose.item,
            )  # fmt: skip
