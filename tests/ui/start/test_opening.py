"""The window is painted before the database is open; what is typed meanwhile is not lost."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

from app.draft import keep
from app.report import Report
from app.store.glance import Glance
from app.store.place import LOG
from app.store.store import Store
from ui import bridge
from ui.start import first_look, last
from ui.start.opening import Opening
from ui.window import Window

CELL, BELOW = "t3.new.natural", "t3.carried_in.natural"


def press(window, key, text=""):
    """Press a key as the desktop hands it to the window; no other event is seen to."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        QCoreApplication.sendEvent(window.windowHandle(), event)


@pytest.fixture
def window(qtbot, database):
    """A window that was just shown; the clerk was last at a figure."""
    with Store.open(database) as store:
        report = keep(store, Report.new("示例市档案局", 2024), "新建", "张三")
        store.set_setting(last.REPORT, str(report))
        store.set_setting(f"{last.ITEM}.{report}", CELL)
    window = Window(database)
    window.show_list(Glance.open(database))
    window.show()
    yield window
    window.close()
    bridge.wait_for_tasks()


def test_painted_first_then_opened(window, qtbot):
    drafts = []
    Opening(window.windowHandle(), lambda: drafts.append(window.draft), list)
    assert drafts == []
    qtbot.waitUntil(lambda: drafts == [None])
    assert window.windowHandle().isExposed()


def test_keys_before_the_report_is_open_are_typed_into_it(window, qtbot):
    Opening(window.windowHandle(), window.open_database, window.settle)
    for key, text in (("3", "3"), ("7", "7"), ("Return", "\r"), ("5", "5"), ("Tab", "\t")):
        press(window, Qt.Key[f"Key_{key}"], text)
    assert window.draft is None
    qtbot.waitUntil(lambda: window.draft is not None)
    assert window.draft.report.figure(CELL) == 37
    assert window.draft.report.figure(BELOW) == 5
    qtbot.waitUntil(lambda: window.checking is not None)  # and then it is checked
    assert window.checking.findings


def test_keys_go_their_way_once_it_is_open(window, qtbot):
    Opening(window.windowHandle(), window.open_database, window.settle)
    qtbot.waitUntil(lambda: window.draft is not None)
    press(window, Qt.Key.Key_4, "4")
    press(window, Qt.Key.Key_Return, "\r")
    qtbot.waitUntil(lambda: window.draft.report.figure(CELL) == 4)


def test_last_report_is_seen_before_the_database_is_opened(window, qtbot, monkeypatch):
    seen = []
    monkeypatch.setattr(
        Window,
        "_add_keeper",
        lambda self: seen.append((self.draft.report.org, self.view.isVisible(), self.store)),
    )
    with pytest.raises(AttributeError):  # there is no keeper to go on with
        window.open_database()
    assert seen == [("示例市档案局", True, None)]
    assert window.view.current_item() == CELL
    assert not window.menu["fill"].isEnabled()


def test_a_first_look_needs_neither_sqlalchemy_nor_the_rules(window, pytestconfig, database):
    window.close()
    script = (
        "import sys; from pathlib import Path; from ui.start import first_look, last;"
        "print(first_look.last_report(Path(sys.argv[1]))[0].report.org);"
        "print({'sqlalchemy', 'app.checks', 'reportlab'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", script, str(database)]
    source = pytestconfig.rootpath / "src"
    said = subprocess.run(command, cwd=source, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["示例市档案局", "set()"]


def test_what_a_crash_left_is_checked_before_it_is_shown(window, database):
    window.close()
    assert first_look.last_report(database) is not None
    database.with_name(database.name + LOG).write_bytes(b"left open")
    assert first_look.last_report(database) is None
