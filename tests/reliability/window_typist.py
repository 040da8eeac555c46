"""A clerk at the real window who never stops: types, pastes, undoes and reads files at random.

Run as a program, `window_typist.py DATABASE SEED FILE…`, to be killed. It starts the window as the
program does; what it does goes through the keys and the clipboard. Each step is acknowledged by a
line of JSON with the whole content, once the window has been told that it is on the disk.
"""

import json
import random
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QProgressDialog, QTextEdit

from ui import bridge, command, main

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = Qt.Key
WORDS = ("主动公开政府信息", "，", "依法", "受理申请。", "一", "（一）公开情况。")
BLOCKS = ("3\t4\t5\n6\t7\t8", "12", "主动公开。\n依申请公开。\n" * 60, "１２０\t０")
MOST_REPORTS = 6


class Clerk:
    """Does one thing after the other to a window."""

    def __init__(self, window, seed, files):
        self.window, self.files = window, files
        self.choose = random.Random(seed)
        self.draft = None

    def begin(self):
        if self.window.draft is None:
            command.begin_report(self.window, "示例市档案局", 2024, None)
        self.attend()
        print("{}", flush=True)
        self.go_on()

    def go_on(self):
        """Act, and again: also while a dialog is open."""
        QTimer.singleShot(0, self.go_on)
        self.attend()
        dialog = QApplication.activeModalWidget()
        if dialog is None and not self.window.isActiveWindow():
            self.window.activateWindow()  # what the desktop does when a dialog is gone
        if dialog is not None:
            self.escape(dialog)
        else:
            weights = (12, 12, 6, 5, 3, 1, 1)
            acts = (self.type_figure, self.write, self.move, self.turn, self.paste)
            acts += (self.read, self.change_report)
            self.choose.choices(acts, weights)[0]()
        self.attend()

    def attend(self):
        """Acknowledge what becomes of the report that is open now."""
        if self.window.draft is None or self.window.draft is self.draft:
            return
        self.draft = self.window.draft
        self.acknowledge()
        self.draft.subscribe(lambda _: self.acknowledge())

    def acknowledge(self):
        head = self.draft.head
        told = {"report": head.report, "stamp": head.stamp, "revision": head.revision}
        print(json.dumps(told | {"items": self.draft.report.items}), flush=True)

    def escape(self, dialog):
        """Leave a dialog that nobody expected, and say so; progress ends by itself."""
        if isinstance(dialog, QProgressDialog):
            return
        words = dialog.text() if isinstance(dialog, QMessageBox) else dialog.windowTitle()
        print(json.dumps({"dialog": words}, ensure_ascii=False), flush=True)
        QTest.keyClick(dialog, KEYS.Key_Escape)

    def keyboard(self):
        widget = QApplication.focusWidget()
        if widget is None or not self.window.middle.isAncestorOf(widget):
            self.move()  # the list or the findings have the focus
        return QApplication.focusWidget() or self.window

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.keyboard(), key, modifiers)

    def type_figure(self):
        """Type into the current cell, or where the cursor stands."""
        if isinstance(self.keyboard(), QTextEdit):
            self.write()
            return
        QTest.keyClicks(self.keyboard(), str(self.choose.choice((0, 7, 31, 1204, "2.5"))))
        self.press(self.choose.choice((KEYS.Key_Return, KEYS.Key_Tab, KEYS.Key_Tab)))

    def write(self):
        """Write with an input method where there is prose."""
        widget = self.keyboard()
        if not isinstance(widget, QTextEdit):
            self.press(self.choose.choice((KEYS.Key_Down, KEYS.Key_Right, KEYS.Key_Delete)))
            return
        if self.choose.random() < 0.2:
            self.press(self.choose.choice((KEYS.Key_Return, KEYS.Key_Backspace, KEYS.Key_Home)))
            return
        event = QInputMethodEvent()
        event.setCommitString(self.choose.choice(WORDS))
        QApplication.sendEvent(widget, event)

    def move(self):
        """Go to another part of the report, into its table or its prose."""
        view = self.window.view
        if view is None:
            return
        if self.choose.random() < 0.5:
            self.window.menu.trigger(self.choose.choice(("next_tab", "previous_tab")))
        tab = view.section_tab()
        if tab is not None:
            table = tab.table if tab.table and self.choose.random() < 0.6 else None
            (table or tab.narrative).setFocus()

    def turn(self):
        self.press(self.choose.choice((KEYS.Key_Z, KEYS.Key_Z, KEYS.Key_Y)), CTRL)

    def paste(self):
        QApplication.clipboard().setText(self.choose.choice(BLOCKS))
        self.press(KEYS.Key_V, CTRL)

    def read(self):
        """Read a report file; it becomes a report of its own and is opened."""
        if len(self.window.store.reports()) < MOST_REPORTS and not bridge._running:
            self.window.read_files([self.choose.choice(self.files)])

    def change_report(self):
        listed = self.window.store.reports()
        self.window.open_report(self.choose.choice(listed).id)


def start(database, seed, files):
    """Start the program; the clerk begins once the window can be written to."""
    settle = main._once_writable

    def once_writable(app, window, *rest):
        settle(app, window, *rest)
        window.activateWindow()
        clerk = Clerk(window, seed, files)
        QTimer.singleShot(0, clerk.begin)

    main._once_writable = once_writable
    main.run(Path(database), [])


if __name__ == "__main__":
    start(sys.argv[1], int(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
