"""How the window looks: one calm palette in light and dark, signs and words for severities.

Everything that is told by colour is told by a sign and in words too. There is no style sheet: the
palette says it all, and a style sheet makes every widget dearer to make and to paint.
"""

from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from app import resources

SIGNS = {"error": "✗", "warning": "！", "hint": "ⓘ"}
WORDS = {"error": "错误", "warning": "疑问", "hint": "提示"}
GRID = 8
"""Distances in the window are multiples of this many pixels at 100 % text size."""
_TEXT_POINTS = 10.5
"""Text size at 100 %, in points."""
_LARGE = 1.4
"""From so much of the common text size on, words give way to icons and notes are cut short."""
_CHINESE_FACES = (
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)

_loaded: dict[str, str] = {}
"""The family of each bundled font that was loaded: none of them is a face of the desktop."""


class Colours(NamedTuple):
    """The colours of one theme as #rrggbb; ink on ground keeps a contrast of 4.5 : 1 or more."""

    window: str
    paper: str
    ink: str
    quiet: str
    """Ink of what is said in passing: worked-out totals, units, hints in fields."""
    rule: str
    head: str
    """Ground of printed heads and labels in tables."""
    lit: str
    """Ground of the row and column of the current cell."""
    accent: str
    on_accent: str
    error: str
    warning: str
    hint: str
    error_ground: str
    warning_ground: str


LIGHT = Colours(
    window="#f3f4f6",
    paper="#ffffff",
    ink="#1b1f24",
    quiet="#59626e",
    rule="#7b8693",
    head="#eef1f4",
    lit="#e6f0fa",
    accent="#1f5f9e",
    on_accent="#ffffff",
    error="#b3261e",
    warning="#8a5300",
    hint="#1f5f9e",
    error_ground="#fdeceb",
    warning_ground="#fdf3e1",
)
DARK = Colours(
    window="#1a1e22",
    paper="#2a3037",
    ink="#e8eaed",
    quiet="#a9b2bd",
    rule="#7f8b98",
    head="#333a42",
    lit="#2c3b4a",
    accent="#8ab8e6",
    on_accent="#10202f",
    error="#ff9a92",
    warning="#f2bd6b",
    hint="#8ab8e6",
    error_ground="#4a2523",
    warning_ground="#453418",
)


def colours() -> Colours:
    """Return the colours in force, told from the palette of the application."""
    dark = QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128
    return DARK if dark else LIGHT


def colour(severity: str) -> QColor:
    """Return the ink of a severity: error, warning or hint."""
    return QColor(getattr(colours(), severity))


def apply(app: QApplication, *, dark: bool = False, percent: int = 100) -> None:
    """Dress the application: own palette, a Chinese face, text size in percent."""
    palette = _palette(DARK if dark else LIGHT)
    app.setPalette(palette)
    QToolTip.setPalette(palette)
    font = QFont(_family())
    font.setPointSizeF(_TEXT_POINTS * percent / 100)
    app.setFont(font)


def scale(font: QFont) -> float:
    """Return how many times as large as at 100 % the text is."""
    return font.pointSizeF() / _TEXT_POINTS


def is_large(font: QFont) -> bool:
    """Say whether the text is so large that room in the window is dear."""
    return scale(font) >= _LARGE


def _family() -> str:
    """A Chinese face of the desktop, else the bundled one."""
    for name in _CHINESE_FACES:
        if QFontDatabase.hasFamily(name):
            return name
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    of_desktop = set(families).difference(_loaded.values())
    return min(of_desktop) if of_desktop else load("hei.ttf")


def load_marks() -> None:
    """Make sure that ✗ and ⓘ can be drawn: few desktops lack them, no window may."""
    for sign, file in (("✗", "mark.ttf"), ("ⓘ", "song.ttf")):
        if not QFontMetrics(QApplication.font()).inFontUcs4(ord(sign)):
            load(file)


def load(file: str) -> str:
    """Load a bundled font, once; returns its family."""
    if file not in _loaded:
        number = QFontDatabase.addApplicationFont(str(resources.root() / "fonts" / file))
        _loaded[file] = next(iter(QFontDatabase.applicationFontFamilies(number)), "")
    return _loaded[file]


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, name in (
        (role.Window, c.window),
        (role.WindowText, c.ink),
        (role.Base, c.paper),
        (role.AlternateBase, c.head),
        (role.Text, c.ink),
        (role.Button, c.window),
        (role.ButtonText, c.ink),
        (role.ToolTipBase, c.paper),
        (role.ToolTipText, c.ink),
        (role.PlaceholderText, c.quiet),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.Mid, c.rule),
    ):
        palette.setColor(where, QColor(name))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(c.rule))
    return palette
