"""确认此数: takes the mark of doubt from figures without typing them again, as one step."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from ui import command

NATURAL, BUSINESS, TOTAL = "t3.new.natural", "t3.new.business", "t3.new.total"


@pytest.fixture
def window(window):
    command.begin_report(window, "示例市档案局", 2024, None)
    window.draft.set({NATURAL: 3, BUSINESS: 4}, "填写")
    marks = {f"unsure.{NATURAL}": "看不清", f"unsure.{BUSINESS}": "看不清",
             f"refused.{TOTAL}": "7O", "unsure.org": "取自前言"}  # fmt: skip
    window.draft.set(marks, "读入")
    window.view.setCurrentWidget(window.view.sections["s3"])
    return window


@pytest.fixture
def table(window):
    return window.view.sections["s3"].table


def marks(window):
    return {item for item in window.draft.report.items if item.startswith(("unsure.", "refused."))}


def test_f7_confirms_the_current_figure_as_one_step(window, table, qtbot):
    table.go_to(NATURAL)
    revision = window.draft.revision
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(table, Qt.Key.Key_F7)
    assert f"unsure.{NATURAL}" not in marks(window)
    assert window.draft.report.figure(NATURAL) == 3
    assert window.draft.revision == revision + 1
    assert window.draft.undo_label.startswith("确认“一、本年新收")
    assert "CELL.UNSURE" not in {f.id for f in window.checking.findings if NATURAL in f.cells}
    window.menu.trigger("undo")
    assert f"unsure.{NATURAL}" in marks(window)


def test_a_selection_is_confirmed_at_once(window, table):
    table.go_to(NATURAL)
    model = table.model()
    for cell in (NATURAL, BUSINESS):
        table.selectionModel().select(
            model.index_of(cell), QItemSelectionModel.SelectionFlag.Select
        )
    window.menu.trigger("confirm")
    assert marks(window) == {f"refused.{TOTAL}", "unsure.org"}
    assert window.draft.undo_label == "确认2项"


def test_what_is_no_figure_has_to_be_typed(window, table):
    table.go_to(TOTAL)
    revision = window.draft.revision
    window.menu.trigger("confirm")
    assert "不是数，请填写" in window.statusBar().currentMessage()
    assert window.draft.revision == revision
    table.blank()
    assert f"refused.{TOTAL}" not in marks(window)


def test_a_sure_figure_needs_no_confirming(window, table):
    table.go_to("t3.granted.natural")
    window.menu.trigger("confirm")
    assert "不需要确认" in window.statusBar().currentMessage()


def test_on_the_cover_the_unit_is_confirmed(window):
    window.view.setCurrentWidget(window.view.cover)
    window.menu.trigger("confirm")
    assert "unsure.org" not in marks(window)


def test_the_table_offers_it_in_its_context_menu(window, table):
    assert window.menu["confirm"] in table.actions()
    assert table.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu
