"""Years, periods and citations that belong to another year's report (B.6)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from app.checks.finding import ERROR, HINT, WARNING, Finding, Mend
from app.checks.rule import Case, Prose, rule
from app.checks.sentence import flatten

_YEAR = re.compile(r"(?<![\d—–\-－~～至〔\[（(])((?:19|20)\d\d)年(?!\d{0,2}[—–\-－~～至]\d{4}年?)")
_PAST = re.compile(
    r"同比|环比|[较比与和同](?:19|20)\d\d年|上年|去年|上一年|结转|转结|决算|以来|[日月年]起|修[订改正]|施行|实施"
    r"|(?:印发|出台|颁布|公布|发布|制定|通过|成立|建成|上线|开通|启用)(?:的|后|了?《)|年报|年度报告|评估|考核结果"
    r"|审计|届|此前|历年|往年|因(?:19|20)\d\d年"
    r"|年\d{1,2}月(?:\d{1,2}日)?.{0,8}(?:印发|出台|颁布|公布|发布|制定|通过|成立|建成|上线|开通|启用)"
)
_FUTURE = re.compile(
    r"将|下一步|计划|结转|转结|顺延|预算|拟|打算|继续|明年|今后|力争|目标|之?前|规划|预计|届时|[1-6]月"
    r"|安排|着力|进一步"
)
_COMPARED = re.compile(r"同比|[较比]|今年|本年|相比")
_CARRIED = re.compile(r"(?:结转|转结|顺延|转)(?:至|到|入)?$")
_PERIOD = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日(?:0时)?起?(?:至|到|—+|–|-|－|~|～)"
    r"(?:(\d{4,6})年)?(\d{1,2})月(\d{1,2})日"
)
_STATISTICS = re.compile(r"统计|期限|所列数据|报告期|时限|数据.{0,6}(?:时间|范围)")
_TITLE = re.compile(r"[^。；]{0,40}?(\d{4})年(?:度)?政府信息公开(?:工作)?(?:年度)?(?:年报|报告)")
_NUMBER = re.compile(r"国办公开办函〔(\d{4})〕(\d+)号")
_DECREE = re.compile(r"国?(?:务院)?令第?(\d{3})号")
_STALE = re.compile(r"概述|收费及减免|支出和收费|申诉")
_CLAUSE = "，。；！？\n"


@rule("NARR.YEAR")
def other_years(case: Case) -> Iterator[Finding]:
    """Years that are not the report's: last year's sentences, a carry-over into its own year.

    Last year may stand in comparisons and carry-overs, next year in plans, older ones with what
    was issued or has lasted since (B.6; real: “0件转结2024年办结” in the report of 2024).
    """
    for prose in case.prose:
        told: set[int] = set()
        for match in _YEAR.finditer(prose.text):
            finding = _year(case, prose, match)
            if finding and finding.start not in told:
                told.add(finding.start)
                yield finding


def _year(case: Case, prose: Prose, match: re.Match[str]) -> Finding | None:
    said, year = int(match[1]), case.report.year
    start = max(prose.text.rfind(mark, 0, match.start()) for mark in _CLAUSE) + 1
    ends = [i for mark in _CLAUSE if (i := prose.text.find(mark, match.end())) >= 0]
    clause = prose.text[start : min(ends, default=len(prose.text))]
    finding = prose.quoted("NARR.YEAR", WARNING, match.span(), "")
    if said == year:
        if not _CARRIED.search(prose.text[start : match.start()]):
            return None
        right, message = year + 1, f"{year}年的报告写结转到{said}年，是否应为{year + 1}年。"
    elif _is_allowed(case, prose, said, clause, finding.excerpt, prose.text[match.end() :]):
        return None
    else:
        right, message = year, f"{year}年的报告出现“{said}年”，是否为往年文字未更新。"
    digits = match.span(1)
    text = prose.text[: digits[0]] + str(right) + prose.text[digits[1] :]
    return replace(finding, message=message, mends=(Mend(f"改为{right}年", {prose.item: text}),))


def _is_allowed(
    case: Case, prose: Prose, said: int, clause: str, sentence: str, after: str
) -> bool:
    year = case.report.year
    if _PERIOD.search(flatten(sentence).text):
        return True  # NARR.PERIOD judges it
    if _in_title(sentence, f"{said}年"):
        return not (said == year - 1 and "要点" in clause)
    if said > year:
        role = case.form.section_in_role("problems")
        planned = bool(_FUTURE.search(clause)) or (role is not None and role.id == prose.section)
        return said == year + 1 and (planned or bool(re.match(r"\d{1,2}月", after)))
    return bool(_PAST.search(clause)) or bool(_COMPARED.search(sentence))


def _in_title(sentence: str, word: str) -> bool:
    at = sentence.find(word)
    return sentence.count("《", 0, at) > sentence.count("》", 0, at)


@rule("NARR.PERIOD")
def statistical_period(case: Case) -> Iterator[Finding]:
    """The period of the figures is 1 January to 31 December of the report's year (all prefaces)."""
    year = case.report.year
    for prose in case.prose:
        if "月" not in prose.text:
            continue
        flat = flatten(prose.text)
        for match in _PERIOD.finditer(flat.text):
            span = flat.span(*match.span())
            finding = prose.quoted("NARR.PERIOD", ERROR, span, "")
            ends = (int(match[1]), *map(int, match.groups()[1:3]), int(match[4] or match[1]),
                    *map(int, match.groups()[4:]))  # fmt: skip
            if ends == (year, 1, 1, year, 12, 31) or not _STATISTICS.search(finding.excerpt):
                continue
            right = f"{year}年1月1日至{year}年12月31日"
            text = prose.text[: span[0]] + right + prose.text[span[1] :]
            yield replace(
                finding,
                message=f"统计期限应为{right}，现写为“{prose.text[span[0] : span[1]]}”。",
                mends=(Mend(f"改为{right}", {prose.item: text}),),
            )


@rule("NARR.TITLEYEAR")
def year_in_titles(case: Case) -> Iterator[Finding]:
    """The year in titles and file name is the report's, and stands once (real: doubled year)."""
    year = case.report.year
    if re.search(r"\d{4}", case.report.org):
        message = f"单位名称“{case.report.org}”中带有年份，标题里的年份会重复。"
        yield Finding("NARR.TITLEYEAR", ERROR, "", message, item="org", cause="org")
    for section in case.form.sections:
        title = case.report.title(section.id)
        if any(int(y) != year for y in re.findall(r"(\d{4})年", title)):
            message = f"标题“{title}”的年份与报告年度{year}不符。"
            yield Finding(
                "NARR.TITLEYEAR", ERROR, section.id, message, item=f"titles.{section.id}",
                cause=f"titles.{section.id}",
            )  # fmt: skip
    named = _TITLE.search(case.context.file_name)
    if named and int(named[1]) != year:
        message = f"文件名“{case.context.file_name}”的年份与报告年度{year}不符。"
        yield Finding("NARR.TITLEYEAR", ERROR, "", message, cause="file_name")
    for prose in case.prose:
        first = prose.text.split("\n")[0]
        heading = _TITLE.fullmatch(first.strip())
        if prose.section == "preface" and heading and int(heading[1]) != year:
            message = f"标题写的是{heading[1]}年，与报告年度{year}不符。"
            yield prose.quoted("NARR.TITLEYEAR", ERROR, (0, len(first)), message)


@rule("NARR.LAW")
def superseded_law(case: Case) -> Iterator[Finding]:
    """A citation of another form's notice, or of the 条例 before its revision (prefaces, B.6)."""
    form = case.form
    decree = _DECREE.search(form.legal_basis)
    for prose in case.prose:
        for match in _NUMBER.finditer(prose.text):
            if match[0] not in form.source:
                message = f"引用的“{match[0]}”不是本年度适用的格式文件（{form.source}）。"
                yield prose.quoted("NARR.LAW", HINT, match.span(), message)
        for match in _DECREE.finditer(prose.text):
            finding = prose.quoted("NARR.LAW", HINT, match.span(), "")
            if decree and match[1] != decree[1] and "政府信息公开条例" in finding.excerpt:
                message = f"现行条例是国务院令第{decree[1]}号，引用的第{match[1]}号已经修订。"
                yield replace(finding, message=message)


@rule("NARR.STALE")
def old_outline(case: Case) -> Iterator[Finding]:
    """Words of the outline before 2019 in the preface (real: a preface of 2025 still had them)."""
    for prose in case.prose:
        match = _STALE.search(prose.text) if prose.section == "preface" else None
        if match:
            message = f"前言仍按旧格式的提纲写（“{match[0]}”），现行格式是六个部分。"
            yield prose.quoted("NARR.STALE", WARNING, match.span(), message)
