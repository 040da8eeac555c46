"""Claims in prose that no single number carries: all upheld, fees, published papers (B.5)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from app.checks.finding import HINT, WARNING, Finding
from app.checks.lexicon import TOPIC, lexicon
from app.checks.rule import SOON, Case, Place, rule
from app.checks.sentence import Number

_FEN_PER_YUAN = 100

_UPHELD = re.compile(
    r"(?:均|全部|都|一律|皆)(?:获|被|得到|予以|判决|裁定|为|是|结果)*维持"
    r"|(?:均|全部|都)胜诉|零(?:败诉|纠错|纠正|撤销)|[无没未](?:有|发生|出现)?(?:一[起件])?(?:败诉|被?纠错|被?纠正|被?撤销)"
)
_FEE = re.compile(r"信息处理费")
_ENDS = "。！？；"
_PUBLISHED = re.compile(
    r"(?<!站)(?<!台)(?<!号)(?:共|累计|全年|年度)?主动公开(?:各类)?(?:政府|政务)?信息(?:共计?|合计|总计|总数|为|约)*$"
)
_CHANNEL = re.compile(r"网站|公众号|平台|微博|微信|公报|专栏|新媒体|其中|通过|电子屏|公开栏")


@rule("TXT.ALLKEEP", pace=SOON)
def all_upheld(case: Case) -> Iterator[Finding]:
    """“均获维持”, “零败诉” while a case was corrected or is still pending (real case, B.5)."""
    words = lexicon(case.form)
    for place in case.places:
        text = place.passage.flat.text
        for claim in _UPHELD.finditer(text):
            start = max(text.rfind(mark, 0, claim.start()) for mark in "。！？") + 1
            sentence = text[start : claim.end()]
            named = {t.topic for t in words.tokens(sentence) if t.kind == TOPIC}
            kinds = [k for k in ("review", "suit") if k in named] or ["review", "suit"]
            if not named & {"review", "suit"} and not re.search("复议|诉讼|应诉", text):
                continue
            roles = [f"{kind}_{fate}" for kind in kinds for fate in ("corrected", "pending")]
            against = tuple(c for c in case.cells(*roles) if case.figure(c))
            if against:
                named_cells = "、".join(f"{case.name(c)}{case.figure(c)}件" for c in against)
                message = f"正文称“{claim[0]}”，表四却有{named_cells}。"
                span = place.span(claim.start(), claim.end())
                finding = place.prose.quoted("TXT.ALLKEEP", WARNING, span, message)
                yield replace(finding, cells=against)


@rule("TXT.T2", pace=SOON)
def papers_only_in_text(case: Case) -> Iterator[Finding]:
    """The prose of 二 counts 规范性文件 while their row is all zero (B.5, from a real report)."""
    cells = case.cells("normative")
    if not cells or any(case.figures.get(cell) != 0 for cell in cells):
        return
    section = case.form.cells[cells[0]].section
    for place in case.places:
        text = place.passage.flat.text
        if place.prose.section != section or "规范性文件" not in text:
            continue
        for number in place.passage.numbers:
            start = max(text.rfind(mark, 0, number.start) for mark in "，。；") + 1
            if number.unit in ("件", "条", "个", "份", "部") and number.value:
                noun = text.find("规范性文件", start, number.start)
                if noun >= 0 and not re.search("[零无未]", text[noun : number.start]):
                    span = place.span(noun, number.end)
                    told = f"{number.value}{number.unit}"
                    message = f"正文写规范性文件等{told}，表中规范性文件一行全为0，请核对统计口径。"
                    yield replace(place.prose.quoted("TXT.T2", HINT, span, message), cells=cells)


@rule("TXT.GRANT", pace=SOON)
def published_counts_differ(case: Case) -> Iterator[Finding]:
    """How much was published is told twice, differently (B.5, design); single channels aside."""
    told = [
        (place, number)
        for place in case.places
        for number in place.passage.numbers
        if number.unit in ("条", "件", "篇") and number.exact and _is_published(place, number)
    ]
    if len({(n.value, n.unit) for _, n in told}) > 1:
        (_, first), (place, second) = (
            told[0],
            next(t for t in told if (t[1].value, t[1].unit) != (told[0][1].value, told[0][1].unit)),
        )
        span = place.span(second.start, second.end)
        message = (
            f"主动公开信息的数量前后不一：前文为{first.value}{first.unit}，"
            f"这里为{second.value}{second.unit}。"
        )
        yield place.prose.quoted("TXT.GRANT", HINT, span, message)


def _is_published(place: Place, number: Number) -> bool:
    text = place.passage.flat.text
    start = max(text.rfind(mark, 0, number.start) for mark in "。；！") + 1
    before = text[start : number.start]
    return bool(_PUBLISHED.search(before)) and not _CHANNEL.search(before)


def _fees(case: Case) -> Iterator[tuple[Place, Number]]:
    """Yield the sums of 信息处理费 that sentences tell, in 元; the first of each sentence."""
    for place in case.places:
        text, done = place.passage.flat.text, -1
        for number in place.passage.numbers:
            if number.unit != "元" or not number.exact or number.start < done:
                continue
            start = max(text.rfind(mark, 0, number.start) for mark in _ENDS) + 1
            fee = _FEE.search(text, start, number.start)
            between = text[fee.end() : number.start] if fee else ""
            if fee and not re.search(
                r"其中|上年|去年|同比|标准|每|/|管理办法.*?(?:规定|标准)", between
            ):
                done = min(
                    (i for m in _ENDS if (i := text.find(m, number.end)) >= 0), default=len(text)
                )
                yield place, number


@rule("TXT.FEE", pace=SOON)
def fees_differ(case: Case) -> Iterator[Finding]:
    """The sum of 信息处理费 must be the same wherever it is told (B.5, from a real report)."""
    told = list(_fees(case))
    for place, number in told[1:]:
        first = told[0][1].value
        if number.value != first:
            span = place.span(number.start, number.end)
            message = f"信息处理费前后不一：前文为{first:f}元，这里为{number.value:f}元。"
            yield place.prose.quoted("TXT.FEE", WARNING, span, message)


@rule("T2.FEE.NAME", pace=SOON)
def fee_within_fees(case: Case) -> Iterator[Finding]:
    """信息处理费 is itself a 行政事业性收费, so that row should hold it (B.2)."""
    amount = case.value("fee_amount")
    if amount is None:
        return
    for place, number in _fees(case):
        if number.value * _FEN_PER_YUAN > amount:
            cells = case.cells("fee_amount")
            span = place.span(number.start, number.end)
            shown = case.shown(cells[0], amount)
            told = f"信息处理费{number.value:f}元也是行政事业性收费"
            message = f"{told}，多于表二所填的{shown}，请核对是否漏计。"
            yield replace(place.prose.quoted("T2.FEE.NAME", HINT, span, message), cells=cells)
            return
