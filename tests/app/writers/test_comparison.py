"""The page of a comparison and the correction note."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest

from app import fingerprint
from app.comparison import Comparison
from app.writers import comparison, correction, pdf
from app.writers.page import Paragraph, TableBlock
from app.writers.sheet import Layout


@pytest.fixture
def compared(invented):
    before, after = invented(), invented()
    cell = next(iter(after.form.role("received") or after.form.cells))
    prose = after.prose("s1").replace("12,345条", "12,346条").replace("发布政策解读87件，", "")
    after.set({cell: (before.figure(cell) or 0) + 9, "narratives.s1": prose})
    return Comparison(before, after)


def compose(compared):
    return comparison.compose(compared, "第1步", "第9步")


def text_of(page, fonts):
    document = pypdfium2.PdfDocument(BytesIO(pdf.render(page, fonts)))
    return "".join("".join(p.get_textpage().get_text_bounded().split()) for p in document)


def test_figures_stand_side_by_side_with_their_difference(compared, fonts):
    (table,) = [b for b in compose(compared).blocks if isinstance(b, TableBlock)]
    rows = [[b.text for b in table.boxes if b.row == row] for row in range(table.row_count)]
    assert rows[0] == ["项目", "原为", "现为", "增减"]
    assert [(row[0], *row[1:]) for row in rows[1:]] == [
        (f.cell.name, *f.shown) for f in compared.figures
    ]
    text = text_of(compose(compared), fonts)
    for report in (compared.before, compared.after):
        assert fingerprint.code(report) in text


def test_changed_words_are_ruled_and_only_they(compared, fonts):
    (prose,) = (
        b for b in compose(compared).blocks
        if isinstance(b, Paragraph) and any(s.style == "added" for s in b.spans)
    )  # fmt: skip
    marked = {style: [s.text for s in prose.spans if s.style == style] for style in
              ("added", "removed")}  # fmt: skip
    assert marked == {"added": ["12,346"], "removed": ["12,345", "发布政策解读87件，"]}
    layout = Layout(compose(compared), fonts)
    ruled = [
        (frame, text)
        for sheet in layout.sheets for frame in sheet.frames if not frame.height
        for text in sheet.texts if abs(text.y - frame.y) < 0.5 * text.size
    ]  # fmt: skip
    words = []
    for frame, text in ruled:
        inside = [
            r.text for r in text.line.runs if frame.x - 0.1 <= text.x + r.x < frame.x + frame.width
        ]
        words.append(("".join(inside), frame.y > text.y))
    assert ("12,345", False) in words  # struck through
    assert ("12,346", True) in words  # underlined
    width = fonts.width("12,346", "latin", 16)
    assert any(abs(frame.width - width) < 0.1 for frame, _ in ruled)


def test_rules_follow_their_words_over_line_ends(compared, fonts):
    removed = "发布政策解读87件，"
    layout = Layout(compose(compared), fonts)
    struck = sum(
        frame.width
        for sheet in layout.sheets for frame in sheet.frames if not frame.height
        for text in sheet.texts if 0 < text.y - frame.y < 0.5 * text.size
    )  # fmt: skip
    assert struck >= fonts.width(removed, "body", 16) * 0.9


def test_reports_that_say_the_same_are_told_so(invented, fonts):
    report = invented()
    text = text_of(compose(Comparison(report, report.copy())), fonts)
    assert "两者内容相同。" in text


def test_a_correction_says_what_it_was_what_it_is_and_why(compared, fonts):
    page = correction.compose(compared, "汇总口径有误。", date(2025, 1, 20), date(2025, 2, 10))
    text = text_of(page, fonts)
    assert "关于更正2024年政府信息公开工作年度报告的说明" in text
    assert "示例市人民政府于2025年1月20日公开的《示例市人民政府2024年" in text
    assert "因汇总口径有误，现更正如下" in text
    figure = compared.figures[0]
    assert "".join(f"{figure.cell.name}{figure.shown[0]}{figure.shown[1]}".split()) in text
    assert "中的“（一）主动公开情况。" not in text  # that sentence has not changed
    assert "12,345条" in text
    assert "更正为“" in text
    assert text.endswith("示例市人民政府2025年2月10日—1—") or "2025年2月10日" in text
    assert page.keywords == fingerprint.code(compared.after)


def test_paragraphs_that_were_only_joined_are_no_correction(invented, fonts):
    before, after = invented(), invented()
    after.set({"narratives.s1": before.prose("s1").replace("\n（二）", "（二）")})
    page = correction.compose(Comparison(before, after), "分段", None, date(2025, 2, 10))
    assert "更正为“" not in text_of(page, fonts)
