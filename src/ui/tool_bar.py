"""The tools at the right end of the menu bar: icons with words, or alone where room is dear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenuBar, QToolBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAction

_ICONS, _WORDS, _BOTH = 0, 1, 2
"""Of Qt.ToolButtonStyle; as numbers, since `Qt` is dear before the first paint (see `main`)."""


class ToolBar(QToolBar):
    """Shares the row of the menus: a row of its own would be taken from the table.

    Before there are icons it shows words; where these do not fit, nothing yet.
    """

    def __init__(self, menus: QMenuBar, actions: Sequence[QAction]) -> None:
        super().__init__("常用", menus)
        self._menus, self._has_icons = menus, False
        self._fitted = (0, 0)
        if layout := self.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        self.setMovable(False)
        self.addActions(actions)
        self._wear(_WORDS)
        menus.setNativeMenuBar(False)  # one that the desktop shows has no room for tools
        menus.setCornerWidget(self)
        menus.installEventFilter(self)
        self.installEventFilter(self)

    def dress(self, size: int) -> None:
        """Show icons of a size, in pixels, now that the actions have them."""
        self._has_icons = True
        self.setIconSize(QSize(size, size))
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit into another width, and other words in."""
        asks = event.type() == (
            QEvent.Type.Resize if watched is self._menus else QEvent.Type.LayoutRequest
        )
        if asks and self._menus.width() and self._size() != self._fitted:
            self._fit()
        return False

    def _fit(self) -> None:
        """Show words where there is room for them beside the menus."""
        self._wear(_BOTH if self._has_icons else _WORDS)
        has_room = self._menus.sizeHint().width() <= self._menus.width()
        if not has_room and self._has_icons:
            self._wear(_ICONS)
        self.setVisible(has_room or self._has_icons)
        self._fitted = self._size()
        size = self._menus.size()
        QCoreApplication.sendEvent(self._menus, QResizeEvent(size, size))  # place this anew

    def _size(self) -> tuple[int, int]:
        return self._menus.width(), self.sizeHint().width()

    def _wear(self, style: int) -> None:
        self.setProperty("toolButtonStyle", style)
