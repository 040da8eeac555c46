"""The tab 封面与前言: what the preface is generated from, and the preface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.draft import Draft
from app.report import COVER, PREFACE, UNIT_TYPES
from app.store.record import Step
from ui import bridge
from ui.prose.binding import Binding
from ui.prose.narrative import NarrativeEditor
from ui.style import theme

if TYPE_CHECKING:  # the rules are imported after the first look at the report
    from app.checks.finding import Finding

_LEAST_PREFACE = 200
"""So high the preface is at least, in pixels."""
GENERATED = "前言由上面各项自动生成，修改后不再随之变化。"
EDITED = "前言已人工修改，上面各项不再影响它。"


class CoverTab(QWidget):
    """The unit's data as fields, and the preface that follows from them until it is edited.

    Signals:
        said(str): a sentence for the foot of the window.
    """

    said = Signal(str)

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._bindings: list[Binding] = []
        self._fields: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow("单位(&O)", self._field("org", "单位", "单位全称"))
        self._unit_type = self._make_unit_type()
        form.addRow("单位类型(&T)", self._unit_type)
        year = QLabel(f"{draft.report.year}年（{draft.report.form.source}格式）")
        form.addRow("报告年度", year)
        hints = {"legal_basis": draft.report.form.legal_basis}
        for key, label in COVER.items():
            form.addRow(label, self._field(f"cover.{key}", label, hints.get(key, "")))
        self.preface = NarrativeEditor(draft, PREFACE)
        self.preface.setAccessibleName("前言")
        self.preface.said.connect(self.said)
        self._preface_state = QLabel()
        self._generate = QPushButton("重新生成前言(&G)")
        self._generate.setToolTip("按上面各项重新生成，现有文字将被替换；可以撤销。")
        self._generate.clicked.connect(self.generate)
        row = QHBoxLayout()
        row.addWidget(self._preface_state, 1)
        row.addWidget(self._generate)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(*(2 * theme.GRID,) * 4)
        layout.addLayout(form)
        layout.addSpacing(theme.GRID)
        layout.addLayout(row)
        layout.addWidget(self.preface, 1)
        self.preface.setMinimumHeight(_LEAST_PREFACE)
        self._show_scrolled(page)
        self._unsubscribe = draft.subscribe(self._follow)
        self._show_preface_state()

    def generate(self) -> None:
        """Let the preface follow the fields again."""
        self.flush()
        draft = self._draft
        bridge.attempt(self, lambda: draft.set({PREFACE: None}, "重新生成前言"))

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Underline what was found in the preface."""
        self.preface.set_findings(findings)

    def show_span(self, item: str, start: int, end: int) -> None:
        """Go to a text and select a span of it."""
        if item in self._fields:
            self._fields[item].setFocus(Qt.FocusReason.OtherFocusReason)
            self._fields[item].setSelection(start, end - start)
        else:
            self.preface.setFocus(Qt.FocusReason.OtherFocusReason)
            self.preface.show_span(start, end)

    def focus_first(self) -> None:
        """Give the keys to the first field."""
        self._fields["org"].setFocus(Qt.FocusReason.OtherFocusReason)

    def current_item(self) -> str:
        """Return the text that has the focus, the preface if none has."""
        focused = (item for item, field in self._fields.items() if field.hasFocus())
        return next(focused, PREFACE)

    def set_locked(self, locked: bool) -> None:
        """Show everything for reading only, or let it be edited."""
        for binding in self._bindings:
            binding.set_locked(locked)
        self._unit_type.setEnabled(not locked)
        self.preface.set_locked(locked)
        self._generate.setEnabled(not locked)

    def flush(self) -> bool:
        """Write what is typed; says whether all of it was written."""
        done = [binding.flush() for binding in self._bindings]
        return all([*done, self.preface.flush()])

    def release(self) -> None:
        """Let go of the draft."""
        self._unsubscribe()
        for binding in self._bindings:
            binding.release()
        self.preface.release()

    def _show_scrolled(self, page: QWidget) -> None:
        """Let the page be scrolled where large text leaves no room for all of it."""
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _field(self, item: str, label: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(label)
        field.setPlaceholderText(hint)
        binding = Binding(field, self._draft, item, f"填写{label}")
        binding.failed.connect(self.said)
        self._bindings.append(binding)
        self._fields[item] = field
        return field

    def _make_unit_type(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName("单位类型")
        box.addItem("（请选择）", "")
        for key, label in UNIT_TYPES.items():
            box.addItem(label, key)
        box.setCurrentIndex(max(0, box.findData(self._draft.report.text("unit_type"))))
        box.activated.connect(self._choose_unit_type)
        return box

    def _choose_unit_type(self) -> None:
        chosen, draft = self._unit_type.currentData() or None, self._draft
        if not bridge.attempt(self, lambda: draft.set({"unit_type": chosen}, "选择单位类型")):
            self._show_unit_type()

    def _show_unit_type(self) -> None:
        now = self._draft.report.text("unit_type")
        self._unit_type.setCurrentIndex(max(0, self._unit_type.findData(now)))

    def _follow(self, step: Step) -> None:
        if "unit_type" in step.changed:
            self._show_unit_type()
        self._show_preface_state()

    def _show_preface_state(self) -> None:
        edited = PREFACE in self._draft.report.items
        self._preface_state.setText(EDITED if edited else GENERATED)
        self._generate.setVisible(edited)
