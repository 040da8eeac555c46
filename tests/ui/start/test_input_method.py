"""Which input method is asked for, by what the desktop says."""

import pytest
from PySide6.QtCore import QLibraryInfo

from ui.start import input_method


@pytest.mark.parametrize(
    ("desktop", "asked"),
    [
        ({}, {}),
        ({"QT_IM_MODULE": "ibus"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULES": "wayland;fcitx", "QT_IM_MODULE": "x"}, {"QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=fcitx"}, {"XMODIFIERS": "@im=fcitx", "QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=ibus"}, {"XMODIFIERS": "@im=ibus"}),
    ],
)
def test_ibus_is_asked_for_in_place_of_fcitx(desktop, asked):
    input_method.choose(desktop)
    assert desktop == asked


def test_a_qt_with_the_plugin_is_left_alone(monkeypatch, tmp_path):
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    (folder / "libfcitx5platforminputcontextplugin.so").touch()
    monkeypatch.setattr(QLibraryInfo, "path", lambda _: str(tmp_path))
    desktop = {"QT_IM_MODULE": "fcitx"}
    input_method.choose(desktop)
    assert desktop == {"QT_IM_MODULE": "fcitx"}
