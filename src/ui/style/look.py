"""Text size, light or dark, as the settings have them.

Dressed before the first paint, so the two settings are read one by one: the record of all of them
(`app.settings`) takes some milliseconds to import.
"""

from collections.abc import Callable

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.style import theme


def dress(app: QApplication, setting: Callable[[str], str]) -> None:
    """Dress the application as kept settings say; `setting` returns the text kept under a name."""
    size, look = setting("text_size"), setting("look")
    if look not in ("light", "dark"):  # the palette is still that of the desktop
        look = "dark" if _is_dark(app.palette()) else "light"
    wear(app, look, int(size) if size.isdecimal() else 100)


def wear(app: QApplication, look: str, percent: int) -> None:
    """Dress the application; `look` is a key of `settings.LOOKS`, `percent` 100 to 200."""
    dark = look == "dark" or (look != "light" and is_system_dark(app))
    theme.apply(app, dark=dark, percent=max(100, min(percent, 200)))


def is_system_dark(app: QApplication) -> bool:
    """Say whether the desktop is dark: what Fusion would look like without a palette of ours."""
    return _is_dark(app.style().standardPalette())


def _is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def fit(dialog: QWidget, characters: int, lines: int) -> None:
    """Make a dialog so many characters wide and lines high, no larger than the screen."""
    metrics = dialog.fontMetrics()
    room = dialog.screen().availableSize()
    width, height = characters * metrics.horizontalAdvance("年"), lines * metrics.lineSpacing()
    dialog.resize(min(width, room.width()), min(height, room.height() - 2 * metrics.lineSpacing()))
