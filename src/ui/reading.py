"""Opening files: read on a thread with its progress, reviewed, then kept where the clerk says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressDialog

from app import readers
from app.acceptance import Acceptance
from app.draft import keep
from ui import bridge
from ui.command import READ
from ui.folder import FolderDialog
from ui.review import INTO, LAST_YEAR, NEW, ReviewDialog

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
        _open_new(window, proposal.report(), proposal.name)
        then(proposal.report())
        return
    if window.view is not None:
        window.view.flush()
    draft = window.draft
    dialog = ReviewDialog(
        proposal,
        path,
        draft.report if draft else None,
        draft is not None and draft.is_locked,
        _is_there(window),
        window,
    )
    if dialog.exec():
        accept(window, dialog)
        if dialog.destination == NEW:
            then(dialog.acceptance.report)
    dialog.deleteLater()


def accept(window: Window, dialog: ReviewDialog) -> None:
    """Keep what was reviewed where the clerk said.

    Raises:
        AppError: it could not be written; nothing has changed.
    """
    acceptance, name = dialog.acceptance, dialog.acceptance.proposal.name
    draft = window.draft
    if dialog.destination == NEW or draft is None:
        _open_new(window, acceptance.report, name)
    elif dialog.destination == LAST_YEAR:
        _keep_last_year(window, draft, acceptance)
    elif dialog.destination == INTO and dialog.merging is not None:
        step = draft.set(dialog.merging.changes(), f"并入“{name}”")
        window.say(
            f"已并入“{name}”，可以撤销。" if step else f"“{name}”没有要并入的内容，报告没有改动。"
        )


def _open_new(window: Window, report: Report, name: str) -> None:
    made = keep(_store(window), report, f"读入“{name}”", window.who)
    window.refresh_list()
    window.open_report(made)
    window.say(f"已读入“{name}”，请核对。")


def _keep_last_year(window: Window, draft: Draft, acceptance: Acceptance) -> None:
    """Keep a report as that of the year before the open one, and show it beside that."""
    acceptance.set_org(draft.report.org)
    acceptance.set_year(draft.report.year - 1)
    name = acceptance.proposal.name
    keep(_store(window), acceptance.report, f"读入“{name}”", window.who)
    window.refresh_list()
    draft.reload()  # which asks for last year's report anew
    if window.view is not None and window.checking is not None:
        window.view.set_last_year()
        window.checking.run_all()
    window.say(f"已读入“{name}”作为{draft.report.year - 1}年的报告，可在各部分对照上年。")


def _read_all(window: Window, paths: Sequence[Path]) -> None:
    """Read many files into a list and keep those that are chosen as drafts."""
    dialog = FolderDialog(paths, SUFFIXES, _is_there(window), window)
    if dialog.exec():
        store = _store(window)
        kept = [
            keep(store, read.report, f"读入“{read.proposal.name}”", window.who)
            for read in dialog.chosen()
        ]
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
