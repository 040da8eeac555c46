"""Dates and signatures: only where the window hands in the clock, never in `nianbao check`."""

from collections.abc import Iterator
from datetime import date

from app import deadline
from app.checks.finding import ERROR, WARNING, Finding
from app.checks.rule import Case, rule
from app.day import chinese_date
from app.unit import DEPARTMENT, GOVERNMENT, unit_type


def _due(case: Case) -> date | None:
    """Return the day by which to publish: the office's own, else that of Art. 49.

    Townships and other units are not named there.
    """
    kind = unit_type(case.report)
    by_law = deadline.due(case.report.year, kind) if kind in (DEPARTMENT, GOVERNMENT) else None
    return case.context.due or by_law


def _published(case: Case) -> date | None:
    try:
        return date.fromisoformat(case.report.text("published"))
    except ValueError:
        return None


@rule("DATE.DUE", "DATE.EARLY")
def publication(case: Case) -> Iterator[Finding]:
    """Published in time (Art. 49), and not before the year was over (a real case, B.8)."""
    if case.context.today is None:
        return
    published, due = _published(case), _due(case)
    if due and (published or case.context.today) > due:
        told = f"公开日期为{chinese_date(published)}" if published else "今天仍未填写公开日期"
        message = f"应于{chinese_date(due)}前报送并公开，{told}，已经超过期限。"
        yield Finding("DATE.DUE", WARNING, "", message, cause="published", item="published")
    if published and published <= date(case.report.year, 12, 31):
        message = f"公开日期{chinese_date(published)}早于统计期限截止日，年度数据尚不完整。"
        yield Finding("DATE.EARLY", WARNING, "", message, cause="published", item="published")


@rule("ADM.SIGN", "ADM.CHANGED")
def signatures(case: Case) -> Iterator[Finding]:
    """The final copy needs every reviewer's entry, and the content they reviewed (D.2, B.8)."""
    if case.context.today is None:
        return
    if case.context.unsigned:
        message = f"以下环节还没有登记审核意见：{'、'.join(case.context.unsigned)}。"
        yield Finding("ADM.SIGN", WARNING, "", message, cause="ADM.SIGN")
    if case.context.changed_since_review:
        message = "审核以后又改动了数字或文字，原有签字失效，请重新送审。"
        yield Finding("ADM.CHANGED", ERROR, "", message, cause="ADM.CHANGED")
