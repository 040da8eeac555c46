"""Comparing reports: every difference is told, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import comparison, fingerprint, form_file
from app.comparison import ADDED, REMOVED, Comparison, Piece
from app.report import Report


@pytest.fixture
def before():
    report = Report.new("示例市档案局", 2024)
    report.set({
        "t3.new.natural": 3001, "t3.new.business": 53, "t2.fees.amount": 96_171_600_000,
        "narratives.s1": "全年新收3119件。办结3050件，群众满意。\n（二）解读。发布解读87件。",
    })  # fmt: skip
    return report


def changed(report, changes):
    after = report.copy()
    after.set(changes)
    return Comparison(report, after)


def test_a_report_does_not_differ_from_itself(before):
    compared = Comparison(before, before.copy())
    assert compared.is_same
    assert compared.summary() == "内容相同"
    assert list(compared.lines()) == []


def test_figures_are_told_with_their_difference_in_the_printed_unit(before):
    changes = {"t3.new.natural": 3010, "t2.fees.amount": 96_171_000_000, "t3.new.business": None}
    compared = changed(before, changes)
    shown = {f.cell.id: f.shown for f in compared.figures}
    assert shown == {
        "t2.fees.amount": ("96171.6", "96171", "-0.6"),
        "t3.new.natural": ("3001", "3010", "+9"),
        "t3.new.business": ("53", "（空）", ""),
        "t3.new.total": ("3054", "3010", "-44"),
    }
    assert compared.summary() == "改动4个数"


def test_prose_is_told_sentence_by_sentence_with_its_words_marked(before):
    text = before.prose("s1").replace("3050", "3052").replace("\n（二）", "（二）") + "另有专栏。"
    (text_change,) = changed(before, {"narratives.s1": text}).texts
    assert (text_change.item, text_change.name) == ("narratives.s1", "一、总体情况")
    first, second = text_change.passages
    assert first.pieces == (
        Piece("办结"), Piece("3050", REMOVED), Piece("3052", ADDED), Piece("件，群众满意。"),
        Piece("\n", REMOVED),
    )  # fmt: skip
    assert first.shown == ("办结3050件，群众满意。↵", "办结3052件，群众满意。")
    assert second.shown == ("", "另有专栏。")


def test_what_stands_in_the_head_is_told(before):
    compared = changed(before, {"org": "示例市档案馆", "titles.s2": "二、主动公开"})
    assert [text.item for text in compared.texts] == ["org", "titles.s2"]
    assert list(compared.lines()) == [
        "单位：“示例市档案局”改为“示例市档案馆”",
        "二、主动公开政府信息情况（标题）：“二、主动公开政府信息情况”改为“二、主动公开”",
    ]


def test_reports_of_two_forms_are_told_with_the_cells_of_both(before):
    older = Report(form_file.load("2019"), 2020, {"org": before.org, "t3.new.natural": 3001})
    older.set({"t2.licences.change": -2})
    found = {f.cell.id: (f.before, f.after) for f in Comparison(older, before).figures}
    assert found["t2.licences.change"] == (-2, None)
    assert found["t2.fees.amount"] == (None, 96_171_600_000)
    assert "t3.new.natural" not in found


def test_chance_letters_in_common_are_no_common_ground():
    (passage,) = comparison.passages("群众获取信息更加便捷。", "公众取得的资料很多。")
    assert [piece.mark for piece in passage.pieces] == [REMOVED, ADDED]


PROSE = st.lists(st.sampled_from(["甲", "乙丙", "12", "。", "，", "\n", "年报"]), max_size=30)


@given(PROSE, PROSE)
def test_the_passages_hold_every_difference(old, new):
    """Taking the passages out of both texts leaves the same text."""
    before, after = "".join(old), "".join(new)
    rest_before, rest_after = before, after
    for passage in comparison.passages(before, after):
        assert passage.before != passage.after
        assert passage.before in before
        assert passage.after in after
        rest_before = rest_before.replace(passage.before, "", 1)
        rest_after = rest_after.replace(passage.after, "", 1)
    assert sorted(rest_before) == sorted(rest_after)
    assert bool(comparison.passages(before, after)) == (before != after)


@given(PROSE, PROSE, st.integers(0, 3), st.integers(0, 3))
def test_a_comparison_agrees_with_the_code(old, new, one, other):
    """Nothing differs exactly where paper and file have the same code."""
    reports = []
    for text, figure in ((old, one), (new, other)):
        report = Report.new("示例局", 2024)
        report.set({"narratives.s1": "".join(text), "t3.new.natural": figure or None})
        reports.append(report)
    same = fingerprint.code(reports[0]) == fingerprint.code(reports[1])
    assert Comparison(*reports).is_same == same
