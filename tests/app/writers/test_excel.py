"""The .xlsx as openpyxl and Excel's own notation tell it: exact numbers, live totals, texts."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils import get_column_letter

from app import numbers
from app.form_file import for_year
from app.report import Report
from app.writers import excel
from app.writers.file import NotSaved
from app.writers.page import Heading, Options, Page, Paragraph, Span, TableBlock, compose

PROFILES = [(2019, None), (2020, "hubei"), (2024, None), (2024, "single_other")]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def drawn(report, options=None):
    return excel.draw(compose(report, options), report)


def opened(report, options=None, *, values=False):
    return openpyxl.load_workbook(io.BytesIO(drawn(report, options)), data_only=values)


def figure_places(form):
    """Where each figure stands: name of the sheet and of the cell."""
    return {
        box.cell: (table.title, f"{get_column_letter(box.column + 1)}{box.row + 1}")
        for table in form.tables.values()
        for box in table.boxes
        if box.cell
    }


def written_digits(content):
    """The digits that stand in the file, by number of the sheet and name of the cell."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if match := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
                for cell in etree.fromstring(archive.read(name)).iter(f"{MAIN}c"):
                    if (value := cell.find(f"{MAIN}v")) is not None:
                        found[int(match[1]), cell.get("r")] = value.text
    return found


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("year", "profile"), PROFILES)
def test_each_table_is_a_sheet_as_printed(invented, year, profile):
    report = invented(year, profile)
    book = opened(report, values=True)
    tables = report.form.tables.values()
    assert book.sheetnames == ["正文", *(table.title for table in tables)]
    for table in tables:
        sheet = book[table.title]
        spans = {
            (r.min_row - 1, r.min_col - 1): (r.size["rows"], r.size["columns"])
            for r in sheet.merged_cells.ranges
        }
        for box in table.boxes:
            cell = sheet.cell(box.row + 1, box.column + 1)
            assert spans.get((box.row, box.column), (1, 1)) == (box.rows, box.columns)
            assert cell.border.left.style == cell.border.top.style == "thin"
            if box.cell:
                assert cell.data_type == "n"
            else:
                assert cell.value == box.text
                assert (cell.alignment.textRotation == 255) == box.vertical


@pytest.mark.parametrize(("year", "profile"), PROFILES)
def test_figures_are_numbers(invented, year, profile):
    report = invented(year, profile)
    book = opened(report, values=True)
    for cell, (sheet, name) in figure_places(report.form).items():
        exact = numbers.exact(report.figure(cell), report.form.cells[cell].kind)
        assert Decimal(str(book[sheet][name].value)) == exact


@pytest.mark.parametrize("fen", [1, 10, 999_999, 100_000_000_000_001, 999_999_999_999_999])
def test_amounts_are_written_digit_by_digit(fen):
    report = Report.new("示例市人民政府", 2024)
    report.set({"t2.fees.amount": fen})
    exact = format(numbers.exact(fen, "amount"), "f")
    assert exact in written_digits(drawn(report)).values()


def test_blank_is_not_zero():
    report = Report.new("示例市人民政府", 2024)
    report.set({"t3.new.natural": 0})
    book = opened(report, values=True)
    places = figure_places(report.form)

    def value(cell):
        sheet, name = places[cell]
        return book[sheet][name].value

    assert value("t3.new.natural") == 0
    assert value("t3.new.total") == 0
    assert value("t3.new.business") is None
    assert not value("t3.granted.total")
    assert value("t3.granted.total") != 0


def test_a_unit_that_is_printed_belongs_to_the_number(invented):
    report = invented(2020)
    sheet, name = figure_places(report.form)["t2.procurement.amount"]
    assert opened(report)[sheet][name].number_format == 'General"万元"'


def test_the_upper_heads_are_repeated_in_print(invented):
    book = opened(invented())
    assert [sheet.print_title_rows for sheet in book] == [None, None, "$1:$3", "$1:$3"]
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_a_header_of_many_characters_does_not_break_the_file():
    report = Report.new("示例市发展&改革委员会" * 40, 2024)
    assert len(opened(report).worksheets[1].oddHeader.center.text) < 255


# ── totals ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("year", "profile"), PROFILES)
def test_totals_are_formulas_over_the_cells_of_their_equation(invented, year, profile):
    report = invented(year, profile)
    book = opened(report)
    places = figure_places(report.form)
    for total, equation in report.form.total_of.items():
        sheet, name = places[total]
        added = re.fullmatch(r'=IF\(COUNT\((.+)\),SUM\(\1\),""\)', book[sheet][name].value)[1]
        summed = [
            cell.coordinate
            for part in added.split(",")
            for row in ([(book[sheet][part],)] if ":" not in part else book[sheet][part])
            for cell in row
        ]
        assert sorted(summed) == sorted(places[c][1] for c in equation.cells if c != total)


def test_a_typed_total_that_is_wrong_stays_a_number():
    report = Report.new("示例市人民政府", 2024)
    report.set({"t3.new.natural": 3, "t3.new.business": 4, "t3.new.total": 8})
    sheet, name = figure_places(report.form)["t3.new.total"]
    assert opened(report)[sheet][name].value == 8


def test_a_typed_total_that_is_right_is_live():
    report = Report.new("示例市人民政府", 2024)
    report.set({"t3.new.natural": 3, "t3.new.business": 4, "t3.new.total": 7})
    sheet, name = figure_places(report.form)["t3.new.total"]
    assert opened(report)[sheet][name].value == '=IF(COUNT(D4:I4),SUM(D4:I4),"")'
    assert opened(report, values=True)[sheet][name].value == 7


def test_an_empty_form_adds_up_when_it_is_filled_in(invented):
    book = opened(invented(), Options(blank=True))
    assert book.worksheets[2]["J4"].value == '=IF(COUNT(D4:I4),SUM(D4:I4),"")'
    assert book.worksheets[2]["D4"].value is None


def test_a_form_that_does_not_exist_yet(later_form):
    form = for_year(2027)
    report = Report.new("示例市人民政府", 2027)
    report.set({cell: 2 for cell in form.cells if cell not in form.total_of})
    book = opened(report, values=True)
    for cell, (sheet, name) in figure_places(form).items():
        exact = numbers.exact(report.figure(cell), form.cells[cell].kind)
        assert Decimal(str(book[sheet][name].value)) == exact


# ── texts ───────────────────────────────────────────────────────────────────────────────────────


def test_the_prose_stands_one_paragraph_a_row(invented):
    report = invented()
    rows = [row[0] for row in opened(report)["正文"].iter_rows(values_only=True)]
    texts = [b.text for b in compose(report).blocks if isinstance(b, (Heading, Paragraph))]
    assert rows == ["示例市人民政府", "2024年政府信息公开工作年度报告", *texts]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "\t=1", "#N/A", "12", "TRUE", "2024-01-01"]
)
def test_a_text_is_a_text_whatever_it_begins_with(text):
    report = Report.new("示例市人民政府", 2024)
    report.set({"titles.s1": text})
    content = drawn(report)
    cell = next(
        cell
        for row in openpyxl.load_workbook(io.BytesIO(content))["正文"].iter_rows()
        for cell in row
        if cell.value == text
    )
    assert cell.data_type == "s"
    assert bool(cell.quotePrefix) == (text[0] in "=+-@\t")


def test_unit_and_date(invented):
    rows = list(opened(invented(), Options(signed=date(2025, 1, 20)))["正文"].values)
    assert rows[-2:] == [("示例市人民政府",), ("2025年1月20日",)]


def test_a_paragraph_too_long_for_a_cell_is_refused_in_words():
    page = Page("题", (Paragraph((Span("年" * 32_768),)),))
    with pytest.raises(NotSaved, match="超过32767字"):
        excel.draw(page, Report.new("示例市人民政府", 2024))


def test_what_xml_cannot_hold_is_left_out():
    page = Page("题", (Heading("一\x00二\ud800三"),))
    content = excel.draw(page, Report.new("", 2024))
    assert openpyxl.load_workbook(io.BytesIO(content))["正文"]["A1"].value == "一二三"


def test_a_sheet_may_have_any_title():
    block = TableBlock("t", "收到/处理[申请]：情况*" * 5, (1.0,), 1, 0, ())
    content = excel.draw(Page("题", (block,)), Report.new("", 2024))
    assert len(openpyxl.load_workbook(io.BytesIO(content)).sheetnames[1]) <= 31


# ── the file ────────────────────────────────────────────────────────────────────────────────────


def test_the_file_tells_nothing_but_the_document(invented):
    report = invented()
    with zipfile.ZipFile(io.BytesIO(drawn(report))) as archive:
        about = archive.read("docProps/core.xml").decode()
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert set(re.findall(r"<(?:dc|cp):(\w+)>", about)) == {
        "title", "subject", "keywords", "language",
    }  # fmt: skip


def test_the_same_content_gives_the_same_bytes(invented):
    assert drawn(invented()) == drawn(invented())
