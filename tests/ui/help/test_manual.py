"""The manual: complete, opened at the right chapter, printed by our own pens."""

import re
from pathlib import Path

import pypdfium2
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from app import resources
from ui import command
from ui.help import manual
from ui.help.help_key import HelpKey
from ui.help.manual import ManualDialog
from ui.report.new_report import NewReportDialog
from ui.settings.dialog import SettingsDialog

TEXT = resources.manual().read_text("utf-8")


def chapter_at_top(dialog):
    top = dialog.text.verticalScrollBar().value() + dialog.text.viewport().height() // 3
    layout = dialog.text.document().documentLayout()
    before = [b for b in dialog.text.headings() if layout.blockBoundingRect(b).top() <= top]
    return before[-1].text()


def test_f1_opens_the_chapter_for_what_is_shown(window):
    window.menu.trigger("manual")
    dialog = window.findChild(ManualDialog)
    assert chapter_at_top(dialog) == manual.START
    command.begin_report(window, "示例市档案局", 2024, None)
    for index, title in (
        (0, manual.COVER),
        (1, manual.PROSE),
        (3, manual.TABLES),
        (-1, manual.PREVIEW),
    ):
        window.view.setCurrentIndex(index % window.view.count())
        window.menu.trigger("manual")
        assert window.findChild(ManualDialog) is dialog
        assert chapter_at_top(dialog) == title
    assert window.menu["manual"].shortcut().toString() == "F1"


# ── F1 in dialogs ───────────────────────────────────────────────────────────────────────────


def windows_of(folder):
    """The names of all dialogs in the source."""
    for path in folder.rglob("*.py"):
        yield from re.findall(r"^class (\w+)\(QDialog\)", path.read_text("utf-8"), re.MULTILINE)


def test_every_dialog_has_its_chapter():
    dialogs = set(windows_of(Path(manual.__file__).parents[1])) - {"ManualDialog"}
    assert dialogs == set(manual.OF_DIALOGS)
    chapters = re.findall("^## (.+)$", TEXT, re.MULTILINE)
    assert set(manual.OF_DIALOGS.values()) <= set(chapters)


@pytest.fixture
def helped(window, qapp):
    key = HelpKey(qapp, window)
    yield window
    shiboken6.delete(key)


def press_f1(dialog):
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_F1)  # as the desktop hands it over
    QApplication.processEvents()


def test_f1_in_a_modal_dialog_opens_a_manual_that_can_be_used_and_closed(helped, answer):
    seen = []

    def look(dialog):
        press_f1(dialog)
        book = helped.findChild(ManualDialog)
        assert book.isVisible()
        seen.append(chapter_at_top(book))
        book.activateWindow()
        assert QTest.qWaitForWindowActive(book)
        before = book.text.verticalScrollBar().value()
        book.text.setFocus()
        QTest.keyClick(book.windowHandle(), Qt.Key.Key_PageDown)
        assert book.text.verticalScrollBar().value() != before
        QTest.keyClick(book.windowHandle(), Qt.Key.Key_Escape)
        assert not book.isVisible()
        assert dialog.isVisible()
        dialog.activateWindow()
        assert QTest.qWaitForWindowActive(dialog)
        press_f1(dialog)
        assert book.isVisible()
        dialog.reject()

    answer(SettingsDialog, look, ready=QWidget.isActiveWindow)
    helped.menu.trigger("settings")
    assert seen == ["十、设置"]
    book = helped.findChild(ManualDialog)
    assert book.parentWidget() is helped  # what is being read stays open
    assert book.isVisible()
    book.close()


def test_f1_in_a_box_and_over_a_dialog(helped, answer):
    command.begin_report(helped, "示例市档案局", 2024, None)

    def look_at_box(box):
        press_f1(box)
        assert helped.findChild(ManualDialog).parentWidget() is box
        box.reject()

    def look(dialog):
        press_f1(dialog)
        answer(QMessageBox, look_at_box, ready=QWidget.isActiveWindow)
        QMessageBox.warning(dialog, "年报", "一句话")
        assert helped.findChild(ManualDialog).parentWidget() is dialog
        dialog.reject()

    answer(NewReportDialog, look, ready=QWidget.isActiveWindow)
    helped.menu.trigger("new")
    (book,) = helped.findChildren(ManualDialog)
    assert book.parentWidget() is helped
    book.close()


# ── what it holds ───────────────────────────────────────────────────────────────────────────


def test_pictures_are_there_and_fit(window):
    dialog = ManualDialog(resources.manual(), window)
    dialog.show()
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", TEXT)
    assert len(pictures) >= 15
    for picture in pictures:
        assert (resources.manual().parent / picture).is_file(), picture
    assert dialog.text.horizontalScrollBar().maximum() == 0
    dialog.close()


def test_every_menu_item_it_names_exists(window):
    def plain(action):
        return re.sub(r"\(&.\)|…", "", action.text())

    menus = {
        plain(menu): [plain(entry) for entry in menu.menu().actions()]
        for menu in window.menuBar().actions()
    }
    named = re.findall(r"“([^”]+)”菜单的“([^”]+)”", TEXT)
    assert named
    for menu, item in named:
        assert item in menus[menu], f"{menu}: {item}"


def test_it_is_printed_with_all_its_words(window, tmp_path, monkeypatch):
    target = tmp_path / "手册"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    dialog = ManualDialog(resources.manual(), window)
    dialog._save()
    with pypdfium2.PdfDocument(target.with_suffix(".pdf")) as pdf:
        printed = "".join(page.get_textpage().get_text_range() for page in pdf)
    squeezed = re.sub(r"\s", "", printed)
    for line in TEXT.splitlines():
        if line.startswith(("## ", "- ")):
            assert re.sub(r"\s|^[#-]+ |\*\*", "", line.lstrip("#- "))[:20] in squeezed
    assert "![" not in squeezed
    assert "**" not in squeezed
