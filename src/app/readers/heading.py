"""The heading of a report: unit, year, preface, how to reach the office, date of publication."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app import prose
from app.readers.figure import plain
from app.readers.label import han
from app.readers.line import Line
from app.readers.script import simplified

_ABOUT = (
    r"(?:政府)?(?:信息|政务)公开(?:工作)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:报告|年报)"
)
_TITLE = re.compile(
    rf"(?P<before>.{{0,60}}?)(?:关于)?(?P<year>(?:19|20)\d\d)年(?:度)?(?P<between>.{{0,40}}?){_ABOUT}(?P<after>.{{0,12}})"
)
_TITLE_YEAR_LAST = re.compile(
    rf"(?P<before>.{{2,60}}?)(?:关于)?{_ABOUT}[-—\s(]*(?P<year>(?:19|20)\d\d)(?:年度?)?[)]?(?P<between>)(?P<after>)"
)
_TITLE_YEAR_WITHIN = re.compile(
    r"(?P<before>.{2,60}?)(?:政府)?(?:信息|政务)公开(?:工作)?"
    r"(?P<year>(?:19|20)\d\d)年(?:度)?(?:工作)?(?:报告|年报)(?P<between>)(?P<after>)"
)
_PERIOD = re.compile(
    r"(?P<year>20\d\d)年1月1日(?:起|零时)?.{0,3}?(?:至|到|[-—~～])(?:20\d\d年)?12月31日"
)
_HINTED = re.compile(r"指(?P<year>20\d\d)年(?:增加|办件|以政府)")
_YEAR = re.compile(r"(20\d\d)年(?!1?\d月)")
_DATE = re.compile(r"(20\d\d)\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?")
_COVER = {
    "address": re.compile(r"(?:通讯|联系|办公)?地\s*址\s*[:：]\s*(?P<v>[^，,；;。）)]+)"),
    "postcode": re.compile(r"(?:邮\s*编|邮政编码)\s*[:：]?\s*(?P<v>\d{6})"),
    "telephone": re.compile(
        r"(?:联系)?电\s*话\s*[:：]?\s*(?P<v>\+?[\d（()）][\d\-—－（()）转 、/]{5,40}\d)"
    ),
    "mail": re.compile(
        r"(?:电子)?(?:邮\s*箱|邮件|E-?mail)(?:地址)?\s*[:：]?\s*(?P<v>[\w.+-]+@[\w.-]+\w)",
        re.IGNORECASE,
    ),
    "legal_basis": re.compile(
        r"(?:根据|依据|按照)(?P<v>《[^《》]{2,40}条例》(?:（[^（）]{2,20}号）)?)"
    ),
}
_FURNITURE = re.compile(
    r"""^(?:
      [\[【]?(?:发布|发文|成文|生成|公开|更新|印发)?(?:日期|时间)[:：]
    | (?:信息)?来源[:：] | 文章来源 | 作者[:：] | 责任编辑 | 编辑[:：] | 审核[:：]
    | (?:浏览|阅读|访问|点击)(?:次数|量)? | 字体 | 字号 | [【\[]?打印 | 分享 | [【\[]?关闭
    | 当前位置 | 您(?:现在)?(?:的)?(?:所在)?位置 | 首页\s*(?:$|[>»›/|-])
    | 上一[篇页条] | 下一[篇页条] | 返回(?:顶部|首页)
    | 扫一扫 | 版权所有 | 主办(?:单位)?[:：] | 承办(?:单位)?[:：] | 技术支持
    | 网站(?:标识码|地图|声明) | .{0,12}ICP备 | .{0,12}公网安备 | copyright
    | 索\s*引\s*号 | 信息分类 | 主题分类 | 发布机构 | 文\s*号[:：] | 有效性
    | 相关(?:链接|文档|附件) | 手机(?:看|扫) | 微信 | 附件下载 | 下载[:：]?$
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_SHORT = 90


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a report: unit (may be empty) and year (0 where it names none)."""

    org: str
    year: int


def is_furniture(text: str) -> bool:
    """Say whether a line belongs to the page around a report: navigation, date, print buttons."""
    short = plain(text)
    return len(short) <= _SHORT and "。" not in short and bool(_FURNITURE.match(short))


def find_title(lines: Sequence[Line]) -> Title | None:
    """Find the title above a report and mark its lines; it may run over up to three lines.

    The nearest to the report wins, but for one without unit a fuller one further up.
    """
    best: tuple[Title, Sequence[Line]] | None = None
    for start in reversed(range(len(lines))):
        for size in (1, 2, 3):
            window = lines[start : start + size]
            if len(window) < size or any(
                line.grid is not None and line.filled > 2 for line in window
            ):
                continue
            title = parse_title("".join(line.text for line in window))
            if title is None:
                continue
            if not title.org and start > 0 and (org := _unit_above(lines[start - 1].text)):
                title, window = Title(org, title.year), lines[start - 1 : start + size]
            if best is None or (not best[0].org and title.org):
                best = (title, window)
            break
    if best is None:
        return None
    for line in best[1]:
        line.is_used = True
    return best[0]


def parse_title(text: str) -> Title | None:
    """Read unit and year from a title; None where it is none."""
    bare = re.sub(r"\s+", "", text)
    level = simplified(prose.plain(bare))
    if len(level) != len(bare):  # compatibility characters of several letters: give up their form
        bare = level
    if len(bare) > 80 or re.search(r"[。；，]", level):
        return None
    match = (
        _TITLE.fullmatch(level)
        or _TITLE_YEAR_LAST.fullmatch(level)
        or _TITLE_YEAR_WITHIN.fullmatch(level)
    )
    if not match:
        return None
    parts = [bare[slice(*match.span(name))] for name in ("before", "between")]
    org = _clean_org(parts[0]) or _clean_org(parts[1])
    return Title(org, int(match["year"]))


def title_in(text: str) -> Title | None:
    """Read unit and year from the name of a page or a file: a title with other words around it."""
    for part in re.split(r"[_|>»\-—–]+", text):
        title = parse_title(part.strip())
        if title:
            return title
    years = re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)
    return Title("", int(years[0])) if len(set(years)) == 1 else None


def find_year(texts: Iterable[str]) -> tuple[int, bool] | None:
    """Find the year in the text, and whether it is sure.

    The period of the figures and the hints of the heads are, what is told most often is not.
    """
    counted: Counter[int] = Counter()
    period = hinted = None
    for text in texts:
        level = re.sub(r"\s", "", plain(text))
        if period is None and (match := _PERIOD.search(level)):
            period = int(match["year"])
        if hinted is None and (match := _HINTED.search(level)):
            hinted = int(match["year"])
        counted.update(int(year) for year in _YEAR.findall(level))
    if sure := period or hinted:
        return sure, True
    return (counted.most_common(1)[0][0], False) if counted else None


def find_unit(texts: Iterable[str]) -> str:
    """Find who made the report in what the preface says: 本报告由…编制."""
    for text in texts:
        match = re.search(r"由([^，。、（(]{2,30}?)(?:办公室)?(?:根据|依据|按照|编制)", text)
        if match:
            return match[1]
    return ""


def cover(preface: str) -> dict[str, str]:
    """Return what the preface says about where to ask, by the names of the cover fields."""
    found = {name: pattern.search(preface) for name, pattern in _COVER.items()}
    return {name: match["v"].strip() for name, match in found.items() if match}


def published(text: str) -> str:
    """Return the date that a line consists of as YYYY-MM-DD, else an empty text."""
    match = _DATE.fullmatch(plain(text))
    if not match:
        return ""
    year, month, day = map(int, match.groups())
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def is_signature(text: str, org: str) -> bool:
    """Say whether a line is the name of the unit under the report."""
    name = han(text)
    return (
        2 < len(name) <= 30 and bool(org) and (han(org).endswith(name) or name.endswith(han(org)))
    )


def _unit_above(text: str) -> str:
    """Return the line above a title if it is the name of a unit."""
    if is_furniture(text) or re.search(r"[。，：:；\d>]", text) or not 2 < len(han(text)) <= 30:
        return ""
    return _clean_org(re.sub(r"\s+", "", text))


def _clean_org(text: str) -> str:
    text = re.sub(r"^(?:附件\d*[:：]?|关于印发|关于|印发)|(?:关于|的)$", "", text).strip(
        '《》“”"—-·:：()（） '
    )
    if re.search(r"[>＞»|_]|首页", text) or len(han(text)) < 2:
        return ""
    return text + "政府" if text.endswith("人民") else text  # …人民政府信息公开…
