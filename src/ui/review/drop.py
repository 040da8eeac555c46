"""Files and folders dropped on the window are opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QTimer
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QWindow

if TYPE_CHECKING:
    from ui.window import Window


def take(window: Window) -> None:
    """Open what is dropped on a window from now on."""
    shown = window.windowHandle()
    if shown is not None and shown.findChild(Drop) is None:
        Drop(shown, window.read_files)


class Drop(QObject):
    """Takes files before any field can take their names as text; everything else goes on."""

    def __init__(self, shown: QWindow, opened: Callable[[Sequence[Path]], object]) -> None:
        super().__init__(shown)
        self._opened = opened
        shown.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what holds files; open them once the drop itself has ended."""
        kind = event.type()
        if kind not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return False
        if not isinstance(event, (QDragMoveEvent, QDropEvent)):
            return False
        paths = files(event.mimeData())
        if not paths:
            return False
        event.acceptProposedAction()
        if kind == QEvent.Type.Drop:
            QTimer.singleShot(0, lambda: self._opened(paths))
        return True


def files(dragged: QMimeData) -> list[Path]:
    """Return the files and folders of this computer that are dragged."""
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
