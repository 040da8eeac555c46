"""F1 in a dialog: the manual at the chapter for it. The menu's F1 reaches the main window only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog

if TYPE_CHECKING:
    from ui.window import Window

_NAME = "help_key"


class HelpKey(QObject):
    """Gives every dialog that comes to the front an F1 of its own."""

    def __init__(self, app: QApplication, window: Window) -> None:
        super().__init__(app)
        self._window = window
        app.focusWindowChanged.connect(self._reach)

    def _reach(self) -> None:
        dialog = QApplication.activeWindow()
        if isinstance(dialog, QDialog) and dialog.findChild(QShortcut, _NAME) is None:
            key = QShortcut("F1", dialog)
            key.setObjectName(_NAME)
            key.activated.connect(lambda: self._show_manual(dialog))

    def _show_manual(self, dialog: QDialog) -> None:
        from ui.help import manual  # noqa: PLC0415  (when it is wanted)

        manual.show_over(self._window, dialog)
