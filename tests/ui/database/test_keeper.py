"""The window keeps its database: backups on closing and before reading, a way on after damage."""

import shutil
import sqlite3

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QPushButton

from app import backup
from app.report import Report
from app.store import place
from app.store.store import Store
from ui import bridge, command
from ui.database.backup import BackupDialog, RescueDialog
from ui.window import Window

CELL = "t3.new.natural"


@pytest.fixture
def show(qtbot, database):
    """Open a window on the database, as a start of the program does."""

    def start():
        window = Window(database)
        qtbot.addWidget(window)
        window.show_list(None)
        window.show()
        window.start()
        if window.store:
            window.keeper.check()
        settle(qtbot)
        return window

    return start


@pytest.fixture
def window(show):
    window = show()
    command.begin_report(window, "示例市档案局", 2024, None)
    window.draft.set({CELL: 3}, "填写")
    yield window
    window.close()


def settle(qtbot):
    qtbot.waitUntil(lambda: not bridge._running)


def zero(database, table):
    with sqlite3.connect(database) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        [page] = db.execute(root, (table,)).fetchone()
    db.close()
    with database.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))


def press(window, text):
    buttons = {b.text(): b for b in window.findChildren(QPushButton) if b.isVisible()}
    buttons[text].click()


@pytest.fixture
def accepted(monkeypatch):
    """Accept every dialog of a rescue; what they said."""
    said = []

    def accept(dialog):
        said.append(dialog.said.toPlainText())
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(RescueDialog, "exec", accept)
    return said


@pytest.fixture
def told(monkeypatch):
    """What message boxes said."""
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[2]))
    return said


def test_closing_backs_up_what_was_typed_last(window, database):
    assert window.close()
    [made] = backup.found(database)
    with Store.open(made.path) as store:
        assert store.load(1).items[CELL] == 3


def test_closing_without_a_change_makes_no_second_backup(window, show, database):
    window.close()
    show().close()
    assert len(backup.found(database)) == 1


def test_the_first_start_of_a_day_backs_up_in_the_background(window, show, database):
    window.let_go()
    window.close()
    assert backup.found(database) == []
    show().let_go()
    assert len(backup.found(database)) == 1


def test_reading_a_file_backs_up_first(window, tmp_path):
    from ui.review import reading

    before = window.draft.revision
    reading._keep_new(window, Report.new("示例市文物局", 2024), "b.nianbao")
    [made] = backup.found(window.database)
    with Store.open(made.path) as store:
        [listed] = store.reports()
        assert (listed.org, listed.revision) == ("示例市档案局", before)
    assert len(window.store.reports()) == 2


def test_the_second_place_is_that_of_the_settings(window, tmp_path):
    usb = tmp_path / "usb"
    usb.mkdir()
    window.settings = type(window.settings)(backup_place=str(usb))
    window.menu.trigger("back_up")
    assert len(list(usb.rglob("*.db"))) == 1
    assert "已备份到" in window.statusBar().currentMessage()


def test_a_place_that_is_away_is_told(window, tmp_path, told):
    window.settings = type(window.settings)(backup_place=str(tmp_path / "usb"))
    window.menu.trigger("back_up")
    assert "找不到" in told[0]


def test_a_backup_is_restored_from_the_menu_and_the_present_one_set_aside(
    window, database, monkeypatch
):
    window.menu.trigger("back_up")
    window.draft.set({CELL: 9}, "填写")

    def choose(dialog):
        assert len(dialog.table.texts()) == 1
        assert "1份报告" in dialog.table.texts()[0][2]
        dialog.restore.click()

    monkeypatch.setattr(BackupDialog, "exec", choose)
    window.menu.trigger("restore")
    assert window.draft.report.figure(CELL) == 3
    assert "已恢复" in window.statusBar().currentMessage()
    [aside] = database.parent.glob("*set-aside*.db")
    with Store.open(aside) as store:
        assert store.load(1).items[CELL] == 9
    window.draft.set({CELL: 4}, "填写")
    assert window.draft.report.figure(CELL) == 4


def test_what_cannot_be_restored_leaves_the_database_open(window, database, told, tmp_path):
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"no database" * 500)
    window.keeper.restore(bad)
    assert "不是" in told[0]
    assert window.draft.report.figure(CELL) == 3
    assert not place.waiting_beside(database).exists()


@pytest.mark.parametrize("spoil", ["head", "table"])
def test_a_damaged_database_is_told_on_opening_and_rescued(
    window, show, database, accepted, qtbot, spoil
):
    window.draft.set({CELL: 8}, "填写")
    window.menu.trigger("back_up")
    window.draft.set({CELL: 9}, "填写")
    window.let_go()
    if spoil == "head":
        with database.open("r+b") as file:
            file.write(bytes(100))
    else:
        zero(database, "report")
    again = show()
    assert "已损坏" in again.findChild(QLabel, "trouble").text()
    assert again.store is None
    assert not again.menu["new"].isEnabled()
    press(again, "从备份恢复(&B)…")
    settle(qtbot)
    assert "最近的完好备份：第1份" in accepted[0]
    assert again.findChild(QLabel, "trouble") is None or again.draft
    reports = [again.store.load(each.id).items[CELL] for each in again.store.reports()]
    assert 9 in reports
    assert list(database.parent.glob("*set-aside*.db"))
    again.close()


def test_damage_found_at_the_end_keeps_the_window_for_a_way_on(window, database, accepted, qtbot):
    window.menu.trigger("back_up")
    window.draft.set({CELL: 5}, "填写")
    zero(database, "signoff")
    assert not window.close()
    assert "已损坏" in window.findChild(QLabel, "trouble").text()
    press(window, "从备份恢复(&B)…")
    settle(qtbot)
    assert window.draft.report.figure(CELL) == 5


def test_damage_without_any_backup_can_be_left_as_it_is(window, database, told):
    zero(database, "signoff")
    assert not window.close()
    assert window.close()


def test_the_daily_check_offers_to_mend_what_only_the_history_tells(
    window, show, database, accepted, monkeypatch, qtbot
):
    window.let_go()
    with sqlite3.connect(database) as db:
        db.execute("UPDATE value SET value = 7 WHERE cell = ?", (CELL,))
    db.close()

    def now(box):
        assert "已损坏" in box.text()
        box._now = next(b for b in box.buttons() if "现在" in b.text())

    monkeypatch.setattr(QMessageBox, "exec", now)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box._now)
    again = show()
    settle(qtbot)
    assert again.draft.report.figure(CELL) == 7
    assert f"unsure.{CELL}" in again.draft.report.items
    again.close()


def test_a_full_disk_is_told_and_what_is_typed_goes_on_when_there_is_room(
    qtbot, small_disk, told, monkeypatch
):
    window = Window(small_disk / "nianbao.db")
    qtbot.addWidget(window)
    window.show_list(None)
    window.show()
    window.start()
    command.begin_report(window, "示例市档案局", 2024, None)
    while window.view.current_section() != "s1":
        window.menu.trigger("next_tab")
    page = window.view.section_tab()
    fill = small_disk / "fill"
    fill.write_bytes(bytes(shutil.disk_usage(small_disk).free))
    page.narrative.setPlainText("盘满时写的话。" * 3000)
    assert not window.view.flush()
    assert not window.close()
    assert "盘满时写的话。" in page.narrative.toPlainText()
    assert window.draft.report.text("narratives.s1") == ""
    fill.unlink()
    assert window.view.flush()
    assert window.draft.report.text("narratives.s1").startswith("盘满时写的话。")
    fill.write_bytes(bytes(max(0, shutil.disk_usage(small_disk).free - 30_000)))
    assert window.close()
    assert "备份没有做成" in told[-1]
