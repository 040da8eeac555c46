"""What each section must hold (B.6); what a section is for stands in the form file."""

import re
from collections.abc import Iterator

from app import fee, prose
from app.checks.finding import ERROR, HINT, WARNING, Finding, Mend
from app.checks.rule import Case, Prose, rule
from app.unit import GOVERNMENT, TOWNSHIP, unit_type

_NOTHING = re.compile(r"[\s（(]*(?:暂?无|没有|无相关情况|无其他.{0,8}|不涉及|空)[）)。．.\s]*")
_FEE = re.compile(r"处理费|收取.{0,12}费|收费")
_ALIEN = re.compile(r"人大|政协|提案|建议")


def _of(id: str, severity: str, text: Prose, message: str, *mends: Mend) -> Finding:
    cause = f"{id} {text.section}"
    return Finding(
        id, severity, text.section, message, item=text.item, mends=tuple(mends), cause=cause
    )


@rule("NARR.SECTION")
def missing_sections(case: Case) -> Iterator[Finding]:
    """Each of the six sections must be there; one with a table is, once a figure is filled in."""
    written = {prose.section for prose in case.prose}
    for section in case.form.sections:
        table = case.form.tables.get(section.table or "")
        filled = table and any(cell in case.figures for row in table.rows for cell in row)
        if section.id not in written and not filled:
            text = Prose(f"narratives.{section.id}", section.id, "")
            message = f"“{case.report.title(section.id)}”没有内容，六个部分缺一不可。"
            yield _of("NARR.SECTION", ERROR, text, message)


@rule("NARR.SHORT", "NARR.LONG", "NARR.NONE")
def lengths(case: Case) -> Iterator[Finding]:
    """一 and 五 that say next to nothing, or “无”; an upper limit only where an office sets one."""
    limits = case.limits
    for role, shortest in (
        ("overview", limits.overview_shortest),
        ("problems", limits.problems_shortest),
    ):
        text = case.text_of(role)
        count = prose.length(text.text)
        if role == "problems" and text.text and _NOTHING.fullmatch(text.text):
            message = "存在的主要问题及改进情况不能写“无”，应如实写明问题和改进措施。"
            yield _of("NARR.NONE", WARNING, text, message)
        elif 0 < count < shortest:
            title = case.report.title(text.section)
            message = f"“{title}”只有{count}字，内容过于简单（一般不少于{shortest}字）。"
            yield _of("NARR.SHORT", WARNING, text, message)
    longest, text = limits.overview_longest, case.text_of("overview")
    if longest and prose.length(text.text) > longest:
        message = (
            f"“{case.report.title(text.section)}”有{prose.length(text.text)}字，超过{longest}字。"
        )
        yield _of("NARR.LONG", HINT, text, message)


@rule("NARR.FIVE", "NARR.PROB.BOTH", "NARR.GOVASSESS")
def subjects(case: Case) -> Iterator[Finding]:
    """The subjects that a section must treat: five in 一 (N2021), problems and measures in 五.

    Governments of every level also report 工作考核, 社会评议 and 责任追究 (Art. 50(四)).
    """
    governs = unit_type(case.report) in (GOVERNMENT, TOWNSHIP)
    ids = {"overview": "NARR.FIVE", "problems": "NARR.PROB.BOTH"}
    for section in case.form.sections:
        text = case.text_of(section.role) if section.role else None
        if text is None or not text.text or _NOTHING.fullmatch(text.text):
            continue
        kinds = [(ids.get(section.role, ""), section.treats)]
        kinds += [("NARR.GOVASSESS", section.treats_government)] if governs else []
        for id, wanted in kinds:
            missing = [s[0] for s in wanted if not any(word in text.text for word in s)]
            if id and missing:
                title = case.report.title(section.id)
                message = f"“{title}”没有写到{'、'.join(missing)}。"
                yield _of(id, WARNING, text, message)


@rule("NARR.FEE", "NARR.EXTRA")
def matters(case: Case) -> Iterator[Finding]:
    """六 tells of the fee (note in the form; that zero must be told is unconfirmed).

    Matter of other reports, such as motions of the people's congress, does not stand in for it.
    """
    text = case.text_of("matters")
    if not text.section or _FEE.search(text.text):
        return
    if text.text and _ALIEN.search(text.text):
        message = "第六部分写的是提案建议等其他工作，没有写信息处理费等应报告的事项。"
        yield _of("NARR.EXTRA", HINT, text, message)
    if fee.applies(case.form):
        told = fee.sentence(case.report.year)
        joined = f"{text.text}\n{told}" if text.text else told
        mends = (
            ()
            if case.value("other_unpaid")
            else (Mend("补写“未收取信息处理费”", {text.item: joined}),)
        )
        message = "第六部分没有写收取信息处理费的情况；没有收取的，也宜写明“未收取”。"
        yield _of("NARR.FEE", WARNING, text, message, *mends)
