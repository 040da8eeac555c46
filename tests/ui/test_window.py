"""The whole window over a real database: reports, menus, foot, findings, history, bin."""

import re
import sqlite3

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QListView, QPushButton, QTextEdit

from app import form_file
from app.checks import Mend
from app.draft import Draft
from app.report import PREFACE
from app.store.store import Store
from ui import command
from ui.database.bin import BinDialog
from ui.findings import answer
from ui.history.dialog import HistoryDialog, ItemHistoryDialog
from ui.menu import MENUS
from ui.report.new_report import NewReportDialog
from ui.table.go_to import GoToDialog
from ui.window import Window


@pytest.fixture
def opened(window):
    """A window with an open report of 2024, after one of 2023 that carries 34 applications over."""
    command.begin_report(window, "示例市人民政府", 2023, None, "government")
    window.draft.set({"t3.carried_out.natural": 34, "narratives.s1": "上年的文字。"}, "填写")
    command.begin_report(window, "示例市人民政府", 2024, None)
    return window


def tab(window, section):
    while window.view.current_section() != section:
        window.menu.trigger("next_tab")
    return window.view.section_tab()


def test_empty_window_says_what_to_do(window):
    assert "新建报告" in window.library.findChild(QLabel, "empty").text()
    assert not window.menu["save_pdf"].isEnabled()
    assert window.menu["new"].isEnabled()


def test_last_year_gives_figures_and_unit_data(opened):
    report = opened.draft.report
    assert report.figure("t3.carried_in.natural") == 34
    assert report.text("unit_type") == "government"
    assert opened.windowTitle() == "年报 — 示例市人民政府 2024年 · 草稿"


def test_tabs_are_those_of_the_form(opened):
    labels = [opened.view.tabText(i) for i in range(opened.view.count())]
    assert labels[0].startswith("封面与前言")
    assert labels[-1] == "预览与打印"
    assert len(labels) == 2 + len(opened.draft.report.form.sections)


def test_every_step_stands_in_the_foot(opened, qtbot):
    foot = opened.findChild(QLabel, "saved")
    assert re.search(r"已保存 \d\d:\d\d:\d\d · 第1步 · .+", foot.text())
    opened.draft.set({"t3.new.natural": 1}, "填写")
    qtbot.waitUntil(lambda: "第2步" in foot.text())


def test_foot_and_checker_name_the_same_day(opened):
    """Also where nobody has chosen what kind of unit it is, and only the name tells."""
    opened.draft.set({"org": "示例市人民政府", "unit_type": None}, "填写")
    opened.show_saved()
    opened.checking.run_all()
    (due,) = [f.message for f in opened.checking.findings if f.id == "DATE.DUE"]
    assert "2025年3月31日" in due
    assert "2025年3月31日" in opened.foot._due.text()


def test_undo_names_what_it_takes_back(opened):
    opened.draft.set({"t3.new.natural": 1}, "填写“自然人”")
    edit = opened.menuBar().actions()[1].menu()
    edit.aboutToShow.emit()
    assert opened.menu["undo"].text().endswith("填写“自然人”")
    opened.menu.trigger("undo")
    assert opened.draft.report.figure("t3.new.natural") is None
    edit.aboutToShow.emit()
    assert opened.menu["redo"].text().endswith("填写“自然人”")
    opened.menu.trigger("redo")
    assert opened.draft.report.figure("t3.new.natural") == 1


def test_findings_follow_each_figure(opened, qtbot):
    opened.view.show_item("t3.new.natural")
    opened.draft.set({"t3.new.natural": 10, "t3.new.total": 9}, "填写")
    assert "T3.ROWSUM" in {f.id for f in opened.checking.findings}
    assert "t3.new.total" in opened.view.section_tab().table.model().marks.cells  # at once
    qtbot.waitUntil(  # and after the paint
        lambda: any("依申请公开 ✗" in opened.view.tabText(i) for i in range(opened.view.count()))
    )
    opened.draft.set({"t3.new.total": None}, "清空")
    assert "T3.ROWSUM" not in {f.id for f in opened.checking.findings}


def test_jump_goes_to_the_cell(opened):
    opened.draft.set({"t4.review.upheld": 5, "t4.review.total": 1}, "填写")
    finding = next(f for f in opened.checking.findings if f.id == "T4.SUM.REV")
    opened.view.show_finding(finding)
    assert opened.view.current_section() == "s4"
    assert opened.view.section_tab().table.current_cell() in finding.cells


def test_prose_rules_follow_after_a_rest(opened, qtbot):
    with qtbot.waitSignal(opened.checking.findings_changed, timeout=3000):
        opened.draft.set({"narratives.s1": "共公开信息 XX 条。"}, "编辑")
    qtbot.waitUntil(
        lambda: any(f.item == "narratives.s1" for f in opened.checking.findings), timeout=3000
    )


def test_last_years_figure_and_difference_stand_under_the_table(opened):
    page = tab(opened, "s3")
    opened.draft.set({"t3.carried_out.natural": 40}, "填写")
    page.show_cell("t3.carried_out.natural")
    assert "上年：34" in page.findChild(QLabel, "cell").text()
    assert "差：+6" in page.findChild(QLabel, "cell").text()


def test_last_years_prose_is_shown_beside(opened):
    page = tab(opened, "s1")
    assert page.findChild(QTextEdit, "last_year").toPlainText() == "上年的文字。"


def test_reports_are_kept_apart_and_the_last_place_comes_back(opened, database, qtbot):
    tab(opened, "s3").show_cell("t3.partial.legal")
    opened.close()
    again = Window(database)
    qtbot.addWidget(again)
    again.show_list(None)
    again.start()
    assert again.draft.report.year == 2024
    assert again.view.current_section() == "s3"
    assert again.view.section_tab().table.current_cell() == "t3.partial.legal"
    again.close()


def test_typed_prose_is_not_lost_by_closing_at_once(opened, database, qtbot):
    page = tab(opened, "s5")
    page.narrative.setFocus()
    qtbot.keyClicks(page.narrative, "problems")
    opened.close()
    with Store.open(database) as store:
        listed = store.reports()[0]
        assert Draft.open(store, listed.id, "x").report.text("narratives.s5") == "problems"


def test_generated_preface_and_its_button(opened, qtbot):
    cover = opened.view.cover
    before = opened.draft.report.text(PREFACE)
    opened.draft.set({"cover.address": "示例路9号"}, "填写地址")
    assert "示例路9号" in cover.preface.toPlainText()
    opened.draft.set({PREFACE: "改过的前言。"}, "编辑")
    opened.draft.set({"cover.address": "示例路10号"}, "填写地址")
    assert cover.preface.toPlainText() == "改过的前言。"
    cover.generate()
    assert "示例路10号" in opened.draft.report.text(PREFACE)
    assert before != opened.draft.report.text(PREFACE)
    opened.menu.trigger("undo")
    assert opened.draft.report.text(PREFACE) == "改过的前言。"


def test_title_is_edited_and_given_back(opened, qtbot):
    page = tab(opened, "s5")
    page.title.setFocus()
    qtbot.keyClicks(page.title, "Five")
    opened.view.flush()
    assert opened.draft.report.title("s5") == "Five"
    page.title.clear()
    opened.view.flush()
    assert opened.draft.report.title("s5") == opened.draft.report.form.section("s5").title


def test_copy_is_a_report_of_its_own(opened):
    was = opened.draft.head.report
    opened.draft.set({"t3.new.natural": 7}, "填写")
    opened.menu.trigger("copy")
    assert opened.draft.head.report != was
    opened.draft.set({"t3.new.natural": 8}, "填写")
    opened.open_report(was)
    assert opened.draft.report.figure("t3.new.natural") == 7


def test_bin_keeps_until_it_is_emptied(opened, qtbot):
    gone = opened.draft.head.report
    opened.menu.trigger("discard")
    assert opened.draft.report.year == 2023
    dialog = BinDialog(opened.store, opened)
    qtbot.addWidget(dialog)
    dialog._take_out()
    assert gone in [r.id for r in opened.store.reports()]
    opened.open_report(gone)
    opened.menu.trigger("discard")
    dialog._show()
    dialog.empty()
    assert opened.store.reports(is_in_bin=True) == []
    assert gone not in [r.id for r in opened.store.reports()]


def test_any_earlier_revision_is_shown_and_restored(opened, qtbot):
    opened.draft.set({"t3.new.natural": 7}, "填写")
    revision = opened.draft.revision
    opened.draft.set({"t3.new.natural": 8, "narratives.s6": "后来写的。"}, "改动")
    dialog = HistoryDialog(opened.store, opened.draft, opened)
    qtbot.addWidget(dialog)
    dialog.restore_requested.connect(opened.draft.restore)
    dialog.show()
    dialog._table.selectRow(1)
    assert dialog.chosen().revision == revision
    qtbot.waitUntil(lambda: dialog._view.page_count > 0, timeout=10_000)
    dialog._restore()
    assert opened.draft.report.figure("t3.new.natural") == 7
    assert opened.draft.report.text("narratives.s6") == ""
    opened.menu.trigger("undo")
    assert opened.draft.report.figure("t3.new.natural") == 8


def test_history_of_a_figure_says_who_from_what_to_what(opened, qtbot):
    opened.draft.who = "李四"
    opened.draft.set({"t3.new.natural": 7}, "填写一")
    opened.draft.set({"t3.new.natural": 8}, "填写二")
    dialog = ItemHistoryDialog(opened.store, opened.draft, "t3.new.natural", opened)
    qtbot.addWidget(dialog)
    rows = dialog.rows()
    assert [row[1:] for row in rows][:2] == [
        ["李四", "7", "8", "填写二"],
        ["李四", "（空）", "7", "填写一"],
    ]


def test_go_to_row(opened, qtbot):
    rows = [row for tab in opened.view.sections.values() if tab.table for row in tab.table.rows()]
    dialog = GoToDialog(rows, opened)
    qtbot.addWidget(dialog)
    dialog._line.setText("２.重复")
    qtbot.keyClick(dialog._line, Qt.Key.Key_Return)
    assert dialog.cell == "t3.declined_repeat.natural"
    dialog._line.setText("申请")
    qtbot.keyClick(dialog._line, Qt.Key.Key_Down)
    qtbot.keyClick(dialog._line, Qt.Key.Key_Return)
    assert dialog.cell == "t3.carried_in.natural"
    opened.view.show_item(dialog.cell)
    assert opened.view.section_tab().table.current_cell() == dialog.cell


def test_preview_is_the_pdf(opened, qtbot):
    opened.menu.trigger("preview")
    qtbot.waitUntil(lambda: opened.view.preview.view.page_count > 2, timeout=10_000)


def test_changes_elsewhere_are_met_without_loss(opened, database):
    with Store.open(database) as other_store:
        other = Draft.open(other_store, opened.draft.head.report, "李四")
        other.set({"t3.new.legal": 5}, "李四填写")
    page = tab(opened, "s5")
    page.narrative.setPlainText("本机键入的文字。")
    opened.view.flush()
    assert opened.draft.report.text("narratives.s5") == "本机键入的文字。"
    assert opened.draft.report.figure("t3.new.legal") == 5


def test_new_report_dialog_follows_the_year(qtbot):
    dialog = NewReportDialog(2024, ["示例市人民政府"], lambda org, year: year == 2023)
    qtbot.addWidget(dialog)
    assert "30号" in dialog.findChild(QLabel, "form").text()
    assert "2023年报告带入" in dialog.findChild(QLabel, "form").text()
    dialog.year.setValue(2020)
    assert "60号" in dialog.findChild(QLabel, "form").text()
    names = [dialog.profile.itemText(i) for i in range(dialog.profile.count())]
    assert names == ["国家统一格式", "湖北"]
    dialog.profile.setCurrentIndex(1)
    assert dialog.chosen_profile() == "hubei"


def test_later_form_is_entered_and_shown_without_code(later_form, opened, qtbot):
    command.begin_report(opened, "示例市人民政府", 2027, None)
    page = tab(opened, "s2")
    qtbot.keyClicks(page.table, "3")
    qtbot.keyClick(QApplication.focusWidget() or page.table, Qt.Key.Key_Tab)
    assert opened.draft.report.figure("t9.open_days.online") == 3
    assert opened.draft.report.figure("t9.all.sum") == 3
    opened.draft.set({"t9.open_days.sum": 2}, "填写")
    assert "T9.ROW" in {f.id for f in opened.checking.findings}
    assert form_file.for_year(2026).id != opened.draft.report.form.id


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"This is no database, but long enough to look at." * 40, "不是"), (b"", None)],
)
def test_what_is_no_database_is_told_with_a_way_on(qtbot, tmp_path, content, says, monkeypatch):
    path = tmp_path / "other.db"
    path.write_bytes(content)
    window = Window(path)
    qtbot.addWidget(window)
    window.show_list(None)
    window.start()
    trouble = window.findChild(QLabel, "trouble")
    if says is None:
        assert trouble is None  # an empty file is a database without reports
        window.close()
        return
    assert says in trouble.text()
    assert path.read_bytes() == content
    assert not window.menu["new"].isEnabled()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "new.db"), "")
    )
    buttons = {b.text(): b for b in window.findChildren(QPushButton)}
    buttons["重试(&R)"].click()
    assert says in window.findChild(QLabel, "trouble").text()
    buttons = {b.text(): b for b in window.findChildren(QPushButton)}
    window.keeper._choose_database()
    assert window.store.path == tmp_path / "new.db"
    assert window.menu["new"].isEnabled()
    window.close()


def test_locked_database_keeps_what_is_typed(opened, database, qtbot):
    page = tab(opened, "s5")
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page.narrative.setPlainText("锁住时键入的文字。")
    assert not opened.view.flush()
    assert opened.statusBar().currentMessage()
    was = opened.draft.head.report
    opened.open_report(next(r.id for r in opened.store.reports() if r.id != was))
    assert opened.draft.head.report == was
    assert page.narrative.toPlainText() == "锁住时键入的文字。"
    other.execute("ROLLBACK")
    other.close()
    assert opened.view.flush()
    assert opened.draft.report.text("narratives.s5") == "锁住时键入的文字。"


def test_mend_that_no_longer_fits_is_not_applied(opened):
    opened.draft.set({"t3.new.natural": 10, "t3.new.total": 9}, "填写")
    found = next(f for f in opened.checking.findings if f.id == "T3.ROWSUM")
    opened.draft.set({"t3.new.total": 99}, "填写")
    answer.mend(opened, Mend("改为10", {"t3.new.total": 12345}))
    assert opened.draft.report.figure("t3.new.total") == 99
    assert found.severity == "error"


def test_explanation_of_one_cause_is_one_step(opened):
    opened.draft.set({"narratives.s1": "本局推进政府信息公开，共公开规章  件。"}, "编辑")
    opened.checking.run_all()
    doubts = [f for f in opened.checking.findings if f.explainable][:2]
    before = opened.draft.revision
    answer.explain(opened, doubts, "情况属实")
    assert opened.draft.revision == before + 1
    live = [f for f in opened.checking.findings if f.explanation == "情况属实"]
    assert len(live) == len(doubts) == 2


def test_list_tells_of_reports_that_are_not_open(opened, database, qtbot):
    opened.draft.set({"t4.review.upheld": 5, "t4.review.total": 1}, "填写")
    command.begin_report(opened, "示例市人民政府", 2025, None)
    opened.close()
    again = Window(database)
    qtbot.addWidget(again)
    again.show_list(None)
    again.start()
    shown = again.library.findChild(QListView).model()

    def told():
        texts = [shown.index(row, 0).data() for row in range(shown.rowCount())]
        assert any("2024年" in text and "✗1" in text for text in texts)

    qtbot.waitUntil(told, timeout=10_000)
    again.close()


def test_every_command_has_its_own_key_and_words():
    actions = [entry for _, entries in MENUS for entry in entries if entry]
    keys = [entry[2] for entry in actions if entry[2]]
    assert len(keys) == len(set(keys))
    for _, text, *_ in actions:
        assert re.search(r"\(&[A-Z0-9]\)", text)
        assert re.search("[\u4e00-\u9fff]", text)
    for title, entries in MENUS:
        mnemonics = [re.search(r"&(.)", e[1])[1] for e in entries if e]
        assert len(mnemonics) == len(set(mnemonics)), title
