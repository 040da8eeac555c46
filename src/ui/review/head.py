"""What a file tells of the whole report, over a review: unit, year, form; each can be corrected."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from app import form_file
from app.acceptance import Acceptance
from app.form import Form
from ui.style import theme

_LATEST = 2199
_SHORTEST = 6
"""The form may be shortened to so many characters where there is little room."""


class ReviewHead(QWidget):
    """The fields for unit, year and form.

    Signals:
        edited(): the unit or the year was corrected, in the acceptance too.
        form_chosen(Form): the file is to be read as another form.
    """

    edited = Signal()
    form_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acceptance: Acceptance | None = None
        self.org = QLineEdit()
        self.org.setPlaceholderText("单位全称，如：示例市人民政府")
        self.year = QSpinBox()
        self.year.setRange(form_file.first_year(), _LATEST)
        self.year.setSuffix("年")
        self.form = QComboBox()
        for form in _forms():
            self.form.addItem(_name(form), form)
        self.form.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.form.setMinimumContentsLength(_SHORTEST)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for text, name, widget, stretch in (
            ("单位(&U)", "单位", self.org, 3),
            ("年度(&Y)", "年度", self.year, 0),
            ("表样(&F)", "表样", self.form, 2),
        ):
            label = QLabel(text)
            label.setBuddy(widget)
            widget.setAccessibleName(name)
            layout.addWidget(label)
            layout.addWidget(widget, stretch)
        layout.setSpacing(theme.GRID)
        self.org.textEdited.connect(self._edit)
        self.year.valueChanged.connect(self._edit)
        self.form.activated.connect(lambda: self.form_chosen.emit(self.form.currentData()))

    def show_head(self, acceptance: Acceptance) -> None:
        """Show what was read."""
        self._acceptance = None
        report = acceptance.report
        if self.org.text().strip() != report.org:
            self.org.setText(report.org)
            self.org.setCursorPosition(0)
        self.year.setValue(report.year)
        chosen = (report.form.id, report.form.profile)
        forms = [self.form.itemData(n) for n in range(self.form.count())]
        self.form.setCurrentIndex([(form.id, form.profile) for form in forms].index(chosen))
        self.form.setEnabled(acceptance.proposal.extract is not None)
        self._acceptance = acceptance

    def edit(self, item: str) -> None:
        """Let the unit (org) or the year be typed."""
        field = self.org if item == "org" else self.year
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def _edit(self) -> None:
        if self._acceptance is not None:
            self._acceptance.set_org(self.org.text())
            self._acceptance.set_year(self.year.value())
            self.edited.emit()


def _forms() -> list[Form]:
    plain = [form_file.load(entry.id) for entry in form_file.catalogue()]
    return [
        form_file.load(form.id, profile) for form in plain for profile in (None, *form.profiles)
    ]


def _name(form: Form) -> str:
    profile = form.profiles.get(form.profile or "", "国家统一格式")
    return f"{form.year}年起 · {profile}"
