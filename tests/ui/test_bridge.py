"""The border to Qt: bugs are logged and told and cost no edit; reference counts of the binding."""

import sys

import pytest
from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from app import journal
from app.errors import AppError
from ui import bridge, command
from ui.window import Window


@pytest.fixture
def told(monkeypatch):
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[2]))
    monkeypatch.setattr(bridge, "_last_told", {})
    return said


@pytest.fixture
def caught(told, monkeypatch):
    """Bugs go the way they go in the program; what the clerk is told."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    bridge.catch_bugs()
    return told


def raise_(error):
    try:
        raise error
    except type(error):
        sys.excepthook(*sys.exc_info())


def test_a_bug_is_told_once_with_the_place_of_the_log(caught):
    for _ in range(3):
        raise_(ZeroDivisionError("示例"))
    assert len(caught) == 1
    assert str(journal.path()) in caught[0]
    assert "已填写的内容都已保存" in caught[0]
    raise_(KeyError("another place"))
    assert len(caught) == 2


def test_a_bug_while_telling_is_only_logged(caught, monkeypatch):
    def broken(*_):
        raise_(RuntimeError("the box breaks, too"))
        caught.append("told")

    monkeypatch.setattr(QMessageBox, "warning", broken)
    raise_(ZeroDivisionError())
    assert caught == ["told"]


def test_a_bug_that_cannot_be_written_down_is_told_all_the_same(caught, monkeypatch, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("NIANBAO_LOG", str(tmp_path / "file" / "log"))
    raise_(ZeroDivisionError())
    assert "日志无法写入" in caught[0]


@pytest.mark.qt_no_exception_capture
def test_a_bug_in_the_window_costs_no_edit(qtbot, database, caught, caplog):
    """A slot, a paint, a listener of the draft and a timer break; what is set is on the disk."""
    window = Window(database)
    qtbot.addWidget(window)
    window.show_list(None)
    window.show()
    window.start()
    command.begin_report(window, "示例市档案局", 2024, None)

    def broken(*_):
        raise RuntimeError("a bug")

    class Broken(QLabel):
        def paintEvent(self, event):  # noqa: N802
            raise RuntimeError("a bug in a paint")

    end = window.draft.subscribe(broken)
    label = Broken(window)
    label.show()
    window.menu["keys"].triggered.disconnect()
    window.menu["keys"].triggered.connect(broken)
    window.menu.trigger("keys")
    QTimer.singleShot(0, lambda: window.draft.set({"t3.new.natural": 3}, "填写"))
    loop = QEventLoop()
    QTimer.singleShot(100, loop.quit)
    loop.exec()  # as in the program: what breaks is called by Qt
    assert window.draft.report.figure("t3.new.natural") == 3
    logged = {str(record.exc_info[1]) for record in caplog.records if record.exc_info}
    assert logged == {"a bug", "a bug in a paint"}
    assert 1 <= len(caught) <= 3
    end()
    label.hide()
    window.draft.set({"t3.new.natural": 4}, "填写")
    reread = window.store.load(window.draft.head.report)
    assert reread.items["t3.new.natural"] == 4
    window.close()


def test_a_failure_is_told_in_its_sentence(told, qtbot):
    def fails():
        raise AppError("做不到。")

    parent = QWidget()
    qtbot.addWidget(parent)
    assert not bridge.attempt(parent, fails)
    assert told == ["做不到。"]
    assert bridge.attempt(parent, lambda: None)


def test_a_bug_on_a_thread_is_logged_and_told(caught, qtbot):
    failed = []

    def work():
        raise RuntimeError("a bug on a thread")

    bridge.in_background(work, failed.append, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert "已填写的内容都在" in failed[0]
    assert len(caught) == 1


class Talker(QObject):
    said = Signal(bool)


def test_qt_takes_no_reference_to_true_and_none(qapp):
    """A binding that does aborts the program after some hundreds of signals: 6.12 on 3.11."""
    talker, heard = Talker(), []
    talker.said.connect(lambda value: heard.append(value))
    talker.said.emit(True)
    heard.clear()
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(600):
        talker.said.emit(True)
        heard.clear()
        talker.setObjectName("")
        talker.blockSignals(False)
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert all(abs(one - other) < 50 for one, other in zip(before, after, strict=True))
