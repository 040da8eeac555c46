"""The report that is open in a window: its draft, what shows and checks it, what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from ui.report.view import ReportView
from ui.start import last

if TYPE_CHECKING:
    from app.checks.finding import Context, Finding
    from app.draft import Draft
    from app.store.record import Step
    from app.store.store import Store
    from ui.findings.checking import Checking
    from ui.window import Window


class Opened:
    """A report from its first look until it is closed; the rest of the window follows it.

    Attributes:
        draft: its content, to be looked at only until `write_to`.
        view: its tabs.
        checking: what keeps its findings; None until `check`.
    """

    def __init__(self, window: Window, draft: Draft, place: str) -> None:
        """Show a draft, at the place where it was left."""
        self._window, self.draft = window, draft
        self.checking: Checking | None = None
        self._painted = QTimer(window)
        self._painted.setSingleShot(True)
        self._painted.timeout.connect(self.show_saved)
        self.view = view = ReportView(draft)
        view.said.connect(window.say)
        view.currentChanged.connect(self._show_section)
        view.save_requested.connect(lambda: window.menu.trigger("save_pdf"))
        view.print_requested.connect(lambda: window.menu.trigger("print"))
        window.middle.addWidget(view)
        window.middle.setCurrentWidget(view)
        window.findings.set_form(draft.report.form)
        window.findings.show()
        self._unsubscribe = draft.subscribe(self._follow)
        view.set_locked(draft.is_locked)
        view.offer([window.menu["confirm"], window.menu["item_history"]])
        window.library.mark(draft.head.report)
        view.show_item(place) if place else view.setCurrentIndex(0)

    def write_to(self, store: Store) -> None:
        """Let it be written."""
        self.draft.write_to(store, self._window.who)
        self.show_saved()
        self._window.menu.refresh()

    def check(self, store: Store) -> None:
        """Let it be checked, now and after every step; the next start begins with it."""
        from dataclasses import replace  # noqa: PLC0415  (the rules come after the first look)

        from app.circulation import Circulation  # noqa: PLC0415
        from ui.findings.checking import Checking  # noqa: PLC0415
        from ui.report import tabs  # noqa: PLC0415

        draft, window = self.draft, self._window
        units = {listed.org for listed in store.reports()} - {draft.report.org, ""}
        way = Circulation(store, draft)

        def review(context: Context) -> Context:
            due = window.settings.due_day(draft.report.year)
            return replace(way.in_context(context), due=due)

        self.checking = Checking(draft, sorted(units), window, review)
        self.checking.figures_checked.connect(self.view.mark_figures)
        self.checking.findings_changed.connect(self._show_findings)
        self.view.set_last_year()
        store.set_setting(last.REPORT, str(draft.head.report))
        store.set_setting(last.TABS, "\n".join(tabs.labels(draft.report.form)))
        self.checking.run_all()

    def close(self, store: Store | None) -> None:
        """Let go of it; everything typed is on the disk."""
        if self.checking:
            self.checking.stop()
        self.view.close_report()
        self._painted.stop()
        self._unsubscribe()
        place = self.view.current_item()
        if store and place:
            store.set_setting(f"{last.ITEM}.{self.draft.head.report}", place)
        self.draft.close()
        self._window.middle.removeWidget(self.view)
        self.view.deleteLater()
        self._window.findings.set_findings([], 0)

    def show_saved(self) -> None:
        """Say what is saved, and the days that are left."""
        due = self._window.settings.due_day(self.draft.report.year)
        self._window.foot.show_draft(self.draft, due)
        self._show_section()

    def _follow(self, step: Step) -> None:
        self._painted.start()  # the foot is laid out anew: not before the figure is painted
        self._window.menu.refresh()
        if step.kind in ("move", "reload"):
            self.view.set_locked(self.draft.is_locked)
        if "org" in step.changed or step.kind in ("move", "reload"):
            self._window.refresh_list()

    def _show_section(self) -> None:
        """Say how long the prose of the section that is shown is."""
        section = self.view.current_section()
        self._window.foot.show_length(self.draft.report.prose(section) if section else "")
        self._window.findings.set_section(section)

    def _show_findings(self, findings: list[Finding]) -> None:
        from ui.findings.entry import count_open, entries  # noqa: PLC0415  (the rules)

        self.view.set_findings(findings)
        self._window.findings.set_findings(findings, len(self.draft.report.blanks()))
        still_open = count_open(entries(findings))
        report = self.draft.head.report
        self._window.library.set_open_findings(report, still_open["error"], still_open["warning"])
