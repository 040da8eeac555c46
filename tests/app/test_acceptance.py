"""What a clerk makes of a proposal, and how it goes into a report that is open."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.acceptance import Acceptance, Merging, confirming
from app.form_file import for_year
from app.numbers import NotAFigure
from app.readers.extract import Place
from app.readers.proposal import Leftover, Proposal, Reading
from app.report import Report

NEW = "t3.new.natural"
FEE = "t2.fees.amount"
ROW = tuple(next(row for row in for_year(2024).tables["t3"].rows if NEW in row))
TOTAL = ROW[-1]
EXTRA = Leftover("另有12件", Place(table=4, row=2), "多出的数")


def reading(cell, value, source=None, doubt=""):
    return Reading(cell, value, str(value) if source is None else source, Place(row=3), doubt)


def proposal(*readings, year=2024, org="示例市档案局", doubts=None, left=(), texts=None):
    return Proposal(
        "报告.docx",
        for_year(year),
        year,
        readings,
        {"org": org, **(texts or {})},
        doubts or {},
        left,
    )


@pytest.fixture
def doubtful():
    """One sure figure, one that was converted, one that is none, one that is lacking."""
    return Acceptance(
        proposal(
            reading(NEW, 12),
            reading(FEE, 25_100_000, "251000元", "按单位换算：251000元 → 25.1（万元）"),
            reading(ROW[1], None, "3O", "夹有字母"),
            reading(TOTAL, None, "", "本行只有6个数，缺合计"),
            doubts={"year": "文件没有标题，年度取自文件名"},
            left=(EXTRA,),
        )
    )


def test_what_is_doubtful_is_open_head_first(doubtful):
    assert doubtful.open_items == ("year", FEE, ROW[1], TOTAL)
    assert "251000元" in doubtful.doubt(FEE)
    assert "“3O”不是数" in doubtful.doubt(ROW[1])


def test_unconfirmed_figures_stay_marked(doubtful):
    doubtful.confirm([FEE])
    items = doubtful.report.items
    assert f"unsure.{FEE}" not in items
    assert items[f"refused.{ROW[1]}"] == "3O"
    assert f"unsure.{TOTAL}" in items


def test_confirming_what_is_no_figure_leaves_it_blank(doubtful):
    doubtful.confirm([ROW[1]])
    assert not doubtful.is_open(ROW[1])
    assert doubtful.report.figure(ROW[1]) is None


def test_correcting_settles_and_converts(doubtful):
    assert doubtful.correct(ROW[1], "３０件") == ""
    assert doubtful.report.figure(ROW[1]) == 30
    assert "25.1" in doubtful.correct(FEE, "251000元")
    assert doubtful.open_items == ("year", TOTAL)
    assert doubtful.corrected == {ROW[1], FEE}


def test_what_is_no_figure_changes_nothing(doubtful):
    with pytest.raises(NotAFigure):
        doubtful.correct(ROW[1], "3O")
    assert doubtful.is_open(ROW[1])
    assert doubtful.corrected == set()


def test_a_blanked_total_is_worked_out(doubtful):
    doubtful.correct(TOTAL, "")
    assert doubtful.report.figure(TOTAL) == 12
    assert not doubtful.is_open(TOTAL)


def test_unit_and_year_can_be_put_right(doubtful):
    doubtful.set_org(" 示例县档案局 ")
    doubtful.set_year(2023)
    report = doubtful.report
    assert (report.org, report.year, report.figure(NEW)) == ("示例县档案局", 2023, 12)
    assert report.form.id == for_year(2024).id
    assert doubtful.open_items == (FEE, ROW[1], TOTAL)


def test_leftovers_are_placed_or_left_out(doubtful):
    with pytest.raises(NotAFigure):
        doubtful.place(EXTRA, NEW, EXTRA.text)
    assert doubtful.leftovers == [EXTRA]
    doubtful.place(EXTRA, NEW, "12")
    assert doubtful.report.figure(NEW) == 12
    assert doubtful.leftovers == []


def test_leftover_prose_stands_below_what_was_read():
    acceptance = Acceptance(
        proposal(left=(EXTRA, replace(EXTRA)), texts={"narratives.s1": "第一段。"})
    )
    acceptance.place(acceptance.leftovers[0], "narratives.s1", "  另有12件。")
    assert acceptance.report.prose("s1") == "第一段。\n另有12件。"
    assert len(acceptance.leftovers) == 1
    acceptance.leave_out(acceptance.leftovers)
    assert acceptance.leftovers == []


def test_confirming_in_a_report_takes_the_marks_of_doubt_only():
    report = Report.new("示例市档案局", 2024)
    report.set({NEW: 1, f"unsure.{NEW}": "看不清", f"refused.{ROW[1]}": "3O"})
    assert confirming(report, ROW) == {f"unsure.{NEW}": None}


# ── into the open report ────────────────────────────────────────────────────────────────────


def merging(present, *readings, **told):
    return Merging(present, Acceptance(proposal(*readings, **told)))


@pytest.fixture
def present():
    report = Report.new("示例市档案局", 2024)
    report.set({NEW: 5, ROW[1]: 7, "narratives.s1": "本年公开5条。"})
    return report


def test_only_what_differs_is_offered(present):
    merged = merging(
        present, reading(NEW, 6), reading(ROW[1], 7), reading(ROW[2], 1),
        texts={"narratives.s1": "本年公开 5条。", "narratives.s5": "问题不少。"},
    )  # fmt: skip
    assert merged.differences == (NEW, ROW[2], "narratives.s1", "narratives.s5")
    assert merged.same == (ROW[1],)
    assert (merged.old(NEW), merged.new(NEW)) == (5, 6)
    assert merged.chosen == set(merged.differences)


def test_blanks_of_spacing_do_not_make_prose_differ(present):
    assert merging(present, texts={"narratives.s1": "　　本年公开5条。\n\n"}).differences == ()


def test_a_doubtful_figure_does_not_replace_another_unasked(present):
    merged = merging(present, reading(NEW, 6, doubt="看不清"), reading(ROW[2], 1, doubt="看不清"))
    assert merged.differences == (NEW, ROW[2])
    assert merged.chosen == {ROW[2]}
    assert merged.changes() == {ROW[2]: 1, f"unsure.{ROW[2]}": "看不清"}
    merged.chosen.add(NEW)
    merged.acceptance.confirm([NEW])
    assert merged.changes() == {NEW: 6, ROW[2]: 1, f"unsure.{ROW[2]}": "看不清"}


def test_what_is_no_figure_marks_a_blank_and_spares_a_figure(present):
    merged = merging(
        present, reading(NEW, None, "3O", "不是数"), reading(ROW[2], None, "4O", "不是数")
    )
    assert merged.differences == (ROW[2],)
    assert merged.changes() == {f"refused.{ROW[2]}": "4O"}


def test_a_total_that_reads_alike_but_would_be_worked_out_otherwise_is_told(present):
    merged = merging(present, reading(NEW, 6), reading(ROW[1], 7), reading(TOTAL, 12))
    assert present.figure(TOTAL) == 12
    assert merged.differences == (NEW, TOTAL)
    present.set(merged.changes())
    assert (present.figure(NEW), present.figure(TOTAL)) == (6, 12)
    assert not present.is_worked_out(TOTAL)


def test_a_total_that_follows_is_left_to_working_out(present):
    merged = merging(present, reading(NEW, 6), reading(ROW[1], 7), reading(TOTAL, 13))
    present.set(merged.changes())
    assert present.figure(TOTAL) == 13


def test_the_unit_is_never_taken_over(present):
    assert "org" not in merging(present, org="另一个局").changes()


def test_cells_of_another_form_are_named():
    present = Report.new("示例市档案局", 2020)
    read = proposal(*(reading(c, 1) for c in for_year(2024).cells))
    merged = Merging(present, Acceptance(read))
    assert NEW in merged.differences
    assert merged.foreign
    assert not set(merged.foreign) & {*merged.differences, *merged.same}
    present.set(merged.changes())
    assert present.figure(NEW) == 1


figures = st.dictionaries(st.sampled_from(sorted(for_year(2024).cells)), st.integers(0, 30))


@settings(max_examples=60, deadline=None)
@given(figures, figures)
def test_taking_all_over_makes_every_figure_read_stand(before, read):
    present = Report.new("示例市档案局", 2024)
    present.set(before)
    merged = merging(present, *(reading(cell, value) for cell, value in read.items()))
    present.set(merged.changes())
    assert {cell: present.figure(cell) for cell in read} == read
    untouched = before.keys() - read.keys()
    assert {cell: present.items[cell] for cell in untouched} == {c: before[c] for c in untouched}
    again = Merging(present, merged.acceptance)
    assert again.differences == ()
