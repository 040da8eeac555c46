"""批注: remarks on cells and sentences, and the answers to them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.circulation import Circulation
from app.draft import Draft
from app.store.record import Note
from ui import bridge
from ui.history.dialog import name_of
from ui.style import look
from ui.style.list_table import ListTable


class NoteDialog(QDialog):
    """Lists the notes on a report beside the window, takes new ones and answers.

    `set_place` says what a new note would be on.

    Signals:
        jump_requested(Note): the cell or sentence of a note is to be shown.
        changed(): a note was added or answered.
    """

    jump_requested = Signal(object)
    changed = Signal()

    def __init__(self, way: Circulation, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"批注 — {draft.report.org}{draft.report.year}年")
        look.fit(self, 51, 23)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # it stays open beside the window
        self._way, self._draft = way, draft
        self._item, self._excerpt = "", ""
        self.list = ListTable(
            "批注",
            ["位置", "意见", "提出人", "时间", "答复"],
            "还没有批注。在窗口中点到要批注的格或句子，写上意见，按“添加批注”。",
        )
        self.list.itemActivated.connect(lambda _: self._jump())
        self.list.itemSelectionChanged.connect(self._refresh_answer)
        self.place = QLabel()
        self.place.setWordWrap(True)
        self.who = _field("提出人")
        self.body = _field("意见")
        self.answer = _field("答复")
        add = QPushButton("添加批注(&A)")
        add.clicked.connect(self._add)
        self._answer = QPushButton("答复(&R)")
        self._answer.clicked.connect(self._reply)
        jump = QPushButton("转到该处(&G)")
        jump.clicked.connect(self._jump)
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        form = QFormLayout()
        form.addRow("答复所选批注", _beside(self.answer, self._answer, jump))
        form.addRow("批注对象", self.place)
        form.addRow("提出人(&W)", self.who)
        form.addRow("意见", _beside(self.body, add, close))
        layout = QVBoxLayout(self)
        layout.addWidget(self.list, 1)
        layout.addLayout(form)
        self.refresh()

    def set_place(self, item: str, excerpt: str) -> None:
        """Say what a new note would be on: a cell, or a sentence of a text."""
        self._item, self._excerpt = item, excerpt
        named = name_of(item, self._draft.report) if item else "整份报告"
        self.place.setText(f"{named}：“{excerpt}”" if excerpt else named)

    def refresh(self) -> None:
        """Show the notes as they are kept."""
        rows = []
        for note in self._way.notes():
            named = name_of(note.item, self._draft.report) if note.item else "整份报告"
            place = f"{named}：“{note.excerpt}”" if note.excerpt else named
            answer = f"{note.answer}（{note.answered_by}）" if note.answer else "未答复"
            rows.append((note, (place, note.body, note.who, f"{note.at:%m-%d %H:%M}", answer)))
        self.list.show_rows(rows)
        self._refresh_answer()

    def _add(self) -> None:
        way, item, excerpt = self._way, self._item, self._excerpt
        body, who = self.body.text(), self.who.text() or self._draft.who
        if bridge.attempt(self, lambda: way.note(item, excerpt, body, who)):
            self.body.clear()
            self.refresh()
            self.changed.emit()

    def _reply(self) -> None:
        note, way, text = self.list.chosen(), self._way, self.answer.text()
        if isinstance(note, Note) and bridge.attempt(self, lambda: way.answer(note, text)):
            self.answer.clear()
            self.refresh()
            self.changed.emit()

    def _jump(self) -> None:
        note = self.list.chosen()
        if isinstance(note, Note):
            self.jump_requested.emit(note)

    def _refresh_answer(self) -> None:
        chosen = isinstance(self.list.chosen(), Note)
        self.answer.setEnabled(chosen)
        self._answer.setEnabled(chosen)


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    return field


def _beside(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    return row
