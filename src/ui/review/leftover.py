"""What was left over at the foot of a review: placed by hand, or left out knowingly."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.acceptance import Acceptance, prose_items
from app.errors import AppError
from app.readers import figure
from app.readers.proposal import Leftover
from ui.history.dialog import name_of
from ui.style import look, theme

HEADS = ("没有放入报告的内容", "位置", "原因")
_ROWS = 3
"""So many rows are in view at most."""


class LeftoverList(QWidget):
    """Lists what is undecided.

    Signals:
        changed(str): a leftover was placed into an item, or left out (empty).
        leftover_changed(Leftover): another one is the current one.
    """

    changed = Signal(str)
    leftover_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acceptance: Acceptance | None = None
        self.preferred = ""
        self._title = QLabel()
        self.table = QTableWidget(0, len(HEADS))
        self._dress()
        self.place_button = QPushButton("放入(&P)…")
        self.place_button.setToolTip("选一个格或一个部分放进去（Enter）")
        self.place_button.clicked.connect(self.place)
        self.leave_button = QPushButton("不放入(&D)")
        self.leave_button.setToolTip("这一条不属于报告（Delete）")
        self.leave_button.clicked.connect(self.leave_out)
        self.leave_all_button = QPushButton("都不放入(&L)")
        self.leave_all_button.clicked.connect(self.leave_all_out)
        bar = QHBoxLayout()
        bar.addWidget(self._title, 1)
        for button in (self.place_button, self.leave_button, self.leave_all_button):
            button.setAutoDefault(False)
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(bar)
        layout.addWidget(self.table)

    def show_leftovers(self, acceptance: Acceptance) -> None:
        """Show what is undecided; with nothing there is nothing to see."""
        self._acceptance = acceptance
        row = max(self.table.currentRow(), 0)
        self.table.setRowCount(0)
        for left in acceptance.leftovers:
            self._add(left)
        self.setVisible(bool(acceptance.leftovers))
        rows = min(len(acceptance.leftovers), _ROWS)
        self.table.setFixedHeight(self._line * rows + theme.GRID // 2)
        self._title.setText(
            f"<b>没有放入报告的内容：{len(acceptance.leftovers)}处</b>　请放入，或确认不放入"
        )
        if acceptance.leftovers:
            self.table.selectRow(min(row, len(acceptance.leftovers) - 1))

    def current(self) -> Leftover | None:
        """Return the chosen leftover."""
        item = self.table.item(self.table.currentRow(), 0)
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def place(self) -> None:
        """Ask for a cell or section and put the chosen one there."""
        left = self.current()
        if left is None or self._acceptance is None:
            return
        dialog = PlaceDialog(self._acceptance, left, self.preferred, self)
        if dialog.exec():
            self._changed(dialog.item())
        dialog.deleteLater()

    def leave_out(self) -> None:
        """Decide that the chosen one has no place in the report."""
        left = self.current()
        if left is not None and self._acceptance is not None:
            self._acceptance.leave_out([left])
            self._changed("")

    def leave_all_out(self) -> None:
        """Decide that nothing of the rest has a place in the report."""
        if self._acceptance is not None:
            self._acceptance.leave_out(self._acceptance.leftovers)
            self._changed("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter places, Delete leaves out."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.place()
        elif event.key() == Qt.Key.Key_Delete:
            self.leave_out()
        else:
            super().keyPressEvent(event)

    def _changed(self, item: str) -> None:
        if self._acceptance is not None:
            self.show_leftovers(self._acceptance)
            self.changed.emit(item)

    def _add(self, left: Leftover) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate((left.text, str(left.place), left.why)):
            item = QTableWidgetItem(" ".join(text.split()))
            item.setToolTip(f"<p>{text}</p>")
            item.setData(Qt.ItemDataRole.UserRole, left)
            self.table.setItem(row, column, item)

    def _dress(self) -> None:
        table = self.table
        table.setAccessibleName("没有放入报告的内容")
        table.setHorizontalHeaderLabels(HEADS)
        table.verticalHeader().hide()
        table.horizontalHeader().hide()  # what is in the columns is plain to see
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        line = table.fontMetrics().height() + theme.GRID // 2
        table.verticalHeader().setDefaultSectionSize(line)
        self._line = line
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        table.currentCellChanged.connect(self._tell)

    def _tell(self) -> None:
        left = self.current()
        if left is not None:
            self.leftover_changed.emit(left)


class PlaceDialog(QDialog):
    """Asks into which cell, or below which prose, a leftover goes, and puts it there.

    `preferred` is the item that is offered first. What is no figure of the chosen cell is refused
    in place; the text can be put right before.
    """

    def __init__(
        self, acceptance: Acceptance, left: Leftover, preferred: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("放入报告")
        look.fit(self, 34, 23)
        self._acceptance, self._left = acceptance, left
        self.text = QPlainTextEdit(left.text)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.fontMetrics().height() * 3 + theme.GRID)
        self.search = QLineEdit()
        self.search.setPlaceholderText("键入部分名称，如：部分公开 自然人")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.choices = QListWidget()
        self.choices.itemActivated.connect(self.accept)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self._fill(preferred)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("放入")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for words, widget in (
            ("内容(&T)", self.text), ("查找(&S)", self.search), ("放入哪一处(&W)", self.choices),
        ):  # fmt: skip
            label = QLabel(words)
            label.setBuddy(widget)
            widget.setAccessibleName(words.partition("(")[0])
            layout.addWidget(label)
            layout.addWidget(widget)
        layout.addWidget(self.told)
        layout.addWidget(buttons)
        self.search.setFocus()

    def item(self) -> str:
        """Return the chosen cell or prose."""
        return str(self.choices.currentItem().data(Qt.ItemDataRole.UserRole))

    def accept(self) -> None:
        """Put the text where it was chosen to go, or say why it cannot stand there."""
        if self.choices.currentItem().isHidden():
            self.told.setText("没有找到这样的格或部分，请换几个字查找。")
            return
        try:
            self._acceptance.place(self._left, self.item(), self.text.toPlainText())
        except AppError as error:
            self.told.setText(f"{theme.SIGNS['error']} {error}")
            return
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead the arrows from the search to the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.search.hasFocus():
            self.choices.setFocus()
        super().keyPressEvent(event)

    def _fill(self, preferred: str) -> None:
        report = self._acceptance.report
        cells, texts = tuple(report.form.cells), prose_items(report.form)
        order = (*cells, *texts) if figure.is_figure(self._left.text) else (*texts, *cells)
        for item in order:
            name = name_of(item, report) + ("（文字末尾）" if item in texts else "")
            entry = QListWidgetItem(name)
            entry.setData(Qt.ItemDataRole.UserRole, item)
            self.choices.addItem(entry)
            if item == preferred:
                self.choices.setCurrentItem(entry)
        if self.choices.currentRow() < 0:
            self.choices.setCurrentRow(0)

    def _filter(self, wanted: str) -> None:
        """Show the names that hold all the words."""
        words = wanted.split()
        rows = range(self.choices.count())
        for row in rows:
            entry = self.choices.item(row)
            entry.setHidden(not all(word in entry.text() for word in words))
        shown = [row for row in rows if not self.choices.item(row).isHidden()]
        if shown and self.choices.currentItem().isHidden():
            self.choices.setCurrentRow(shown[0])
