"""A clerk at the real window, with keys only; a process of its own, so that it can be killed.

clerk.py fill DATABASE FIGURES.json     new report, all figures, then wait (to be killed)
clerk.py reopen DATABASE OUT.pdf        what is there after that; undo; redo; PDF
"""

import faulthandler
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from ui import bridge, main
from ui.window import Window

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PATIENCE_MS = 60_000


def say(**facts):
    print(json.dumps(facts, ensure_ascii=False), flush=True)


def keyboard():
    """Where keys go: the window in front, which hands them to what has the focus."""
    windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, Window)]
    front = QApplication.activeModalWidget() or windows[0]
    if not front.isActiveWindow():
        front.activateWindow()
        QTest.qWaitForWindowActive(front)
    return front.windowHandle()


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(keyboard(), key, modifiers)
    QApplication.processEvents()


def type_text(text):
    """Type on the keyboard; Chinese comes from the input method."""
    if text.isascii():
        for character in text:  # the first one may open an editor for the others
            QTest.keyClick(keyboard(), character)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusObject(), event)
    QApplication.processEvents()


def in_dialog(*keys):
    """Do something in the dialog that the next key opens."""

    def go():
        dialog = QApplication.activeModalWidget()
        if dialog is None or QApplication.focusObject() is None or not dialog.isActiveWindow():
            QTimer.singleShot(50, go)  # a busy machine takes its time
            return
        for key in keys:
            key()

    QTimer.singleShot(50, go)


def wait_until(true):
    end = time.monotonic() + PATIENCE_MS / 1000
    while not true():
        QTest.qWait(20)
        assert time.monotonic() < end, "it did not come about"


def open_window(database):
    app = main.application()
    window = Window(Path(database))
    window.show_list(main._glance(Path(database)))
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    window.start()
    app.processEvents()
    return window


def fill(database, figures_file):
    figures = json.loads(Path(figures_file).read_text("utf-8"))
    window = open_window(database)
    in_dialog(
        lambda: type_text("示例市人民政府"),
        lambda: press(Qt.Key.Key_Tab),
        lambda: press(Qt.Key.Key_Tab),
        lambda: press(Qt.Key.Key_A, CTRL),
        lambda: type_text("2024"),
        lambda: press(Qt.Key.Key_Return),
    )
    press(Qt.Key.Key_N, CTRL)
    form = window.draft.report.form
    assert (window.draft.report.org, window.draft.report.year) == ("示例市人民政府", 2024)
    wrong = "t3.partial.natural"
    for section in form.sections:
        if not section.table:
            continue
        while window.view.current_section() != section.id:
            press(Qt.Key.Key_PageDown, CTRL)
        cells = [c for row in form.tables[section.table].rows for c in row]
        for cell in cells:
            if cell in form.total_of:
                continue  # worked out, and Tab passes it
            assert window.view.section_tab().table.current_cell() == cell
            typed = figures[cell] if cell != wrong else figures[cell] + 27
            type_text(str(typed))
            press(Qt.Key.Key_Tab)
    errors = [f for f in window.checking.findings if f.severity == "error" and f.cells]
    say(errors=sorted({f.id for f in errors}), shown=window.windowTitle())
    press(Qt.Key.Key_F8)  # the window leads to where it is
    in_dialog(lambda: type_text("部分公开"), lambda: press(Qt.Key.Key_Return))
    press(Qt.Key.Key_G, CTRL)
    assert window.view.section_tab().table.current_cell() == wrong
    type_text(str(figures[wrong]))
    press(Qt.Key.Key_Return)
    errors = [f for f in window.checking.findings if f.severity == "error" and f.cells]
    say(errors=sorted({f.id for f in errors}))
    say(figures=exact(window.draft.report), revision=window.draft.revision)
    while True:  # until somebody pulls the plug
        QTest.qWait(50)


def reopen(database, pdf):
    window = open_window(database)
    report = window.draft.report
    say(figures=exact(report), revision=window.draft.revision, org=report.org)
    press(Qt.Key.Key_Z, CTRL)
    say(undone=report.figure("t3.partial.natural"), balance=len(broken(window)))
    press(Qt.Key.Key_Y, CTRL)
    say(redone=report.figure("t3.partial.natural"), balance=len(broken(window)))

    # The desktop's own dialog for files is no part of the program.
    QFileDialog.getSaveFileName = staticmethod(lambda *_: (pdf, ""))
    press(Qt.Key.Key_S, CTRL | SHIFT)
    wait_until(lambda: Path(pdf).exists())
    bridge.wait_for_tasks()
    window.close()
    say(closed=True)


def broken(window):
    return [f for f in window.checking.findings if f.id == "T3.BALANCE"]


def exact(report):
    return {cell: report.shown(cell) for cell in report.figures()}


if __name__ == "__main__":
    faulthandler.dump_traceback_later(120, exit=True)  # rather than hang
    {"fill": fill, "reopen": reopen}[sys.argv[1]](*sys.argv[2:])
