"""Text size, light or dark, as the settings have them.

Dressed before the first paint, so the two settings are read one by one and not as a record.
"""

from collections.abc import Callable

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from app import settings
from ui import theme


def dress(app: QApplication, setting: Callable[[str], str]) -> None:
    """Dress the application as kept settings say; `setting` returns the text kept under a name."""
    wear(app, setting("look"), settings.text_size(setting("text_size")))


def wear(app: QApplication, look: str, percent: int) -> None:
    """Dress the application; `look` is a key of `settings.LOOKS`."""
    dark = look == "dark" or (look != "light" and is_system_dark(app))
    theme.apply(app, dark=dark, percent=percent)


def is_system_dark(app: QApplication) -> bool:
    """Say whether the desktop is dark: what Fusion would look like without a palette of ours."""
    ground = app.style().standardPalette().color(QPalette.ColorRole.Window)
    return ground.lightness() < 128
