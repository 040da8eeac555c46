"""Tell when a window was painted for the first time, all of it."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject


class FirstPaint(QObject):
    """Watches a window that was just shown; calls `painted` with the moment, in s."""

    def __init__(self, window, painted: Callable[[float], object]) -> None:
        super().__init__()
        self._painted = painted
        self._handle = window.windowHandle()
        self._handle.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802  (Qt's name)
        """Qt paints the whole window while it handles the first exposure."""
        if event.type() != QEvent.Type.Expose or not self._handle.isExposed():
            return False
        self._handle.removeEventFilter(self)
        self._handle.event(event)
        self._painted(time.monotonic())
        return True
