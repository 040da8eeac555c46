"""The tab of a section: how much of the table is to be seen, and the prose before it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from app import report_file, resources
from app.checks.finding import Finding
from app.draft import keep
from ui import bridge
from ui.style import icon, look, theme
from ui.window import Window

SAMPLE = resources.root() / "samples" / "city-2024.nianbao"


@pytest.fixture
def opened(qtbot, database):
    """Return what opens a window on the table of applications with a text size."""
    windows = []

    def make(percent=100, **items):
        look.wear(QApplication.instance(), "light", percent)
        window = Window(database)
        windows.append(window)
        window.show_list(None)
        window.resize(1366, 768)
        window.show()
        icon.dress(window)
        window.start()
        report = report_file.loads(SAMPLE.read_bytes(), SAMPLE.name)
        report.set({f"narratives.{name}": text for name, text in items.items()})
        window.open_report(keep(window.store, report, "读入", "张三"))
        window.activateWindow()
        window.view.show_item("t3.new.natural")
        QApplication.processEvents()
        return window

    yield make
    for window in windows:
        window.close()
    bridge.wait_for_tasks()
    theme.apply(QApplication.instance())


def rows_in_view(table):
    """How many rows of figures are seen from edge to edge."""
    room = table.viewport().rect()
    whole = {
        index.row()
        for index in map(table.model().index_of, table.model().grid.of_cell)
        if room.top() <= table.visualRect(index).top()
        and table.visualRect(index).bottom() <= room.bottom()
    }
    return len(whole)


@pytest.mark.parametrize(("percent", "least"), [(100, 15), (125, 11), (150, 9), (200, 5)])
def test_so_many_rows_of_figures_are_seen_on_a_small_screen(opened, percent, least):
    window = opened(percent)
    tab = window.view.section_tab()
    assert window.size().toTuple() == (1366, 768)
    assert rows_in_view(tab.table) >= least
    assert tab.table.horizontalScrollBar().maximum() == 0  # and all columns


def before_table(tab):
    return next(b for b in tab.findChildren(QPushButton) if b.text().startswith("表前文字"))


def test_prose_before_a_table_opens_when_it_is_wanted(opened):
    tab = opened().view.section_tab()
    button, table = before_table(tab), tab.table
    height = table.height()
    assert not tab.narrative.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert tab.narrative.isVisible()
    assert table.height() < height
    tab.narrative.setFocus()
    button.click()
    QApplication.processEvents()
    assert not tab.narrative.isVisible()
    assert table.hasFocus()
    assert table.height() == pytest.approx(height, abs=1)


def test_prose_that_is_there_is_seen_and_counted(opened):
    window = opened(s3="本年新收申请较多。")
    tab = window.view.section_tab()
    assert tab.narrative.isVisible()
    assert before_table(tab).text() == "表前文字 9字"
    window.draft.set({"narratives.s3": ""}, "清空")
    assert before_table(tab).text() == "表前文字"


def test_prose_that_comes_back_is_seen(opened):
    window = opened(s3="本年新收申请较多。")
    tab = window.view.section_tab()
    window.draft.set({"narratives.s3": ""}, "清空")
    before_table(tab).click()
    assert not tab.narrative.isVisible()
    window.draft.undo()
    assert tab.narrative.isVisible()


def test_a_finding_in_hidden_prose_opens_it(opened):
    window = opened(s3="本年新收XX件。")
    tab = window.view.section_tab()
    before_table(tab).click()
    assert not tab.narrative.isVisible()
    where = {"item": "narratives.s3", "start": 4, "end": 6}
    window.view.show_finding(Finding("NARR.PLACEHOLDER", "error", "s3", "有占位文字", **where))
    assert tab.narrative.isVisible()
    assert tab.narrative.textCursor().selectedText() == "XX"


def test_last_years_prose_is_seen_beside_a_table_where_it_is_wanted(opened):
    tab = opened().view.section_tab()
    tab.set_last_year(tab._draft.report.copy())
    next(b for b in tab.findChildren(QPushButton) if b.text() == "对照上年").click()
    assert tab._last_prose.isVisible()


def test_what_a_cell_counts_is_said_in_full_though_it_is_cut_short(opened):
    tab = opened(200).view.section_tab()
    cell = tab._draft.report.form.cells["t3.new.natural"]
    assert cell.name in tab.findChild(QLabel, "cell").text()
    assert cell.about in tab._note.text()
    height = tab._note.height()
    tab.table.go_to("t3.granted.total")
    QApplication.processEvents()
    assert tab._note.height() == height


def test_tools_keep_their_names_as_icons(opened):
    for percent, has_words in ((100, True), (200, False)):
        window = opened(percent)
        buttons = window.menu.bar.findChildren(QToolButton)
        shown = [b for b in buttons if b.isVisible() and b.defaultAction()]
        assert [b.accessibleName() or b.text() for b in shown][-1] == "状态：草稿"
        assert len(shown) == 7
        assert all(b.toolTip() for b in shown)
        wide = shown[2].width() > 2 * shown[2].height()
        assert wide == has_words
        assert window.menu.bar.geometry().right() <= window.width()
        window.close()
