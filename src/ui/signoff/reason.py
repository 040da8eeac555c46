"""Ask for a reason, or a day: what a move from state to state takes."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QWidget,
)


def day_field(name: str, day: date) -> QDateEdit:
    """Return a field for a day, with a calendar."""
    field = QDateEdit(QDate(day.year, day.month, day.day))
    field.setDisplayFormat("yyyy年M月d日")
    field.setCalendarPopup(True)
    field.setAccessibleName(name)
    return field


def day_of(field: QDateEdit) -> date:
    """Return the day that a field holds."""
    day = field.date()
    return date(day.year(), day.month(), day.day())


class ReasonDialog(QDialog):
    """Says what a move means, and asks for its reason and its day, where it takes one."""

    def __init__(
        self,
        title: str,
        meaning: str,
        *,
        needs_reason: bool = True,
        day: tuple[str, date] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._needs_reason = needs_reason
        told = QLabel(meaning)
        told.setWordWrap(True)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("理由")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(96)
        self.reason.setMinimumWidth(420)
        self.reason.setPlaceholderText("必填" if needs_reason else "可不填")
        self.day = day_field(*day) if day else None
        self._buttons = QDialogButtonBox()
        self._ok = self._buttons.addButton(title, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QFormLayout(self)
        layout.addRow(told)
        if self.day and day:
            layout.addRow(f"{day[0]}(&D)", self.day)
        layout.addRow("理由(&R)", self.reason)
        layout.addRow(self._buttons)
        self.reason.textChanged.connect(self._refresh)
        self._refresh()

    def text(self) -> str:
        """Return the reason."""
        return self.reason.toPlainText().strip()

    def chosen_day(self) -> date | None:
        """Return the day, None where none was asked for."""
        return day_of(self.day) if self.day else None

    def _refresh(self) -> None:
        self._ok.setEnabled(bool(self.text()) or not self._needs_reason)
