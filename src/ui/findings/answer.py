"""What the clerk does about a finding: goes there, takes its repair, or explains it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui import bridge

if TYPE_CHECKING:
    from app.checks.finding import Finding, Mend
    from app.report import Value
    from ui.window import Window


def jump(window: Window, finding: Finding) -> None:
    """Go to the cell or sentence of a finding."""
    if window.view:
        window.view.show_finding(finding)


def mend(window: Window, mend: Mend) -> None:
    """Apply a one-click repair as one step, if it still fits what is typed meanwhile."""
    draft, checking = window.draft, window.checking
    if draft is None or checking is None or not (window.view and window.view.flush()):
        return
    checking.run_all()
    if any(mend in finding.mends for finding in checking.findings):
        bridge.attempt(window, lambda: draft.set(mend.changes, mend.label))
    else:
        window.say("内容已经改动，这一处请重新核对。")


def explain(window: Window, findings: Sequence[Finding], text: str) -> None:
    """Keep why findings of one cause stand, as one step."""
    from app.checks import explanation  # noqa: PLC0415  (rules come after the first look)

    draft, checking = window.draft, window.checking
    if draft is None or checking is None:
        return
    explained, changes = draft.report.copy(), dict[str, "Value | None"]()
    for finding in findings:
        changes |= explanation.explain(explained, finding, text)
        explained.set(changes)
    bridge.attempt(window, lambda: draft.set(changes, "填写说明"))
    checking.run_all()
