"""Where a finding stands in the text of an editor, and how that is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from ui.style import theme

if TYPE_CHECKING:  # the rules are imported after the first look at the report
    from app.checks.finding import Finding


_HINT = "hint"


def find(finding: Finding, text: str) -> tuple[int, int] | None:
    """Return where a finding stands in a text that may be newer than the finding."""
    excerpt = finding.excerpt
    if not excerpt or text[finding.start : finding.end] == excerpt:
        end = min(finding.end, len(text))
        return (finding.start, end) if finding.start < end else None
    after = text.find(excerpt, finding.start)
    before = text.rfind(excerpt, 0, finding.start + len(excerpt))
    found = [start for start in (before, after) if start >= 0]
    start = min(found, key=lambda at: abs(at - finding.start), default=-1)
    return None if start < 0 else (start, start + len(excerpt))


def underline(cursor: QTextCursor, finding: Finding) -> QTextEdit.ExtraSelection:
    """Return the mark of a finding: a wave, of a hint dots, in the colour of its severity."""
    marked = QTextEdit.ExtraSelection()
    marked.cursor = cursor
    style = QTextCharFormat.UnderlineStyle
    looks = QTextCharFormat()
    looks.setUnderlineStyle(style.DotLine if finding.severity == _HINT else style.WaveUnderline)
    looks.setUnderlineColor(theme.colour(finding.severity))
    marked.format = looks
    return marked
