"""The review of what was read from a file: the source beside what was made of it.

The dialog ends once what was read is kept where the clerk wants it.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app import readers
from app.acceptance import Acceptance, Merging
from app.errors import AppError
from app.form import Form
from app.readers import Proposal
from app.readers.proposal import Leftover
from app.report import Report
from ui import bridge
from ui.review import words
from ui.review.head import ReviewHead
from ui.review.leftover import LeftoverList
from ui.review.list import ReviewList
from ui.review.model import ReviewModel
from ui.review.source_view import SourceView
from ui.style import look, theme

NEW, LAST_YEAR, INTO = "new", "last_year", "into"
"""Where what was read can go: a report of its own, last year's report, the open report."""


class ReviewDialog(QDialog):
    """Shows a proposal for review.

    `present` is the content of the open report, None without one; `is_locked` says that it cannot
    change. `is_there(org, year)` says whether there is a report of a unit for a year already.
    `keep` writes what was accepted; where that fails, the review goes on with its sentence.

    Attributes:
        acceptance: what was read, with the decisions of the clerk.
        merging: it beside the open report, where it goes there.
    """

    def __init__(
        self,
        proposal: Proposal,
        path: Path,
        present: Report | None,
        is_locked: bool,
        is_there: Callable[[str, int], bool],
        keep: Callable[["ReviewDialog"], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"核对读入的内容 — {proposal.name}")
        look.fit(self, 93, 34)
        self._path, self._present, self._is_there = path, present, is_there
        self._keep = keep
        self.acceptance = Acceptance(proposal)
        self.merging: Merging | None = None
        self.source = SourceView()
        self.head = ReviewHead()
        self.model = ReviewModel(self.acceptance)
        self.list = ReviewList(self.model)
        self.leftovers = LeftoverList()
        self.detail = QTextBrowser()
        self.detail.setAccessibleName("所选一项的详情")
        self.hint, self.told = QLabel(), QLabel()
        for label, name in ((self.hint, "提示"), (self.told, "还要做什么")):
            label.setAccessibleName(name)
            label.setWordWrap(True)
        self._choose_from = self._destinations(can_merge=not is_locked)
        self._lay_out()
        self._connect()
        self._begin()

    @property
    def destination(self) -> str:
        """Where what was read is to go."""
        return next(name for name, button in self._choose_from.items() if button.isChecked())

    def choose(self, destination: str) -> None:
        """Choose where what was read is to go."""
        self._choose_from[destination].setChecked(True)
        self._show_destination()

    def accept(self) -> None:
        """End the review, unless something has to be decided before."""
        if not self.list.finish():
            return
        if not self.acceptance.report.org:
            self._tell("请先填写单位。")
            self.head.org.setFocus()
        elif self.acceptance.leftovers:
            self._tell("还有没有放入报告的内容，请先放入，或按“都不放入”。")
            self.leftovers.table.setFocus()
        else:
            self._end()

    def _end(self) -> None:
        try:
            self._keep(self)
        except AppError as error:
            self.model.show(self.acceptance, self.merging)
            self._show_state()
            self._tell(str(error))
        else:
            super().accept()

    def done(self, result: int) -> None:
        """Close, and let go of what is still being drawn."""
        self.source.stop()
        super().done(result)

    # ── what is shown ───────────────────────────────────────────────────────────────────────

    def _begin(self) -> None:
        """Show the review from its beginning."""
        self.source.show_source(self.acceptance.proposal, self._path)
        self._show_destination()
        self.leftovers.show_leftovers(self.acceptance)
        self._show_item(self.list.current_item)
        self.list.setFocus()

    def _read_as(self, form: Form) -> None:
        """Read the file again as the form that was chosen."""
        before = self.acceptance
        done = bridge.attempt(self, lambda: self._take(readers.read_as(before.proposal, form)))
        if not done:
            self.head.show_head(before)
            return
        if "org" in before.corrected:
            self.acceptance.set_org(before.report.org)
        if "year" in before.corrected:
            self.acceptance.set_year(before.report.year)
        self._begin()

    def _take(self, proposal: Proposal) -> None:
        self.acceptance = Acceptance(proposal)

    def _show_destination(self) -> None:
        """Follow the choice: beside the open report the list compares."""
        into = self.destination == INTO and self._present is not None
        self.merging = None
        if into and self._present is not None:
            self.merging = Merging(self._present, self.acceptance)
        self.model.show(self.acceptance, self.merging)
        self._show_state()

    def _show_state(self) -> None:
        self.model.refresh()
        self.head.show_head(self.acceptance)
        last_year = self._present if self.destination == LAST_YEAR else None
        self.hint.setText(words.hint(self.acceptance, self.merging, last_year, self._is_there))
        self._tell(words.still_to_do(self.acceptance, self.merging))
        is_open = self.acceptance.is_open(self.list.current_item)
        self.confirm_button.setEnabled(is_open)
        self.next_button.setEnabled(bool(self.acceptance.open_items))

    def _show_item(self, item: str) -> None:
        """Show where an item stands in the file, and all there is to say of it."""
        reading = self.acceptance.readings.get(item)
        text = reading.source if reading else self.model.whole(item)
        self.source.light(reading.place if reading else None, text)
        self.detail.setHtml(words.detail(item, self.model))
        self.confirm_button.setEnabled(self.acceptance.is_open(item))
        self.leftovers.preferred = item

    def _show_leftover(self, left: Leftover) -> None:
        if self.leftovers.table.hasFocus():
            self.source.light(left.place, left.text)

    def _follow(self, item: str = "") -> None:
        """Follow a decision."""
        if item and self.merging:
            self.merging.chosen.add(item)
        if item and self.model.row_of(item) < 0:
            self.model.show(self.acceptance, self.merging)
        if item:
            self.list.go_to(item)
        self._show_state()
        self.detail.setHtml(words.detail(self.list.current_item, self.model))

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)

    # ── made once ───────────────────────────────────────────────────────────────────────────

    def _destinations(self, *, can_merge: bool) -> dict[str, QRadioButton]:
        present, read = self._present, self.acceptance.report
        before = f"（{present.year - 1}年）" if present else ""
        made = {
            NEW: QRadioButton("新报告(&1)"),
            LAST_YEAR: QRadioButton(f"上年报告{before}(&2)"),
            INTO: QRadioButton("并入当前报告(&3)"),
        }
        made[LAST_YEAR].setToolTip("保存为当前报告的上年报告，在各部分对照")
        made[INTO].setToolTip("与当前报告逐项比较，采用的一步并入，可以撤销")
        made[LAST_YEAR].setEnabled(present is not None)
        made[INTO].setEnabled(present is not None and can_merge)
        group = QButtonGroup(self)
        for button in made.values():
            group.addButton(button)
        chosen = NEW
        if present and present.org in ("", read.org or present.org):
            if read.year == present.year and can_merge:
                chosen = INTO
            elif read.year == present.year - 1:
                chosen = LAST_YEAR
        made[chosen].setChecked(True)
        group.buttonClicked.connect(lambda _: self._show_destination())
        return made

    def _lay_out(self) -> None:
        self.confirm_button = QPushButton("确认此数(&C)")
        self.confirm_button.setToolTip("这一项读得对（Enter）")
        self.next_button = QPushButton("下一处待核对(&N)")
        self.next_button.setToolTip("F8")
        self.accept_button = QPushButton("读入(&A)")
        self.accept_button.setToolTip("Ctrl+Enter")
        cancel = QPushButton("取消")
        cancel.clicked.connect(self.reject)
        line = self.fontMetrics().height()
        self.detail.setMinimumHeight(2 * line)
        self.list.setMinimumHeight(6 * line)
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.list)
        middle.addWidget(self.detail)
        middle.setStretchFactor(0, 1)
        middle.setSizes([20 * line, 3 * line + theme.GRID])
        steps = QHBoxLayout()
        steps.addWidget(self.hint, 1)
        for button in (self.confirm_button, self.next_button):
            steps.addWidget(button)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(middle, 1)
        column.addLayout(steps)
        foot = QHBoxLayout()
        foot.addWidget(QLabel("读入为"))
        for radio in self._choose_from.values():
            foot.addWidget(radio)
        foot.addWidget(self.told, 1)
        for button in (self.accept_button, cancel):
            foot.addWidget(button)
        for button in (self.confirm_button, self.next_button, self.accept_button, cancel):
            button.setAutoDefault(False)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.source)
        split.addWidget(right)
        split.setSizes([540, 760])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addWidget(split, 1)
        layout.addWidget(self.leftovers)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.head.edited.connect(self._show_state)
        self.head.form_chosen.connect(self._read_as)
        self.list.item_changed.connect(self._show_item)
        self.list.decided.connect(self._follow)
        self.list.said.connect(self._tell)
        self.list.head_wanted.connect(self.head.edit)
        self.leftovers.changed.connect(self._follow)
        self.leftovers.leftover_changed.connect(self._show_leftover)
        self.confirm_button.clicked.connect(self.list.confirm)
        self.next_button.clicked.connect(self.list.next_open)
        self.accept_button.clicked.connect(self.accept)
        for keys, action in (
            ("F8", self.list.next_open),
            ("Shift+F8", lambda: self.list.next_open(-1)),
            ("Ctrl+Return", self.accept),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
