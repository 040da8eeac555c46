"""登记签署: who signed the paper at which desk, on which day, in which words."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from app.signoff import Post
from ui.signoff.reason import day_field, day_of

OPINIONS = ("同意", "情况属实", "符合公开要求", "不涉密", "同意签发")
"""What people write; any other words will do."""


class SignatureDialog(QDialog):
    """Asks for a signature as it stands on the sheet; the desk that is due is proposed."""

    def __init__(
        self, chain: Sequence[Post], due: str, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("登记签署")
        self._chain = {post.title: post for post in chain}
        self.post = QComboBox()
        self.post.setAccessibleName("环节")
        for post in chain:
            asked = f"（{post.question}）" if post.question else ""
            self.post.addItem(post.title + asked, post.title)
        self.who = QLineEdit()
        self.who.setAccessibleName("签署人")
        self.day = day_field("签署日期", today)
        self.opinion = QComboBox()
        self.opinion.setAccessibleName("意见")
        self.opinion.setEditable(True)
        self.opinion.addItems(list(OPINIONS))
        told = QLabel("按纸质送审单上的手写签名登记；报告退回或重新打开后，登记自动失效。")
        told.setWordWrap(True)
        buttons = QDialogButtonBox()
        self._ok = buttons.addButton("登记", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QFormLayout(self)
        layout.addRow(told)
        layout.addRow("环节(&P)", self.post)
        layout.addRow("签署人(&W)", self.who)
        layout.addRow("签署日期(&D)", self.day)
        layout.addRow("意见(&O)", self.opinion)
        layout.addRow(buttons)
        self.post.currentIndexChanged.connect(self._propose_name)
        self.who.textChanged.connect(self._refresh)
        self.post.setCurrentIndex(max(0, self.post.findData(due)))
        self._propose_name()
        self._refresh()

    def chosen_day(self) -> date:
        """Return the day of the signature."""
        return day_of(self.day)

    def _propose_name(self) -> None:
        self.who.setText(self._chain[self.post.currentData()].name)

    def _refresh(self) -> None:
        self._ok.setEnabled(bool(self.who.text().strip()))
