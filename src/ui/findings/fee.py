"""信息处理费计算: the tariff, and the sentence for the section where it is told."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app import fee
from app.fee import Charge
from ui.style import look

BY_ITEM, BY_PAGE = "按件", "按量"
_WAYS = {BY_ITEM: ("件", fee.by_item), BY_PAGE: ("页", fee.by_page)}
_MOST = 100_000


class FeeDialog(QDialog):
    """Adds up what was charged and offers the sentence for the report of a year.

    Signals:
        sentence_accepted(str): the sentence is to be put into the report.
    """

    sentence_accepted = Signal(str)

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("信息处理费计算")
        look.fit(self, 40, 23)
        self._year = year
        self._charges: list[Charge] = []
        self.way = QComboBox()
        self.way.addItems(list(_WAYS))
        self.way.setAccessibleName("收费方式")
        self.amount = QSpinBox()
        self.amount.setRange(0, _MOST)
        self.amount.setAccessibleName("件数或页数")
        self.office = QLineEdit()
        self.office.setPlaceholderText("收费单位（只有本机关时不填）")
        self.office.setAccessibleName("收费单位")
        self.worth = QLabel()
        self._table = QTableWidget(0, 3)
        self._table.setAccessibleName("已列入的收费")
        self._table.setHorizontalHeaderLabels(["收费单位", "收费申请", "金额"])
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setTabKeyNavigation(False)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self._lay_out()
        self.way.currentTextChanged.connect(self._price)
        self.amount.valueChanged.connect(self._price)
        self._price()
        self._show()

    def add(self) -> None:
        """Add what is chosen: one applicant's month by number, or one application by volume."""
        charge = self._chosen()
        self._charges.append(Charge(charge.applications, charge.yuan, self.office.text().strip()))
        self.amount.setValue(0)
        self._show()
        self.amount.setFocus()

    def remove(self) -> None:
        """Take the chosen row out again."""
        row = self._table.currentRow()
        if 0 <= row < len(self._charges):
            del self._charges[row]
            self._show()

    def _lay_out(self) -> None:
        note = QLabel(
            "按件：同一申请人一个自然月内的申请，10件以下不收费；按量：一件申请的页数，30页以下不收费。"
            "同一件申请只能按一种方式收费。（国办函〔2020〕109号）"
        )
        note.setWordWrap(True)
        add, remove = QPushButton("列入(&A)"), QPushButton("移除所选(&R)")
        add.clicked.connect(self.add)
        remove.clicked.connect(self.remove)
        line = QHBoxLayout()
        for widget in (self.way, self.amount, self.worth, self.office, add):
            line.addWidget(widget)
        line.setStretchFactor(self.office, 1)
        accept, close = QPushButton("写入报告(&W)"), QPushButton("关闭")
        accept.setDefault(True)
        accept.clicked.connect(self._accept)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(remove)
        buttons.addStretch()
        buttons.addWidget(accept)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(note)
        layout.addLayout(line)
        layout.addWidget(self._table)
        layout.addWidget(self.sentence)
        layout.addLayout(buttons)

    def _chosen(self) -> Charge:
        return _WAYS[self.way.currentText()][1](self.amount.value())

    def _price(self) -> None:
        self.amount.setSuffix(_WAYS[self.way.currentText()][0])
        self.worth.setText(f"应收{self._chosen().yuan}元")

    def _show(self) -> None:
        self._table.setRowCount(len(self._charges))
        for row, charge in enumerate(self._charges):
            texts = (charge.office or "本机关", f"{charge.applications}件", f"{charge.yuan}元")
            for column, text in enumerate(texts):
                self._table.setItem(row, column, QTableWidgetItem(text))
        self.sentence.setText(fee.sentence(self._year, self._by_office()))

    def _by_office(self) -> list[Charge]:
        """The charges of each office, in the order in which they came."""
        offices = dict.fromkeys(charge.office for charge in self._charges)
        sums = {o: fee.total(c for c in self._charges if c.office == o) for o in offices}
        return [Charge(s.applications, s.yuan, office) for office, s in sums.items()]

    def _accept(self) -> None:
        self.sentence_accepted.emit(self.sentence.text())
        self.accept()
