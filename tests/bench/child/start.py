"""Start the program as `nianbao` does; say when it was painted, and when a figure could be typed.

Says four moments: the first paint; the last report shown, from when on keys are kept for it; when
it can be written, which is tried by typing a figure; and when all rules have looked at it.

start.py REPORTS CELL    so many reports are in the list; the clerk was last at this cell
"""

import os
import sys
import time
import traceback

from app import cli
from ui.start import preload

REPORTS, CELL = int(sys.argv[1]), sys.argv[2]
said = {}


def strictly(call):
    """A broken promise ends the process: the window would only tell it in a box."""

    def strict(*arguments):
        try:
            return call(*arguments)
        except BaseException:
            traceback.print_exc()
            os._exit(1)

    return strict


begin = preload.begin


def watched_begin():
    """Watch the window; `cli` imports it next, and nothing is imported before its time."""
    begin()
    from ui.window import Window

    global show, repaint, open_database, settle
    show, repaint, open_database = Window.show, Window.repaint, Window.open_database
    settle = Window.settle
    Window.show, Window.repaint = watched_show, watched_repaint
    Window.open_database, Window.settle = watched_open_database, watched_settle


def watched_show(self):
    show(self)
    from first_paint import FirstPaint

    self.watch = FirstPaint(self, lambda moment: note_first_paint(self, moment))


@strictly
def note_first_paint(window, moment):
    """Keep the moment, once it is sure that what was painted is the window and no empty frame."""
    from PySide6.QtWidgets import QListView

    said["first_paint"] = moment
    menus = len(window.menuBar().actions())
    reports = window.library.findChild(QListView).model().rowCount()
    tabs = window.middle.currentWidget().count()
    assert menus > 4, menus
    assert reports == REPORTS, reports
    assert tabs > 6, tabs


@strictly
def watched_repaint(self):
    repaint(self)
    said["shown"] = time.monotonic()
    assert self.view.isVisible()
    assert self.view.current_item() == CELL
    assert self.store is None
    assert "sqlalchemy" not in sys.modules


@strictly
def watched_open_database(self):
    open_database(self)
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    said["writable"] = began = time.monotonic()
    assert self.view.isVisible()
    assert type_a_figure(self) == self.store.load(self.draft.head.report).items[CELL]
    self.tried_s = time.monotonic() - began


@strictly
def watched_settle(self):
    settle(self)
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    said["checked"] = time.monotonic() - self.tried_s
    assert self.checking.findings
    import json

    print(json.dumps(said))
    self.view.show_item(CELL)  # where the next start begins
    self.close()
    QApplication.exit()


def type_a_figure(window):
    """Type another figure into the cell the clerk was at, where the focus is; returns it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    figure = 8 if window.draft.report.figure(CELL) == 7 else 7
    QTest.keyClick(window.focusWidget(), str(figure))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()
    return figure


preload.begin = watched_begin
cli.main([])
