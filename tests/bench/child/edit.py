"""Time one edit in the real window: each digit, and Enter until it is painted, checked and durable.

edit.py DATABASE PLAIN_DATABASE    the report that was open last is worked on

The peer is what Qt gives away: a QTableView over a QStandardItemModel of the same size, each figure
committed with Python's own sqlite3 as durably; it checks nothing.
"""

import json
import sqlite3
import statistics
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from ui import main
from ui.window import Window

BLOCKS, EDITS = 11, 10
FIRST = "t3.new.natural"


def open_window(database):
    window = Window(database)
    window.show_list(main._glance(database))
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.start()
    return window


def open_plain(path):
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE value"
                     "(cell TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID")  # fmt: skip
    model = QStandardItemModel(28, 10)
    for row in range(28):
        for column in range(10):
            model.setItem(row, column, QStandardItem("0"))
    model.itemChanged.connect(
        lambda item: db.execute(
            "INSERT OR REPLACE INTO value VALUES (?, ?)",
            (f"{item.row()}.{item.column()}", int(item.text())),
        )
    )
    view = QTableView()
    view.setModel(model)
    view.resize(1366, 728)
    view.show()
    QTest.qWaitForWindowExposed(view)
    return view


class Paint(QObject):
    """Tells when a window has painted what changed, all of it, and handed it to the display."""

    def __init__(self, window):
        super().__init__(window)
        self.painted = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802  (Qt's name)
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        watched.removeEventFilter(self)
        watched.event(event)
        watched.installEventFilter(self)
        self.painted = time.perf_counter()
        return True


def press(key, paint):
    """Press a key and see to all that it brings; returns when it was painted and when all done."""
    paint.painted = 0.0
    began = time.perf_counter()
    QTest.keyClick(QApplication.focusWidget(), key)
    while not paint.painted:
        QApplication.processEvents()
    first = paint.painted
    for _ in range(3):  # what a paint or a timer brings, too
        QApplication.processEvents()
    return (first - began) * 1000, (time.perf_counter() - began) * 1000


def edit(times, turn, paint):
    """Type two digits and Enter."""
    times["first digit"].append(press(Qt.Key(Qt.Key.Key_1 + turn % 9), paint)[1])
    times["further digit"].append(press(Qt.Key.Key_3, paint)[1])
    painted, all_done = press(Qt.Key.Key_Return, paint)
    times["enter"].append(painted)
    times["enter, all"].append(all_done)


def come_forward(window, widget):
    window.raise_()
    window.activateWindow()
    widget.setFocus()
    QTest.qWaitForWindowActive(window)
    QApplication.processEvents()


def measure(window, plain):
    table = window.view.section_tab().table
    names = ("first digit", "further digit", "enter", "enter, all")
    ours, peer = ({name: [] for name in names} for _ in range(2))
    paint_ours, paint_peer = Paint(window), Paint(plain)
    for block in range(BLOCKS + 1):
        come_forward(window, table)
        window.view.show_item(FIRST)
        QApplication.processEvents()
        for turn in range(EDITS):
            edit(ours, block + turn, paint_ours)
        assert window.view.current_item() != FIRST  # Enter went on
        come_forward(plain, plain)
        for turn in range(EDITS):
            plain.setCurrentIndex(plain.model().index(turn, 1))
            QApplication.processEvents()
            edit(peer, block + turn, paint_peer)
    return {
        name: [statistics.median(times[name][EDITS:]) for times in (ours, peer)] for name in names
    }


app = main.application()
window = open_window(Path(sys.argv[1]))
plain = open_plain(sys.argv[2])
before = window.draft.revision
window.view.show_item(FIRST)
print(json.dumps(measure(window, plain)))
assert window.draft.revision - before > BLOCKS * EDITS // 2  # a figure typed again is no step
window.close()
