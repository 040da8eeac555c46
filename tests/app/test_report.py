"""Totals, blanks and the generated preface of a report."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import form_file
from app.report import COVER, PREFACE, Invalid, Report

ROW = ["natural", "business", "research", "charity", "legal", "other"]


@pytest.fixture
def report():
    return Report.new("示例市人民政府", 2024)


def test_new_report_is_blank(report):
    assert report.figures() == {}
    assert report.figure("t3.new.total") is None
    assert len(report.blanks()) == 166


def test_total_is_worked_out_from_its_row(report):
    changed = report.set({"t3.new.natural": 3001, "t3.new.business": 53})
    assert changed == {"t3.new.natural", "t3.new.business", "t3.new.total"}
    assert report.figure("t3.new.total") == 3054
    assert report.is_worked_out("t3.new.total")
    assert report.is_incomplete("t3.new.total")
    report.set({f"t3.new.{c}": 0 for c in ROW[2:]})
    assert not report.is_incomplete("t3.new.total")


def test_blank_is_not_zero(report):
    report.set({f"t3.new.{c}": 0 for c in ROW})
    assert report.figure("t3.new.total") == 0
    report.set({f"t3.new.{c}": None for c in ROW})
    assert report.figure("t3.new.total") is None


def test_outcomes_add_up_their_column_and_their_row(report):
    report.set({"t3.granted.natural": 5, "t3.refused_law.natural": 2, "t3.partial.legal": 3})
    assert report.figure("t3.outcomes.natural") == 7
    assert report.figure("t3.outcomes.legal") == 3
    assert report.figure("t3.outcomes.total") == 10


def test_typed_total_is_kept_until_it_is_deleted(report):
    report.set({"t3.new.natural": 10})
    assert report.set({"t3.new.total": 12}) == {"t3.new.total"}
    assert not report.is_worked_out("t3.new.total")
    report.set({"t3.new.natural": 11})
    assert report.figure("t3.new.total") == 12
    assert report.set({"t3.new.total": None}) == {"t3.new.total"}
    assert report.figure("t3.new.total") == 11


def test_carried_out_is_never_worked_out(report):
    report.set({"t3.new.natural": 10, "t3.granted.natural": 4})
    assert report.figure("t3.carried_out.natural") is None


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("t3.new.natural", -1),
        ("t3.new.natural", 10**15 + 1),
        ("t3.new.natural", "5"),
        ("t3.new.natural", True),
        ("t3.other_handling.natural", 1),
        ("narratives.s9", "x"),
        ("titles.preface", "x"),
        ("cover.fax", "x"),
        ("org", 5),
        ("anything", "x"),
    ],
)
def test_what_cannot_stand_there_is_refused_and_changes_nothing(report, item, value):
    before = dict(report.items)
    with pytest.raises(Invalid):
        report.set({"t3.granted.natural": 1, item: value})
    assert report.items == before


def test_setting_a_figure_settles_its_marks(report):
    report.set({"t3.new.natural": 5, "unsure.t3.new.natural": "两种读法"})
    changed = report.set({"t3.new.natural": 6})
    assert "unsure.t3.new.natural" in changed
    assert "unsure.t3.new.natural" not in report.items


def test_preface_follows_the_cover_until_it_is_edited(report):
    assert report.text(PREFACE) == ""
    report.set({"cover.legal_basis": "《某条例》"})
    assert "示例市人民政府根据《某条例》编制" in report.text(PREFACE)
    assert "2024年1月1日" in report.text(PREFACE)
    assert "联系" not in report.text(PREFACE)
    changed = report.set({"cover.address": "示例路1号", "cover.telephone": "010-1234567"})
    assert PREFACE in changed
    assert "（地址：示例路1号，电话：010-1234567）" in report.text(PREFACE)
    report.set({PREFACE: "自己写的前言。"})
    assert PREFACE not in report.set({"cover.address": "示例路2号"})
    assert report.text(PREFACE) == "自己写的前言。"
    report.set({PREFACE: None})
    assert "示例路2号" in report.text(PREFACE)


def test_generated_preface_typed_again_is_no_edit(report):
    report.set({"cover.mail": "a@example.cn"})
    assert report.set({PREFACE: report.text(PREFACE)}) == frozenset()


def test_every_cover_field_stands_in_the_preface(report):
    report.set({f"cover.{key}": f"〔{key}〕" for key in COVER})
    for key in COVER:
        assert f"〔{key}〕" in report.text(PREFACE)


def test_copy_is_independent(report):
    report.set({"t3.new.natural": 1})
    copy = report.copy()
    copy.set({"t3.new.natural": 2})
    assert report.figure("t3.new.total") == 1
    assert copy.figure("t3.new.total") == 2


FORM = form_file.load("2021")
CHANGES = st.dictionaries(
    st.sampled_from(sorted(FORM.cells)), st.none() | st.integers(0, 10**6), max_size=12
)


@settings(max_examples=60)
@given(st.lists(CHANGES, max_size=6))
def test_totals_equal_a_naive_sum_whatever_the_order(steps):
    report = Report.new("示例市人民政府", 2024)
    typed = {}
    for step in steps:
        before = report.figures() | {}
        marks = {c: report.is_incomplete(c) for c in FORM.cells}
        changed = report.set(step)
        typed |= step
        after = report.figures()
        differ = {
            c
            for c in FORM.cells
            if before.get(c) != after.get(c) or marks[c] != report.is_incomplete(c)
        }
        assert differ <= changed
    typed = {cell: value for cell, value in typed.items() if value is not None}

    def naive(cell):
        if cell in typed or cell not in FORM.total_of:
            return typed.get(cell)
        parts = [naive(c) for c in FORM.total_of[cell].cells if c != cell]
        present = [p for p in parts if p is not None]
        return sum(present) if present else None

    assert report.figures() == {c: naive(c) for c in FORM.cells if naive(c) is not None}


def test_later_form_is_one_file(later_form):
    report = Report.new("示例市人民政府", 2028)
    report.set({"t9.open_days.online": 3, "t9.open_days.paper": 4, "t9.briefings.online": 5})
    assert report.figure("t9.open_days.sum") == 7
    assert report.figure("t9.all.online") == 8
    assert report.figure("t9.all.sum") == 12
