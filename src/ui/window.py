"""The main window: reports at the left, the open report in the middle, findings at the right.

What the menus do is in `command`; this is the frame, and which report is open in it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtWidgets  # dialogs by way of it: each is made when it is first named
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QTabWidget, QWidget

from app.store.listing import STATES
from ui import bridge, command
from ui.foot import Foot
from ui.library import Library
from ui.menu import Menu
from ui.start import last

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent

    from app.draft import Draft
    from app.settings import Settings
    from app.store.glance import Glance
    from app.store.store import Store
    from ui.database.keeper import Keeper
    from ui.findings.checking import Checking
    from ui.findings.panel import FindingsPanel
    from ui.findings.tally import Tally
    from ui.recent import Recent
    from ui.report.opened import Opened
    from ui.report.view import ReportView

UNWRITTEN = "还有内容没有存下，请先处理提示的问题。"


class Window(QMainWindow):
    """Shows the reports of one database; one of them is open.

    `start` opens the database: until then the window shows what a glance at it tells, and imports
    what that takes.
    """

    findings: FindingsPanel
    """What is wrong or doubtful in the open report; there from `start` on."""
    keeper: Keeper
    """What opens and backs up the database; there from `start` on."""
    recent: Recent
    """The files that were opened last; there once the database is open."""
    settings: Settings
    """What was chosen for all reports; there once the database is open."""

    def __init__(self, database: Path) -> None:
        super().__init__()
        self.database = database
        self.store: Store | None = None
        self.opened: Opened | None = None
        self._tally: Tally | None = None
        self.library = Library()
        self.middle = QStackedWidget()
        self._shell = QTabWidget()
        self._shell.setAccessibleName("报告各部分")
        self.middle.addWidget(self._shell)
        self.menu = Menu(self)
        self._lay_out()
        self._connect()
        self._refresh_title()

    # ── what is shown before and after the database is open ─────────────────────────────────

    def show_list(self, glance: Glance | None) -> None:
        """Show what a first look at the database tells: the list, and the tabs of a report."""
        if glance is None:
            return
        self.library.show_reports(glance.reports())
        for label in glance.setting(last.TABS).splitlines():
            self._shell.addTab(QWidget(), label)
        glance.close()

    def start(self) -> None:
        """Open the database and do all that goes with it."""
        self.open_database()
        self.settle()

    def open_database(self) -> None:
        """Show the report that was open last, then open the database for it; or say why not."""
        self._add_findings()
        self._look_at_last()
        self._add_keeper()
        opened = self.keeper.open()
        if opened is None:
            self.close_report()
            return
        self.store, reports = opened
        self._take_settings(self.store)
        known = [listed.id for listed in reports]
        if self.draft and self.draft.head.report not in known:
            self.close_report()
        self.library.show_reports(reports, self.draft.head.report if self.draft else None)
        if self.opened:
            self.opened.write_to(self.store)
        elif known:
            id_ = self.store.setting(last.REPORT)
            self.open_report(int(id_) if id_.isdigit() and int(id_) in known else known[0])
        else:
            self._show_welcome()

    def settle(self) -> None:
        """Do what could wait until keys reach the report: check it, and look after the rest."""
        from ui.findings.tally import Tally  # noqa: PLC0415  (the rules)
        from ui.recent import Recent  # noqa: PLC0415
        from ui.review import drop  # noqa: PLC0415

        if self.store is None:
            return
        if self.opened and self.checking is None:
            self.opened.check(self.store)
        if not hasattr(self, "recent"):
            self.recent = Recent(self)
        self.recent.show()
        drop.take(self)
        opened = self.draft.head.report if self.draft else None
        others = [report for report in self.library.ids() if report != opened]
        self._tally = Tally(self.store, others, self)
        self._tally.counted.connect(self.library.set_open_findings)
        self.keeper.check_soon()

    def _look_at_last(self) -> None:
        from ui.start import first_look  # noqa: PLC0415  (after the first paint)

        if self.draft is None and (found := first_look.last_report(self.database)):
            self._show(*found)
            self.repaint()

    def _add_keeper(self) -> None:
        from ui.database.keeper import Keeper  # noqa: PLC0415  (SQLAlchemy: after the first paint)

        if not hasattr(self, "keeper"):
            self.keeper = Keeper(self)

    def _take_settings(self, store: Store) -> None:
        from app import settings  # noqa: PLC0415  (after the first paint)
        from ui.style import face  # noqa: PLC0415

        self.settings = settings.read(store.setting)
        face.choose(self.settings.fonts)

    def _show_welcome(self) -> None:
        """Show the ways in, where there is no report."""
        from ui.start import welcome  # noqa: PLC0415  (after the first paint)

        welcome.show(self)
        self.menu.refresh()

    def come_forward(self, files: list[str]) -> None:
        """Raise the window, as a second start asks; open the files it was given."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.read_files([Path(file) for file in files])

    @property
    def who(self) -> str:
        """Whose name the steps carry: the one from the settings, else that of the login."""
        import getpass  # noqa: PLC0415  (after the first paint)

        try:
            return self.settings.who or getpass.getuser()
        except OSError:
            return "未署名"

    # ── the open report ─────────────────────────────────────────────────────────────────────

    @property
    def draft(self) -> Draft | None:
        """The report that is open."""
        return self.opened.draft if self.opened else None

    @property
    def view(self) -> ReportView | None:
        """What shows the report that is open."""
        return self.opened.view if self.opened else None

    @property
    def checking(self) -> Checking | None:
        """What keeps the findings of the report that is open; not there until it is checked."""
        return self.opened.checking if self.opened else None

    def read_files(self, paths: Sequence[Path]) -> None:
        """Open report files and folders, under review."""
        bridge.attempt(self, lambda: command.read_files(self, paths))

    def open_report(self, report_id: int) -> None:
        """Open a report in place of the one that is open."""
        if self.store is None or (self.draft and self.draft.head.report == report_id):
            return
        bridge.attempt(self, lambda: self._open(report_id))

    def _open(self, report_id: int) -> None:
        from app.draft import Draft  # noqa: PLC0415  (after the first paint)

        assert self.store is not None
        if self.view and not self.view.flush():
            self.say(UNWRITTEN)
            return
        draft = Draft(self.store.load(report_id))
        self.close_report()
        opened = self._show(draft, self.store.setting(f"{last.ITEM}.{report_id}"))
        opened.write_to(self.store)
        opened.check(self.store)

    def _show(self, draft: Draft, place: str) -> Opened:
        from ui.report.opened import Opened  # noqa: PLC0415  (after the first paint)

        self.opened = Opened(self, draft, place)
        self._refresh_title()
        return self.opened

    def close_report(self) -> None:
        """Let go of the open report; everything typed is on the disk."""
        if self.opened:
            self.opened.close(self.store)
            self.opened = None
            self._refresh_title()
            self.menu.refresh()

    def start_page(self) -> None:
        """Show the list of reports, and the first one, or the ways in where there is none."""
        self.refresh_list()
        reports = self.store.reports() if self.store else []
        if reports:
            self.open_report(reports[0].id)
        else:
            self._show_welcome()

    def tell(self, sentence: str) -> None:
        """Say why something was not done, where it cannot be overlooked."""
        QtWidgets.QMessageBox.warning(self, "年报", sentence)

    def refresh_list(self) -> None:
        """Show the list of reports as the database has it."""
        if self.store:
            opened = self.draft.head.report if self.draft else None
            self.library.show_reports(self.store.reports(), opened)
            self._refresh_title()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what is typed and close the database; ask nothing, nothing is unsaved."""
        was_open = self.store is not None
        if not self.let_go() or (was_open and not self._is_kept()):
            event.ignore()
        else:
            event.accept()

    def _is_kept(self) -> bool:
        self.hide()  # a large database takes a moment
        return self.keeper.back_up_at_end()

    def let_go(self) -> bool:
        """Write what is typed and close the database; False if something cannot be written."""
        if self.view and not self.view.flush():
            self.say(UNWRITTEN)
            return False
        self.close_report()
        bridge.wait_for_tasks()
        if self._tally:
            self._tally.stop()
        if self.store:
            self.store.close()
            self.store = None
            self.menu.refresh()
        return True

    # ── within ──────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        split = QSplitter()
        for widget, stretch in ((self.library, 0), (self.middle, 1), (QWidget(), 0)):
            split.addWidget(widget)
            split.setStretchFactor(split.indexOf(widget), stretch)
        split.setChildrenCollapsible(False)
        self._split = split
        self.setCentralWidget(split)
        self.foot = Foot(self.statusBar())
        self.say = self.foot.say
        self.resize(1366, 728)
        split.setSizes([190, 860, 316])

    def _connect(self) -> None:
        self.library.open_requested.connect(self.open_report)
        self.library.new_requested.connect(lambda: self.menu.trigger("new"))
        self._idle = QTimer(self)
        self._idle.setInterval(60_000)
        self._idle.timeout.connect(self.show_saved)
        self._idle.start()

    def _add_findings(self) -> None:
        """Put the panel of findings into the place that was kept for it."""
        if hasattr(self, "findings"):
            return
        from ui.findings import answer  # noqa: PLC0415  (after the first paint)
        from ui.findings.panel import FindingsPanel  # noqa: PLC0415

        self.findings = FindingsPanel()
        self.findings.jump_requested.connect(partial(answer.jump, self))
        self.findings.mend_requested.connect(partial(answer.mend, self))
        self.findings.explanation_requested.connect(partial(answer.explain, self))
        self._split.replaceWidget(2, self.findings)

    def _refresh_title(self) -> None:
        if self.draft is None:
            self.setWindowTitle("年报")
            return
        report, state = self.draft.report, STATES[self.draft.head.state]
        self.setWindowTitle(f"年报 — {report.org or '（未填单位）'} {report.year}年 · {state}")

    def show_saved(self) -> None:
        """Say what is saved, and the days that are left."""
        if self.opened:
            self.opened.show_saved()
        else:
            self.foot.clear()
