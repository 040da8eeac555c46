"""The content of a file with the place in question framed, whatever stands beside it."""

import pytest

from app.readers.extract import Box, Extract, Paragraph, Place, grid
from app.readers.origin import Origins
from ui.review import extract_view
from ui.review.extract_view import ExtractView

TABLE = Place(table=1)
BOXES = [
    Box(0, 0, 2, 1, "类别"), Box(0, 1, 1, 2, "数量"), Box(1, 1, 1, 1, "本年"),
    Box(1, 2, 1, 1, "上年"),
    Box(2, 0, 1, 1, "许可"), Box(2, 1, 1, 1, "7"), Box(2, 2, 1, 1, ""),
    Box(3, 0, 1, 1, "第一行\n第二行"), Box(3, 1, 1, 1, "7"), Box(3, 2, 1, 1, "<b>8</b>"),
]  # fmt: skip


def place(row, column):
    return Place(table=1, row=row, column=column)


@pytest.fixture
def extract():
    return Extract(
        (
            Paragraph("开头。", Place(paragraph=1)),
            grid(BOXES, TABLE),
            Paragraph("　　中间一段\n还有一行。", Place(paragraph=2)),
            *(Paragraph(f"第{n}段。", Place(paragraph=n)) for n in range(3, 80)),
        )
    )


@pytest.fixture
def view(qtbot, extract):
    view = ExtractView()
    qtbot.addWidget(view)
    view.resize(480, 300)
    view.show()
    view.show_extract(extract)
    return view


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [(1, 1, "类别"), (2, 1, "类别"), (2, 3, "上年"), (3, 2, "7"), (4, 2, "7"), (4, 3, "<b>8</b>"),
     (4, 1, "第一行\u2028第二行"), (3, 3, "")],
)  # fmt: skip
def test_the_very_box_is_framed(view, extract, row, column, text):
    view.light(Origins(extract).find(place(row, column), ""))
    assert view.lit_text() == text
    (frame,) = view.lit_frames()
    assert view.viewport().rect().contains(frame.toRect())


def test_equal_figures_are_framed_at_their_own_places(view, extract):
    frames = []
    for row in (3, 4):
        view.light(Origins(extract).find(place(row, 2), "7"))
        frames += view.lit_frames()
    assert not frames[0].intersects(frames[1])


def test_without_a_column_the_row_is_framed(view, extract):
    view.light(Origins(extract).find(Place(table=1, row=3), ""))
    assert view.lit_text() == "许可\t7\t"


@pytest.mark.parametrize("paragraph", [2, 79])
def test_a_paragraph_is_framed_and_comes_into_view(view, extract, paragraph):
    view.light(Origins(extract).find(Place(paragraph=paragraph), ""))
    assert view.lit_text().split("\u2028")[0] in ("中间一段", "第79段。")
    assert view.viewport().rect().contains(view.lit_frames()[0].toRect())


def test_nothing_lit_is_nothing_framed(view, extract):
    view.light(Origins(extract).find(place(3, 2), "7"))
    view.light(None)
    assert view.lit_frames() == []


def test_another_file_takes_its_place(view, extract):
    view.light(Origins(extract).find(place(3, 2), "7"))
    view.show_extract(Extract((Paragraph("别的文件。", Place(paragraph=1)),)))
    assert view.lit_frames() == []
    assert view.toPlainText() == "别的文件。"


def test_of_a_very_long_file_the_beginning_is_shown(view, extract, monkeypatch):
    monkeypatch.setattr(extract_view, "MOST_SHOWN", 20)
    view.show_extract(extract)
    assert "第9段。" not in view.toPlainText()
    assert view.toPlainText().endswith("以下从略）")
    view.light(Origins(extract).find(Place(paragraph=79), ""))
    assert view.lit_frames() == []


def test_rows_of_different_lengths_keep_their_columns(view):
    ragged = grid([Box(0, 1, 1, 1, "b"), Box(1, 0, 1, 1, "c"), Box(1, 2, 1, 1, "d")], TABLE)
    extract = Extract((ragged,))
    view.show_extract(extract)
    for row, column, text in ((1, 2, "b"), (2, 1, "c"), (2, 3, "d")):
        view.light(Origins(extract).find(place(row, column), text))
        assert view.lit_text() == text
