"""The open report: a tab for the cover, for each section, and for the preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabWidget, QWidget

from app.draft import Draft
from app.report import PREFACE
from ui.findings.entry import count_open, entries
from ui.printing.preview import Copy, Preview
from ui.report import tabs
from ui.report.cover import CoverTab
from ui.report.section import SectionTab
from ui.style import theme

if TYPE_CHECKING:  # the rules are imported after the first look at the report
    from app.checks.finding import Finding


class ReportView(QTabWidget):
    """Shows one draft and lets it be edited.

    Signals:
        said(str): a sentence for the foot of the window.
        cell_changed(str): another cell is the current one.
        save_requested(), print_requested(): from the tab of the preview.
    """

    said = Signal(str)
    cell_changed = Signal(str)
    save_requested = Signal()
    print_requested = Signal()

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("报告各部分")
        self.setElideMode(Qt.TextElideMode.ElideNone)  # the counts stand at the end
        self.setUsesScrollButtons(True)
        self.draft = draft
        self.cover = CoverTab(draft)
        self.sections = {s.id: SectionTab(draft, s) for s in draft.report.form.sections}
        self.preview = Preview(self._copy)
        self._findings: Sequence[Finding] = ()
        self._shown: dict[int, list[Finding]] = {}
        pages: list[QWidget] = [self.cover, *self.sections.values(), self.preview]
        for page, label in zip(pages, tabs.labels(draft.report.form), strict=True):
            self.addTab(page, label)
        for tab in self._editors():
            tab.said.connect(self.said)
        for section in self.sections.values():
            section.cell_changed.connect(self.cell_changed)
        self.preview.said.connect(self.said)
        self.preview.save_requested.connect(self.save_requested)
        self.preview.print_requested.connect(self.print_requested)
        self._unsubscribe = draft.subscribe(lambda _: self.preview.mark_stale())

    def section_tab(self) -> SectionTab | None:
        """Return the tab of a section if one is shown."""
        tab = self.currentWidget()
        return tab if isinstance(tab, SectionTab) else None

    def current_section(self) -> str:
        """Return the id of the section that is shown, "preface" for the cover, else nothing."""
        if self.currentWidget() is self.cover:
            return "preface"
        tab = self.section_tab()
        return tab.section.id if tab else ""

    def focus_tab(self) -> None:
        """Give the keys to what is mainly worked on in the tab that is shown."""
        tab = self.currentWidget()
        if isinstance(tab, SectionTab):
            (tab.table or tab.narrative).setFocus(Qt.FocusReason.OtherFocusReason)
        elif tab is self.preview:
            self.preview.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.cover.focus_first()

    def current_item(self) -> str:
        """Return the cell or text that is worked on; nothing in the preview."""
        tab = self.currentWidget()
        return tab.current_item() if isinstance(tab, (CoverTab, SectionTab)) else ""

    def mark_figures(self, findings: Sequence[Finding]) -> None:
        """Mark what was found in the table that is shown; `set_findings` follows for the rest."""
        tab = self.section_tab()
        if tab and tab.table:
            tab.table.set_findings([f for f in findings if f.section == tab.section.id])

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Mark what was found in the tabs, tables and sentences."""
        self._findings = findings
        labels = tabs.labels(self.draft.report.form)
        for index, tab in enumerate(self._editors()):
            own = [f for f in findings if f.section == _section_of(tab)]
            if own == self._shown.get(index):
                continue  # most edits concern one tab
            self._shown[index] = own
            tab.set_findings(own)
            still_open = count_open(entries(own))
            counts = "".join(
                f" {theme.SIGNS[kind]}{still_open[kind]}"
                for kind in ("error", "warning")
                if still_open[kind]
            )
            if self.tabText(index) != labels[index] + counts:  # or all would be laid out anew
                self.setTabText(index, labels[index] + counts)

    def show_finding(self, finding: Finding) -> None:
        """Go to the cell or sentence of a finding."""
        cells = [s.cell for s in finding.suspects[:1]] or list(finding.cells)
        if finding.item:
            self.show_item(finding.item, finding.start, finding.end)
        elif cells:
            self.show_item(cells[0])
        elif finding.section in self.sections:
            self.setCurrentWidget(self.sections[finding.section])
        else:
            self.setCurrentWidget(self.cover)

    def show_item(self, item: str, start: int = 0, end: int = 0) -> None:
        """Go to a cell, or to a span of a text."""
        cell = self.draft.report.form.cells.get(item)
        if cell is not None:
            tab = self.sections[cell.section]
            self.setCurrentWidget(tab)
            tab.show_cell(item)
            return
        group, _, name = item.partition(".")
        if group in ("narratives", "titles") and name in self.sections:
            self.setCurrentWidget(self.sections[name])
            self.sections[name].show_span(item, start, end)
        else:
            self.setCurrentWidget(self.cover)
            self.cover.show_span(item or PREFACE, start, end)

    def offer(self, actions: Sequence[QAction]) -> None:
        """Offer actions on the current figure in the context menu of the tables."""
        for tab in self.sections.values():
            if tab.table:
                tab.table.addActions(actions)
                tab.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def set_last_year(self) -> None:
        """Show the report of last year beside this year's."""
        for tab in self.sections.values():
            tab.set_last_year(self.draft.last_year)

    def set_locked(self, locked: bool) -> None:
        """Let nothing be edited, or all of it."""
        for tab in self._editors():
            tab.set_locked(locked)

    def flush(self) -> bool:
        """Write what is typed and not written yet; says whether all of it was."""
        done = [tab.flush() for tab in self._editors()]
        self.draft.seal()
        return all(done)

    def close_report(self) -> None:
        """Let go of the draft."""
        self.flush()
        self._unsubscribe()
        self.preview.release()
        for tab in self._editors():
            tab.release()

    def _editors(self) -> list[CoverTab | SectionTab]:
        return [self.cover, *self.sections.values()]

    def _copy(self, signed: date | None) -> Copy:
        self.flush()
        report = self.draft.report.copy()
        from app import copies  # noqa: PLC0415  (not before a page is wanted)

        options = replace(
            copies.options(report, self._findings, self.draft.revision), signed=signed
        )
        return Copy(report, self.draft.revision, options)


def _section_of(tab: QWidget) -> str:
    return tab.section.id if isinstance(tab, SectionTab) else "preface"
