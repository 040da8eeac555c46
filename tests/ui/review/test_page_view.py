"""Pages of a PDF: turned, enlarged, framed; what cannot be shown is told."""

import pytest
from PySide6.QtGui import QImage

from app.readers import read
from app.readers.origin import Origins
from ui import bridge
from ui.review.page_view import SCALES, PageView

PATIENCE_MS = 15_000


@pytest.fixture
def view(qtbot):
    view = PageView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    yield view
    view.stop()
    bridge.wait_for_tasks()


@pytest.fixture
def drawn(view, qtbot):
    def wait():
        qtbot.waitUntil(lambda: not view.sheet.image.isNull(), timeout=PATIENCE_MS)

    return wait


@pytest.fixture
def printed(written):
    return written("pdf")


def test_pages_are_turned_within_the_document(view, printed, drawn, qtbot):
    turned = []
    view.page_changed.connect(turned.append)
    view.show_file(printed, 3)
    drawn()
    for page in (0, 2, 3, 4):
        view.go_to(page)
    assert turned == [1, 2, 3]
    assert view.page == 3
    drawn()


def test_a_frame_holds_the_figure_and_is_in_view(view, printed, drawn):
    proposal = read(printed)
    reading = proposal.readings[-1]
    origin = Origins(proposal.extract).find(reading.place, reading.source)
    view.show_file(printed, reading.place.page)
    view.go_to(reading.place.page, origin.area)
    drawn()
    frame, scale = view.sheet.frame, view.sheet.width() / 595.3
    assert frame.left() < origin.area[0] * scale < origin.area[2] * scale < frame.right()
    seen = view.viewport().rect().translated(-view.sheet.pos())
    assert seen.contains(frame.toRect())


def test_zoom_ends_at_its_limits(view, printed, drawn):
    view.show_file(printed, 1)
    widths = set()
    for by in (-1, -1, -1, 1, 1, 1, 1, 1, 1):
        view.sheet.image = QImage()
        view.zoom(by)
        drawn()
        widths.add(view.sheet.width())
    assert len(widths) == len(SCALES)


def test_why_a_page_cannot_be_shown_is_told(view, tmp_path, qtbot):
    told = []
    view.said.connect(told.append)
    view.show_file(tmp_path / "没了.pdf", 2)
    qtbot.waitUntil(lambda: any("打不开了" in sentence for sentence in told), timeout=PATIENCE_MS)
    assert told[0] == "正在显示第1页…"


def test_a_page_that_is_not_wanted_any_more_is_not_shown(view, printed, tmp_path, drawn):
    told = []
    view.said.connect(told.append)
    view.show_file(tmp_path / "没了.pdf", 2)
    view.show_file(printed, 2)
    drawn()
    assert not any("打不开了" in sentence for sentence in told)
