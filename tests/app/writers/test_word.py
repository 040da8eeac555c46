"""The .docx as python-docx, and LibreOffice where it is installed, understand it."""

import io
import shutil
import subprocess
import zipfile
from datetime import date

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from app.form import GridCell
from app.report import Report
from app.writers import word
from app.writers.page import (
    RULED_LINES,
    Heading,
    Options,
    Page,
    Paragraph,
    Span,
    TableBlock,
    compose,
    paragraphs,
)

RULES = 3 * RULED_LINES
PROFILES = [(2020, None), (2020, "hubei"), (2024, None), (2024, "single_other")]


def opened(page):
    return docx.Document(io.BytesIO(word.draw(page)))


def text_page(*prose):
    return Page("题", tuple(paragraphs("\n".join(prose))))


def face(style):
    return style.element.rPr.rFonts.get(qn("w:eastAsia"))


# ── the page ────────────────────────────────────────────────────────────────────────────────────


def test_the_text_block_is_that_of_official_documents(invented):
    section = opened(compose(invented())).sections[0]
    assert abs(section.page_width - Mm(210)) < Pt(0.1)
    assert abs(section.page_height - Mm(297)) < Pt(0.1)
    assert abs(section.left_margin - Mm(28)) < Pt(0.1)
    assert abs(section.top_margin - Mm(37)) < Pt(0.1)
    assert abs(section.page_width - section.left_margin - section.right_margin - Mm(156)) < Pt(0.1)
    height = section.page_height - section.top_margin - section.bottom_margin
    assert abs(height - Mm(225)) < Pt(0.1)


def test_22_lines_of_28_characters(invented):
    document = opened(compose(invented()))
    section, body = document.sections[0], document.styles["Normal"]
    pitch = int(section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch"))) / 20
    height = (section.page_height - section.top_margin - section.bottom_margin) / Pt(1)
    assert 22 <= height / pitch < 22.1
    width = (section.page_width - section.left_margin - section.right_margin) / Pt(1)
    spacing = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    advance = body.font.size.pt + spacing
    assert 28 <= (width - spacing) / advance < 28.5


def test_page_numbers_stand_outside(invented):
    document = opened(compose(invented()))
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        (paragraph,) = footer.paragraphs
        assert paragraph.alignment == side
        field = paragraph._p.find(qn("w:fldSimple"))
        assert field.get(qn("w:instr")).strip() == "PAGE"
        shown = "".join(t.text for t in paragraph._p.iter(qn("w:t")))
        assert shown == "— 1 —"


@pytest.mark.parametrize(
    ("name", "expected", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("二级标题 字符", "楷体_GB2312", 16),
        ("三级标题", "仿宋_GB2312", 16),
        ("Normal", "仿宋_GB2312", 16),
        ("表格", "宋体", 10.5),
    ],
)
def test_faces_are_named_as_offices_have_them(invented, name, expected, size):
    document = opened(compose(invented()))
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    style, named, sized = document.styles[name], None, None
    while style is not None:
        named = named or (face(style) if style.element.rPr is not None and
                          style.element.rPr.rFonts is not None else None)  # fmt: skip
        sized = sized or style.font.size
        style = style.base_style
    fonts = defaults.find(qn("w:rFonts"))
    assert (named or fonts.get(qn("w:eastAsia"))) == expected
    assert (sized.pt if sized else int(defaults.find(qn("w:sz")).get(qn("w:val"))) / 2) == size
    assert fonts.get(qn("w:ascii")) == "Times New Roman"
    assert defaults.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"


# ── prose ───────────────────────────────────────────────────────────────────────────────────────


def test_title_and_headings_keep_their_order(invented):
    report = invented()
    document = opened(compose(report))
    found = [(p.style.name, p.text) for p in document.paragraphs]
    titles = [("Title", "示例市人民政府"), ("Title", "2024年政府信息公开工作年度报告")]
    assert found[:2] == titles
    headings = [text for style, text in found if style == "Heading 1"]
    assert headings == [section.title for section in report.form.sections]


def test_a_heading_runs_into_its_paragraph():
    (paragraph,) = opened(text_page("（一）主动公开情况。全年公开12条。")).paragraphs
    assert [(run.style.name, run.text) for run in paragraph.runs] == [
        ("二级标题 字符", "（一）主动公开情况。"),
        ("Default Paragraph Font", "全年公开12条。"),
    ]


def test_a_heading_alone_is_in_the_outline_and_stays_with_what_follows():
    (paragraph,) = opened(text_page("（一）主动公开情况")).paragraphs
    assert paragraph.style.name == "Heading 2"
    assert paragraph.style.paragraph_format.keep_with_next


def test_what_was_added_and_removed_is_marked():
    spans = (Span("全年公开"), Span("12", "removed"), Span("13", "added"), Span("条。"))
    (paragraph,) = opened(Page("题", (Paragraph(spans),))).paragraphs
    fonts = [run.style.font for run in paragraph.runs]
    assert [(bool(font.strike), bool(font.underline)) for font in fonts] == [
        (False, False), (True, False), (False, True), (False, False),
    ]  # fmt: skip


def test_quotes_are_set_in_the_chinese_face():
    (paragraph,) = opened(text_page("坚持“公开”")).paragraphs
    assert [run._r.rPr.rFonts.get(qn("w:hint")) for run in paragraph.runs] == ["eastAsia"]


@pytest.mark.parametrize("text", ["<b>&amp;\"'", "a  b", "𬬭㛃龑", "\u3000缩进", "末尾 "])
def test_every_character_is_written(text):
    page = Page("题", (Paragraph((Span(text),)),))
    assert opened(page).paragraphs[0].text == text


def test_what_xml_cannot_hold_is_left_out():
    page = Page("题", (Heading("一\x00二\ud800三\ufffe"),))
    assert opened(page).paragraphs[0].text == "一二三"


def test_the_unit_stands_over_the_date(invented):
    page = compose(invented(), Options(signed=date(2025, 1, 20)))
    unit, day = opened(page).paragraphs[-2:]
    assert (unit.text, day.text) == ("示例市人民政府", "2025年1月20日")
    assert unit.alignment == day.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert day.paragraph_format.right_indent > unit.paragraph_format.right_indent > 0


def test_an_empty_form_has_lines_to_write_on(invented):
    paragraphs = opened(compose(invented(), Options(blank=True))).paragraphs
    assert sum(p._p.find(f".//{qn('w:pBdr')}") is not None for p in paragraphs) == RULES


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("year", "profile"), PROFILES)
def test_boxes_are_merged_as_printed(invented, year, profile):
    page = compose(invented(year, profile))
    blocks = [block for block in page.blocks if isinstance(block, TableBlock)]
    tables = opened(page).tables
    assert len(tables) == len(blocks) == 3
    for table, block in zip(tables, blocks, strict=True):
        grid = [list(row.cells) for row in table.rows]
        assert len(grid) == block.row_count
        assert {len(row) for row in grid} == {len(block.widths)}
        for box in block.boxes:
            (cell,) = {
                grid[row][column]._tc: grid[row][column]
                for row in range(box.row, box.row + box.rows)
                for column in range(box.column, box.column + box.columns)
            }.values()
            assert cell.text == box.text


def test_columns_are_as_wide_as_printed(invented):
    page = compose(invented())
    blocks = [block for block in page.blocks if isinstance(block, TableBlock)]
    for table, block in zip(opened(page).tables, blocks, strict=True):
        widths = [column.width for column in table.columns]
        assert abs(sum(widths) - Mm(156)) < Pt(0.1)
        for width, share in zip(widths, block.widths, strict=True):
            assert abs(width / sum(widths) - share / sum(block.widths)) < 0.001


def test_heads_are_repeated_only_where_they_fit_every_row(invented):
    bands, requests, reviews = opened(compose(invented())).tables
    repeated = [
        sum(row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows)
        for table in (bands, requests, reviews)
    ]
    assert repeated == [0, 3, 3]


def test_rows_and_tables_are_not_parted(invented):
    for table in opened(compose(invented())).tables:
        *rows, last = table.rows
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
        assert all(p.style.paragraph_format.keep_with_next or p.paragraph_format.keep_with_next
                   for row in rows for cell in row.cells for p in cell.paragraphs)  # fmt: skip
        assert not any(p.paragraph_format.keep_with_next for p in last.cells[-1].paragraphs)
        assert sum(row.height.pt for row in table.rows) < Mm(225).pt


def test_a_table_longer_than_a_page_breaks_between_rows():
    boxes = tuple(GridCell(row, 0, 1, 1, "text", "年" * 400) for row in range(12))
    page = Page("题", (TableBlock("t", "表", (1.0,), 12, 0, boxes),))
    (table,) = opened(page).tables
    assert not any(row.cells[0].paragraphs[0].paragraph_format.keep_with_next
                   for row in table.rows)  # fmt: skip


def test_the_upright_label_is_upright(invented):
    upright = [
        cell.text
        for table in opened(compose(invented())).tables
        for cell in {c._tc: c for row in table.rows for c in row.cells}.values()
        if cell._tc.find(f".//{qn('w:textDirection')}") is not None
    ]
    assert upright == ["三、本年度办理结果"]


def test_long_figures_are_set_smaller_not_broken():
    report = Report.new("示例市人民政府", 2024)
    report.set({"t4.review.upheld": 10**10, "t4.review.corrected": 1})
    cell = opened(compose(report)).tables[2].rows[3].cells[0]
    assert cell.text == "10000000000"
    assert cell.paragraphs[0].runs[0].font.size.pt * 11 / 2 <= cell.width.pt


# ── the file ────────────────────────────────────────────────────────────────────────────────────


def test_the_file_tells_nothing_but_the_document(invented):
    content = word.draw(compose(invented()))
    properties = opened(compose(invented())).core_properties
    assert (properties.author, properties.last_modified_by, properties.created) == ("", "", None)
    assert properties.title == "示例市人民政府2024年政府信息公开工作年度报告"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert "docProps/app.xml" not in archive.namelist()


def test_the_same_content_gives_the_same_bytes(invented):
    assert word.draw(compose(invented())) == word.draw(compose(invented()))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_shows_every_figure(invented, tmp_path):
    report = invented()
    (tmp_path / "报告.docx").write_bytes(word.draw(compose(report)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*convert, tmp_path / "报告.docx"], check=True, timeout=120, capture_output=True)
    with pypdfium2.PdfDocument(tmp_path / "报告.pdf") as pdf:
        text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    shown = text.split()
    for cell in report.form.cells:
        assert report.shown(cell) in shown
