"""Many files at once: how each was read, what is chosen, stopping, reviewing one of them."""

import threading

import pytest
from PySide6.QtCore import Qt

from app.readers import container
from ui import bridge
from ui.review import folder
from ui.review.dialog import ReviewDialog
from ui.review.folder import FolderDialog, report_files
from ui.review.reading import SUFFIXES

FILE, ORG, YEAR, STATE = range(4)


@pytest.fixture
def opened(qtbot):
    """Open the dialog over some paths; `there` are the reports the store has."""

    def run(paths, there=()):
        dialog = FolderDialog(paths, SUFFIXES, lambda org, year: (org, year) in there)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    yield run
    bridge.wait_for_tasks()


@pytest.fixture
def done(opened, qtbot):
    """Open the dialog and wait until all is read."""

    def run(paths, there=()):
        dialog = opened(paths, there)
        qtbot.waitUntil(lambda: not dialog.is_reading, timeout=20_000)
        return dialog

    return run


def shown(dialog, row):
    return [dialog.table.item(row, column).text() for column in range(4)]


def is_checked(dialog, row):
    return dialog.table.item(row, FILE).checkState() == Qt.CheckState.Checked


def test_every_file_says_how_it_was_read(done, written, ugly, tmp_path):
    written("nianbao", "甲", org="甲局", year=2023)
    (tmp_path / "乙.docx").write_bytes(b"PK\x03\x04 broken")
    dialog = done([tmp_path])
    found = {shown(dialog, row)[FILE]: shown(dialog, row)[1:] for row in range(4)
             if dialog.table.item(row, FILE)}  # fmt: skip
    assert found["甲.nianbao"][:2] == ["甲局", "2023"]
    assert found["甲.nianbao"][2].startswith("✓ 全部确定")
    assert "？ 3项存疑" in found["不规范的报告.docx"][2]
    assert "2处内容没有放入" in found["不规范的报告.docx"][2]
    assert found["乙.docx"][2].startswith("“乙.docx”已损坏")
    assert dialog.told.text() == "共3个文件：全部确定1份，有存疑的1份，未能读取1份。"
    assert [a.report.org for a in dialog.chosen()] == ["示例市示例区人民政府", "甲局"]


def test_what_is_there_already_is_not_chosen_twice(done, written, tmp_path):
    written("nianbao", "一", org="甲局", year=2023)
    written("docx", "二", org="甲局", year=2023)
    written("nianbao", "三", org="乙局", year=2023)
    dialog = done([tmp_path], there=[("乙局", 2023)])
    states = {shown(dialog, row)[FILE]: (is_checked(dialog, row), shown(dialog, row)[STATE])
              for row in range(3)}  # fmt: skip
    assert states["一.nianbao"][0]
    assert not states["二.docx"][0]
    assert "与“一.nianbao”同一单位同一年度" in states["二.docx"][1]
    assert not states["三.nianbao"][0]
    assert "已有该单位这一年的报告" in states["三.nianbao"][1]


def test_what_names_no_unit_is_not_chosen_by_itself(done, tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text(
        "2024年\n一、总体情况\n情况良好。\n规章 0 0 0\n行政许可 3\n行政强制 1\n", "utf-8"
    )
    dialog = done([path])
    assert shown(dialog, 0)[ORG] == "（单位不明）"
    assert not is_checked(dialog, 0)


def test_one_is_taken_out_by_its_box(done, written):
    dialog = done([written("nianbao", "一", org="甲局"), written("nianbao", "二", org="乙局")])
    dialog.table.item(0, FILE).setCheckState(Qt.CheckState.Unchecked)
    assert [a.report.org for a in dialog.chosen()] == ["乙局"]


def test_reviewing_one_counts_when_it_is_kept(done, ugly, answer):
    dialog = done([ugly])

    def put_right(review):
        assert review.destination == "new"
        review.acceptance.confirm(review.acceptance.open_items)
        review.leftovers.leave_all_out()
        review.head.org.setText("丙局")
        review.head.org.textEdited.emit("丙局")
        review.accept()

    answer(ReviewDialog, put_right)
    dialog.review_button.click()
    assert shown(dialog, 0)[ORG] == "丙局"
    assert shown(dialog, 0)[STATE].startswith("✓ 全部确定")
    assert is_checked(dialog, 0)
    assert [a.report.org for a in dialog.chosen()] == ["丙局"]


def test_giving_a_review_up_leaves_the_list_as_it_was(done, ugly, answer):
    dialog = done([ugly])
    before = shown(dialog, 0)
    answer(ReviewDialog, lambda review: (review.leftovers.leave_all_out(), review.reject()))
    dialog.review_button.click()
    assert shown(dialog, 0) == before


def test_it_can_be_stopped_and_what_was_read_is_kept(opened, written, qtbot, monkeypatch):
    paths = [written("nianbao", name, org=name) for name in ("甲局", "乙局", "丙局")]
    go_on, real = threading.Event(), container.read

    def slow(path):
        if path.stem != "甲局":
            go_on.wait(20)
        return real(path)

    monkeypatch.setattr(container, "read", slow)
    dialog = opened(paths)
    qtbot.waitUntil(lambda: dialog.progress.value() == 1, timeout=10_000)
    assert "正在读取第2个，共3个：乙局.nianbao" in dialog.told.text()
    assert not dialog.keep_button.isEnabled()
    dialog.stop_button.click()
    go_on.set()
    bridge.wait_for_tasks()
    qtbot.wait(20)
    assert dialog.told.text() == "已停止，读了1个文件，共3个。"
    assert dialog.keep_button.isEnabled()
    assert [a.report.org for a in dialog.chosen()] == ["甲局"]


def test_closing_stops_reading(opened, written, qtbot):
    dialog = opened([written("docx")])
    dialog.reject()
    assert not dialog.is_reading


def test_a_folder_without_reports_says_so(done, tmp_path):
    (tmp_path / "照片.jpg").write_bytes(b"x")
    dialog = done([tmp_path])
    assert "没有找到可以读取的报告文件" in dialog.told.text()
    assert not dialog.keep_button.isEnabled()


def test_folders_are_searched_and_what_is_no_report_is_passed_over(tmp_path):
    wanted = ["甲/报告.docx", "甲/更深/报告.pdf", "报告.NIANBAO"]
    passed_over = ["甲/~$报告.docx", "甲/.隐藏.docx", ".git/报告.docx", "照片.jpg"]
    for name in wanted + passed_over:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = report_files([tmp_path], SUFFIXES)
    assert {str(path.relative_to(tmp_path)) for path in found} == set(wanted)


def test_files_named_one_by_one_are_taken_whatever_their_suffix(tmp_path):
    assert report_files([tmp_path / "报告"], SUFFIXES) == [tmp_path / "报告"]


def test_no_more_than_so_many_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "MOST_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}.docx").touch()
    assert len(report_files([tmp_path], SUFFIXES)) == 3
