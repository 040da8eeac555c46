"""Opening files: read on a thread with its progress, reviewed, then kept where the clerk says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressDialog

from app import readers
from app.acceptance import Acceptance, Merging
from app.draft import keep
from app.errors import AppError
from app.store.failure import Conflict
from ui import bridge
from ui.command import READ
from ui.review.dialog import INTO, LAST_YEAR, ReviewDialog
from ui.review.folder import FolderDialog

if TYPE_CHECKING:
    from app.draft import Draft
    from app.readers import Proposal
    from app.report import Report
    from app.store.store import Store
    from ui.window import Window

SUFFIXES = frozenset(word.strip("(*)") for word in READ.split() if "*." in word)
"""What is looked for in folders."""
Opened = Callable[["Report"], object]
_WAIT_MS = 300
"""A file that is read sooner shows no progress."""


class Unwritten(AppError):
    """What was accepted was not written; the review goes on."""


def open_files(window: Window, paths: Sequence[Path]) -> None:
    """Open one file under review; list several, or those of a folder, by how they were read."""
    if not paths or window.store is None:
        return
    if QApplication.activeModalWidget() is not None:
        window.say("请先处理完打开着的对话框，再打开文件。")
    elif len(paths) == 1 and not paths[0].is_dir():
        open_file(window, paths[0])
    else:
        _read_all(window, paths)


def open_file(window: Window, path: Path, then: Opened = lambda _: None) -> None:
    """Read a file while its progress shows, then take it in; `then` hears of a new draft."""
    waiting = QProgressDialog(f"正在读取“{path.name}”…", "取消", 0, 0, window)
    waiting.setWindowTitle("打开报告文件")
    waiting.setWindowModality(Qt.WindowModality.WindowModal)
    waiting.setMinimumDuration(_WAIT_MS)

    def done(proposal: Proposal) -> None:
        waiting.reset()
        waiting.deleteLater()
        if window.store is not None:  # else the window was closed meanwhile
            window.recent.note(path)
            bridge.attempt(window, lambda: _take(window, proposal, path, then))

    def failed(sentence: str) -> None:
        waiting.reset()
        waiting.deleteLater()
        window.tell(sentence)

    task = bridge.in_background(lambda: readers.read(path), done, failed)

    def cancel() -> None:
        task.cancel()
        window.say(f"已取消读取“{path.name}”，没有改动任何内容。")

    waiting.canceled.connect(cancel)


def _take(window: Window, proposal: Proposal, path: Path, then: Opened) -> None:
    """Open a sure report of our own at once; have everything else reviewed."""
    if proposal.exact is not None and not Acceptance(proposal).open_items:
        _show_new(window, _keep_new(window, proposal.report(), proposal.name), proposal.name)
        then(proposal.report())
        return
    if window.view is not None:
        window.view.flush()
    draft = window.draft
    after: list[Callable[[], object]] = []
    dialog = ReviewDialog(
        proposal,
        path,
        draft.report if draft else None,
        draft is not None and draft.is_locked,
        _is_there(window),
        lambda dialog: after.append(_keep(window, dialog, then)),
        window,
    )
    dialog.exec()
    dialog.deleteLater()
    for show in after:
        bridge.attempt(window, show)


def _keep(window: Window, dialog: ReviewDialog, then: Opened) -> Callable[[], object]:
    """Write what was accepted where the clerk said; returns what shows it, to be done after.

    Raises:
        AppError: it could not be written; nothing has changed.
    """
    acceptance, name, draft = dialog.acceptance, dialog.acceptance.proposal.name, window.draft
    if dialog.destination == INTO and dialog.merging is not None and draft is not None:
        return _merge(window, draft, dialog.merging, name)
    if dialog.destination == LAST_YEAR and draft is not None:
        acceptance.set_org(draft.report.org)
        acceptance.set_year(draft.report.year - 1)
        _keep_new(window, acceptance.report, name)
        return lambda: _show_last_year(window, draft, name)
    made = _keep_new(window, acceptance.report, name)

    def show() -> None:
        _show_new(window, made, name)
        then(acceptance.report)

    return show


def _keep_new(window: Window, report: Report, name: str) -> int:
    window.keeper.back_up_before()
    return keep(_store(window), report, f"读入“{name}”", window.who)


def _show_new(window: Window, report_id: int, name: str) -> None:
    window.refresh_list()
    window.open_report(report_id)
    window.say(f"已读入“{name}”，请核对。")


def _show_last_year(window: Window, draft: Draft, name: str) -> None:
    """Show the report of the year before beside the open one."""
    window.refresh_list()
    draft.reload()  # which asks for last year's report anew
    if window.view is not None and window.checking is not None:
        window.view.set_last_year()
        window.checking.run_all()
    window.say(f"已读入“{name}”作为{draft.report.year - 1}年的报告，可在各部分对照上年。")


def _merge(window: Window, draft: Draft, merging: Merging, name: str) -> Callable[[], object]:
    """Take what was chosen into the open report, as one step."""
    window.keeper.back_up_before()
    try:
        step = draft.set(merging.changes(), f"并入“{name}”")
    except Conflict as error:
        draft.reload()
        raise Unwritten(
            "当前报告刚刚在别处改动过，已重新载入；请看过不同之处再读入，已核对的都在。"
        ) from error
    told = f"已并入“{name}”，可以撤销。" if step else f"“{name}”没有要并入的内容，报告没有改动。"
    return lambda: window.say(told)


def _read_all(window: Window, paths: Sequence[Path]) -> None:
    """Read many files into a list and keep those that are chosen as drafts."""
    dialog = FolderDialog(paths, SUFFIXES, _is_there(window), window)
    if dialog.exec():
        store = _store(window)
        window.keeper.back_up_before()
        kept = [
            keep(store, read.report, f"读入“{read.proposal.name}”", window.who)
            for read in dialog.chosen()
        ]
        window.recent.note(*dialog.chosen_files())
        window.refresh_list()
        if kept and window.draft is None:
            window.open_report(kept[0])
        window.say(f"已读入{len(kept)}份报告，列在左边。" if kept else "没有选中报告，没有读入。")
    dialog.deleteLater()


def _is_there(window: Window) -> Callable[[str, int], bool]:
    store = _store(window)
    return lambda org, year: store.find(org, year) is not None


def _store(window: Window) -> Store:
    assert window.store is not None, "the menu lets this pass only with an open database"
    return window.store
