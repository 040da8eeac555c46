"""Count the open findings of the reports that are not open, one report at a time, while idle."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from app.draft import Draft
from app.errors import AppError
from app.store.store import Store
from ui.findings.entry import count_open, entries

PAUSE_MS = 200
"""Between two reports, so that nobody notices."""
MOST = 50
"""So many of the latest reports are counted; who has more opens an old one to see."""


class Tally(QObject):
    """Counts what stands in reports.

    Signals:
        counted(int, int, int): report, errors, warnings that nobody has explained.
    """

    counted = Signal(int, int, int)

    def __init__(self, store: Store, reports: Iterable[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._waiting = list(reports)[:MOST]
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._count_one)
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def _count_one(self) -> None:
        if not self._waiting:
            self._timer.stop()
            return
        report = self._waiting.pop(0)
        try:
            found = count_open(entries(Draft.open(self._store, report, "").findings))
        except AppError:
            return  # opening it says what is wrong with it
        self.counted.emit(report, found["error"], found["warning"])
