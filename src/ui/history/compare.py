"""比较: two revisions of the open report, or it and another one, side by side."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.circulation import stored
from app.comparison import Comparison
from app.draft import Draft
from app.report import Report
from app.store.listing import STATES
from app.store.store import Store
from ui.history.comparison import ComparisonView
from ui.style import look

MOST_STEPS = 500
Side = tuple[str, int]
"""A side of a comparison: ("step", revision) of the open report, or ("report", id)."""


class CompareDialog(QDialog):
    """Lets two sides be chosen and shows where they differ.

    Signals:
        print_requested(Comparison, str, str): it is to be printed, with the names of its sides.
    """

    print_requested = Signal(object, str, str)

    def __init__(self, store: Store, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("比较")
        look.fit(self, 64, 30)
        self._store, self._draft = store, draft
        self.before, self.after = self._box("原为"), self._box("现为")
        self.told = QLabel()
        self.view = ComparisonView()
        form = QFormLayout()
        form.addRow("原为(&B)", self.before)
        form.addRow("现为(&A)", self.after)
        self._print = QPushButton("打印(&P)…")
        self._print.clicked.connect(self._request_print)
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        bar = QHBoxLayout()
        bar.addWidget(self.told, 1)
        bar.addWidget(self._print)
        bar.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.view, 1)
        layout.addLayout(bar)
        self.after.setCurrentIndex(0)
        self.before.setCurrentIndex(min(1, self.before.count() - 1))
        for box in (self.before, self.after):
            box.currentIndexChanged.connect(self.refresh)
        self.refresh()

    def comparison(self) -> Comparison:
        """Return the comparison of the two sides that are chosen."""
        return Comparison(self._report(self.before), self._report(self.after))

    def sides(self) -> list[Side]:
        """Return what can be chosen on either side, in its order."""
        return [
            (str(kind), int(number)) for kind, number in map(self.before.itemData, self._rows())
        ]

    def refresh(self) -> None:
        """Compare what is chosen."""
        compared = self.comparison()
        self.told.setText(f"{compared.summary()}。")
        names = self.before.currentText(), self.after.currentText()
        self.view.show_comparison(compared, *names)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        own = self._draft.head.report
        for step in self._store.steps(own, limit=MOST_STEPS):
            when = f"{step.at:%Y-%m-%d %H:%M}"
            box.addItem(f"第{step.revision}步，{when}，{step.label}", ("step", step.revision))
        for listed in self._store.reports():
            if listed.id != own:
                name = f"{listed.org}{listed.year}年（{STATES[listed.state]}）"
                box.addItem(name, ("report", listed.id))
        return box

    def _rows(self) -> range:
        return range(self.before.count())

    def _report(self, box: QComboBox) -> Report:
        kind, number = box.currentData()
        if kind == "report":
            return stored(self._store, number)
        report, items = self._draft.report, self._store.at(self._draft.head.report, number)
        return Report(report.form, report.year, items)

    def _request_print(self) -> None:
        names = self.before.currentText(), self.after.currentText()
        self.print_requested.emit(self.comparison(), *names)
