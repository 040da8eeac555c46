"""Opening files in the real window: at once, under review, as last year's, into the open report."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QProgressDialog, QPushButton

from app.draft import Draft
from app.readers import container
from app.report import Report
from app.report_file import dumps
from app.store.failure import StoreError
from app.store.store import Store
from ui import bridge, command
from ui.review import reading
from ui.review.dialog import INTO, LAST_YEAR, NEW, ReviewDialog
from ui.review.folder import FolderDialog

ORG = "示例市示例区人民政府"
NATURAL, FEE, LETTER = "t3.new.natural", "t2.fees.amount", "t3.granted.business"


@pytest.fixture
def opened(window):
    command.begin_report(window, ORG, 2024, None)
    return window


@pytest.fixture
def read_in(answer, qtbot):
    """Open files and do something in the dialog that comes up; returns once it is closed."""

    def run(window, paths, kind, action):
        closed = []

        def act(dialog):
            dialog.finished.connect(closed.append)
            action(dialog)
            if dialog.isVisible():
                dialog.reject()

        answer(kind, act)
        window.read_files(paths)
        qtbot.waitUntil(lambda: bool(closed), timeout=20_000)
        qtbot.wait(1)  # what follows the dialog is done, too

    return run


@pytest.fixture
def accept(read_in):
    """Open a file under review, do something there, and accept it to a destination."""

    def run(window, path, destination, action=lambda _: None):
        def decide(dialog):
            dialog.choose(destination)
            dialog.leftovers.leave_all_out()
            action(dialog)
            dialog.accept()
            assert dialog.result() == ReviewDialog.DialogCode.Accepted, dialog.told.text()

        read_in(window, [path], ReviewDialog, decide)

    return run


@pytest.fixture
def told(monkeypatch):
    """What the window told in boxes."""
    sentences = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _, __, text, *___: sentences.append(text))
    return sentences


def said(window):
    return window.statusBar().currentMessage()


def test_a_sure_report_file_opens_at_once(window, written, qtbot):
    window.read_files([written("nianbao")])
    qtbot.waitUntil(lambda: window.draft is not None, timeout=10_000)
    assert window.draft.report.org == ORG
    assert window.draft.report.figure(NATURAL) is not None
    assert window.draft.revision == 1


def test_a_report_file_with_doubts_is_reviewed(window, tmp_path, accept):
    report = Report.new(ORG, 2024)
    report.set({NATURAL: 3, f"unsure.{NATURAL}": "看不清"})
    path = tmp_path / "报告.nianbao"
    path.write_text(dumps(report), "utf-8")
    seen = []
    accept(window, path, NEW, lambda dialog: seen.append(dialog.acceptance.open_items))
    assert seen == [(NATURAL,)]
    assert f"unsure.{NATURAL}" in window.draft.report.items


def test_accepted_as_a_new_draft_only_what_nobody_confirmed_is_marked(window, ugly, accept, qtbot):
    def confirm_the_first(dialog):
        assert dialog.list.current_item == FEE
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)

    accept(window, ugly, NEW, confirm_the_first)
    items = window.draft.report.items
    assert window.draft.report.org == ORG
    assert items[FEE] == 25_100_000
    assert f"unsure.{FEE}" not in items
    assert items[f"refused.{LETTER}"] == "3O"
    assert "CELL.TEXT" in {f.id for f in window.checking.findings if LETTER in f.cells}
    assert "请核对" in said(window)


def test_last_years_report_stands_beside_this_years(opened, written, accept):
    path = written("docx", org="示例区政府", year=2023, seed=5)
    before = opened.draft.revision
    assert opened.draft.last_year is None
    accept(opened, path, LAST_YEAR)
    assert (opened.draft.report.year, opened.draft.revision) == (2024, before)
    last = opened.draft.last_year
    assert (last.org, last.year) == (ORG, 2023)
    assert last.figure(NATURAL) is not None
    page = opened.view.sections["s3"]
    assert page.table.current_cell() == NATURAL
    assert f"上年：{last.figure(NATURAL)}" in page.findChild(QLabel, "cell").text()
    assert [(r.org, r.year) for r in opened.store.reports()] == [(ORG, 2024), (ORG, 2023)]


def test_into_the_open_report_is_one_step_and_one_undo(opened, written, accept, qtbot):
    opened.draft.set(
        {NATURAL: 7, "narratives.s6": "原来的话。", "cover.address": "示例路1号"}, "填写"
    )
    before, revision = dict(opened.draft.report.items), opened.draft.revision

    def keep_the_prose(dialog):
        dialog.list.go_to("narratives.s6")
        qtbot.keyClick(dialog.list, Qt.Key.Key_Space)

    accept(opened, written("docx"), INTO, keep_the_prose)
    report = opened.draft.report
    assert opened.draft.revision == revision + 1
    assert report.figure(NATURAL) != 7
    assert report.prose("s6") == "原来的话。"
    assert report.prose("s1").startswith("2024年，主动公开")
    assert report.text("cover.address") == "示例路1号"
    assert opened.draft.undo_label == "并入“报告.docx”"
    opened.menu.trigger("undo")
    assert opened.draft.report.items == before


def test_a_report_changed_elsewhere_meanwhile_is_compared_anew(opened, written, read_in, database):
    opened.draft.set({NATURAL: 7}, "填写")
    report_id = opened.draft.head.report
    told = []

    def change_elsewhere(dialog):
        assert NATURAL in dialog.merging.chosen
        with Store.open(database) as other:
            Draft.open(other, report_id, "李四").set(
                {FEE: 5, "narratives.s5": "李四写的。"}, "填写"
            )
        dialog.accept()
        told.append(dialog.told.text())
        assert dialog.isVisible()
        assert dialog.merging.old("narratives.s5") == "李四写的。"
        dialog.merging.chosen.discard("narratives.s5")
        dialog.accept()
        assert not dialog.isVisible()

    read_in(opened, [written("docx")], ReviewDialog, change_elsewhere)
    assert "刚刚在别处改动过" in told[0]
    assert opened.draft.report.figure(NATURAL) != 7
    assert opened.draft.report.prose("s5") == "李四写的。"


def test_what_cannot_be_written_leaves_the_review_open(opened, written, read_in, monkeypatch):
    def fail(*_):
        raise StoreError("磁盘已满，没有存下。")

    def accept(dialog):
        dialog.choose(NEW)
        dialog.accept()
        assert dialog.isVisible()
        assert dialog.told.text() == "磁盘已满，没有存下。"

    monkeypatch.setattr(reading, "keep", fail)
    read_in(opened, [written("docx")], ReviewDialog, accept)
    assert len(opened.store.reports()) == 1


def test_a_window_that_is_closed_while_reading_stays_closed(opened, written, qtbot):
    opened.read_files([written("docx")])
    opened.close()
    qtbot.wait(20)
    assert opened.store is None


def test_typing_that_is_still_open_is_part_of_the_comparison(opened, written, accept, qtbot):
    opened.view.setCurrentWidget(opened.view.sections["s5"])
    narrative = opened.view.sections["s5"].narrative
    narrative.setFocus()
    qtbot.keyClicks(narrative, "typed")
    seen = []
    path = written("docx")
    accept(opened, path, INTO, lambda d: seen.append(d.merging.old("narratives.s5")))
    assert seen == ["typed"]


def test_cancelling_the_review_changes_nothing(opened, written, read_in):
    before = opened.draft.head
    read_in(opened, [written("docx")], ReviewDialog, lambda dialog: dialog.reject())
    assert opened.draft.head == before
    assert len(opened.store.reports()) == 1


def test_an_unreadable_file_is_one_sentence_and_changes_nothing(opened, tmp_path, told, qtbot):
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    before = opened.draft.head
    opened.read_files([path])
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told[0].startswith("“坏.docx”已损坏")
    assert opened.draft.head == before


def test_a_file_that_is_not_there_is_told(opened, tmp_path, told, qtbot):
    opened.read_files([tmp_path / "没有.docx"])
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert "没有找到文件“没有.docx”" in told[0]


def test_reading_shows_its_progress_and_can_be_cancelled(opened, written, qtbot, monkeypatch):
    path = written("docx")
    go_on, real = threading.Event(), container.read
    monkeypatch.setattr(container, "read", lambda p: (go_on.wait(20), real(p))[1])
    opened.read_files([path])
    qtbot.waitUntil(lambda: _progress(opened) is not None and _progress(opened).isVisible())
    assert "正在读取“报告.docx”" in _progress(opened).labelText()
    _progress(opened).findChild(QPushButton).click()
    go_on.set()
    bridge.wait_for_tasks()
    qtbot.wait(50)
    assert "已取消读取" in said(opened)
    assert len(opened.store.reports()) == 1


def _progress(window):
    return window.findChild(QProgressDialog)


def test_the_menu_asks_for_files(opened, written, qtbot, monkeypatch):
    path = written("nianbao", year=2022)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    opened.menu.trigger("open")
    qtbot.waitUntil(lambda: opened.draft.report.year == 2022, timeout=10_000)


def test_the_menu_asks_for_a_folder(opened, tmp_path, monkeypatch, answer):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    answer(FolderDialog, lambda dialog: dialog.reject())
    opened.menu.trigger("open_folder")


def test_several_files_become_drafts(window, written, read_in, qtbot):
    paths = [written("nianbao", str(year), year=year) for year in (2022, 2023)]

    def keep(dialog):
        qtbot.waitUntil(lambda: not dialog.is_reading, timeout=10_000)
        dialog.keep_button.click()

    read_in(window, paths, FolderDialog, keep)
    assert [listed.year for listed in window.store.reports()] == [2023, 2022]
    assert window.draft is not None
    assert "已读入2份报告" in said(window)


def test_files_of_a_second_start_do_not_come_between(opened, written, read_in):
    path = written("docx")

    def second_start(_):
        opened.come_forward([str(path)])
        assert "请先处理完打开着的对话框" in said(opened)

    read_in(opened, [path], ReviewDialog, second_start)


def test_what_is_looked_for_in_folders_is_what_the_menu_offers():
    assert {".nianbao", ".docx", ".pdf", ".csv", ".wps"} <= reading.SUFFIXES
    assert all(Path(f"报告{suffix}").suffix == suffix for suffix in reading.SUFFIXES)
