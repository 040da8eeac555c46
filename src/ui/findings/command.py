"""What the menu 核对 does beyond going through the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import fee
from app.report import narrative
from app.writers import check_sheet
from app.writers.check_sheet import Checked
from ui import bridge
from ui.findings.fee import FeeDialog
from ui.signoff.command import print_page

if TYPE_CHECKING:
    from ui.report.view import ReportView
    from ui.window import Window


def print_check_sheet(window: Window) -> None:
    """Print the internal check sheet."""
    view = _view(window)
    view.flush()
    draft = view.draft
    checked = Checked(draft.report.copy(), draft.revision, tuple(draft.findings), draft.last_year)
    title = f"{draft.report.org}{draft.report.year}年核对表"
    print_page(window, title, check_sheet.compose(checked), "核对表", logged=False)


def calculate_fee(window: Window) -> None:
    """Open the calculator of 信息处理费; its sentence goes into the report as one step."""
    view = _view(window)
    form = view.draft.report.form
    section = form.section_in_role("matters")
    if section is None or not fee.applies(form):
        window.say("这一年度的报告格式不要求写明信息处理费。")
        return
    dialog = FeeDialog(view.draft.report.year, window)
    dialog.sentence_accepted.connect(lambda text: put_sentence(window, section.id, text))
    dialog.exec()


def put_sentence(window: Window, section_id: str, sentence: str) -> None:
    """Put the sentence at the end of a section, in place of an earlier one of the calculator."""
    view = _view(window)
    view.flush()
    item, draft = narrative(section_id), view.draft
    others = [p for p in draft.report.text(item).split("\n") if p and not _is_ours(p)]
    text = "\n".join([*others, sentence])
    if bridge.attempt(window, lambda: draft.set({item: text}, "写入信息处理费情况")):
        view.show_item(item, text.rindex(sentence), len(text))


def _is_ours(paragraph: str) -> bool:
    """Say whether a paragraph is nothing but a sentence of the calculator."""
    nothing = fee.sentence(0)[1:]
    return paragraph.endswith(nothing) or (
        "政府信息公开申请收取信息处理费" in paragraph and paragraph.count("。") == 1
    )


def _view(window: Window) -> ReportView:
    assert window.view is not None, "the menu lets this pass only with an open report"
    return window.view
