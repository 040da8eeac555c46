"""What the menus do about signing, prints and comparisons; each function is one command.

Whatever cannot be done raises an AppError; `command.attempt` tells its sentence. The menu imports
this module when the first of its commands is wanted.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFileDialog

from app import clock, copies, signoff
from app.checks import blocking
from app.circulation import CHAIN, Circulation
from app.writers import comparison, correction, document
from app.writers import signoff as sheet
from ui import bridge
from ui.history.compare import CompareDialog
from ui.printing import job
from ui.printing.dialog import Document
from ui.printing.preview import render_page
from ui.signoff.chain import ChainDialog
from ui.signoff.circulation import CirculationDialog
from ui.signoff.copy_log import CopyLogDialog
from ui.signoff.note import NoteDialog
from ui.signoff.paper import PaperDialog
from ui.signoff.reason import ReasonDialog
from ui.signoff.signature import SignatureDialog
from ui.style import face

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.comparison import Comparison
    from app.draft import Draft
    from app.signoff import Route
    from app.store.record import Note
    from app.store.store import Store
    from app.writers.page import Page
    from ui.report.view import ReportView
    from ui.window import Window


# ── from desk to desk ───────────────────────────────────────────────────────────────────────


def show_circulation(window: Window) -> None:
    """Show where the report stands, and offer what can be done next."""
    view = _view(window)
    view.flush()
    way = _way(window)
    dialog = CirculationDialog(way, view.draft, window)

    def do(action: Callable[[Window], object]) -> None:
        bridge.attempt(dialog, lambda: action(window))
        dialog.refresh()

    dialog.go_requested.connect(lambda route: do(lambda window: go(window, route)))
    dialog.sign_requested.connect(lambda: do(sign))
    dialog.chain_requested.connect(lambda: do(set_chain))
    dialog.sheet_requested.connect(lambda: do(print_sheet))
    dialog.exec()


def send(window: Window) -> None:
    """Send the report round."""
    go(window, signoff.SEND)


def give_back(window: Window) -> None:
    """Return the report to be mended: whichever way leads back from where it stands."""
    go(window, next(r for r in _way(window).routes() if r.takes_reason))


def finish(window: Window) -> None:
    """Make the report final."""
    go(window, signoff.FINISH)


def publish(window: Window) -> None:
    """Record that the report was published."""
    go(window, signoff.PUBLISH)


def go(window: Window, route: Route) -> None:
    """Let the report go a way, after its reason or day was asked for."""
    view, way = _view(window), _way(window)
    view.flush()
    if route is signoff.FINISH:
        signoff.check_final(view.draft.findings, ())  # before a reason is typed in vain
    asked = meaning(way, view.draft, route)
    day = ("公开日期", clock.now().date()) if route is signoff.PUBLISH else None
    needs = route.takes_reason or (route is signoff.FINISH and bool(way.unsigned()))
    dialog = ReasonDialog(route.name, asked, needs_reason=needs, day=day, parent=window)
    if dialog.exec():
        way.go(route, dialog.text(), dialog.chosen_day())
        window.say(f"已{route.name}。")


def meaning(way: Circulation, draft: Draft, route: Route) -> str:
    """Say what a way means for the report, before it is gone."""
    if route.takes_reason:
        signed = "、".join(way.in_force())
        lapse = f"已登记的签署（{signed}）随即失效，" if signed else ""
        return f"报告将重新可以修改；{lapse}须写明理由，理由随报告保存。"
    if route is signoff.PUBLISH:
        return "登记报告已经公开。此后内容保持锁定，发现差错用“更正”。"
    missing = way.unsigned()
    if route is signoff.FINISH:
        told = "定稿后内容锁定，撤销不能越过定稿。"
        return told + (
            f"还没有登记签署的环节：{'、'.join(missing)}，须写明理由。" if missing else ""
        )
    stopping, blanks = len(blocking(draft.findings)), len(draft.report.blanks())
    told = "送审后内容锁定，退回后才能修改；撤销不能越过送审。"
    waiting = sum(not note.answer for note in way.notes())
    if waiting:
        told += f"！还有{waiting}条批注没有答复。"
    if stopping:
        told += f"！还有{stopping}处问题没有改正或说明，定稿前必须处理。"
    return told + (f"！还有{blanks}项未填。" if blanks else "")


def sign(window: Window) -> None:
    """Enter a signature from the paper."""
    way = _way(window)
    due = next(iter(way.unsigned()), "")
    dialog = SignatureDialog(way.chain, due, clock.now().date(), window)
    if dialog.exec():
        post, opinion = dialog.post.currentData(), dialog.opinion.currentText()
        way.sign(post, dialog.who.text(), dialog.chosen_day(), opinion)
        window.say(f"已登记{post}的签署。")


def set_chain(window: Window) -> None:
    """Let the desks be set."""
    dialog = ChainDialog(signoff.read_chain(_store(window).setting(CHAIN)), window)
    if dialog.exec():
        _store(window).set_setting(CHAIN, signoff.write_chain(dialog.chain()))


def show_notes(window: Window) -> None:
    """Show the notes beside the window; a new one is on what is worked on."""
    view = _view(window)
    view.flush()
    place = _place(view)
    dialog = window.findChild(NoteDialog)
    if dialog is None:
        dialog = NoteDialog(_way(window), view.draft, window)
        dialog.jump_requested.connect(lambda note: _jump(view, note))
        view.destroyed.connect(dialog.close)
    dialog.set_place(*place)
    dialog.show()
    dialog.raise_()


# ── papers ──────────────────────────────────────────────────────────────────────────────────


def print_sheet(window: Window) -> None:
    """Print the sheet for signatures."""
    view, way = _view(window), _way(window)
    view.flush()
    draft = view.draft
    saved = f"{draft.saved_at:%Y-%m-%d %H:%M}　{draft.head.who}"
    sending = sheet.Sending(
        draft.report.copy(), draft.revision, saved, tuple(draft.findings), way.chain, way.in_force()
    )
    title = f"{draft.report.org}{draft.report.year}年送审单"
    print_page(window, title, sheet.compose(sending), "送审单", logged=True)


def show_copies(window: Window) -> None:
    """Show every print of the report, and which is out of date."""
    view = _view(window)
    view.flush()
    dialog = CopyLogDialog(_way(window), view.draft, window)
    dialog.print_requested.connect(lambda revision: _print_since(window, revision))
    dialog.exec()


def check_paper(window: Window) -> None:
    """Take the code of a paper and show what has changed since."""
    view = _view(window)
    view.flush()
    dialog = PaperDialog(_way(window), view.draft, window)
    dialog.print_requested.connect(lambda revision: _print_since(window, revision))
    dialog.report_requested.connect(window.open_report)
    dialog.exec()


def compare(window: Window) -> None:
    """Compare two revisions, or two reports."""
    view = _view(window)
    view.flush()
    dialog = CompareDialog(_store(window), view.draft, window)
    dialog.print_requested.connect(
        lambda compared, before, after: _print_comparison(window, compared, before, after)
    )
    dialog.exec()


def print_correction(window: Window) -> None:
    """Print the note that says what was corrected in a published report."""
    view, way = _view(window), _way(window)
    view.flush()
    corrected = way.corrected()
    if corrected is None:
        raise signoff.Refused("这份报告还没有公开过，或公开后没有更正，不需要更正说明。")
    move, compared = corrected
    day = _day(compared.before.text("published"))
    page = correction.compose(compared, move.note, day, clock.now().date())
    print_page(window, page.title, page, "更正说明", logged=True)


def save_publication(window: Window) -> None:
    """Save the clean copy for publication; refused while errors stand."""
    view = _view(window)
    view.flush()
    report = view.draft.report.copy()
    options = copies.publication(report, view.draft.findings)
    name = f"{report.org}{report.year}年政府信息公开工作年度报告.pdf"
    kinds = "PDF文件 (*.pdf);;Word文档 (*.docx);;网页 (*.html)"
    chosen, _ = QFileDialog.getSaveFileName(window, "保存公开用的文件", name, kinds)
    if chosen:
        path = Path(chosen)
        bridge.in_background(
            lambda: document.write(report, path, options, face.fonts()),
            lambda _: window.say(f"已保存到“{path}”。"),
            window.tell,
        )


def _print_since(window: Window, revision: int) -> None:
    draft = _view(window).draft
    compared = _way(window).since(revision)
    _print_comparison(window, compared, f"第{revision}步", f"第{draft.revision}步")


def _print_comparison(window: Window, compared: Comparison, before: str, after: str) -> None:
    page = comparison.compose(compared, before, after)
    print_page(window, page.title, page, "改动对照", logged=False)


def print_page(window: Window, title: str, page: Page, purpose: str, *, logged: bool) -> None:
    """Open the dialog that prints a page; `logged` copies are entered in the log of copies."""
    draft = _view(window).draft
    printed = Document(
        title, lambda: render_page(page), purpose, draft.revision, page.keywords if logged else ""
    )
    job.dialog(window, printed).exec()


# ── what is open ────────────────────────────────────────────────────────────────────────────


def _place(view: ReportView) -> tuple[str, str]:
    """Return what a new note would be on: the cell; or the text, with the words or sentence."""
    item = view.current_item()
    if not item.startswith("narratives."):
        return item, ""
    tab = view.section_tab()
    cursor = (tab.narrative if tab else view.cover.preface).textCursor()
    if cursor.hasSelection():
        return item, cursor.selection().toPlainText()
    before = QTextCursor(cursor)
    before.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return item, sentence_at(cursor.block().text(), len(before.selectedText()))


def sentence_at(text: str, position: int) -> str:
    """Return the sentence of a paragraph in which a position stands."""
    sentences = re.findall(r"[^。！？]*[。！？]+[”’）》]*|[^。！？]+$", text)
    for sentence in sentences:
        position -= len(sentence)
        if position < 0:
            break
    return str(sentence) if sentences else ""


def _jump(view: ReportView, note: Note) -> None:
    start = view.draft.report.text(note.item).find(note.excerpt) if note.excerpt else 0
    view.show_item(note.item, max(start, 0), max(start, 0) + len(note.excerpt))


def _day(text: str) -> date | None:
    """Return a day of publication; a file may say it in any words."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _way(window: Window) -> Circulation:
    return Circulation(_store(window), _view(window).draft)


def _store(window: Window) -> Store:
    assert window.store is not None, "the menu lets this pass only with an open database"
    return window.store


def _view(window: Window) -> ReportView:
    assert window.view is not None, "the menu lets this pass only with an open report"
    return window.view
