"""What a paragraph says there was none of: “未收到……申请”, “行政复议、行政诉讼均未发生” (B.5)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from app.checks import lexicon as lex
from app.checks.lexicon import Lexicon, Token
from app.checks.sentence import Number
from app.checks.statement import Told

CLAUSE = re.compile(r"[，。；！？（）]")
"""What ends a clause of flat text."""
LINK = re.compile(r"(?:案件|案|类|方面|情况)?[、和及与或以]+(?:因.{0,12}|被)?|以及")
"""What may stand between two nouns that are told of together."""
_NEVER = re.compile(
    r"(?:(?:尚|从|暂)?未(?:曾|有|能)?|没有?|暂?无(?![条障偿缝法需论正故误纸差理关效一不须])|不存在|零)"
    r"(?:收到|接到|接收|受理|收办|发生|出现|产生|涉及|有|因|引发|引起|被)?"
)
_MODIFIER = re.compile(
    r"(?:和处理|过|任何|形式|有关|相关|公民|法人|其他组织|群众|社会|单位|个人|申请人|提出|提交|递交|的|关于|涉及|针对"
    r"|本机关|我[局镇乡县区市办委厅院街道单位机关]+|本[局镇乡县区市办委厅院街道单位机关年度]+|因|由|政府|信息|公开|工作|引起|引发|而"
    r"|方面|类|等|举报|投诉|信访|被|提起|申请|导致|产生|各类|书面|、|或者?|和|及|与|以|向|对|要求|发生|收到|受理|涉|一|两|起|件|例|宗|次|答复|不服|依|办理)*"
)
_REST = re.compile(
    r"(?:政府信息|信息|案件|案例|案|申请|办理|受理|事项|情况|情形|的|类|等|件|发生|产生|记录|工作|现象|业务|请求|及|和|处理|相关|事件|数量|数)*"
)
_PASSIVE = re.compile(
    r"(?:案件|案|申请|事项|情况|数量|数|件数|总数|总量)*(?:均|都|皆)?(?:未发生|未收到|未接到|未有|没有|暂?无|为零|零发生|零案件|零申请)"
)


def denials(text: str, tokens: Sequence[Token], words: Lexicon) -> Iterator[Told]:
    """Yield what a paragraph says there was none of: “未收到……申请”, “……均未发生”."""
    for run in _runs(text, tokens):
        clause = CLAUSE.search(text, run[-1].end)
        end = clause.start() if clause else len(text)
        start = max((m.end() for m in CLAUSE.finditer(text, 0, run[0].start)), default=0)
        if any(t.kind in (lex.EARLIER, lex.COMPARE) and start <= t.start < end for t in tokens):
            continue
        rest = text[run[-1].end : end]
        if not (
            _PASSIVE.fullmatch(rest)
            or (_REST.fullmatch(rest) and _denied(text, start, run, tokens))
        ):
            continue
        number = Number(Decimal(0), "", run[0].start, run[0].start, end, True)
        for head in run:
            yield Told(
                number,
                words.plain.get(head.topic, ()),
                start,
                end,
                False,
                text[start : run[0].start],
            )


def _runs(text: str, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield nouns of topics that stand side by side: “行政复议、行政诉讼”."""
    run: list[Token] = []
    for token in tokens:
        if token.kind not in (lex.TOPIC, lex.WEAK):
            continue
        if run and not LINK.fullmatch(text[run[-1].end : token.start]):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _denied(text: str, start: int, run: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Say whether the clause before a run of nouns denies them, and nothing but them."""
    never = _NEVER.search(text, start, run[0].start)
    if never is None:
        return False
    between = text[never.end() : run[0].start]
    for token in tokens:
        if never.end() <= token.start and token.end <= run[0].start and token.kind == lex.TOPIC:
            between = between.replace(text[token.start : token.end], "", 1)
    if run[-1].kind == lex.WEAK and not re.fullmatch("[任何的有关相各类]*", between):
        return False
    return bool(_MODIFIER.fullmatch(between))
