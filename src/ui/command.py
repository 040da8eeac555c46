"""What the menus do: each function is one command, done to a window.

Whatever cannot be done raises an AppError; `attempt` tells its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtWidgets  # dialogs by way of it: each is made when it is first named

from app import clock
from ui import bridge

if TYPE_CHECKING:
    from app.draft import Draft
    from app.report import Report
    from app.store.record import Step
    from app.store.store import Store
    from ui.report.view import ReportView
    from ui.window import Window

READ = (
    "报告文件 (*.nianbao *.json *.docx *.doc *.wps *.rtf *.xlsx *.xls *.html *.htm *.pdf *.txt"
    " *.md *.tsv *.csv)"
)
WRITE = (
    "报告文件 (*.nianbao);;Word文档 (*.docx);;Excel工作簿 (*.xlsx);;网页 (*.html);;JSON (*.json)"
)


def attempt(window: Window, call: Callable[[Window], object]) -> None:
    """Do a command; what fails is told in its sentence."""
    bridge.attempt(window, lambda: call(window))


# ── reports ─────────────────────────────────────────────────────────────────────────────────


def new_report(window: Window) -> None:
    """Ask for unit and year and open a new report."""
    from ui.report.new_report import NewReportDialog  # noqa: PLC0415

    store = _store(window)
    orgs = [window.settings.org, *(listed.org for listed in store.reports())]
    known = list(dict.fromkeys(filter(None, orgs)))
    dialog = NewReportDialog(
        clock.now().date().year - 1, known, lambda o, y: store.find(o, y) is not None, window
    )
    dialog.choose_unit_type(window.settings.unit.get("unit_type", ""))
    if dialog.exec():
        kind = dialog.unit_type.currentData()
        begin_report(window, dialog.org.text(), dialog.year.value(), dialog.chosen_profile(), kind)


def begin_report(
    window: Window, org: str, year: int, profile: str | None, unit_type: str = ""
) -> None:
    """Make a report from what is known of the unit, and open it."""
    from app import new_report as content  # noqa: PLC0415
    from app.draft import keep, restored  # noqa: PLC0415

    store = _store(window)
    found = store.find(org.strip(), year - 1)
    last_year = restored(store.load(found)) if found is not None else None
    report = content.begin(org, year, profile, last_year)
    unit = window.settings.unit if org.strip() == window.settings.org else {}
    report.set({item: text for item, text in unit.items() if item not in report.items})
    if unit_type:
        report.set({"unit_type": unit_type})
    _open_new(window, keep(store, report, "新建报告", window.who))


def copy_report(window: Window) -> None:
    """Make a draft with the same content and open it."""
    _view(window).flush()
    copy = _store(window).copy(_draft(window).head.report, "复制报告", window.who)
    _open_new(window, copy)
    window.say("已复制为一份新的草稿。")


def discard(window: Window) -> None:
    """Put the open report into the bin; it can be taken out again, so nothing is asked."""
    _view(window).flush()
    _store(window).discard(_draft(window).head.report)
    window.close_report()
    window.start_page()
    window.say("已移入回收站，可以从“报告”菜单的“回收站”中恢复。")


def show_bin(window: Window) -> None:
    """Show what is in the bin."""
    from ui.database.bin import BinDialog  # noqa: PLC0415

    dialog = BinDialog(_store(window), window)
    dialog.recovered.connect(window.refresh_list)
    dialog.exec()


# ── files ───────────────────────────────────────────────────────────────────────────────────


def open_file(window: Window) -> None:
    """Ask for files and open what they hold."""
    names, _ = QtWidgets.QFileDialog.getOpenFileNames(window, "打开报告文件", "", READ)
    read_files(window, [Path(name) for name in names])


def open_folder(window: Window) -> None:
    """Ask for a folder and read every report in it."""
    name = QtWidgets.QFileDialog.getExistingDirectory(window, "读入文件夹")
    read_files(window, [Path(name)] if name else [])


def read_file(window: Window, path: Path, then: Callable[[Report], None] = lambda _: None) -> None:
    """Read a file on a thread, have it reviewed, and call `then` if it opens as a new draft."""
    from ui.review import reading  # noqa: PLC0415

    reading.open_file(window, path, then)


def read_files(window: Window, paths: Sequence[Path]) -> None:
    """Read a file under review, or several files and folders into a list."""
    from ui.review import reading  # noqa: PLC0415

    reading.open_files(window, paths)


def save_pdf(window: Window) -> None:
    """Save the PDF of the open report."""
    _save_as(window, "保存为PDF", "PDF文件 (*.pdf)", ".pdf")


def export(window: Window) -> None:
    """Save the open report in another format, by the suffix of the name."""
    _save_as(window, "导出报告文件", WRITE, ".nianbao")


def save_blank(window: Window) -> None:
    """Save the empty form as a PDF, to collect figures on paper."""
    report = _draft(window).report
    name = f"{report.org}{report.year}年度报告空白表.pdf"
    path, _ = QtWidgets.QFileDialog.getSaveFileName(window, "保存空白表", name, "PDF文件 (*.pdf)")
    if path:
        _write(window, Path(path).with_suffix(".pdf"), blank=True)


def print_report(window: Window) -> None:
    """Print the open report."""
    from ui.printing import job  # noqa: PLC0415

    view = _view(window)
    view.flush()
    job.print_copy(window, view.preview.copy())


def _save_as(window: Window, title: str, kinds: str, suffix: str) -> None:
    view = _view(window)
    view.flush()
    report = view.draft.report
    stem = re.sub(r'[\\/:*?"<>|\s]', "", f"{report.org}{report.year}年政府信息公开工作年度报告")
    name, chosen = QtWidgets.QFileDialog.getSaveFileName(window, title, stem + suffix, kinds)
    if not name:
        return
    path = Path(name)
    if not path.suffix:
        found = re.search(r"\*(\.\w+)", chosen)
        path = path.with_suffix(found.group(1) if found else suffix)
    _write(window, path)


def _write(window: Window, path: Path, *, blank: bool = False) -> None:
    """Write the open report on a thread."""
    from app.writers import document  # noqa: PLC0415
    from app.writers.page import Options  # noqa: PLC0415
    from ui.style import face  # noqa: PLC0415

    view = _view(window)
    copy = view.preview.copy()
    options = Options(blank=True) if blank else copy.options
    window.say(f"正在写“{path.name}”…")

    def done(_: object) -> None:
        window.say(f"已保存到“{path}”。")
        if not blank:
            window.recent.note(path)

    bridge.in_background(
        lambda: document.write(copy.report, path, options, face.fonts()), done, window.tell
    )


# ── editing ─────────────────────────────────────────────────────────────────────────────────


def undo(window: Window) -> None:
    """Take the last step back and show where it was."""
    _turn(window, lambda draft: draft.undo())


def redo(window: Window) -> None:
    """Do the last undone step again and show where it was."""
    _turn(window, lambda draft: draft.redo())


def _turn(window: Window, turn: Callable[[Draft], Step | None]) -> None:
    view = _view(window)
    view.flush()
    step = turn(view.draft)
    changed = step.changed if step else frozenset()
    own = [item for item in changed if not view.draft.report.is_worked_out(item)]
    if len(own) == 1:
        view.show_item(own[0])


def go_to_row(window: Window) -> None:
    """Go to a row of a table by a few characters of its label."""
    from ui.table.go_to import GoToDialog  # noqa: PLC0415

    view = _view(window)
    tables = [tab.table for tab in view.sections.values() if tab.table]
    dialog = GoToDialog([row for table in tables for row in table.rows()], window)
    if dialog.exec():
        view.show_item(dialog.cell)


def fill_table(window: Window) -> None:
    """Fill the blanks of the table that is shown with 0."""
    tab = _view(window).section_tab()
    if tab and tab.table:
        tab.table.fill_zero("table")
    else:
        window.say("这一部分没有表格。")


def history(window: Window) -> None:
    """Show every step of the open report."""
    from ui.history.dialog import HistoryDialog  # noqa: PLC0415

    view = _view(window)
    view.flush()
    dialog = HistoryDialog(_store(window), view.draft, window)
    dialog.restore_requested.connect(
        lambda revision: bridge.attempt(window, lambda: view.draft.restore(revision))
    )
    dialog.exec()


def item_history(window: Window) -> None:
    """Show what became of the figure or text that has the focus."""
    from ui.history.dialog import ItemHistoryDialog  # noqa: PLC0415

    view = _view(window)
    view.flush()
    item = view.current_item()
    if item:
        ItemHistoryDialog(_store(window), view.draft, item, window).exec()
    else:
        window.say("请先选中一个格或一段文字。")


# ── looking ─────────────────────────────────────────────────────────────────────────────────


def next_finding(window: Window) -> None:
    """Go to the next finding."""
    window.findings.next()


def previous_finding(window: Window) -> None:
    """Go to the finding before."""
    window.findings.previous()


def next_tab(window: Window) -> None:
    """Show the next tab, after the last the first."""
    view = _view(window)
    view.setCurrentIndex((view.currentIndex() + 1) % view.count())
    view.focus_tab()


def previous_tab(window: Window) -> None:
    """Show the tab before, before the first the last."""
    view = _view(window)
    view.setCurrentIndex((view.currentIndex() - 1) % view.count())
    view.focus_tab()


def preview(window: Window) -> None:
    """Show the pages as they are printed."""
    view = _view(window)
    view.setCurrentWidget(view.preview)
    view.focus_tab()


def show_keys(window: Window) -> None:
    """Show the keys."""
    from ui.help.keys import KeysDialog  # noqa: PLC0415

    KeysDialog(window.menu.keys(), window).exec()


def about(window: Window) -> None:
    """Say what this program is."""
    QtWidgets.QMessageBox.about(
        window,
        "关于年报",
        "<b>年报</b><p>政府信息公开工作年度报告的填写、核对和打印。</p>"
        "<p>全部数据保存在本机，不连接网络。</p>"
        "<p>本程序按 MIT 许可证发布；界面使用 Qt（LGPL），所附字体的许可见 THIRD_PARTY.md。</p>",
    )


def close_window(window: Window) -> None:
    """Close the window."""
    window.close()


def _open_new(window: Window, report_id: int) -> None:
    window.refresh_list()
    window.open_report(report_id)


def _store(window: Window) -> Store:
    assert window.store is not None, "the menu lets this pass only with an open database"
    return window.store


def _draft(window: Window) -> Draft:
    assert window.draft is not None, "the menu lets this pass only with an open report"
    return window.draft


def _view(window: Window) -> ReportView:
    assert window.view is not None, "the menu lets this pass only with an open report"
    return window.view
