"""The dialog for a new report: unit and year; the form follows from the year."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from app import form_file
from app.report import UNIT_TYPES


class NewReportDialog(QDialog):
    """Asks for unit, kind of unit, year and, where the form has them, the local variant.

    `is_there(org, year)` says whether the store has a report of a unit for a year.
    """

    def __init__(
        self,
        year: int,
        orgs: list[str],
        is_there: Callable[[str, int], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("新建报告")
        self._is_there = is_there
        self.org = QLineEdit(orgs[0] if orgs else "")
        self.org.setPlaceholderText("单位全称，如：示例市人民政府")
        self.org.setMinimumWidth(360)
        completer = QCompleter(orgs, self)
        self.org.setCompleter(completer)
        self.unit_type = QComboBox()
        self.unit_type.addItem("（请选择）", "")
        for key, label in UNIT_TYPES.items():
            self.unit_type.addItem(label, key)
        self.year = QSpinBox()
        self.year.setRange(form_file.first_year(), year + 20)
        self.year.setValue(year)
        self.year.setSuffix("年")
        self.profile = QComboBox()
        self._form_label = QLabel()
        self._form_label.setObjectName("form")
        self._form_label.setWordWrap(True)
        self._buttons = QDialogButtonBox()
        self._create = self._buttons.addButton("新建", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QFormLayout(self)
        layout.addRow("单位(&U)", self.org)
        layout.addRow("单位类型(&T)", self.unit_type)
        layout.addRow("报告年度(&Y)", self.year)
        layout.addRow("地方样式(&P)", self.profile)
        layout.addRow(self._form_label)
        layout.addRow(self._buttons)
        for name, widget in (
            ("单位", self.org),
            ("单位类型", self.unit_type),
            ("报告年度", self.year),
            ("地方样式", self.profile),
        ):
            widget.setAccessibleName(name)
        self.year.valueChanged.connect(self._follow_year)
        self.org.textChanged.connect(self._describe)
        self._follow_year()

    def choose_unit_type(self, unit_type: str) -> None:
        """Show a kind of unit as chosen."""
        self.unit_type.setCurrentIndex(max(0, self.unit_type.findData(unit_type)))

    def chosen_profile(self) -> str | None:
        """Return the local variant, None for the national form."""
        return self.profile.currentData() or None

    def _follow_year(self) -> None:
        form = form_file.for_year(self.year.value())
        self.profile.clear()
        self.profile.addItem("国家统一格式", "")
        for key, name in form.profiles.items():
            self.profile.addItem(name, key)
        self._describe()

    def _describe(self) -> None:
        org, year = self.org.text().strip(), self.year.value()
        form = form_file.for_year(year)
        lines = [f"使用{form.source}的格式。"]
        if org and self._is_there(org, year - 1):
            lines.append(f"将从{year - 1}年报告带入单位资料和上年结转。")
        if org and self._is_there(org, year):
            lines.append(f"！已有该单位{year}年的报告，新建后会有两份。")
        self._form_label.setText("\n".join(lines))
        self._create.setEnabled(bool(org))
