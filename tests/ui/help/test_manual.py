"""The manual: complete, opened at the right chapter, printed by our own pens."""

import re

import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog

from app import resources
from ui import bridge, command
from ui.help import manual
from ui.help.manual import ManualDialog
from ui.menu import MENUS
from ui.window import Window

TEXT = resources.manual().read_text("utf-8")


@pytest.fixture
def window(qtbot, database):
    window = Window(database)
    window.show_list(None)
    window.show()
    window.start()
    yield window
    window.close()
    bridge.wait_for_tasks()


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


def test_pictures_are_there_and_fit(window):
    dialog = ManualDialog(resources.manual(), window)
    dialog.show()
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", TEXT)
    assert len(pictures) >= 15
    for picture in pictures:
        assert (resources.manual().parent / picture).is_file(), picture
    assert dialog.text.horizontalScrollBar().maximum() == 0
    dialog.close()


def test_every_menu_item_it_names_exists():
    entries = [re.sub(r"\(&.\)|…", "", entry[1]) for _, es in MENUS for entry in es if entry]
    menus = [re.sub(r"\(&.\)", "", title) for title, _ in MENUS]
    for menu, item in re.findall(r"“([^”]+)”菜单的“([^”]+)”", TEXT):
        assert menu in menus, menu
        assert item in entries, item


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
