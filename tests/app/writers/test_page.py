"""The page of a report: what stands on it, in which order and role."""

from datetime import date

import pytest

from app.form import GridCell
from app.report import Report
from app.writers.page import (
    Foot,
    Heading,
    Options,
    Paragraph,
    Ruled,
    Signature,
    Span,
    TableBlock,
    Title,
    compose,
    paragraphs,
)

MILLION = 1_000_000


def tables_of(page):
    return {block.id: block for block in page.blocks if isinstance(block, TableBlock)}


def texts_of(table):
    return {box.cell: box.text for box in table.boxes if box.cell}


def test_order_of_a_report(invented):
    page = compose(invented(), Options(signed=date(2025, 1, 20)))
    title, preface, *_, signature = page.blocks
    assert title == Title(("示例市人民政府", "2024年政府信息公开工作年度报告"))
    assert preface.text.startswith("根据《中华人民共和国政府信息公开条例》")
    assert signature == Signature("示例市人民政府", "2025年1月20日")
    headings = [block for block in page.blocks if isinstance(block, Heading)]
    assert [heading.id for heading in headings] == ["s1", "s2", "s3", "s4", "s5", "s6"]
    assert headings[0].text == "一、总体情况"


def test_prose_stands_before_the_table(invented):
    kinds = [type(block) for block in compose(invented()).blocks]
    table = kinds.index(TableBlock)
    assert kinds[table - 1] is Paragraph
    assert kinds[table + 1] is Heading
    assert kinds.count(TableBlock) == 3


def test_about_the_document(invented):
    foot = Foot("第3稿")
    page = compose(invented(), Options(foot=foot, watermark="草稿", keywords="7F3K-92QD"))
    assert (page.title, page.author) == (
        "示例市人民政府2024年政府信息公开工作年度报告",
        "示例市人民政府",
    )
    assert (page.foot, page.watermark, page.keywords) == (foot, "草稿", "7F3K-92QD")
    assert "国办公开办函〔2021〕30号" in page.subject


def test_a_report_without_a_unit_has_one_line_of_title():
    assert compose(Report.new("", 2024)).blocks[0] == Title(("2024年政府信息公开工作年度报告",))


def test_edited_titles_are_printed(invented):
    report = invented()
    report.set({"titles.s5": "五、存在的问题及改进举措"})
    headings = [block.text for block in compose(report).blocks if isinstance(block, Heading)]
    assert headings[4] == "五、存在的问题及改进举措"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "（一）公开情况。全年",
            Paragraph((Span("（一）公开情况。", "level2"), Span("全年")), "level2"),
        ),
        ("（十二）公开情况", Paragraph((Span("（十二）公开情况", "level2"),), "level2")),
        ("1.完善制度。修订", Paragraph((Span("1.完善制度。修订"),), "level3")),
        ("12、完善制度", Paragraph((Span("12、完善制度"),), "level3")),
        ("1.5万件", Paragraph((Span("1.5万件"),), "body")),
        ("2024年", Paragraph((Span("2024年"),), "body")),
        ("（见附件）", Paragraph((Span("（见附件）"),), "body")),
    ],
)
def test_headings_are_told_by_how_they_begin(text, expected):
    assert paragraphs(text) == [expected]


def test_a_heading_without_a_full_stop_is_a_heading_whole():
    whole, running = paragraphs("（一）公开情况\n（二）公开情况。全年")
    assert (whole.is_heading, running.is_heading) == (True, False)


def test_empty_lines_of_prose_fall_away():
    assert [p.text for p in paragraphs("\n 甲。 \n\n乙。\n")] == ["甲。", "乙。"]


def test_blank_is_blank_and_zero_is_zero():
    report = Report.new("示例局", 2024)
    report.set({"t3.new.natural": 0, "t3.granted.natural": 5})
    texts = texts_of(tables_of(compose(report))["t3"])
    assert (texts["t3.new.natural"], texts["t3.granted.natural"]) == ("0", "5")
    assert texts["t3.new.business"] == ""
    assert texts["t3.outcomes.natural"] == "5"  # worked out


@pytest.mark.parametrize(
    ("year", "cell", "fen", "printed"),
    [
        (2024, "t2.fees.amount", 96_171_600_000, "96171.6"),
        (2024, "t2.fees.amount", 1, "0.000001"),
        (2020, "t2.procurement.amount", 375 * MILLION, "375万元"),
        (2020, "t2.procurement.amount", 0, "0万元"),
        (2020, "t2.fees.change", -8, "-8"),
    ],
)
def test_figures_as_the_form_prints_them(year, cell, fen, printed):
    report = Report.new("示例局", year)
    report.set({cell: fen})
    assert texts_of(tables_of(compose(report))["t2"])[cell] == printed


def test_a_blank_form_asks_for_figures_and_prose(invented):
    page = compose(invented(), Options(blank=True, signed=date(2025, 1, 20)))
    assert page.blocks[0] == Title(("示例市人民政府", "2024年政府信息公开工作年度报告"))
    assert not any(text for t in tables_of(page).values() for text in texts_of(t).values())
    assert sum(isinstance(block, Ruled) for block in page.blocks) == 3  # 一, 五, 六
    notes = [block.text for block in page.blocks if isinstance(block, Paragraph)]
    assert all(note.startswith("（须写明：") for note in notes)
    assert not any(isinstance(block, Signature) for block in page.blocks)


def test_chosen_sections_in_a_chosen_order(invented):
    page = compose(invented(), Options(sections=("s4", "s2")))
    assert list(tables_of(page)) == ["t4", "t2"]


@pytest.mark.parametrize(
    ("kind", "text", "first_figure", "align"),
    [
        ("head", "信息内容", 1, "centre"),
        ("figure", "12", 1, "centre"),
        ("band", "第二十条第（一）项", 1, "left"),
        ("note", "（本列数据的勾稽关系为……）", 3, "left"),
        ("label", "规章", 1, "centre"),
        ("label", "规章（设区的市、自治州人民政府应提供相关数据）", 1, "left"),
        ("label", "1.属于国家秘密", 3, "left"),
        ("text", "原文", 1, "left"),
    ],
)
def test_how_a_box_is_aligned(kind, text, first_figure, align):
    box = GridCell(0, 0, 1, 1, kind, text)
    figure = GridCell(0, first_figure, 1, 1, "figure", "", "x")
    assert TableBlock("t", "表", (1, 1, 1, 1), 1, 0, (box, figure)).align(box) == align
