"""The icons of menus and tool bar: one family, in the ink of the theme and as large as the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon, QPixmap

from app import resources
from ui.style import theme

if TYPE_CHECKING:
    from ui.window import Window

_DRAWN = 'width="24" height="24"'
_SHARE = 0.9
"""The size of an icon as a share of the height of a line."""


def dress(window: Window) -> None:
    """Give the actions of a window their icons; again when theme or text size change."""
    size = round(window.fontMetrics().height() * _SHARE)
    ratio = window.devicePixelRatioF()
    for path in (resources.root() / "icons" / "menu").glob("*.svg"):
        drawn = path.read_text("utf-8")
        icon = QIcon()
        colours = theme.colours()
        for mode, ink in ((QIcon.Mode.Normal, colours.ink), (QIcon.Mode.Disabled, colours.rule)):
            icon.addPixmap(_pixmap(drawn, ink, size, ratio), mode)
        window.menu[path.stem].setIcon(icon)
    window.menu.bar.dress(size)


def _pixmap(drawn: str, ink: str, size: int, ratio: float) -> QPixmap:
    pixels = round(size * ratio)
    sized = drawn.replace(_DRAWN, f'width="{pixels}" height="{pixels}"')
    pixmap = QPixmap()
    pixmap.loadFromData(sized.replace("currentColor", ink).encode(), "SVG")
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
