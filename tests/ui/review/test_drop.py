"""Files dropped on the window are opened, wherever in it they are dropped."""

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from ui import bridge, command
from ui.review import drop
from ui.window import Window


@pytest.fixture
def window(qtbot, database, monkeypatch):
    opened = []
    monkeypatch.setattr(Window, "read_files", lambda self, paths: opened.append(list(paths)))
    window = Window(database)
    window.show_list(None)
    window.show()
    window.start()
    command.begin_report(window, "示例市档案局", 2024, None)
    window.dropped = opened
    yield window
    window.close()
    bridge.wait_for_tasks()


def dragged(urls, text=""):
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    if text:
        data.setText(text)
    return data


def drop_on(window, data):
    """Drag over a window and drop; says whether it was taken both times."""
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    nothing = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 200), actions, data, buttons, nothing)
    falls = QDropEvent(QPointF(300, 200), actions, data, buttons, nothing)
    shown = window.windowHandle()
    return [QCoreApplication.sendEvent(shown, e) and e.isAccepted() for e in (enter, falls)]


def test_files_and_folders_are_opened(window, tmp_path, qtbot):
    paths = [tmp_path / "报告 一.docx", tmp_path]
    data = dragged([QUrl.fromLocalFile(str(path)).toString() for path in paths])
    assert drop_on(window, data) == [True, True]
    qtbot.waitUntil(lambda: window.dropped == [paths])


def test_a_path_does_not_become_text_of_a_title(window, tmp_path, qtbot):
    window.view.setCurrentWidget(window.view.sections["s5"])
    title = window.view.sections["s5"].title
    centre = title.mapTo(window, title.rect().center())
    url = QUrl.fromLocalFile(str(tmp_path / "报告.docx")).toString()
    data = dragged([url], text=str(tmp_path / "报告.docx"))
    actions = Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(centre), actions, data, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QCoreApplication.sendEvent(window.windowHandle(), event)
    qtbot.waitUntil(lambda: len(window.dropped) == 1)
    assert title.text() == ""


@pytest.mark.parametrize("urls", [[], ["https://www.example.gov.cn/report.html"]])
def test_what_is_no_file_of_this_computer_is_left_to_others(window, urls):
    assert drop.files(dragged(urls, text="文字")) == []
    drop_on(window, dragged(urls, text="文字"))
    assert window.dropped == []


def test_a_window_takes_drops_once(window):
    drop.take(window)
    assert len(window.windowHandle().findChildren(drop.Drop)) == 1
