"""The .html: well-formed, escaped, complete, and legible where a portal strips its styles."""

import re
from datetime import date

import pytest
from lxml import html

from app.form import GridCell
from app.report import Report
from app.writers import web
from app.writers.page import Heading, Options, Page, Paragraph, Span, TableBlock, compose

PROFILES = [(2020, None), (2020, "hubei"), (2024, None), (2024, "single_other")]
VOID = {"br", "col", "hr", "meta"}


def parsed(page):
    return html.document_fromstring(web.draw(page).decode())


def grid_of(table):
    """What stands where in a table, as a browser lays it out: (row, column) → (spans, text)."""
    taken, found = set(), {}
    for row, tr in enumerate(table.iter("tr")):
        column = 0
        for cell in tr:
            while (row, column) in taken:
                column += 1
            spans = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(row + r, column + c) for r in range(spans[0]) for c in range(spans[1])}
            found[row, column] = (spans, cell.text_content())
    return found


@pytest.mark.parametrize(("year", "profile"), PROFILES)
def test_boxes_are_merged_as_printed(invented, year, profile):
    page = compose(invented(year, profile))
    blocks = [block for block in page.blocks if isinstance(block, TableBlock)]
    tables = list(parsed(page).iter("table"))
    assert len(tables) == len(blocks) == 3
    for table, block in zip(tables, blocks, strict=True):
        printed = {(b.row, b.column): ((b.rows, b.columns), b.text) for b in block.boxes}
        assert grid_of(table) == printed


def test_headings_and_paragraphs_in_order(invented):
    report = invented()
    page = compose(report)
    body = parsed(page).find("body")
    (title,) = body.iter("h1")
    lines = list(title.itertext())
    assert lines == ["示例市人民政府", "2024年政府信息公开工作年度报告"]
    texts = [(e.tag, e.text_content()) for e in body if e.tag in ("h2", "p")]
    expected = [("h2" if isinstance(b, Heading) else "p", b.text)
                for b in page.blocks if isinstance(b, (Heading, Paragraph))]  # fmt: skip
    assert texts == expected


def test_a_heading_runs_into_its_paragraph():
    page = Page("题", (Paragraph((Span("（一）情况。", "level2"), Span("正文。")), "level2"),))
    assert web.fragment(page) == (
        '<p style="text-indent:2em"><strong>（一）情况。</strong>正文。</p>\n'
    )


def test_what_was_added_and_removed_is_marked():
    page = Page("题", (Paragraph((Span("12", "removed"), Span("13", "added"), Span("条"))),))
    assert "<del>12</del><ins>13</ins>条</p>" in web.fragment(page)


def test_the_heads_of_a_table_are_header_cells(invented):
    bands, requests, _ = parsed(compose(invented())).iter("table")
    assert len(requests.findall("thead/tr")) == 3
    assert not bands.findall("thead")
    note, *heads = requests.findall("thead/tr/*")
    assert (note.tag, {cell.tag for cell in heads}) == ("td", {"th"})
    assert {cell.tag for cell in requests.findall("tbody/tr/*")} == {"th", "td"}


def test_the_fragment_is_what_a_portal_takes(invented):
    fragment = web.fragment(compose(invented()))
    tags = set(re.findall(r"<(\w+)", fragment))
    assert tags <= {"h1", "h2", "p", "strong", "br", "table", "colgroup", "col", "thead", "tbody",
                    "tr", "th", "td"}  # fmt: skip
    attributes = set(re.findall(r" (\w+)=\"", fragment))
    assert attributes <= {"style", "border", "cellspacing", "cellpadding", "width", "align",
                          "colspan", "rowspan"}  # fmt: skip
    assert 'border="1"' in fragment


def test_every_tag_is_closed_in_order(invented):
    open_tags = []
    for closing, tag in re.findall(r"<(/?)(\w+)", web.fragment(compose(invented()))):
        if closing:
            assert open_tags.pop() == tag
        elif tag not in VOID:
            open_tags.append(tag)
    assert open_tags == []


def test_the_page_is_whole_and_needs_nothing_from_outside(invented):
    content = web.draw(compose(invented())).decode()
    assert content.startswith("<!DOCTYPE html>")
    document = html.document_fromstring(content)
    assert document.get("lang") == "zh-CN"
    assert document.find("head/meta").get("charset") == "utf-8"
    assert document.findtext("head/title") == "示例市人民政府2024年政府信息公开工作年度报告"
    assert not re.search(r"https?:|src=|url\(|@import|<script|<link", content)
    assert web.fragment(compose(invented())) in content


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a & b &amp; \"'", "</p></h2>"])
def test_texts_are_texts(text):
    report = Report.new(text, 2024)
    report.set({"titles.s1": text, "narratives.s1": text})
    body = parsed(compose(report)).find("body")
    assert not list(body.iter("script"))
    assert next(body.iter("h1")).text == text
    assert next(body.iter("h2")).text_content() == text
    assert next(body.iter("p")).text_content() == text


def test_boxes_are_escaped_and_keep_their_lines():
    box = GridCell(0, 0, 1, 1, "text", "甲<乙\n丙")
    page = Page("题", (TableBlock("t", "表", (1.0,), 1, 0, (box,)),))
    assert "甲&lt;乙<br>丙</td>" in web.fragment(page)


def test_what_markup_cannot_hold_is_left_out():
    assert "<h2>一二三</h2>" in web.fragment(Page("题", (Heading("一\x00二\ud800三"),)))


def test_unit_and_date(invented):
    fragment = web.fragment(compose(invented(), Options(signed=date(2025, 1, 20))))
    assert fragment.endswith("示例市人民政府<br>2025年1月20日</p>\n")


def test_an_empty_form_has_lines_to_write_on(invented):
    fragment = web.fragment(compose(invented(), Options(blank=True)))
    assert fragment.count("<hr>") > 10
    assert "<small>（须写明：" in fragment
