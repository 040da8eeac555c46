"""The list of findings: its rows, the cursor in them, and what stays current in an update."""

from __future__ import annotations

import math

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.findings.entry import BLANK, Entry, Row
from ui.findings.paint import FindingDelegate

_TEXT_ROLES = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
Index = QModelIndex | QPersistentModelIndex


class FindingModel(QAbstractListModel):
    """The rows of the list; an update touches those that differ only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def set_rows(self, rows: list[Row]) -> None:
        """Show other rows."""
        old = self.rows
        shortest = min(len(old), len(rows))
        head = next((k for k in range(shortest) if old[k] != rows[k]), shortest)
        most = shortest - head
        tail = next((k for k in range(most) if old[-1 - k] != rows[-1 - k]), most)
        nothing = QModelIndex()
        if len(old) - tail > head:
            self.beginRemoveRows(nothing, head, len(old) - tail - 1)
            self.rows = old[:head] + old[len(old) - tail :]
            self.endRemoveRows()
        if len(rows) - tail > head:
            self.beginInsertRows(nothing, head, len(rows) - tail - 1)
            self.rows = rows
            self.endInsertRows()

    def row(self, number: int) -> Row:
        """Return a row."""
        return self.rows[number]

    def entry(self, row: int) -> Entry | None:
        """Return the entry in a row; None for a heading."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, Entry) else None

    def row_like(self, entry: Entry) -> int:
        """Return the row of an entry, as it was or changed since; -1 where it is gone."""
        rows = [
            k for k, row in enumerate(self.rows) if isinstance(row, Entry) and row.key == entry.key
        ]
        return next((k for k in rows if self.rows[k] == entry), rows[0] if rows else -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = 0) -> object:
        """Return the words of a row, also as they are read out."""
        has_text = index.isValid() and role in _TEXT_ROLES
        return str(self.rows[index.row()]) if has_text else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the cursor pass over headings."""
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class FindingList(QListView):
    """Shows the rows.

    Signals:
        chosen(Entry): by a click or by Enter.
        selected(object): the entry that is current now, or None.
    """

    chosen = Signal(object)
    selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = -1.0
        self._is_updating = False
        self._measured_width = -1
        self._model = FindingModel(self)
        self.setModel(self._model)
        self._delegate = FindingDelegate(self, self._model.row)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("问题列表")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.clicked.connect(lambda index: self._choose(index.row()))

    def show_rows(self, rows: list[Row]) -> None:
        """Show other rows; the current entry stays current as long as it is there."""
        current, place = self.current_entry(), self._current_place()
        self._is_updating = True  # Qt would make a neighbour current for the time between
        self._model.set_rows(rows)
        kept = -1 if current is None else self._model.row_like(current)
        self.select(kept)
        self._is_updating = False
        self._place = kept if kept >= 0 else math.ceil(place) - 0.5
        if self.current_entry() != current:
            self.selected.emit(self.current_entry())

    def current_entry(self) -> Entry | None:
        """Return the entry with the cursor."""
        return self._model.entry(self.currentIndex().row())

    def select(self, row: int) -> None:
        """Move the cursor to a row, or nowhere for -1."""
        self.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())

    def step(self, by: int) -> Entry | None:
        """Move to the next entry (1) or the one before (-1), round the end; None if there is none.

        What is only not filled in, or explained, is passed as long as there is anything else. Where
        the current entry has gone, its neighbour is next.
        """
        rows = [(k, row) for k, row in enumerate(self._model.rows) if isinstance(row, Entry)]
        problems = [k for k, row in rows if row.kind != BLANK and not row.is_explained]
        places = problems or [k for k, _ in rows]
        if not places:
            return None
        here = self._current_place()
        if by > 0:
            row = next((k for k in places if k > here), places[0])
        else:
            row = next((k for k in reversed(places) if k < here), places[-1])
        self.select(row)
        return self.current_entry()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which entry is current."""
        super().currentChanged(current, previous)
        if not self._is_updating:
            self._place = current.row()
            self.selected.emit(self.current_entry())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew in a list of another width."""
        super().resizeEvent(event)
        if self.width() != self._measured_width:
            self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Break the lines anew in another text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        self._measured_width = self.width()
        self._delegate.measure()
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int) -> None:
        if entry := self._model.entry(row):
            self.chosen.emit(entry)

    def _current_place(self) -> float:
        """Return the row of the current entry; where that is gone, between its neighbours."""
        if self.current_entry():
            return self.currentIndex().row()
        return self._place
