"""The panel at the right: what is wrong or doubtful in the open report, live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.findings.detail import FindingDetail
from ui.findings.entry import SIGNS, WORDS, Entry, count_open, entries, grouped
from ui.findings.list import FindingList
from ui.report import tabs
from ui.style import theme

if TYPE_CHECKING:
    from app.checks.finding import Finding
    from app.form import Form

ALL, HERE = "all", "here"
_SHORT = {"error": "错", "warning": "疑", "hint": "提示"}
_BLANK, _WHOLE = "\u00a0", "\u2060"
"""A blank, and nothing at all, at which no line is broken."""
FILTERS = {ALL: "全部"} | WORDS | {HERE: "本节"}
"""What may be listed: everything, one kind, or the section that is shown."""


class FindingsPanel(QWidget):
    """Lists findings and shows what is known of the selected one.

    Signals:
        jump_requested(Finding): go to its cell or sentence.
        mend_requested(Mend): make a repair.
        explanation_requested(findings, str): keep why they stand; empty to take that back.
    """

    jump_requested = Signal(object)
    mend_requested = Signal(object)
    explanation_requested = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: Sequence[Finding] = ()
        self._entries: Sequence[Entry] = ()
        self._blank_count = 0
        self._section = ""
        self._sections: Sequence[str] = ("preface",)
        self._titles: Sequence[str] = (tabs.COVER,)
        self._counts = QLabel()
        self._counts.setAccessibleName("问题数量")
        self._counts.setWordWrap(True)
        self._filter = QComboBox()
        self._filter.setAccessibleName("显示哪些问题")
        for key, words in FILTERS.items():
            self._filter.addItem(words, key)
        self.list = FindingList()
        self._none = QLabel()
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setWordWrap(True)
        self._none.setMargin(2 * theme.GRID)
        self.detail = FindingDetail()
        self._lay_out()
        self._filter.currentIndexChanged.connect(self._list)
        self.list.chosen.connect(lambda entry: self.jump_requested.emit(entry.first))
        self.list.selected.connect(self.detail.show_entry)
        self.detail.jump_requested.connect(self.jump_requested)
        self.detail.mend_requested.connect(self.mend_requested)
        self.detail.explanation_requested.connect(self.explanation_requested)
        self._show_counts()
        self._list()

    def set_form(self, form: Form) -> None:
        """Take the names of sections and cells from the form of the open report."""
        self._sections = ("preface", *(section.id for section in form.sections))
        self._titles = tabs.labels(form)[: len(self._sections)]
        self.detail.form = form
        self._list()

    def set_section(self, section: str) -> None:
        """Know which section is shown: for the filter 本节."""
        if section != self._section:
            self._section = section
            if self._filter.currentData() == HERE:
                self._list()

    def set_findings(self, findings: Sequence[Finding], blank_count: int) -> None:
        """Show what stands now, the gravest first, and how many cells are not filled in."""
        if findings == self._findings and blank_count == self._blank_count:
            return
        self._findings, self._blank_count = findings, blank_count
        self._entries = entries(findings)
        self._show_counts()
        self._list()

    def next(self) -> None:
        """Go to the next finding, round the end."""
        self._step(1)

    def previous(self) -> None:
        """Go to the finding before, round the beginning."""
        self._step(-1)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours of the application."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_counts()

    def _lay_out(self) -> None:
        title = QLabel("<b>核对</b>")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._filter)
        top = QVBoxLayout()
        top.setContentsMargins(*(theme.GRID,) * 4)
        top.addLayout(head)
        top.addWidget(self._counts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._none, 3)
        layout.addWidget(self.list, 3)
        layout.addWidget(self.detail, 2)
        self.setFocusProxy(self.list)

    def _step(self, by: int) -> None:
        entry = self.list.step(by)
        if entry:
            self.jump_requested.emit(entry.first)

    def _list(self) -> None:
        wanted = self._filter.currentData()
        shown = [entry for entry in self._entries if self._is_wanted(entry, wanted)]
        was_in_detail = self._is_in_detail()
        self.list.show_rows(grouped(shown, self._sections, self._titles))
        self.list.setVisible(bool(shown))
        self._none.setVisible(not shown)
        if not shown:
            self._none.setText(self._nothing())
        if was_in_detail and not self._is_in_detail():  # the button that was pressed has gone
            (self.list if shown else self._filter).setFocus()

    def _is_in_detail(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.detail.isAncestorOf(focus)

    def _is_wanted(self, entry: Entry, wanted: str) -> bool:
        if wanted == HERE:
            return entry.first.section == self._section
        return wanted in (ALL, entry.kind)

    def _nothing(self) -> str:
        """Say calmly that there is nothing to list."""
        if self._entries:
            return "这一类没有问题。"
        if self._blank_count:
            return f"已填部分核对通过，未发现问题。\n还有{self._blank_count}格未填。"
        return "核对通过，未发现问题。"

    def _show_counts(self) -> None:
        """Count what is open by kinds; what is explained is counted apart."""
        still_open = count_open(self._entries)
        parts = [
            f'<span style="color:{theme.colour(kind).name()}">'
            f"<b>{SIGNS[kind]}</b>{_WHOLE.join(f'{still_open[kind]}{_BLANK}{word}')}</span>"
            for kind, word in _SHORT.items()
            if kind in still_open
        ]
        explained = sum(entry.is_explained for entry in self._entries)
        counts = {"未填": self._blank_count, "已说明": explained}
        rest = [_WHOLE.join(f"{word}{_BLANK}{count}") for word, count in counts.items() if count]
        self._counts.setText(" · ".join(["&nbsp; ".join(parts) or "没有错误和疑问", *rest]))
