"""Start the window: first what the clerk sees, then what can be written to.

The order is the point: Qt and the list of reports first; SQLAlchemy (200 ms) and the open report
after the first paint. What is typed meanwhile waits in the queue of events.
"""

import faulthandler
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from app import journal
from app.errors import AppError
from app.store import default_path
from app.store.glance import Glance
from ui import bridge, theme
from ui.instance import Instance
from ui.window import Window


class AlreadyOpen(AppError):
    """Another window holds the database and does not answer."""


def run(database: Path | None, files: Sequence[Path]) -> int:
    """Open the window and stay until it is closed; returns the exit status.

    Raises:
        AppError: the window cannot be opened, in words.
    """
    gc.disable()  # start-up makes much and frees little
    app = application()
    path = (database or default_path()).absolute()
    instance = Instance(path)
    if not instance.claim():
        if instance.raise_other([str(file.absolute()) for file in files]):
            return 0
        raise AlreadyOpen("年报已经打开，但没有响应。请稍候再试，或先结束没有响应的程序。")
    bridge.catch_bugs(_start_log())
    window = Window(path)
    window.show_list(_glance(path))
    instance.raise_requested.connect(window.come_forward)
    window.show()
    QTimer.singleShot(0, lambda: _after_first_paint(window, files))
    try:
        return app.exec()
    finally:
        instance.release()


def application() -> QApplication:
    """Make the application: name, language and look."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("nianbao")
    app.setApplicationDisplayName("年报")
    app.setDesktopFileName("nianbao")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
    theme.apply(app)
    return app


def _after_first_paint(window: Window, files: Sequence[Path]) -> None:
    bridge.attempt(window, window.start)
    theme.load_marks()
    gc.enable()
    gc.freeze()
    if files:
        window.come_forward([str(file.absolute()) for file in files])


def _glance(path: Path) -> Glance | None:
    """A first look at the reports; what is wrong with the file is told once the window is there."""
    try:
        return Glance.open(path)
    except AppError:
        return None


def _start_log() -> Path:
    path = journal.start()
    crash = path.with_name("crash.log").open("a", encoding="utf-8")
    faulthandler.enable(crash)
    return path
