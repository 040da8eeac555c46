"""Entries: one for each cause, in the order of the report, the gravest first."""

import pytest

from app.checks.finding import Finding
from ui.findings.entry import BLANK, count_open, entries, grouped


def finding(rule="T3.ROWSUM", severity="error", section="s3", message="不等。", **more):
    return Finding(rule, severity, section, message, **more)


def test_findings_of_one_cause_are_one_entry():
    one = finding(cause="t3.new.total", message="横向不等。")
    other = finding("T3.BALANCE", cause="t3.new.total", message="纵向不等。")
    apart = finding(cause="t3.granted.total")
    found = entries([one, apart, other, finding(), finding()])
    assert [len(entry.findings) for entry in found] == [2, 1, 1, 1]
    assert found[0].first is one
    assert found[0].note == "同一原因，共2处"
    assert str(found[0]) == "错误：横向不等。同一原因，共2处"


def test_an_entry_is_explained_once_all_of_it_is():
    explained = finding(cause="x", explanation="含上年结转")
    assert entries([explained])[0].note == "已说明：含上年结转"
    assert not entries([explained, finding(cause="x", section="s4")])[0].is_explained


@pytest.mark.parametrize(
    ("rule", "severity", "kind"),
    [
        ("T3.ROWSUM", "error", "error"),
        ("TXT.NUM", "warning", "warning"),
        ("CELL.BLANK", "warning", BLANK),
    ],
)
def test_not_filled_in_is_a_kind_of_its_own(rule, severity, kind):
    assert entries([finding(rule, severity)])[0].kind == kind


def test_open_entries_are_counted_by_kind():
    found = [
        finding(cause="x"),
        finding("T3.BALANCE", cause="x"),
        finding("TXT.NUM", "warning"),
        finding("TXT.NUM", "warning", explanation="有理由"),
        finding("CELL.BLANK", "warning"),
    ]
    assert count_open(entries(found)) == {"error": 1, "warning": 1, BLANK: 1}


def test_rows_are_grouped_by_section_then_kind():
    found = [
        finding(section="s3", message="三错"),
        finding("TXT.NUM", "warning", "s1", "一疑已说明", explanation="有理由"),
        finding("NARR.DOUBLE", "hint", "s1", "一提示"),
        finding("TXT.NUM", "warning", "s1", "一疑"),
        finding("CELL.BLANK", "warning", "s3", "三未填"),
        finding("AGG.SUM", "warning", "elsewhere", "别处"),
        finding("NARR.PERIOD", "error", "preface", "前言错"),
    ]
    rows = grouped(entries(found), ("preface", "s1", "s2", "s3"), ("封面", "一", "二", "三"))
    assert [row if isinstance(row, str) else row.first.message for row in rows] == [
        *("封面", "前言错"),
        *("一", "一疑", "一提示", "一疑已说明"),
        *("三", "三错", "三未填"),
        *("其他", "别处"),
    ]


def test_the_key_is_the_rule_and_where_it_looks():
    before = finding(cells=("t3.new.total",), message="应为3，现为2。")
    after = finding(cells=("t3.new.total",), message="应为3，现为1。")
    other = finding(cells=("t3.granted.total",), message="应为3，现为2。")
    keys = [entry.key for entry in entries([before, after, other])]
    assert keys[0] == keys[1] != keys[2]
