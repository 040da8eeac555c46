"""Keep the findings of the open report up to date: figures at once, prose after a rest."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app import checks, clock
from app.checks.finding import Context, Finding
from app.draft import Draft
from app.store.record import Step

REST_MS = 300
"""So long after the last step the slower rules run, off the path of an edit."""


class Checking(QObject):
    """Checks one draft; `units` are the names of other offices, which prose should not speak for.

    Within an edit only the rules about figures run, so that it is painted at once; figures against
    texts follow right after the paint, prose after a rest.

    `review` adds to the context what is known about the review of the report.

    Signals:
        figures_checked(list): what stands, as far as figures alone tell; the rest is as before.
        findings_changed(list): every finding that stands now, the gravest first.
    """

    figures_checked = Signal(list)
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
        self._context = Context(today=clock.now().date(), units=tuple(units))
        self._found: dict[str, Sequence[Finding]] = dict.fromkeys(checks.PACES, ())
        self.findings: Sequence[Finding] = ()
        self._painted = self._timer(0, self._run_soon)
        self._rested = self._timer(REST_MS, self.run_all)
        self._unsubscribe = draft.subscribe(self._follow)

    def run_all(self) -> None:
        """Run every rule now."""
        self._painted.stop()
        self._rested.stop()
        self._context = self._review(replace(self._context, today=clock.now().date()))
        self._run(*checks.PACES)
        self.findings_changed.emit(list(self.findings))

    def stop(self) -> None:
        """Check no more."""
        self._painted.stop()
        self._rested.stop()
        self._unsubscribe()

    def _timer(self, wait_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait_ms)
        timer.timeout.connect(then)
        return timer

    def _follow(self, step: Step) -> None:
        del step
        self._run(checks.NOW)
        self.figures_checked.emit(list(self.findings))
        self._painted.start()
        self._rested.start()

    def _run_soon(self) -> None:
        self._run(checks.SOON)
        self.findings_changed.emit(list(self.findings))

    def _run(self, *paces: str) -> None:
        draft = self._draft
        for pace in paces:
            found = checks.run(draft.report, draft.last_year, self._context, (pace,))
            self._found[pace] = found
        self.findings = checks.ordered([f for found in self._found.values() for f in found])
