"""What is typed is soon on the disk; what changes elsewhere leaves the cursor in its place."""

import sqlite3
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction, QGuiApplication, QInputMethodEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenu, QTextEdit

from app import prose
from app.draft import Draft
from ui.prose import binding
from ui.prose.binding import Binding, shown

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
S1, ADDRESS, PREFACE = "narratives.s1", "cover.address", "narratives.preface"


@pytest.fixture
def bind(qtbot, draft):
    """Return a shown widget with the focus, bound to an item."""

    def make(kind=QTextEdit, item=S1):
        widget = kind()
        qtbot.addWidget(widget)
        bound = Binding(widget, draft, item, "编辑文字")
        with qtbot.waitExposed(widget):
            widget.show()
        widget.setFocus()
        QGuiApplication.processEvents()
        return widget, bound

    return make


def commit(widget, text, preedit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def place_cursor(widget, position):
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(position)
    else:
        cursor = widget.textCursor()
        cursor.setPosition(position)
        widget.setTextCursor(cursor)


def cursor_of(widget):
    if isinstance(widget, QLineEdit):
        return widget.cursorPosition()
    return widget.textCursor().position()


KINDS = pytest.mark.parametrize(
    ("kind", "item"), [(QTextEdit, S1), (QLineEdit, ADDRESS)], ids=["prose", "line"]
)


@KINDS
def test_a_key_is_on_the_disk_within_a_second(qtbot, bind, draft, reread, kind, item):
    widget, _ = bind(kind, item)
    steps = []
    draft.subscribe(steps.append)
    began = time.monotonic()
    qtbot.keyClicks(widget, "2024")
    qtbot.waitUntil(lambda: bool(steps), timeout=2000)
    assert time.monotonic() - began < 1
    assert reread().text(item) == "2024"


def test_steady_typing_is_written_no_later_than_a_second_after_the_first_key(qtbot, bind, draft):
    widget, _ = bind()
    written = []
    draft.subscribe(lambda step: written.append(time.monotonic()))
    began = time.monotonic()

    def type_on():
        qtbot.keyClick(widget, "a")
        return bool(written)

    qtbot.waitUntil(type_on, timeout=3000)  # asks, and so types, every 10 ms
    assert written[0] - began < 1


@KINDS
def test_typing_is_one_step_until_it_is_sealed(qtbot, bind, draft, kind, item):
    widget, bound = bind(kind, item)
    first = draft.revision
    for key in "abc":
        qtbot.keyClick(widget, key)
        assert bound.flush()
    assert draft.revision == first + 1
    bound.seal()
    qtbot.keyClick(widget, "d")
    bound.flush()
    assert draft.revision == first + 2
    draft.undo()
    assert draft.report.text(item) == "abc"
    assert shown(widget) == "abc"


def test_a_pause_seals(qtbot, bind, draft, monkeypatch):
    monkeypatch.setattr(binding, "PAUSE_MS", 20)
    widget, bound = bind()
    qtbot.keyClick(widget, "a")
    qtbot.waitUntil(lambda: draft.report.text(S1) == "a")
    first = draft.revision
    qtbot.waitUntil(lambda: not bound._pause.isActive())
    qtbot.keyClick(widget, "b")
    bound.flush()
    assert draft.revision == first + 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_end_of_a_paragraph_seals(qtbot, bind, draft, key):
    widget, bound = bind()
    qtbot.keyClicks(widget, "ab")
    qtbot.keyClick(widget, key)
    assert draft.report.text(S1) == "ab"
    qtbot.keyClicks(widget, "cd")
    bound.flush()
    assert draft.report.text(S1) == "ab\ncd"
    draft.undo()
    assert draft.report.text(S1) == "ab"


@KINDS
def test_a_paste_is_a_step_of_its_own(qtbot, bind, draft, kind, item):
    widget, bound = bind(kind, item)
    QGuiApplication.clipboard().setText("pasted")
    qtbot.keyClicks(widget, "ab")
    qtbot.keyClick(widget, "v", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: draft.report.text(item) == "abpasted")
    qtbot.keyClicks(widget, "c")
    bound.flush()
    texts = [draft.report.text(item)]
    while draft.undo_label == "编辑文字":
        draft.undo()
        texts.append(draft.report.text(item))
    assert texts == ["abpastedc", "abpasted", "ab", ""]


def test_losing_the_focus_writes_and_seals(qtbot, bind, draft):
    widget, _ = bind()
    qtbot.keyClicks(widget, "ab")
    widget.clearFocus()
    assert draft.report.text(S1) == "ab"
    first = draft.revision
    draft.set({S1: "abc"}, "编辑文字", merge=True)
    assert draft.revision == first + 1


@KINDS
def test_what_is_being_composed_is_not_kept(bind, draft, kind, item):
    widget, bound = bind(kind, item)
    commit(widget, "公开", preedit="ni'hao")
    bound.flush()
    assert draft.report.text(item) == "公开"
    commit(widget, "你好")
    bound.flush()
    assert draft.report.text(item) == "公开你好"


@pytest.mark.parametrize("keys", ["Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z"])
@KINDS
def test_undo_and_redo_are_the_windows(qtbot, draft, kind, item, keys):
    window = QMainWindow()
    qtbot.addWidget(window)
    widget = kind()
    window.setCentralWidget(widget)
    Binding(widget, draft, item, "编辑文字")
    asked = []
    action = QAction("撤销", window)
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda: asked.append(keys))
    window.addAction(action)
    with qtbot.waitActive(window):
        window.show()
    widget.setFocus()
    qtbot.keyClicks(widget, "ab")
    sequence = QKeySequence(keys)[0]
    qtbot.keyClick(widget, sequence.key(), sequence.keyboardModifiers())
    assert asked == [keys]
    assert shown(widget) == "ab"
    action.setEnabled(False)
    qtbot.keyClick(widget, sequence.key(), sequence.keyboardModifiers())
    assert shown(widget) == "ab"


@KINDS
def test_the_menu_offers_no_undo_of_the_widgets_own(qtbot, bind, kind, item):
    widget, _ = bind(kind, item)
    target = widget.viewport() if isinstance(widget, QTextEdit) else widget
    for _ in range(2):
        qtbot.mouseClick(target, Qt.MouseButton.LeftButton)
        QApplication.sendEvent(target, context_menu_event())
        menus = [
            m for m in QApplication.topLevelWidgets() if isinstance(m, QMenu) and m.isVisible()
        ]
        assert len(menus) == 1
        names = {action.objectName() for action in menus[0].actions()}
        assert {"edit-copy", "edit-paste"} <= names
        assert names.isdisjoint({"edit-undo", "edit-redo"})
        menus[0].close()


def context_menu_event():
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QContextMenuEvent

    return QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(2, 2), QPoint(2, 2))


@KINDS
@pytest.mark.parametrize(
    ("before", "after", "at", "then"),
    [
        ("甲乙丙丁", "甲新乙丙丁", 3, 4),
        ("甲乙丙丁", "甲乙丙新", 1, 1),
        ("甲乙丙丁", "甲丁", 2, 1),
        ("𬬭乙丙丁", "乙丙丁", 3, 1),
        ("甲乙丙丁", "甲𬬭𬬭乙丙丁", 2, 6),
    ],
)
def test_a_change_elsewhere_leaves_the_cursor(bind, draft, kind, item, before, after, at, then):
    draft.set({item: before}, "先有的文字")
    widget, bound = bind(kind, item)
    place_cursor(widget, at)
    revision = draft.revision
    draft.set({item: after}, "改正")
    assert shown(widget) == after
    assert cursor_of(widget) == then
    assert bound.flush()
    assert draft.revision == revision + 1  # nothing came back


def test_blank_lines_while_typing_are_left_alone(qtbot, bind, draft):
    widget, bound = bind()
    qtbot.keyClicks(widget, "ab ")
    for _ in range(3):
        qtbot.keyClick(widget, Qt.Key.Key_Return)
    bound.flush()
    assert draft.report.text(S1) == "ab"
    assert shown(widget) == "ab \n\n\n"
    assert cursor_of(widget) == 6
    qtbot.keyClicks(widget, "c")
    bound.flush()
    assert draft.report.text(S1) == "ab\nc"
    assert shown(widget) == "ab \n\n\nc"


def test_a_change_elsewhere_finds_its_place_among_blank_lines(qtbot, bind, draft):
    draft.set({S1: "abc\ndef"}, "先有的文字")
    widget, bound = bind()
    place_cursor(widget, 3)
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    bound.flush()
    draft.set({S1: "abc\ndxf"}, "改正")
    assert shown(widget) == "abc\n\n\ndxf"
    assert cursor_of(widget) == 5


def test_two_widgets_on_one_item_follow_one_another(qtbot, bind, draft):
    one, first = bind(QLineEdit, ADDRESS)
    other, second = bind(QLineEdit, ADDRESS)
    qtbot.keyClicks(one, "abc")
    first.flush()
    assert other.text() == "abc"
    place_cursor(other, 0)
    qtbot.keyClicks(other, "x")
    second.flush()
    assert one.text() == "xabc"
    assert draft.report.text(ADDRESS) == "xabc"


def fill(database):
    """Hold the database, as another program that writes for long."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_a_failed_write_keeps_what_was_typed_and_is_tried_again(qtbot, bind, draft, database):
    widget, bound = bind()
    other = fill(database)
    qtbot.keyClicks(widget, "ab")
    with qtbot.waitSignal(bound.failed) as told:
        assert not bound.flush()
    assert "占用" in told.args[0]
    assert shown(widget) == "ab"
    assert draft.report.text(S1) == ""
    other.close()
    qtbot.keyClicks(widget, "c")
    qtbot.waitUntil(lambda: draft.report.text(S1) == "abc")


def test_the_next_flush_tries_again(qtbot, bind, draft, database, reread):
    widget, bound = bind()
    other = fill(database)
    qtbot.keyClicks(widget, "ab")
    assert not bound.flush()
    other.close()
    assert bound.flush()
    assert reread().text(S1) == "ab"


@pytest.mark.parametrize(
    ("theirs", "result"),
    [
        ("甲乙丙\n丁戊己庚", "甲乙丙ab\n丁戊己庚"),
        ("甲乙丙丁\n丁戊己", "甲乙丙ab\n丁戊己"),
    ],
    ids=["another place", "the same place"],
)
def test_if_two_write_the_loser_keeps_what_was_typed(
    qtbot, bind, draft, store, reread, theirs, result
):
    draft.set({S1: "甲乙丙\n丁戊己"}, "先有的文字")
    widget, bound = bind()
    place_cursor(widget, 3)
    Draft.open(store, draft.head.report, "李四").set({S1: theirs}, "那边的修改")
    qtbot.keyClicks(widget, "ab")
    with qtbot.waitSignal(bound.failed) as told:
        assert bound.flush()
    assert "没有丢失" in told.args[0]
    assert shown(widget) == draft.report.text(S1) == reread().text(S1) == result


def test_an_emptied_preface_is_generated_again_once_the_focus_leaves(qtbot, bind, draft):
    draft.set({ADDRESS: "示例路1号"}, "填写地址")
    widget, bound = bind(QTextEdit, PREFACE)
    generated = draft.report.text(PREFACE)
    assert shown(widget) == generated
    widget.selectAll()
    qtbot.keyClicks(widget, "x")
    bound.seal()
    assert draft.report.text(PREFACE) == "x"
    qtbot.keyClick(widget, Qt.Key.Key_Backspace)
    bound.flush()
    assert shown(widget) == ""  # there may be more to come
    widget.clearFocus()
    assert shown(widget) == draft.report.text(PREFACE) == generated
    draft.set({ADDRESS: "示例路2号"}, "填写地址")
    assert "2号" in shown(widget)


def test_locked_text_cannot_be_typed_in_but_follows(qtbot, bind, draft):
    widget, bound = bind()
    qtbot.keyClicks(widget, "ab")
    bound.set_locked(True)
    qtbot.keyClicks(widget, "c")
    assert shown(widget) == draft.report.text(S1) == "ab"
    draft.undo()
    assert shown(widget) == ""
    bound.set_locked(False)
    qtbot.keyClicks(widget, "c")
    assert bound.flush()
    assert draft.report.text(S1) == "c"


def test_released_it_has_written_and_hears_no_more(qtbot, bind, draft):
    widget, bound = bind()
    qtbot.keyClicks(widget, "ab")
    assert bound.release()
    assert draft.report.text(S1) == "ab"
    draft.set({S1: "cd"}, "改正")
    assert shown(widget) == "ab"


def test_a_deleted_widget_is_forgotten(qtbot, bind, draft):
    widget, _ = bind()
    widget.setParent(None)
    widget.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # QEvent.Type.DeferredDelete
    draft.set({S1: "cd"}, "改正")
    assert not draft._listeners


LINES = st.text(alphabet=st.sampled_from("ab 甲𬬭·\u3000\t\u00a0\n\u2028"), max_size=12)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(start=LINES, typed=LINES, at=st.integers(0, 20), outside=st.lists(LINES, max_size=3))
def test_widget_and_draft_agree_whatever_is_typed_and_changed(
    qapp, draft, start, typed, at, outside
):
    draft.set({S1: prose.clean(start)}, "先有的文字")
    widget = QTextEdit()
    bound = Binding(widget, draft, S1, "编辑文字")
    cursor = QTextCursor(widget.document())
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, n=at)
    cursor.insertText(typed)
    assert bound.flush()
    assert draft.report.text(S1) == prose.clean(shown(widget))
    for text in outside:
        draft.set({S1: prose.clean(text)}, "改正")
        assert prose.clean(shown(widget)) == draft.report.text(S1) == prose.clean(text)
    bound.release()


def test_text_without_rich_looks_survives_unchanged(bind, draft):
    text = "甲\u00a0乙\u3000丙“丁”𬬭"
    draft.set({S1: text}, "先有的文字")
    widget, bound = bind()
    commit(widget, "新")
    bound.flush()
    assert draft.report.text(S1) == "新" + text
    mime = QMimeData()
    mime.setText("尾")
    widget.moveCursor(QTextCursor.MoveOperation.End)
    widget.insertFromMimeData(mime)
    bound.flush()
    assert draft.report.text(S1) == "新" + text + "尾"
