"""Slips of writing: placeholders, missing numbers, wrong names, broken numbering (B.6)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from app.checks.finding import ERROR, HINT, WARNING, Finding, Mend
from app.checks.rule import Case, Prose, rule
from app.unit import TOWNSHIP, unit_type

_PLACE = re.compile(
    r"（文字描述[^）\n]{0,40}）|[XＸ]{2,}|(?<![A-Za-z])x{2,}(?![A-Za-z])|[×✕]{2,}|[○◯]{2,}"
    r"|\[\s*\]|【\s*】|（[ \u3000]*）|\([ \u3000]*\)"
    r"|Document (?:Title|Content)|Author Name|此处填写|请输入|点击此处|待补充|待填写?|_{3,}"
)
_GAP = re.compile(
    r"(?:[\u4e00-\u9fff](?:[ \u3000_＿]{2,})(?:条|件|篇|份|次|场|期|项|个|元|人次)"
    r"|(?:信息|公开申请|政策解读|留言|提案|共计?|收到|受理|答复|制发|废止)[ \u3000_＿]*"
    r"(?:条|件|篇|份))"
    r"(?=[，。；、,;]|$)",
    re.MULTILINE,
)
_QUOTED = re.compile(r"“[^”\n]*”|《[^》\n]*》")
_SELF = re.compile(r"我(局|委|厅|镇|乡|街道|校|院)(?![长们])")
_LEVEL = re.compile(r"^[ \u3000]*（([一二三四五六七八九十]{1,3})）", re.MULTILINE)
_POINT = re.compile(
    r"(?<![一二三四五六七八九十第不但就都这那也])([一二三四五六七八九十])是(?![一二三四五六七八九十])"
)
_MIXED = re.compile(r"\([^()（）\n]{0,40}）|（[^()（）\n]{0,40}\)")
_DOUBLE = re.compile(r"(?<!目)(?<!有)的的(?!确)|([\u4e00-\u9fff]{2,6})\1")
_NATURAL = re.compile(r"^(?:[一逐多层点常时好大渐每]|.$)|方方|面面|[年月天日户人事处村件条个]")
_NUMERALS = "一二三四五六七八九十"


@rule("NARR.PLACE")
def placeholders(case: Case) -> Iterator[Finding]:
    """Placeholders of a template left in (note of the form; tail of a real report)."""
    for prose in case.prose:
        for match in _PLACE.finditer(prose.text):
            message = f"正文留有未替换的占位文字“{match[0]}”。"
            yield prose.quoted("NARR.PLACE", WARNING, match.span(), message)


@rule("NARR.GAPNUM")
def missing_numbers(case: Case) -> Iterator[Finding]:
    """A unit without its number: “主动公开信息  条” (a real report)."""
    for prose in case.prose:
        for match in _GAP.finditer(prose.text):
            message = f"“{match[0].strip()}”缺少数字。"
            yield prose.quoted("NARR.GAPNUM", ERROR, match.span(), message)


@rule("NARR.UNITNAME")
def other_names(case: Case) -> Iterator[Finding]:
    """Another office as the subject, or a “我局” that this office is not: copied text (B.6)."""
    org = case.report.org
    if not org:
        return
    town = unit_type(case.report) == TOWNSHIP
    last = (case.last.report.org,) if case.last else ()
    others = {
        n for n in (*case.context.units, *last) if len(n) > 2 and n not in org and org not in n
    }
    for prose in case.prose:
        for name in sorted(others):
            for match in re.finditer(
                rf"(?:^|[。！？；\n]|年[，,])\s*({re.escape(name)})", prose.text
            ):
                message = f"正文以“{name}”为主语，与本单位“{org}”不符，是否为套用的文字。"
                yield prose.quoted("NARR.UNITNAME", WARNING, match.span(1), message)
        unquoted = _QUOTED.sub(lambda m: " " * len(m[0]), prose.text)
        strange = next((m for m in _SELF.finditer(unquoted) if _is_strange(m[1], org, town)), None)
        if strange:
            message = f"正文自称“{strange[0]}”，与本单位“{org}”不符，是否为套用的文字。"
            yield prose.quoted("NARR.UNITNAME", WARNING, strange.span(), message)


def _is_strange(kind: str, org: str, town: bool) -> bool:
    """Say whether an office of this name would not call itself so."""
    if town:
        return kind not in org
    return kind in ("镇", "乡", "街道") and kind not in org


@rule("NARR.NUMBERING")
def numbering(case: Case) -> Iterator[Finding]:
    """（一）（三）, 一是……三是, and brackets of two widths in one pair (B.6, design)."""
    for prose in case.prose:
        yield from _gaps(prose, _LEVEL, "（{}）")
        yield from _gaps(prose, _POINT, "{}是")
        for match in _MIXED.finditer(prose.text):
            message = f"“{match[0]}”的括号一边全角、一边半角。"
            right = "（" + match[0][1:-1] + "）"
            text = prose.text[: match.start()] + right + prose.text[match.end() :]
            finding = prose.quoted("NARR.NUMBERING", HINT, match.span(), message)
            yield replace(finding, mends=(Mend("改为全角括号", {prose.item: text}),))


def _gaps(prose: Prose, pattern: re.Pattern[str], form: str) -> Iterator[Finding]:
    """Yield where a count of headings or points does not go on by one; each may begin anew."""
    last, end = 0, 0
    for match in pattern.finditer(prose.text):
        number = _ordinal(match[1])
        in_line = pattern is _POINT and "\n" not in prose.text[end : match.start()]
        if last and number not in (last + 1, 1) and (in_line or pattern is _LEVEL):
            message = f"“{form.format(_numeral(last))}”之后是“{match[0].strip()}”，序号不连续。"
            yield prose.quoted("NARR.NUMBERING", HINT, match.span(), message)
        last, end = number, match.end()


def _numeral(number: int) -> str:
    """Write a number up to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    ten = ("" if tens < 2 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return ten + (_NUMERALS[ones - 1] if ones else "")


def _ordinal(numeral: str) -> int:
    """Return the value of a numeral up to 99."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _NUMERALS.index(numeral[0]) + 1
    return 10 * (_NUMERALS.index(tens[0]) + 1 if tens else 1) + (
        _NUMERALS.index(ones[0]) + 1 if ones else 0
    )


@rule("NARR.DOUBLE")
def doubled_words(case: Case) -> Iterator[Finding]:
    """Words typed twice: “的的”, “进一步进一步” (a real report: “重大政策的的出台”)."""
    for prose in case.prose:
        for match in _DOUBLE.finditer(prose.text):
            word = match[1] or "的"
            if match[1] and _NATURAL.search(word):
                continue
            text = prose.text[: match.start()] + word + prose.text[match.end() :]
            finding = prose.quoted("NARR.DOUBLE", HINT, match.span(), f"“{match[0]}”疑似重复。")
            yield replace(finding, mends=(Mend(f"改为“{word}”", {prose.item: text}),))
