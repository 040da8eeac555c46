"""Fields for what a report says of the own unit, who fills it in, and when it is wanted."""

from dataclasses import replace

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from app.report import CONTACT, COVER, UNIT_TYPES
from app.settings import Settings

_YEAR = 2001
"""A year without 29 February; only month and day are asked."""


class UnitForm(QWidget):
    """The fields; `with_contact` asks for address and telephone, too.

    Signals:
        edited(): a field was changed and left.
    """

    edited = Signal()

    def __init__(self, *, with_contact: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.org = _line("单位", "单位全称，如：示例市人民政府")
        self.unit_type = QComboBox()
        self.unit_type.setAccessibleName("单位类型")
        self.unit_type.addItem("（请选择）", "")
        for key, label in UNIT_TYPES.items():
            self.unit_type.addItem(label, key)
        self.who = _line("填写人姓名", "记入每一步修改；不填则用登录名")
        self._contact = {f"cover.{key}": _line(COVER[key]) for key in CONTACT if with_contact}
        self.has_due = QCheckBox("上级另有要求(&D)")
        self.due = QDateEdit(QDate(_YEAR, 1, 20))
        self.due.setAccessibleName("报送截止日")
        self.due.setDisplayFormat("次年M月d日")
        self.due.setEnabled(False)
        self._lay_out()
        self.has_due.toggled.connect(self.due.setEnabled)
        for field in (self.org, self.who, *self._contact.values()):
            field.editingFinished.connect(self.edited)
        self.due.editingFinished.connect(self.edited)
        self.unit_type.activated.connect(self.edited)
        self.has_due.toggled.connect(self.edited)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        unit = settings.unit
        self.org.setText(settings.org)
        self.unit_type.setCurrentIndex(max(0, self.unit_type.findData(unit.get("unit_type", ""))))
        self.who.setText(settings.who)
        for item, field in self._contact.items():
            field.setText(unit.get(item, ""))
        if day := settings.due_day(_YEAR - 1):
            self.due.setDate(QDate(day.year, day.month, day.day))
        self.has_due.setChecked(bool(day))

    def changed(self, settings: Settings) -> Settings:
        """Return settings with what the fields say; those it does not show stay."""
        said = {
            "org": self.org.text().strip(),
            "unit_type": self.unit_type.currentData(),
            **{item: field.text().strip() for item, field in self._contact.items()},
        }
        unit = {item: text for item, text in {**settings.unit, **said}.items() if text}
        due = self.due.date().toString("MM-dd") if self.has_due.isChecked() else ""
        return replace(settings, who=self.who.text().strip(), unit=unit, due=due)

    def _lay_out(self) -> None:
        day = QHBoxLayout()
        for widget in (self.has_due, self.due):
            day.addWidget(widget)
        day.addStretch()
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow("单位(&U)", self.org)
        form.addRow("单位类型(&T)", self.unit_type)
        for field in self._contact.values():
            form.addRow(field.accessibleName(), field)
        form.addRow("填写人(&W)", self.who)
        form.addRow("报送截止日", day)
        self.has_due.setToolTip(
            "不勾选时按《条例》第四十九条：县级以上政府部门1月31日前，人民政府3月31日前。"
        )


def _line(name: str, hint: str = "") -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    return field
