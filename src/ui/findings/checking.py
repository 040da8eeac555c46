"""Keep the findings of the open report up to date: figures at once, prose after a rest."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from app import checks
from app.checks.finding import Context, Finding
from app.draft import Draft
from app.store.record import Step

REST_MS = 300
"""So long after the last step the slower rules run, off the path of an edit."""


class Checking(QObject):
    """Checks one draft; `units` are the names of other offices, which prose should not speak for.

    `review` adds to the context what is known about the review of the report.

    Signals:
        findings_changed(list): every finding that stands now, the gravest first.
    """

    findings_changed = Signal(list)

    def __init__(
        self,
        draft: Draft,
        units: Sequence[str] = (),
        parent: QObject | None = None,
        review: Callable[[Context], Context] = lambda context: context,
    ) -> None:
        super().__init__(parent)
        self._draft, self._review = draft, review
        self._context = Context(today=date.today(), units=tuple(units))
        self._later: Sequence[Finding] = ()
        self.findings: Sequence[Finding] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.run_all)
        self._unsubscribe = draft.subscribe(self._follow)

    def run_all(self) -> None:
        """Run every rule now."""
        self._rest.stop()
        self._context = self._review(replace(self._context, today=date.today()))
        self._later = checks.later(self._draft.report, self._draft.last_year, self._context)
        self._run_live()

    def stop(self) -> None:
        """Check no more."""
        self._rest.stop()
        self._unsubscribe()

    def _follow(self, step: Step) -> None:
        del step
        self._run_live()
        self._rest.start()

    def _run_live(self) -> None:
        live = checks.live(self._draft.report, self._draft.last_year, self._context)
        self.findings = checks.ordered([*live, *self._later])
        self.findings_changed.emit(list(self.findings))
