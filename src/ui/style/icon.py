"""The icons of menus and tools, in the ink of the theme and the size of the text; of windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage, QPixmap

from app import resources
from ui.style import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.window import Window

_DRAWN = 'width="24" height="24"'
_SHARE = 0.9
"""The size of an icon as a share of the height of a line."""
_OF_WINDOWS = (16, 32, 48, 128)
"""Sizes of the icon of a window that desktops ask for, in pixels."""


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


def name_program(app: QApplication) -> None:
    """Give the windows the icon of the program: where it is not installed, no desktop knows it."""
    drawn = QImage(str(resources.root() / "icons" / "nianbao.svg"))
    icon = QIcon()
    for size in _OF_WINDOWS:
        sized = drawn.scaledToWidth(size, Qt.TransformationMode.SmoothTransformation)
        icon.addPixmap(QPixmap.fromImage(sized))
    app.setWindowIcon(icon)


def _pixmap(drawn: str, ink: str, size: int, ratio: float) -> QPixmap:
    pixels = round(size * ratio)
    sized = drawn.replace(_DRAWN, f'width="{pixels}" height="{pixels}"')
    pixmap = QPixmap()
    pixmap.loadFromData(sized.replace("currentColor", ink).encode(), "SVG")
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
