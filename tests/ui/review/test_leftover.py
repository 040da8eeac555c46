"""Leftovers: placed by hand where they belong, or left out knowingly."""

import pytest
from PySide6.QtCore import Qt

from app.acceptance import Acceptance
from app.readers import read
from ui.review.leftover import LeftoverList, PlaceDialog

NATURAL = "t3.new.natural"


@pytest.fixture
def acceptance(ugly):
    return Acceptance(read(ugly))


@pytest.fixture
def leftovers(qtbot, acceptance):
    widget = LeftoverList()
    qtbot.addWidget(widget)
    widget.show_leftovers(acceptance)
    widget.show()
    return widget


@pytest.fixture
def placing(qtbot, acceptance):
    dialog = PlaceDialog(acceptance, acceptance.leftovers[0], NATURAL)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def names(dialog):
    rows = (dialog.choices.item(n) for n in range(dialog.choices.count()))
    return [row.text() for row in rows if not row.isHidden()]


def test_each_says_what_where_and_why(leftovers):
    first = [leftovers.table.item(0, column).text() for column in range(3)]
    assert first == ["已报送部门 35", "表格4第1行", "不是本报告的表格行"]


def test_delete_leaves_one_out(leftovers, acceptance, qtbot):
    with qtbot.waitSignal(leftovers.changed):
        qtbot.keyClick(leftovers.table, Qt.Key.Key_Delete)
    assert [left.text.split() for left in acceptance.leftovers] == [["未报送部门", "2"]]
    assert leftovers.table.rowCount() == 1


def test_enter_asks_where_it_goes(leftovers, acceptance, answer, qtbot):
    def place(dialog):
        dialog.text.setPlainText("35")
        qtbot.keyClicks(dialog.search, "")
        dialog.search.setText("新收 自然人")
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)

    answer(PlaceDialog, place)
    with qtbot.waitSignal(leftovers.changed) as changed:
        qtbot.keyClick(leftovers.table, Qt.Key.Key_Return)
    assert changed.args == [NATURAL]
    assert acceptance.report.figure(NATURAL) == 35
    assert len(acceptance.leftovers) == 1


def test_the_item_looked_at_is_offered_first(placing):
    assert placing.item() == NATURAL


def test_the_search_narrows_by_every_word(placing):
    placing.search.setText("部分公开 科研")
    assert len(names(placing)) == 1
    assert placing.item() == "t3.partial.research"
    placing.search.setText("查无此格")
    assert names(placing) == []
    placing.accept()
    assert placing.isVisible()


def test_what_is_no_figure_is_refused_in_place(placing, acceptance):
    placing.accept()
    assert "不是数" in placing.told.text()
    assert placing.isVisible()
    assert len(acceptance.leftovers) == 2
    placing.text.setPlainText("３５件")
    placing.accept()
    assert not placing.isVisible()
    assert acceptance.report.figure(NATURAL) == 35


def test_words_go_below_the_prose_of_a_section(placing, acceptance):
    placing.search.setText("存在 文字末尾")
    placing.text.setPlainText("　　另有已报送部门35个。")
    placing.accept()
    assert acceptance.report.prose("s5").splitlines()[-1] == "另有已报送部门35个。"
