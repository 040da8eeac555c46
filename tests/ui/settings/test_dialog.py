"""The dialog 设置 in the real window: what is chosen holds at once and after a new start."""

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app import settings as kept
from app.settings import Settings
from app.signoff import Post, read_chain
from ui import command
from ui.settings.dialog import SettingsDialog
from ui.signoff.chain import ChainDialog
from ui.style import face, look, theme


@pytest.fixture
def window(window):
    command.begin_report(window, "示例市档案局", 2024, None, "department")
    yield window
    face.choose({})
    theme.apply(QApplication.instance())


@pytest.fixture
def change(window, answer):
    """Open the dialog, do something in it, and accept or reject it."""

    def do(act, accept=True):
        def then(dialog):
            act(dialog)
            dialog.accept() if accept else dialog.reject()

        answer(SettingsDialog, then)
        window.menu.trigger("settings")
        return kept.read(window.store.setting)

    return do


def choose(box, data):
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def test_everything_chosen_is_kept_and_holds_at_once(window, change):
    def fill(dialog):
        dialog.unit.org.setText("示例市档案局")
        dialog.unit.who.setText("李四")
        dialog.unit.has_due.setChecked(True)
        choose(dialog.text_size, 150)
        choose(dialog.look, "dark")
        choose(dialog.fonts.boxes["body"], "bundled")
        dialog.backup_place.setText("/media/usb")

    assert change(fill) == Settings(
        who="李四", unit={"org": "示例市档案局"}, due="01-20", fonts={"body": "bundled"},
        text_size=150, look="dark", backup_place="/media/usb",
    )  # fmt: skip
    assert QApplication.font().pointSizeF() == 10.5 * 1.5
    assert theme.colours() is theme.DARK
    assert "1月20日" in window.foot._due.text()
    assert any("2025年1月20日前" in finding.message for finding in window.checking.findings)
    window.draft.set({"t3.new.natural": 1}, "填写")
    assert window.draft.head.who == "李四"
    theme.apply(QApplication.instance())
    look.dress(QApplication.instance(), window.store.setting)
    assert theme.colours() is theme.DARK


def test_what_is_tried_on_and_rejected_is_taken_off(window, change):
    seen = []

    def try_on(dialog):
        choose(dialog.text_size, 200)
        choose(dialog.look, "dark")
        seen.append((QApplication.font().pointSizeF(), theme.colours()))

    assert change(try_on, accept=False) == Settings()
    assert seen == [(21.0, theme.DARK)]
    assert QApplication.font().pointSizeF() == 10.5
    assert theme.colours() is theme.LIGHT


def test_settings_stand_in_the_dialog_again(window, change):
    change(lambda dialog: dialog.unit.who.setText("李四"))
    again = change(lambda dialog: choose(dialog.text_size, 125))
    assert (again.who, again.text_size) == ("李四", 125)


def test_a_font_file_is_chosen_or_refused_in_words(change, monkeypatch, tmp_path):
    bad = tmp_path / "bad.ttf"
    bad.write_bytes(b"no font")
    names = iter([str(bad), str(theme.resources.root() / "fonts" / "kai.ttf")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (next(names), ""))

    def pick(dialog):
        box = dialog.fonts.boxes["body"]
        for refused in (True, False):
            box.setCurrentIndex(box.count() - 1)
            box.activated.emit(box.currentIndex())
            assert ("bad.ttf" in dialog.fonts._told.text()) == refused or not refused

    assert change(pick).fonts["body"].endswith("kai.ttf")
    assert face.fonts().describe()[1].path.name == "kai.ttf"


def test_the_chain_is_set_from_here(window, change, answer):
    def set_chain(dialog):
        answer(ChainDialog, lambda chain: (chain._fill([Post("经办人")]), chain.accept()))
        dialog.chain_requested.emit()

    change(set_chain)
    assert read_chain(window.store.setting("chain")) == (Post("经办人"),)
