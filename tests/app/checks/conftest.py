"""Reports that are sound, and ways to break them."""

import pytest

from app import checks
from app.checks.finding import Context
from app.form_file import load
from app.report import Report

_ROWS = {
    "new": (18, 2), "carried_in": (1, 0), "granted": (12, 1), "partial": (3, 0),
    "unable_absent": (2, 1), "carried_out": (2, 0),
}  # fmt: skip
_T2 = {
    "2021": {
        "t2.normative.made": 2, "t2.normative.repealed": 1, "t2.normative.in_force": 12,
        "t2.licences.decisions": 345, "t2.penalties.decisions": 40, "t2.coercion.decisions": 3,
        "t2.fees.amount": 12_500_000,
    },
    "2019": {
        "t2.normative.made": 2, "t2.normative.published": 2, "t2.normative.public_total": 12,
        "t2.licences.last_year": 21, "t2.licences.change": -1, "t2.licences.decisions": 345,
        "t2.penalties.last_year": 9, "t2.penalties.change": 0, "t2.penalties.decisions": 40,
        "t2.procurement.projects": 2, "t2.procurement.amount": 375_000_000,
    },
}  # fmt: skip
_PROSE = {
    "preface": "根据《中华人民共和国政府信息公开条例》（国务院令第711号）编制本报告。"
    "所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
    "联系方式：示例市云溪路1号，电话0000-1234567，电子邮箱gkb@example.cn。",
    "s1": "{year}年，本机关扎实开展政府信息公开各项工作，接受社会监督。\n"
    "（一）主动公开情况。围绕群众关心的事项及时更新栏目，共发布政策解读12篇，"
    "其中图文解读8篇，其他形式解读4篇，组织新闻发布会3场。\n"
    "（二）依申请公开情况。全年共收到政府信息公开申请20件，上年结转1件，办结19件，结转下年度2件；"
    "因政府信息公开引发的行政复议1件，结果维持1件，未发生行政诉讼。\n"
    "（三）政府信息管理情况。完善发布审查流程，坚持先审查后公开，定期清理历史信息。\n"
    "（四）政府信息公开平台建设情况。优化门户网站专栏设置，方便公众查询获取。\n"
    "（五）监督保障情况。将信息公开纳入年度工作考核，开展社会评议，全年未发生责任追究情形，组织业务学习两次。",
    "s5": "工作中还存在一些不足：一是政策解读形式不够丰富，二是队伍力量有待加强。\n"
    "下一步，将从以下方面改进：一是运用图表和问答开展解读，二是定期开展业务学习，提高答复质量和办理效率。",
    "s6": "{year}年，本机关未收取政府信息公开信息处理费。",
}


def _figures(form):
    figures = dict.fromkeys((c for c in form.cells if c not in form.total_of), 0)
    for row, (natural, business) in _ROWS.items():
        figures |= {f"t3.{row}.natural": natural, f"t3.{row}.business": business}
    return figures | _T2[form.id] | {"t4.review.upheld": 1}


@pytest.fixture(scope="session")
def sound():
    """A sound report: `sound(form="2021", profile=None, year=2024, org=…)`, totals typed or not."""

    def make(form="2021", profile=None, year=None, org="示例市人民政府", typed=True):
        year = year or {"2021": 2024, "2019": 2020}[form]
        laid = load(form, profile, year)
        report = Report(laid, year, {"org": org})
        report.set(_figures(laid))
        if typed:
            report.set(report.figures())
        report.set({f"narratives.{k}": v.format(year=year) for k, v in _PROSE.items()})
        return report

    return make


@pytest.fixture(scope="session")
def found(sound):
    """The findings of a sound report that was changed, by the words of an example.

    `set`: items to set; `add`: sentences added to sections; `last`: items to set in last year's
    sound report, which is there only if this is given; `context`: what the check knows besides.
    Everything else says which report.
    """

    def run(set=None, add=None, last=None, context=None, last_form=None, last_org=None, **which):
        report = sound(**which)
        report.set(set or {})
        for section, text in (add or {}).items():
            item = f"narratives.{section}"
            report.set({item: f"{report.text(item)}\n{text}"})
        before = None
        if last is not None:
            own = {"form": last_form or which.get("form", "2021"), "org": last_org or report.org}
            before = sound(year=report.year - 1, **own)
            before.set(
                {
                    "t3.carried_out.natural": 1,
                    "t3.carried_out.total": 1,
                    "t2.normative.in_force": 11,
                }
                if which.get("form", "2021") == "2021" == own["form"]
                else {"t3.carried_out.natural": 1, "t3.carried_out.total": 1}
            )
            before.set(
                {"narratives.s1": "上年另写的总体情况。", "narratives.s5": "上年另写的问题。"}
            )
            before.set(last)
        return checks.run(report, before, Context(**(context or {})))

    return run
