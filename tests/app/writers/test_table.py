"""Tables: nothing beyond its box, the best size that fits, breaks between rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form import GridCell
from app.numbers import LARGEST
from app.report import Report
from app.writers.line import Style, Typesetter
from app.writers.page import Options, TableBlock, compose
from app.writers.table import SIZES, lay

WIDTH, ROOM, SHEET = 442.2, 608.2, 637.8
STYLE = Style(10)


@pytest.fixture(scope="module")
def typesetter(fonts):
    return Typesetter(fonts.width)


def parts_of(grid, first=ROOM, room=SHEET):
    return list(grid.parts(first, room))


def check_boxes(grid, parts):
    """Every text stands in one box and every box of a part between the edges of the table."""
    for part in parts:
        texts, frames = grid.ink(part)
        assert all(f.x >= 0 and f.x + f.width <= WIDTH + 0.01 for f in frames)
        assert all(f.y >= 0 and f.y + f.height <= part.height + 0.01 for f in frames)
        for text in texts:
            assert any(holds(frame, text) for frame in frames), text.line.text


def holds(frame, text):
    """Whether the ink of a line lies in a box; a closing mark's blank half may lie beyond."""
    hang = text.size / 2 if text.line.text[-1:] in "，。、；：）》”" else 0
    return (
        frame.x <= text.x
        and text.x + text.line.width - hang <= frame.x + frame.width
        and frame.y <= text.y - 0.86 * text.size
        and text.y + 0.1 * text.size <= frame.y + frame.height
    )


def report_tables(report):
    return [b for b in compose(report, Options()).blocks if isinstance(b, TableBlock)]


@pytest.mark.parametrize("value", [0, 12_345_678, LARGEST])
@pytest.mark.parametrize(
    ("year", "profile"), [(2024, None), (2024, "single_other"), (2020, None), (2020, "hubei")]
)
def test_no_figure_or_label_leaves_its_box(typesetter, year, profile, value):
    report = Report.new("示例局", year, profile)
    report.set(dict.fromkeys(report.form.cells, value))
    for block in report_tables(report):
        grid = lay(block, typesetter, WIDTH, ROOM)
        (part,) = parts_of(grid)
        check_boxes(grid, [part])
        texts, _ = grid.ink(part)
        printed = "".join(text.line.text for text in texts)
        assert len(printed) == sum(len(box.text) for box in block.boxes)


def test_figures_of_a_table_have_one_size_and_stand_in_the_middle(typesetter, invented):
    report = invented()
    report.set({"t3.new.natural": 12_345_678})
    block = next(b for b in report_tables(report) if b.id == "t3")
    grid = lay(block, typesetter, WIDTH, ROOM)
    texts, frames = grid.ink(*parts_of(grid))
    figures = [text for text in texts if text.line.text.isdecimal()]
    assert len({text.size for text in figures}) == 1
    for text in figures:
        frame = next(frame for frame in frames if holds(frame, text))
        assert text.x + text.line.width / 2 == pytest.approx(frame.x + frame.width / 2)


def test_digits_are_of_equal_width(typesetter):
    widths = {typesetter.lines([(str(d) * 8, "song")], STYLE, WIDTH)[0].width for d in range(10)}
    assert max(widths) - min(widths) < 0.01


def test_the_upright_label_reads_downwards(typesetter, invented):
    block = next(b for b in report_tables(invented()) if b.id == "t3")
    grid = lay(block, typesetter, WIDTH, ROOM)
    texts, _ = grid.ink(*parts_of(grid))
    at = next(n for n, text in enumerate(texts) if text.line.text == "三")
    label = texts[at : at + 9]
    assert "".join(text.line.text for text in label) == "三、本年度办理结果"
    rows = [text for text in label if text.line.text != "、"]
    assert len({round(text.x, 3) for text in rows}) == 1
    assert [text.y for text in rows] == sorted(text.y for text in rows)


def test_a_hint_in_a_head_begins_a_line(typesetter):
    report = Report.new("示例局", 2020, "hubei")
    block = next(b for b in report_tables(report) if b.id == "t2")
    texts, _ = (grid := lay(block, typesetter, WIDTH, ROOM)).ink(*parts_of(grid))
    lines = [text.line.text for text in texts]
    assert lines[lines.index("上一年项目数量") + 1].startswith("（指")


# ── breaking ────────────────────────────────────────────────────────────────────────────────────


def head(row, column, text="项目", rows=1, columns=1):
    return GridCell(row, column, rows, columns, "head", text)


def label(row, column, text, rows=1, columns=1):
    return GridCell(row, column, rows, columns, "label", text)


def long_table(rows=90):
    """A table with a label that spans all its rows but the head."""
    boxes = [head(0, 0, columns=2), head(0, 2, "件数")]
    boxes.append(GridCell(1, 0, rows - 1, 1, "label", "三、本年度办理结果", vertical=True))
    for row in range(1, rows):
        boxes.append(label(row, 1, f"第{row}行"))
        boxes.append(GridCell(row, 2, 1, 1, "figure", str(row), f"c{row}"))
    return TableBlock("t", "表", (1, 4, 2), rows, 1, tuple(boxes))


def test_a_long_table_breaks_between_rows_and_repeats_its_head(typesetter):
    grid = lay(long_table(), typesetter, WIDTH, ROOM)
    parts = parts_of(grid, first=300)
    assert len(parts) > 2
    assert parts[0].height <= 300
    assert all(part.height <= SHEET for part in parts)
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert parts[-1].end == 90
    check_boxes(grid, parts)
    for part in parts:
        words = [text.line.text for text in grid.ink(part)[0]]
        assert words[:2] == ["项目", "件数"]
        assert "三" in words  # the label that spans the break stands on both sides of it


def test_blocks_under_bands_repeat_their_own_head(typesetter):
    boxes = []
    for block in range(3):
        top = block * 40
        boxes.append(GridCell(top, 0, 1, 2, "band", f"第{block}项"))
        boxes += [head(top + 1, 0, f"内容{block}"), head(top + 1, 1, "件数")]
        for row in range(top + 2, top + 40):
            boxes += [label(row, 0, "行政许可"), GridCell(row, 1, 1, 1, "figure", "1", f"c{row}")]
    grid = lay(TableBlock("t", "表", (1, 1), 120, 2, tuple(boxes)), typesetter, WIDTH, ROOM)
    for part in parts_of(grid):
        words = [text.line.text for text in grid.ink(part)[0]]
        block = part.start // 40
        assert words[:2] == [f"第{block}项", f"内容{block}"]
        assert part.end % 40 not in (1, 2)  # not between a band, its head and its rows


def test_a_row_higher_than_a_sheet_is_split_between_lines(typesetter):
    text = "示例文字，" * 900
    boxes = (head(0, 0, "原文"), head(0, 1, "新文"), label(1, 0, text), label(1, 1, "无变化"))
    grid = lay(TableBlock("t", "表", (1, 1), 2, 1, boxes), typesetter, WIDTH, ROOM)
    parts = parts_of(grid)
    assert len(parts) > 1
    check_boxes(grid, parts)
    printed = [t.line.text for part in parts for t in grid.ink(part)[0]]
    assert "".join(words for words in printed if words.startswith(("示", "例", "文", "字"))) == text


def test_the_largest_size_that_fits_is_taken(typesetter):
    def size_with(rows):
        grid = lay(long_table(rows), typesetter, WIDTH, ROOM)
        return grid.ink(parts_of(grid)[0])[0][0].size

    assert size_with(10) == SIZES[0]
    assert SIZES[-1] <= size_with(46) < SIZES[0]
    assert size_with(200) == SIZES[0]


WORDS = st.text("政府信息公开（）《》“”，。、2024abc%·—…", max_size=40)


@given(st.lists(WORDS, min_size=12, max_size=12), st.integers(1, 4), st.integers(1, 4))
def test_no_text_leaves_its_box(typesetter, words, narrow, spanned):
    boxes = [label(0, 0, words[0] or "政", rows=spanned)]
    boxes += [label(row, 0, words[row]) for row in range(spanned, 4)]
    boxes += [head(row, 1, words[4 + row]) for row in range(4)]
    boxes += [GridCell(row, 2, 1, 1, "figure", words[8 + row], f"c{row}") for row in range(4)]
    block = TableBlock("t", "表", (narrow, 6, 8), 4, 1, tuple(boxes))
    grid = lay(block, typesetter, WIDTH, ROOM)
    check_boxes(grid, parts_of(grid))
