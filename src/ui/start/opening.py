"""From the first paint until a report can be edited: the work of opening, and the keys meanwhile.

The window is painted before the database is opened for writing. Keys that come in between wait
here and go to the report as soon as it is there; nothing that is typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow


class Opening(QObject):
    """Waits for the first paint of a window, does the work of opening, then hands on the keys.

    `afterwards` is what can wait until they are.
    """

    def __init__(
        self, shown: QWindow, work: Callable[[], object], afterwards: Callable[[], object]
    ) -> None:
        super().__init__(shown)
        self._shown, self._work, self._afterwards = shown, work, afterwards
        self._keys: list[QEvent] = []
        self._begun = False
        shown.installEventFilter(self)
        if shown.isExposed():  # some platforms paint within `show`
            self._begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep keys back; begin once the exposure that is about to be handled has painted all."""
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._keys.append(event.clone())
            return True
        if kind == QEvent.Type.Expose and self._shown.isExposed() and not self._begun:
            self._begin()
        return False

    def _begin(self) -> None:
        self._begun = True
        QTimer.singleShot(0, self._open)

    def _open(self) -> None:
        try:
            self._work()
        finally:  # whatever went wrong, the window goes on hearing keys
            QTimer.singleShot(0, self._afterwards)
            self._hand_on()

    def _hand_on(self) -> None:
        self._shown.removeEventFilter(self)
        for key in self._keys:
            QCoreApplication.sendEvent(self._shown, key)
            QCoreApplication.sendPostedEvents()  # an editor that the key closes is closed
        self._keys.clear()
