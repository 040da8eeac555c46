"""Start the window: first what the clerk sees, then what can be written to.

The order is the point: Qt, the menus and the list of reports first; everything else, SQLAlchemy
(200 ms) above all, after the first paint. What is typed meanwhile waits in `opening`.

Names of PySide6 are made when they are first used, and some bring a hundred enumerations with them:
`Qt` costs 17 ms and `QStyle` 6. What is imported here or used before the first paint does without.
"""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.errors import AppError
from app.store import default_path
from app.store.glance import Glance
from ui.start import input_method
from ui.start.instance import Instance
from ui.start.opening import Opening
from ui.style import look, theme
from ui.window import Window


class AlreadyOpen(AppError):
    """Another window holds the database and does not answer."""


def run(database: Path | None, files: Sequence[Path]) -> int:
    """Open the window and stay until it is closed; returns the exit status.

    Raises:
        AppError: the window cannot be opened, in words.
    """
    path = (database or default_path()).absolute()
    glance = _glance(path)
    app = application(glance.setting if glance else _unset)
    instance = Instance(path)
    if not instance.claim():
        if instance.raise_other([str(file.absolute()) for file in files]):
            return 0
        raise AlreadyOpen("年报已经打开，但没有响应。请稍候再试，或先结束没有响应的程序。")
    window = Window(path)
    window.show_list(glance)
    window.show()
    Opening(
        window.windowHandle(),
        partial(_after_first_paint, window),
        partial(_once_writable, app, window, instance, files),
    )
    try:
        return app.exec()
    finally:
        instance.release()


def _unset(name: str) -> str:
    return ""


def application(setting: Callable[[str], str] = _unset) -> QApplication:
    """Make the application: name, language and look, as settings have it."""
    input_method.choose(os.environ)
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])  # a style set later is a second one
    app.setApplicationName("nianbao")
    app.setDesktopFileName("nianbao")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
    look.dress(app, setting)
    return app


def _after_first_paint(window: Window) -> None:
    from ui import bridge

    bridge.catch_bugs()
    theme.load_marks()
    bridge.attempt(window, window.open_database)


def _once_writable(
    app: QApplication, window: Window, instance: Instance, files: Sequence[Path]
) -> None:
    from ui import bridge
    from ui.help import help_key
    from ui.style import focus, icon

    focus.Follower(app)
    help_key.HelpKey(app, window)
    icon.dress(window)
    icon.name_program(app)
    bridge.attempt(window, window.settle)
    instance.listen(window.come_forward)
    _watch_for_crashes()
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


def _watch_for_crashes() -> None:
    """Let a crash in C leave its place in a file beside the log."""
    import faulthandler

    from app import journal

    with suppress(OSError):  # a log that cannot be written is no reason not to work
        path = journal.start().with_name("crash.log")
        faulthandler.enable(open(path, "a", opener=journal.private))  # noqa: SIM115
