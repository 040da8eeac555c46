"""最近的文件: what was opened or exported, by whichever way, comes back in the menu."""

import json

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.writers import document
from ui import bridge
from ui.recent import MOST, Recent
from ui.review.folder import FolderDialog
from ui.window import Window


@pytest.fixture
def opened(window, written, qtbot):
    path = written("nianbao")
    window.read_files([path])
    qtbot.waitUntil(lambda: window.draft is not None, timeout=10_000)
    return path


def entries(window):
    return [(a.text(), a.toolTip()) for a in window.recent.menu.actions()]


def names(window):
    return [text.partition(" ")[2] for text, _ in entries(window)]


def test_nothing_yet(window):
    assert not window.recent.menu.isEnabled()
    assert entries(window) == []
    assert window.recent.menu.menuAction() in window.menuBar().actions()[0].menu().actions()


def test_a_file_that_was_read_is_opened_again(window, opened, qtbot):
    assert entries(window) == [(f"&1 {opened.name}", str(opened.parent))]
    assert window.recent.menu.isEnabled()
    before = len(window.store.reports())
    window.recent.menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: len(window.store.reports()) > before, timeout=10_000)
    assert len(entries(window)) == 1


def test_files_of_a_second_start_and_of_the_dialog_too(window, written, qtbot, monkeypatch):
    first, second = written("nianbao", "甲"), written("json", "乙", year=2023)
    window.come_forward([str(first)])
    qtbot.waitUntil(lambda: names(window) == [first.name], timeout=10_000)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(second)], ""))
    window.menu.trigger("open")
    qtbot.waitUntil(lambda: names(window) == [second.name, first.name], timeout=10_000)


def test_those_chosen_from_a_folder(window, written, answer):
    for name, year in (("甲", 2023), ("乙", 2024)):
        written("nianbao", name, year=year)
    folder = written("nianbao", "丙", year=2022).parent

    def choose(dialog):
        dialog.table.item(0, 0).setCheckState(dialog.table.item(0, 0).checkState().Unchecked)
        left_out.append(dialog.table.item(0, 0).text())
        dialog.accept()

    left_out = []
    answer(FolderDialog, choose, ready=lambda dialog: not dialog.is_reading)
    window.read_files([folder])
    assert len(names(window)) == 2
    assert left_out[0] not in names(window)


def test_what_was_exported_and_not_the_blank_form(window, opened, tmp_path, monkeypatch, qtbot):
    for action, name in (("export", "送上级.docx"), ("save_pdf", "印.pdf"), ("blank", "空.pdf")):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, p=path: (str(p), ""))
        window.menu.trigger(action)
        qtbot.waitUntil(lambda n=name: n in window.statusBar().currentMessage(), timeout=20_000)
        bridge.wait_for_tasks()
        qtbot.wait(20)
    assert names(window) == ["印.pdf", "送上级.docx", opened.name]


def test_one_that_has_gone_says_so_and_leaves_the_list(window, opened, monkeypatch):
    told = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _, __, text, *___: told.append(text))
    opened.unlink()
    window.recent.menu.actions()[0].trigger()
    assert opened.name in told[0]
    assert str(opened.parent) in told[0]
    assert entries(window) == []
    assert not window.recent.menu.isEnabled()


def test_the_last_ones_come_back_with_the_database(window, database, invented, tmp_path, qtbot):
    paths = [tmp_path / f"第{number}份&.nianbao" for number in range(MOST + 2)]
    for path in paths:
        document.write(invented(), path)
        window.recent.note(path)
    window.recent.note(paths[5])
    window.close()
    again = Window(database)
    qtbot.addWidget(again)
    again.show_list(None)
    again.start()
    expected = [paths[5], *(p for p in reversed(paths) if p != paths[5])][:MOST]
    assert again.recent.paths() == expected
    assert [name.replace("&&", "&") for name in names(again)] == [p.name for p in expected]
    again.close()


@pytest.mark.parametrize("kept", ["{", '{"a": 1}', "3", "null"])
def test_a_list_that_cannot_be_read_is_empty(window, kept):
    window.store.set_setting("recent_files", kept)
    assert Recent(window).paths() == []
    window.recent.note(window.database)
    assert json.loads(window.store.setting("recent_files")) == [str(window.database)]
