"""Sheets: 22 lines on one grid, nothing alone at a foot, tables whole."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form import GridCell
from app.writers.page import (
    Heading,
    Page,
    Paragraph,
    Ruled,
    Signature,
    Span,
    TableBlock,
    Title,
    compose,
)
from app.writers.paper import CELL, HEIGHT, LINES, SIZE, WIDTH
from app.writers.sheet import PITCH, Layout


def paragraph(lines):
    """A paragraph of so many lines."""
    return Paragraph((Span("政" * (28 * lines - 2)),))


def laid(blocks, fonts):
    return Layout(Page("题", tuple(blocks)), fonts)


def table(rows, head_rows=1):
    boxes = [GridCell(0, c, 1, 1, "head", "项目") for c in range(2)]
    for row in range(1, rows):
        boxes += [GridCell(row, 0, 1, 1, "label", f"第{row}行")]
        boxes += [GridCell(row, 1, 1, 1, "figure", str(row), f"c{row}")]
    return TableBlock("t", "表", (1, 1), rows, head_rows, tuple(boxes))


def lines_on(sheet):
    """The lines of the grid on which there is text, from 0."""
    return sorted({int(text.y // PITCH) for text in sheet.texts})


def test_a_full_sheet_has_22_lines_of_28_characters(fonts):
    layout = laid([paragraph(30)], fonts)
    assert lines_on(layout.sheets[0]) == list(range(LINES))
    assert len(layout.sheets[1].texts) == 8
    assert [len(text.line.text) for text in layout.sheets[0].texts] == [26] + [28] * 21
    first, last = layout.sheets[0].texts[0], layout.sheets[0].texts[-1]
    assert last.y - first.y == pytest.approx(21 * PITCH)
    assert first.y < SIZE < HEIGHT - last.y + SIZE


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("示例市人民政府", ["示例市人民政府"]),
        (
            "示例省示例市示例经济技术开发区管理委员会政务公开办公室",
            ["示例省示例市示例经济技术开发区", "管理委员会政务公开办公室"],
        ),
        ("开" * 30, ["开" * 15, "开" * 15]),
        ("开" * 50, ["开" * 17, "开" * 17, "开" * 16]),
        ("市" + "开" * 30, ["市" + "开" * 15, "开" * 15]),  # the latter half would not fit
    ],
)
def test_a_long_title_is_parted_evenly_between_words(title, lines, fonts):
    layout = laid([Title((title, "报告"))], fonts)
    assert [text.line.text for text in layout.sheets[0].texts] == [*lines, "报告"]


def test_the_title_stands_in_the_middle(fonts):
    layout = laid([Title(("示例市人民政府", "2024年政府信息公开工作年度报告"))], fonts)
    for text in layout.sheets[0].texts:
        assert text.x + text.line.width / 2 == pytest.approx(WIDTH / 2, abs=0.01)


@pytest.mark.parametrize(("before", "sheet"), [(19, 0), (20, 1), (21, 1), (22, 1)])
def test_a_heading_keeps_two_lines_of_what_follows(before, sheet, fonts):
    layout = laid([paragraph(before), Heading("一、总体情况"), paragraph(5)], fonts)
    assert layout.marks[0].sheet == sheet


@pytest.mark.parametrize(("before", "sheet"), [(18, 0), (19, 1), (21, 1)])
def test_a_heading_of_level_2_on_its_own_keeps_with_its_section(before, sheet, fonts):
    level2 = Paragraph((Span("（一）公开情况", "level2"),), "level2")
    layout = laid([paragraph(before), Heading("一、总体情况"), level2, paragraph(5)], fonts)
    assert layout.marks[0].sheet == sheet


def test_a_heading_goes_with_its_table(fonts):
    layout = laid([paragraph(10), Heading("二、主动公开"), table(25)], fonts)
    assert layout.marks[0].sheet == 1
    assert not layout.sheets[0].frames


@pytest.mark.parametrize(
    ("characters", "room", "first"),
    [(2 * 28, 1, 1), (28 + 6, 1, 0), (28 + 7, 1, 1), (2 * 28 + 6, 2, 1), (9 * 28 + 6, 9, 8)],
)
def test_a_short_last_line_is_not_carried_over_alone(characters, room, first, fonts):
    text = Paragraph((Span("政" * (characters - 2)),))
    layout = laid([paragraph(LINES - room), text], fonts)
    assert len(layout.sheets[0].texts) == LINES - room + first


@given(st.lists(st.integers(-3, 40), min_size=1, max_size=12))
def test_every_line_is_printed_and_no_heading_stands_alone(fonts, lengths):
    blocks = [paragraph(n) if n > 0 else Heading("一、总体情况") for n in lengths]
    layout = laid([*blocks, paragraph(2)], fonts)
    wanted = "".join(block.text for block in [*blocks, paragraph(2)])
    texts = [text for sheet in layout.sheets for text in sheet.texts]
    assert "".join(text.line.text for text in texts) == wanted
    for sheet in layout.sheets:
        assert lines_on(sheet)[-1] < LINES
        assert sheet.texts[-1].line.text != "一、总体情况"
        assert len(lines_on(sheet)) == len(sheet.texts)


def test_a_table_that_fits_a_sheet_is_not_parted(fonts, invented):
    for year, profile in [(2024, None), (2024, "single_other"), (2020, None), (2020, "hubei")]:
        layout = Layout(compose(invented(year, profile)), fonts)
        with_tables = [sheet for sheet in layout.sheets if sheet.frames]
        frames = [len(sheet.frames) for sheet in with_tables]
        boxes = [len(t.boxes) for t in invented(year, profile).form.tables.values()]
        assert sum(frames) == sum(boxes)
        assert all(f.y + f.height <= HEIGHT + 0.01 for s in with_tables for f in s.frames)


def test_table_3_stands_on_the_sheet_of_its_heading(fonts, invented):
    report = invented()
    report.set({"narratives.s3": None})
    layout = Layout(compose(report), fonts)
    sheet = layout.sheets[layout.marks[2].sheet]
    assert sheet.texts[0].line.text.startswith("三、")
    assert len(sheet.frames) == len(report.form.tables["t3"].boxes)


def test_text_below_a_table_is_back_on_the_grid(fonts):
    layout = laid([table(5), paragraph(1)], fonts)
    frames, text = layout.sheets[0].frames, layout.sheets[0].texts[-1]
    bottom = max(frame.y + frame.height for frame in frames)
    top = text.y // PITCH * PITCH
    assert top - bottom == pytest.approx(PITCH - SIZE)  # as far as the lines are apart


def test_a_table_longer_than_a_sheet_goes_on_with_its_head(fonts):
    layout = laid([Heading("一、清单"), table(120), paragraph(3)], fonts)
    assert len(layout.sheets) > 3
    printed = [[text.line.text for text in sheet.texts] for sheet in layout.sheets]
    assert printed[0][:3] == ["一、清单", "项目", "项目"]
    assert all(texts[:2] == ["项目", "项目"] for texts in printed[1:])
    labels = [text for texts in printed for text in texts if text.startswith("第")]
    assert labels == [f"第{row}行" for row in range(1, 120)]
    assert all(f.y + f.height <= HEIGHT + 0.01 for s in layout.sheets for f in s.frames)
    assert layout.sheets[-1].texts[-1].y > max(f.y + f.height for f in layout.sheets[-1].frames)


def test_the_signature_is_right_of_the_middle_and_the_unit_over_the_date(fonts):
    layout = laid([paragraph(3), Signature("示例市人民政府", "2025年1月20日")], fonts)
    unit, date = layout.sheets[0].texts[-2:]
    assert date.x + date.line.width == pytest.approx(WIDTH - 4 * CELL)
    assert unit.x + unit.line.width / 2 == pytest.approx(date.x + date.line.width / 2)
    assert date.y - unit.y == pytest.approx(PITCH)
    assert unit.y - layout.sheets[0].texts[2].y == pytest.approx(3 * PITCH)  # room for the seal


def test_a_long_unit_in_the_signature_stays_in_the_text_block(fonts):
    layout = laid([Signature("示例省示例市示例经济技术开发区管理委员会", "2025年1月20日")], fonts)
    unit, _ = layout.sheets[0].texts
    assert unit.x + unit.line.width <= WIDTH + 0.01


@pytest.mark.parametrize("before", range(15, 23))
def test_the_signature_is_never_alone_on_a_sheet(before, fonts):
    layout = laid([paragraph(before), Signature("示例市人民政府", "2025年1月20日")], fonts)
    last = layout.sheets[-1].texts
    assert [text.line.text[:4] for text in last[-2:]] == ["示例市人", "2025"]
    assert sum(text.line.text.startswith("政") for text in last) >= 2


def test_ruled_lines_stand_on_the_grid(fonts):
    layout = laid([Ruled(30)], fonts)
    counts = [len(sheet.frames) for sheet in layout.sheets]
    assert counts == [22, 8]
    heights = [frame.y for frame in layout.sheets[0].frames]
    assert [b - a for a, b in pairwise(heights)] == [pytest.approx(PITCH)] * 21


def test_nothing_gives_one_empty_sheet(fonts):
    assert len(laid([], fonts).sheets) == 1


def test_equal_pages_are_laid_out_alike(fonts, invented):
    first, second = (Layout(compose(invented()), fonts) for _ in range(2))
    assert (first.sheets, first.marks) == (second.sheets, second.marks)
