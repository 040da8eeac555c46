"""Rules never raise: any text, any figures, any marks."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import checks
from app.checks.finding import SEVERITIES, Context, as_json, blocking
from app.form_file import load
from app.report import Report

FORMS = [("2019", None), ("2019", "hubei"), ("2021", None), ("2021", "single_other")]
WORDS = (
    "收到 受理 政府信息公开申请 依申请公开 答复 上年结转 结转下年度 行政复议 行政诉讼 结果维持"
    " 均获维持 其中 其他 共 合计 占 同比 增长 下降 未 无 未发生 信息处理费 规范性文件 制发 件 条"
    " 元 % 12 3119 ０ 1,234 二十三 约 余 万 2023年 2024年 1月1日 至 12月31日 统计期限 ， 。 ； 、"
    " （ ） ( 一是 三是 （三） 我局 申请人 王小明 13800001234 11010519491231002X 机密★1年 《 》 XX"
    " 的的 ⺠ \ud7ff"
)
PIECES = [*WORDS.split(" "), "\n", "\u3000", " "]
prose = st.one_of(
    st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
)
DATES = st.dates(date(2019, 1, 1), date(2027, 1, 1))
contexts = st.builds(
    Context,
    file_name=st.text(max_size=12),
    units=st.lists(st.sampled_from(["示例市财政局", "云溪镇", ""]), max_size=2).map(tuple),
    restructured=st.booleans(),
    today=st.none() | DATES,
    due=st.none() | DATES,
    reviewing=st.booleans(),
    unsigned=st.just(("分管领导",)),
    changed_since_review=st.booleans(),
)


@st.composite
def reports(draw, which, year):
    form = load(*which, year)
    figures = st.one_of(st.integers(0, 30), st.integers(0, 10**15))
    cells = draw(st.dictionaries(st.sampled_from(list(form.cells)), figures, max_size=60))
    if draw(st.booleans()):
        cells = dict.fromkeys(form.cells, draw(st.integers(0, 3))) | cells
    report = Report(form, year, {})
    report.set(cells)
    items = [f"narratives.{s.id}" for s in form.sections] + ["narratives.preface", "org"]
    items += ["titles.s2", "published", "explanations.x", "unit_type"]
    items += [f"{mark}.{cell}" for mark in ("refused", "unsure") for cell in list(form.cells)[:9]]
    report.set(draw(st.dictionaries(st.sampled_from(items), prose, max_size=8)))
    return report


@settings(max_examples=120, deadline=None)
@given(data=st.data(), which=st.sampled_from(FORMS), last=st.sampled_from([None, *FORMS]))
def test_rules_never_raise(data, which, last):
    year = 2024 if which[0] == "2021" else 2020
    report = data.draw(reports(which, year))
    before = data.draw(reports(last, year - 1)) if last else None
    told = checks.run(report, before, data.draw(contexts))
    assert set(map(id, blocking(told))) <= set(map(id, told))
    for finding in told:
        assert finding.severity in SEVERITIES
        assert finding.message
        assert as_json(finding, report.form)["id"] == finding.id
        if finding.item and finding.end:
            assert report.text(finding.item)[finding.start : finding.end] == finding.excerpt
        for mend in finding.mends:
            report.copy().set(mend.changes)


@settings(max_examples=60, deadline=None)
@given(text=prose)
def test_text_never_makes_an_error_of_the_tables(text):
    """Whatever the prose says, sound tables stay without errors of their own."""
    report = Report(load("2021"), 2024, {"narratives.s1": text} if text else {})
    report.set(dict.fromkeys(report.form.cells, 0))
    told = [f for f in checks.run(report) if f.id.startswith(("T2.", "T3.", "T4.", "CELL."))]
    assert [f for f in told if f.severity == "error"] == []


def test_an_invented_form_is_checked_without_a_line_of_code(later_form):
    form = load("2027")
    report = Report(form, 2027, {})
    report.set(dict.fromkeys((c for c in form.cells if c not in form.total_of), 1))
    assert not [f for f in checks.run(report) if f.id.startswith("CELL")]
    equation = next(e for e in form.equations if e.works_out)
    report.set({equation.works_out: 10_000})
    (finding, *_) = [f for f in checks.run(report) if f.id == equation.id]
    assert equation.works_out in {s.cell for s in finding.suspects}


@pytest.mark.parametrize("which", FORMS)
def test_an_empty_report_is_unfilled_rather_than_wrong(which):
    form = load(*which)
    told = checks.run(Report(form, form.year, {}))
    assert all(f.unfilled for f in told if f.severity == "error")
