"""The PDF as printers, readers and archives get it: measured on paper and read back."""

import errno
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from app.writers import pdf
from app.writers.file import NotSaved
from app.writers.page import Foot, Heading, Options, Page, Paragraph, Span, compose

RARE = "𬬭䶮㛃"
DPI = 300
MM = DPI / 25.4
SIGNED = Options(foot=Foot("第214稿　核对码 7F3K-92QD"), signed=date(2025, 1, 20))
PROSE = Paragraph(
    (
        Span(
            "全年共收到政府信息公开申请1,362件，较上年增长12.5%；“自然人”申请1203件——占88.3%。按照"
            "《示例市政务公开办法（试行）》第3条的规定，“公开为常态、不公开为例外”……办结率达到100%！"
        ),
    )
)


@pytest.fixture
def opened():
    """Open PDF bytes with PDFium; closed at the end."""
    documents = []

    def open_(content):
        documents.append(pypdfium2.PdfDocument(content))
        return documents[-1]

    yield open_
    for document in documents:
        document.close()


def images(document, **options):
    return [page.render(scale=DPI / 72, grayscale=True, **options).to_pil() for page in document]


def ink(image, darker_than=160):
    """The bounds in mm of what is printed."""
    left, top, right, bottom = image.point(lambda grey: 255 * (grey < darker_than)).getbbox()
    return left / MM, top / MM, right / MM, bottom / MM


def text_of(document):
    """The text of all pages as it is copied, lines joined."""
    return "".join(page.get_textpage().get_text_range().replace("\r\n", "") for page in document)


def prose_page(count=14, **options):
    return Page("题", (PROSE,) * count, **options)


# ── on paper ────────────────────────────────────────────────────────────────────────────────────


def test_the_text_block_is_156_by_225_mm(fonts, opened):
    """The ink of a page of 国 as measured, and what the blank around 国 adds up to."""
    document = opened(pdf.render(Page("题", (Paragraph((Span("国" * (28 * 44 - 2)),)),)), fonts))
    box = fonts.box("国", "body")
    beside, under, right, over = (16 * edge / 1000 / 72 * 25.4 for edge in box)
    character = 16 / 72 * 25.4
    blank = (character - (over - under)) / 2
    for image in images(document)[:2]:
        left, top, end, bottom = ink(image.crop((0, 0, image.width, int(265 * MM))))
        assert left - beside == pytest.approx(28, abs=0.15)
        assert end + character - right == pytest.approx(184, abs=0.15)
        assert top - blank == pytest.approx(37, abs=0.15)
        assert bottom + blank == pytest.approx(262, abs=0.15)


def test_ink_of_real_prose_stays_in_the_text_block(fonts, opened, invented):
    document = opened(pdf.render(compose(invented(), SIGNED), fonts))
    for image in images(document):
        left, top, right, bottom = ink(image.crop((0, 0, image.width, int(265 * MM))))
        assert left >= 27.5
        assert right <= 184.5
        assert top >= 36.5
        assert bottom <= 262.5


def test_a_full_page_has_22_lines_of_28_characters(fonts, opened):
    page = Page("题", (Paragraph((Span("国" * 28 * 40),)),))
    document = opened(pdf.render(page, fonts))
    (image, *_) = images(document)
    column = image.crop((int(28 * MM), 0, int(184 * MM), int(265 * MM)))
    rows = [
        min(column.crop((0, y, column.width, y + 1)).tobytes()) < 160 for y in range(column.height)
    ]
    starts = [y for y in range(1, len(rows)) if rows[y] and not rows[y - 1]]
    assert len(starts) == 22
    pitch = (starts[-1] - starts[0]) / 21 / DPI * 72
    assert pitch == pytest.approx(29.61, abs=0.05)
    lines = document[0].get_textpage().get_text_range().split("\r\n")
    assert [len(line) for line in lines[:22]] == [26] + [28] * 21


def test_page_numbers_stand_outside_7_mm_below(fonts, opened):
    document = opened(pdf.render(prose_page(40), fonts))
    for number, image in enumerate(images(document), 1):
        foot = image.crop((0, int(264 * MM), image.width, image.height))
        left, top, right, _ = ink(foot)
        assert document[number - 1].get_textpage().get_text_range().endswith(f"— {number} —")
        outside = 184 - right if number % 2 else left - 28
        assert outside == pytest.approx(14 / 72 * 25.4, abs=0.6)  # one character
        dashes = foot.crop((0, 0, int((left + 4) * MM), foot.height))
        assert 264 + ink(dashes)[1] == pytest.approx(269, abs=0.3)
        assert top > 0


@pytest.mark.parametrize("words", ["第214稿　核对码 7F3K-92QD", "示例" * 80, ""])
def test_the_foot_stands_opposite_the_page_number(fonts, opened, words):
    document = opened(pdf.render(prose_page(40, foot=Foot(words)), fonts))
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        whole = text.get_text_range()
        assert f"第{number}页 共{len(document)}页" in whole
        foot, dashes = bounds(text, f"第{number}页 共"), bounds(text, f"— {number} —")
        begin = bounds(text, words[:4]) if words else foot
        if number % 2:
            assert begin[0] > 28 / 25.4 * 72
            assert foot[2] + 10 < dashes[0]
        else:
            assert dashes[2] + 10 < begin[0]
            assert foot[2] < 184 / 25.4 * 72


def bounds(textpage, words):
    """Left, bottom, right, top in pt of the first place where words stand."""
    index, count = textpage.search(words).get_next()
    boxes = [textpage.get_charbox(index + n) for n in range(count)]
    return boxes[0][0], boxes[0][1], boxes[-1][2], boxes[0][3]


def test_a_watermark_is_light_and_no_text(fonts, opened, invented):
    plain = opened(pdf.render(compose(invented()), fonts))
    draft = opened(pdf.render(compose(invented(), Options(watermark="草稿")), fonts))
    assert text_of(draft) == text_of(plain)
    for before, after in zip(images(plain), images(draft), strict=True):
        assert ink(after)[0] == pytest.approx(ink(before)[0], abs=0.01)
        shades = after.histogram()
        grey = sum(shades[225:245])
        assert grey > 0.04 * after.width * after.height
        assert before.histogram()[225:245] != shades[225:245]


def test_a_watermark_is_drawn_for_any_word(fonts, opened):
    for word in ("样例", "已变更", "A"):
        (image,) = images(opened(pdf.render(Page("题", (), watermark=word), fonts)))
        assert ink(image, 245)[3] - ink(image, 245)[1] > 60


# ── read back ───────────────────────────────────────────────────────────────────────────────────


def test_prose_is_copied_as_it_was_written(fonts, opened, invented):
    report = invented()
    copied = re.sub("— \\d —", "", text_of(opened(pdf.render(compose(report), fonts))))
    for item in ("narratives.preface", "narratives.s1", "narratives.s5"):
        for paragraph in report.text(item).split("\n"):
            assert paragraph in copied


@pytest.fixture(scope="module")
def random_prose():
    """Paragraphs in which marks, numbers and words meet in every way."""
    rng, found = random.Random(9704), []
    while len(found) < 60:
        pieces = []
        for _ in range(rng.randint(8, 30)):
            pieces.append(
                "".join(rng.choices("政府信息公开工作年度报告办理答复", k=rng.randint(1, 12)))
            )
            pieces.append(
                rng.choice([*"，。；：（《“", "。”", "）。", "》，", "”“", "……", "——", ""])
            )
            pieces.append(rng.choice(["", "", "1203", "12.5%", "1.", "PDF", "www.example.gov.cn"]))
        found.append("".join(pieces))
    return found


@pytest.mark.parametrize("read", ["pdfium", "pdftotext"])
def test_any_prose_is_copied_without_a_space_too_many(fonts, opened, tmp_path, random_prose, read):
    page = Page("题", tuple(Paragraph((Span(prose),)) for prose in random_prose))
    path = tmp_path / "a.pdf"
    pdf.write(page, path, fonts)
    if read == "pdfium":
        copied = text_of(opened(path.read_bytes()))
    elif not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (poppler-utils)")
    else:
        run = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
        copied = run.stdout.decode()
    assert re.sub(r"\s*— ?\d+ ?—\s*|[\n\f]", "", copied) == "".join(random_prose)


def test_words_are_found(fonts, opened):
    (page, *_) = opened(pdf.render(prose_page(1), fonts))
    text = page.get_textpage()
    for words in ("申请1,362件", "增长12.5%；“自然人”", "办法（试行）》第3条", "例外”……"):
        assert text.search(words).get_next() is not None, words


@pytest.mark.parametrize("read", ["pdfium", "pdftotext"])
def test_rare_characters_are_copied(fonts, opened, tmp_path, read):
    page = Page("题", (Paragraph((Span(f"测试{RARE}等字。"),)),))
    if read == "pdfium":
        copied = text_of(opened(pdf.render(page, fonts)))
    elif not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (poppler-utils)")
    else:
        pdf.write(page, tmp_path / "a.pdf", fonts)
        run = subprocess.run(
            ["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True
        )
        copied = run.stdout.decode()
    assert f"测试{RARE}等字。" in copied


@pytest.mark.parametrize("watermark", ["", "草稿"])
@pytest.mark.parametrize(
    ("year", "profile"), [(2024, None), (2024, "single_other"), (2020, None), (2020, "hubei")]
)
def test_every_figure_is_read_back_at_its_place(fonts, invented, year, profile, watermark):
    report = invented(year, profile)
    content = pdf.render(compose(report, Options(watermark=watermark)), fonts)
    with pdfplumber.open(BytesIO(content)) as document:
        grids = [grid for page in document.pages for grid in page.extract_tables()]
    for table, grid in zip(report.form.tables.values(), grids, strict=True):
        assert len(grid) == table.row_count
        for box in table.boxes:
            if box.cell:
                assert grid[box.row][box.column] == report.shown(box.cell), box.cell


def test_an_invented_later_form_is_printed_without_a_line_of_code(fonts, invented, later_form):
    report = invented(2027)
    with pdfplumber.open(BytesIO(pdf.render(compose(report), fonts))) as document:
        grids = [grid for page in document.pages for grid in page.extract_tables()]
    for table, grid in zip(report.form.tables.values(), grids, strict=True):
        for box in table.boxes:
            if box.cell:
                assert grid[box.row][box.column] == report.shown(box.cell), box.cell


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def test_every_font_is_embedded_and_copyable(fonts, invented):
    content = pdf.render(compose(invented(), SIGNED), fonts)
    document = PDFDocument(PDFParser(BytesIO(content)))
    found = [
        entry
        for xref in document.xrefs
        for number in xref.get_objids()
        if isinstance(entry := document.getobj(number), dict)
        and getattr(entry.get("Type"), "name", "") == "Font"
    ]
    assert len(found) >= 7
    for font in found:
        assert "FontFile2" in resolve1(font["FontDescriptor"])
        assert "ToUnicode" in font


def test_outline_labels_language_and_information(fonts, opened, invented):
    content = pdf.render(compose(invented(), Options(keywords="7F3K-92QD")), fonts)
    document = opened(content)
    entries = list(document.get_toc())
    assert [entry.get_title() for entry in entries][:2] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
    ]
    for entry in entries:
        page = document[entry.get_dest().get_index()]
        assert entry.get_title() in page.get_textpage().get_text_range()
    assert document.get_metadata_value("Title") == "示例市人民政府2024年政府信息公开工作年度报告"
    assert document.get_metadata_value("Keywords") == "7F3K-92QD"
    assert document.get_metadata_value("Subject").startswith("政府信息公开工作年度报告（")
    assert [document.get_page_label(n) for n in range(3)] == ["1", "2", "3"]
    assert b"zh-CN" in content


SCRIPT = """
import sys, hashlib
from pathlib import Path
from app.report import Report
from app.writers import pdf
from app.writers.fonts import Fonts
from app.writers.page import Options, compose
report = Report.new("示例市人民政府", 2024)
report.set({"t3.new.natural": 3, "narratives.s1": "（一）情况。全年2024件……𬬭㛃"})
page = compose(report, Options(watermark="草稿"))
print(hashlib.sha256(pdf.render(page, Fonts.find(folders=()))).hexdigest())
"""


def test_the_same_bytes_from_every_process():
    source = str(Path(pdf.__file__).parents[2])
    prints = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONPATH": source, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(prints) == 1


def test_the_same_bytes_again_after_another_document(fonts, invented):
    page = compose(invented(), SIGNED)
    first = pdf.render(page, fonts)
    pdf.render(Page("别的", (PROSE,)), fonts)
    assert hashlib.sha256(first).digest() == hashlib.sha256(pdf.render(page, fonts)).digest()


# ── writing ─────────────────────────────────────────────────────────────────────────────────────


def test_what_was_written(fonts, invented, tmp_path, opened):
    path = tmp_path / "报告.pdf"
    result = pdf.write(compose(invented()), path, fonts)
    assert result.missing == ()
    assert result.page_count == len(opened(path.read_bytes()))
    assert list(tmp_path.iterdir()) == [path]


def test_characters_that_cannot_be_printed_are_named(fonts):
    page = Page("题", (Paragraph((Span("甲\ue000乙\U0001f3db。"),)),))
    assert set(pdf.write(page, BytesIO(), fonts).missing) == {"\ue000", "\U0001f3db"}


def test_halves_of_characters_in_a_damaged_file_stop_nothing(fonts):
    prose = "甲\ud800乙" + "政" * 20 + "www.example.gov.cn"  # the line is loose
    page = Page("题\ud800", (Paragraph((Span(prose),)), Heading("一、\ud800")))
    assert set(pdf.write(page, BytesIO(), fonts).missing) == {"\ud800"}


def test_write_into_an_open_file(fonts):
    file = BytesIO()
    pdf.write(prose_page(1), file, fonts)
    assert file.getvalue() == pdf.render(prose_page(1), fonts)


def test_a_full_disk_harms_nothing(fonts, tmp_path, monkeypatch):
    path = tmp_path / "报告.pdf"
    path.write_bytes(b"old")

    def full(_):
        raise OSError(errno.ENOSPC, "设备上没有空间")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotSaved, match="磁盘已满"):
        pdf.write(prose_page(1), path, fonts)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(fonts, tmp_path):
    with pytest.raises(NotSaved, match=r"“报告\.pdf”没有保存"):
        pdf.write(prose_page(1), tmp_path / "无" / "报告.pdf", fonts)
