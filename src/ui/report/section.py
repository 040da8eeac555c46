"""The tab of one section: its title, its prose, and its statutory table if it has one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import numbers, prose
from app.draft import Draft
from app.form import Section
from app.report import Report, narrative
from app.store.record import Step
from ui.prose.binding import Binding
from ui.prose.narrative import NarrativeEditor
from ui.report.cell_note import CellNote
from ui.style import theme
from ui.table.figure_entry import Scope
from ui.table.view import TableView

if TYPE_CHECKING:  # the rules are imported after the first look at the report
    from app.checks.finding import Finding

_LEAST_TABLE = 160
"""So high a table is at least, in pixels; all of it can be scrolled to."""
_PROSE_AT_TABLE = 5
"""So many lines of the window's text the prose over a table is high, at first."""
BEFORE_TABLE = "表前文字"
FILL_SCOPES: tuple[tuple[Scope, str], ...] = (
    ("row", "本行空格填0"),
    ("selection", "所选空格填0"),
    ("table", "全表空格填0"),
)


class SectionTab(QWidget):
    """Shows one section of a draft.

    Signals:
        said(str): a sentence for the foot of the window.
        cell_changed(str): another cell is the current one.
    """

    said = Signal(str)
    cell_changed = Signal(str)

    def __init__(self, draft: Draft, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self._draft = draft
        self._last_year: Report | None = None
        self.title = QLineEdit()
        self.title.setAccessibleName("本部分标题")
        self.title.setPlaceholderText(section.title)
        self._title_binding = Binding(self.title, draft, f"titles.{section.id}", "修改标题")
        self._title_binding.failed.connect(self.said)
        self.narrative = NarrativeEditor(draft, narrative(section.id))
        self.narrative.setAccessibleName(f"{section.short}的文字")
        self.narrative.said.connect(self.said)
        self._last_prose = QTextEdit()
        self._last_prose.setObjectName("last_year")
        self._last_prose.setReadOnly(True)
        self._last_prose.setAccessibleName("上年同一部分的文字")
        self._last_prose.hide()
        self._prose_row = QSplitter()
        self.table: TableView | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID // 2)
        layout.addLayout(self._bar())
        if section.table:
            self.table = TableView(draft, section.table)
            layout.addWidget(self._with_table(self.table), 1)
        else:
            layout.addWidget(self._prose_row, 1)
        self._prose_row.addWidget(self.narrative)
        self._prose_row.addWidget(self._last_prose)
        self._unsubscribe = draft.subscribe(self._follow)
        if self.table:
            self._describe_cell(self.table.current_cell())
            self._show_length(opens=True)

    # ── what the window asks for ────────────────────────────────────────────────────────────

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Mark what was found in the table and in the sentences."""
        self.narrative.set_findings(findings)
        if self.table:
            self.table.set_findings(findings)

    def set_last_year(self, report: Report | None) -> None:
        """Have last year's report at hand: its figure under the table, its prose beside."""
        self._last_year = report
        self._compare.setEnabled(report is not None)
        if report is not None and any(s.id == self.section.id for s in report.form.sections):
            self._last_prose.setPlainText(report.prose(self.section.id) or "（上年没有文字）")
        if self.table:
            self._describe_cell(self.table.current_cell())

    def show_cell(self, cell: str) -> None:
        """Go to a cell of the table."""
        if self.table:
            self.table.go_to(cell)

    def show_span(self, item: str, start: int, end: int) -> None:
        """Go to the prose or the title and select a span."""
        if item.startswith("titles."):
            self.title.setFocus(Qt.FocusReason.OtherFocusReason)
            self.title.selectAll()
            return
        self._open_prose()
        self.narrative.setFocus(Qt.FocusReason.OtherFocusReason)
        self.narrative.show_span(start, end)

    def set_locked(self, locked: bool) -> None:
        """Show everything for reading only, or let it be edited."""
        self._title_binding.set_locked(locked)
        self.narrative.set_locked(locked)
        if self.table:
            self.table.set_locked(locked)
            self._fill.setEnabled(not locked)
        self._outline.setEnabled(not locked)

    def flush(self) -> bool:
        """Write what is typed; says whether all of it was written."""
        done = [self._title_binding.flush(), self.narrative.flush()]
        return all(done) and (self.table is None or self.table.finish())

    def release(self) -> None:
        """Let go of the draft."""
        self._unsubscribe()
        self._title_binding.release()
        self.narrative.release()

    def current_item(self) -> str:
        """Return the cell or text that has the focus; the current cell if neither has."""
        if self.narrative.hasFocus():
            return narrative(self.section.id)
        if self.title.hasFocus():
            return f"titles.{self.section.id}"
        return self.table.current_cell() if self.table else narrative(self.section.id)

    # ── within ──────────────────────────────────────────────────────────────────────────────

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.addWidget(self.title, 1)
        self._outline = QPushButton("插入提纲")
        self._outline.setToolTip("插入本部分应有的小标题：" + "".join(self.section.outline))
        self._outline.clicked.connect(self._insert_outline)
        self._outline.setVisible(bool(self.section.outline))
        self._before_table = QPushButton(BEFORE_TABLE)
        self._before_table.setCheckable(True)
        self._before_table.setToolTip("表格前的文字说明，可以不填；有文字时印在表格前面")
        self._before_table.setVisible(bool(self.section.table))
        self._before_table.toggled.connect(self._show_prose)
        self._compare = QPushButton("对照上年")
        self._compare.setCheckable(True)
        self._compare.setEnabled(False)
        self._compare.setToolTip("在旁边显示上年报告中同一部分的文字")
        self._compare.toggled.connect(self._show_last_year)
        for button in (self._outline, self._before_table, self._compare):
            bar.addWidget(button)
        return bar

    def _with_table(self, table: TableView) -> QSplitter:
        table.setMinimumHeight(_LEAST_TABLE)
        table.current_changed.connect(self._describe_cell)
        table.said.connect(self.said)
        self._fill = QToolButton()
        self._fill.setText("填0")
        self._fill.setToolTip("把没有填的格填成0")
        self._fill.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._fill.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self._fill)
        for scope, label in FILL_SCOPES:
            action = QAction(label, menu)
            action.triggered.connect(partial(self._fill_zero, scope))
            menu.addAction(action)
        self._fill.setMenu(menu)
        proofreading = QCheckBox("核对模式")
        proofreading.setToolTip("按纸质材料录入合计：Tab 键也停在合计上")
        proofreading.toggled.connect(lambda on: setattr(table, "proofreading", on))
        self._note = CellNote(proofreading, self._fill)
        lower = QWidget()
        lower_layout = QVBoxLayout(lower)
        lower_layout.setContentsMargins(0, 0, 0, 0)
        lower_layout.setSpacing(theme.GRID // 2)
        lower_layout.addWidget(table, 1)
        lower_layout.addWidget(self._note)
        self._prose_row.hide()
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self._prose_row)
        self._parts.addWidget(lower)
        self._parts.setStretchFactor(1, 1)
        return self._parts

    # ── the prose before a table ────────────────────────────────────────────────────────────

    def _open_prose(self) -> None:
        if self.table:
            self._before_table.setChecked(True)

    def _show_prose(self, is_open: bool) -> None:
        """Give the prose before the table a few lines, or the table all the room."""
        assert self.table is not None
        had_focus = self.narrative.hasFocus()
        self._prose_row.setVisible(is_open)
        if is_open:
            prose_height = _PROSE_AT_TABLE * self.fontMetrics().height()
            self._parts.setSizes([prose_height, max(1, self._parts.height() - prose_height)])
        elif had_focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_last_year(self, is_shown: bool) -> None:
        self._last_prose.setVisible(is_shown)
        if is_shown:
            self._open_prose()

    def _show_length(self, opens: bool) -> None:
        """Let the button say how much stands before the table; it opens where there is some."""
        length = prose.length(self._draft.report.prose(self.section.id))
        self._before_table.setText(f"{BEFORE_TABLE} {length}字" if length else BEFORE_TABLE)
        if opens and length:
            self._open_prose()

    # ── the table ───────────────────────────────────────────────────────────────────────────

    def _fill_zero(self, scope: Scope, checked: bool = False) -> None:
        if self.table:
            self.table.fill_zero(scope)

    def _insert_outline(self) -> None:
        self.narrative.insert_outline(self.section.outline)
        self.narrative.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, step: Step) -> None:
        if self.table and self.table.current_cell() in step.changed:
            self._describe_cell(self.table.current_cell())
        if self.table and (step.kind == "reload" or narrative(self.section.id) in step.changed):
            self._show_length(opens=not self.narrative.hasFocus())

    def _describe_cell(self, cell_id: str) -> None:
        """Say under the table what the current cell is, and what it was last year."""
        self.cell_changed.emit(cell_id)
        cell = self._draft.report.form.cells.get(cell_id)
        if cell is None:
            self._note.show_cell("")
            return
        said = []
        value = self._draft.report.figure(cell_id)
        before = self._before(cell_id)
        if before is not None:
            said.append(f"上年：{numbers.show(before, cell.kind)}")
            if value is not None:
                sign = "+" if value > before else "-" if value < before else ""
                said.append(f"差：{sign}{numbers.show(abs(value - before), cell.kind)}")
        about = f"{cell.about}（{cell.source}）" if cell.source and cell.about else cell.about
        self._note.show_cell(cell.name, "，".join(said), about)

    def _before(self, cell_id: str) -> int | None:
        """Last year's figure of a cell, where the other form counts the same thing under it."""
        before, form = self._last_year, self._draft.report.form
        if before is None or cell_id not in before.form.cells:
            return None
        same = before.form.cells[cell_id]
        cell = form.cells[cell_id]
        return (
            before.figure(cell_id) if (same.column, same.unit) == (cell.column, cell.unit) else None
        )
