"""Icons: one for each action of the tool bar, readable in both themes and at every size."""

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QToolBar

from app import resources
from ui.style import icon, look, theme
from ui.window import Window


@pytest.fixture
def window(qtbot, database):
    window = Window(database)
    yield window
    window.close()
    theme.apply(QApplication.instance())


@pytest.mark.parametrize(("name", "percent"), [("light", 100), ("dark", 200)])
def test_icons_have_the_ink_of_the_theme_and_the_size_of_the_text(window, name, percent):
    look.wear(QApplication.instance(), name, percent)
    icon.dress(window)
    bar = window.findChild(QToolBar)
    sizes = bar.iconSize()
    for action in bar.actions():
        picture = action.icon().pixmap(sizes, QIcon.Mode.Normal).toImage()
        assert picture.size() == sizes, action.text()
        pixels = [
            picture.pixelColor(x, y)
            for x in range(picture.width())
            for y in range(picture.height())
        ]
        darkest = max(pixels, key=QColor.alpha)
        assert darkest.alpha() > 128, action.text()
        assert abs(darkest.lightness() - QColor(theme.colours().ink).lightness()) < 6


def test_windows_carry_the_icon_of_the_program(window):
    app = QApplication.instance()
    icon.name_program(app)
    small = window.windowIcon().pixmap(16, 16).toImage()
    assert {size.width() for size in window.windowIcon().availableSizes()} >= {16, 32, 48}
    colours = {small.pixelColor(x, y).name() for x in range(16) for y in range(16)}
    assert len(colours) > 3
    app.setWindowIcon(QIcon())


def test_every_icon_belongs_to_an_action_and_the_licence_is_there(window):
    folder = resources.root() / "icons" / "menu"
    for path in folder.glob("*.svg"):
        assert window.menu[path.stem]
    assert "ISC License" in (folder / "LICENSE").read_text("utf-8")
