"""The foot of the window: what was saved when and by whom, how long the prose is, days left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QStatusBar

from app import clock, deadline
from ui.style import theme

if TYPE_CHECKING:
    from datetime import date

    from app.draft import Draft

SAID_MS = 12_000
"""So long a sentence stands in the foot."""


class Foot:
    """The labels at the right of a status bar."""

    def __init__(self, bar: QStatusBar) -> None:
        self._bar = bar
        self._saved, self._count, self._due = QLabel(), QLabel(), QLabel()
        self._saved.setObjectName("saved")
        for label, name in (
            (self._saved, "保存情况"),
            (self._count, "本节字数"),
            (self._due, "报送期限"),
        ):
            label.setAccessibleName(name)
            label.setContentsMargins(theme.GRID, 0, theme.GRID, 0)
            bar.addPermanentWidget(label)

    def say(self, sentence: str) -> None:
        """Say something for a while."""
        self._bar.showMessage(sentence, SAID_MS)

    def show_draft(self, draft: Draft, due: date | None) -> None:
        """Say what was saved when and by whom, and the days to the deadline: `due` if it is set."""
        from app import unit  # noqa: PLC0415  (after the first paint)

        head, report = draft.head, draft.report
        when = head.changed_at.astimezone().strftime("%H:%M:%S")
        self._saved.setText(f"已保存 {when} · 第{head.revision}步 · {head.who}")
        kind = unit.unit_type(report)  # as the checker sees it, so that both name the same day
        self._due.setText(deadline.sentence(report.year, clock.now().date(), kind, due))

    def show_length(self, text: str) -> None:
        """Say how long the prose of the section that is shown is."""
        from app import prose  # noqa: PLC0415  (after the first paint)

        self._count.setText(f"本节{prose.length(text)}字")

    def clear(self) -> None:
        """Say nothing: no report is open."""
        for label in (self._saved, self._count, self._due):
            label.clear()
