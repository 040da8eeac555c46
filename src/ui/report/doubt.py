"""确认此数: a figure that was read from a file is right, though the reading was not certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import acceptance
from app.acceptance import HEAD, REFUSED
from ui.history.dialog import name_of

if TYPE_CHECKING:
    from ui.window import Window


def confirm(window: Window) -> None:
    """Take the marks of doubt from the chosen figures, on the cover from unit and year; one step.

    What is no figure cannot be confirmed: it has to be typed.
    """
    assert window.draft is not None, "the menu lets this pass only with an open report"
    assert window.view is not None
    report = window.draft.report
    tab = window.view.section_tab()
    items = tab.table.selected_cells() if tab and tab.table else list(HEAD)
    changes = acceptance.confirming(report, items)
    unread = [item for item in items if REFUSED + item in report.items]
    if unread:
        name = name_of(unread[0], report)
        window.say(f"“{name}”在原文件中不是数，请填写，或按Delete按未填处理。")
    elif not changes:
        window.say("这里没有存疑的数，不需要确认。")
    if changes and window.view.flush():
        first = name_of(next(iter(changes)).partition(".")[2], report)
        window.draft.set(
            changes, f"确认“{first}”" if len(changes) == 1 else f"确认{len(changes)}项"
        )
