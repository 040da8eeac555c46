"""The items of a review as an item model: what was read for each, from what, and how sure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from app import numbers
from app.acceptance import HEAD, Acceptance, Merging, prose_items
from app.report import COVER, Value
from ui.history.dialog import name_of
from ui.style import theme

Index = QModelIndex | QPersistentModelIndex
NAME, VALUE, SOURCE, PLACE, STATE = "项目", "读入", "原文", "位置", "情况"
OLD, CHOICE = "现有", "采用"
READING = (NAME, VALUE, SOURCE, PLACE, STATE)
MERGING = (NAME, OLD, VALUE, CHOICE, STATE)
"""The columns of a review, and those beside an open report."""
_TEXTS = {"narratives": "文字", "titles": "标题"}
_SHOWN = 24
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: an item, or the heading of a group, which counts what is open in it."""

    item: str = ""
    heading: str = ""


class ReviewModel(QAbstractTableModel):
    """The items of one review: those to be looked at first, then the form in its order.

    Beside an open report (`merging`): what differs from it, then what does not.
    """

    def __init__(self, acceptance: Acceptance, merging: Merging | None = None) -> None:
        super().__init__()
        self.show(acceptance, merging)

    def show(self, acceptance: Acceptance, merging: Merging | None) -> None:
        """Show another review, or this one beside an open report."""
        self.beginResetModel()
        self.acceptance, self.merging = acceptance, merging
        self.columns = MERGING if merging else READING
        self._differing = frozenset(merging.differences) if merging else frozenset()
        self._first = acceptance.open_items
        rows = self._merging_rows(merging) if merging else self._form_rows()
        self.rows: Sequence[Row] = [*self._first_rows(), *rows]
        self.endResetModel()

    def refresh(self) -> None:
        """Show what became of a decision; the rows keep their places."""
        self._differing = frozenset(self.merging.differences) if self.merging else frozenset()
        last = self.index(len(self.rows) - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    # ── rows ────────────────────────────────────────────────────────────────────────────────

    def _first_rows(self) -> Iterator[Row]:
        if self._first:
            yield Row(heading="需要核对")
            yield from map(Row, self._first)

    def _form_rows(self) -> Iterator[Row]:
        report = self.acceptance.report
        head = [
            *(f"cover.{key}" for key in COVER),
            "unit_type",
            "published",
            prose_items(report.form)[0],
        ]
        yield from self._group("封面与前言", [item for item in head if report.text(item)])
        for section in report.form.sections:
            texts = [f"titles.{section.id}", f"narratives.{section.id}"]
            cells = [
                cell for cell, about in report.form.cells.items() if about.section == section.id
            ]
            yield from self._group(section.title, [*filter(report.text, texts), *cells])

    def _merging_rows(self, merging: Merging) -> Iterator[Row]:
        yield from self._group("与当前报告不同", merging.differences)
        yield from self._group("与当前报告相同", merging.same)

    def _group(self, heading: str, items: Sequence[str]) -> Iterator[Row]:
        own = [item for item in items if item not in self._first]
        if own:
            yield Row(heading=heading)
            yield from map(Row, own)

    def row_of(self, item: str) -> int:
        """Return the row of an item; -1 for none."""
        return next((n for n, row in enumerate(self.rows) if row.item == item), -1)

    def item(self, index: Index) -> str:
        """Return the item of a row; empty for a heading."""
        return self.rows[index.row()].item if index.isValid() else ""

    def is_cell(self, item: str) -> bool:
        """Say whether an item is a figure."""
        return item in self.acceptance.report.form.cells

    # ── what Qt asks for ────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The items and headings."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """What is told of each."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are only read; figures can be edited where they were read."""
        item = self.item(index)
        if not item:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = self.columns[index.column()]
        if column == VALUE and self.is_cell(item):
            flags |= Qt.ItemFlag.ItemIsEditable
        if column == CHOICE and item in self._differing:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what is shown, how, and the words for a reader."""
        row = self.rows[index.row()]
        if not row.item:
            return self._heading_data(row, index.column(), role)
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row.item, column)
        if role == Qt.ItemDataRole.EditRole:
            return numbers.show(*self._figure(row.item)) if self.is_cell(row.item) else ""
        if role == Qt.ItemDataRole.CheckStateRole and column == CHOICE:
            return self._check_state(row.item)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (OLD, VALUE):
            return _RIGHT if self.is_cell(row.item) else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(row.item, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{self.words(row.item)}</p>"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words(row.item)
        return None

    def setData(
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole  # noqa: ANN401
    ) -> bool:  # fmt: skip
        """Take over an item, or keep what stands."""
        if role != Qt.ItemDataRole.CheckStateRole or self.merging is None:
            return False
        item = self.item(index)
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.merging.chosen.add(item)
        else:
            self.merging.chosen.discard(item)
        self.refresh()
        return True

    # ── words ───────────────────────────────────────────────────────────────────────────────

    def text(self, item: str, column: str) -> str:
        """Return what a column says of an item."""
        reading = self.acceptance.readings.get(item)
        if column == NAME:
            return self._name(item)
        if column == VALUE:
            return self._value(item)
        if column == SOURCE:
            return " ".join(reading.source.split()) if reading else ""
        if column == PLACE:
            return str(reading.place) if reading else ""
        if column == OLD and self.merging:
            return self._shown(item, self.merging.old(item))
        if column == STATE:
            return self.state(item)
        return ""

    def state(self, item: str) -> str:
        """Return how sure an item is, and what was done about it."""
        acceptance = self.acceptance
        if acceptance.is_open(item):
            return f"？ {acceptance.doubt(item)}"
        if item in acceptance.corrected:
            return "✓ 已改正"
        if item in acceptance.confirmed:
            return "✓ 已确认"
        if item in acceptance.readings or not self.is_cell(item):
            return "确定"
        return "自动合计" if acceptance.report.is_worked_out(item) else "未填"

    def words(self, item: str) -> str:
        """Return all there is to say of an item, for a reader."""
        value = self._value(item)
        parts = [self.text(item, NAME), value or "未填"]
        if self.merging:
            parts.append(f"现有：{self.text(item, OLD) or '未填'}")
            if item in self._differing:
                parts.append("采用读入的" if item in self.merging.chosen else "保留现有的")
        reading = self.acceptance.readings.get(item)
        if reading and reading.source and reading.source != value:
            parts.append(f"原文“{self.text(item, SOURCE)}”")
        parts += [str(reading.place) if reading else "", self.state(item)]
        return "，".join(part for part in parts if part)

    def whole(self, item: str) -> str:
        """Return a text in full, as the file may have it; nothing for figures."""
        report = self.acceptance.report
        if item == HEAD[1]:
            return f"{report.year}年"
        return "" if self.is_cell(item) else report.text(item)

    def _name(self, item: str) -> str:
        """What an item is called, shorter under the heading of its section."""
        group, _, part = item.partition(".")
        if self.merging is None and part != "preface" and group in _TEXTS:
            return _TEXTS[group]
        return "年度" if item == HEAD[1] else name_of(item, self.acceptance.report)

    def _value(self, item: str) -> str:
        report = self.acceptance.report
        return report.shown(item) if self.is_cell(item) else self._shown(item, self.whole(item))

    def _shown(self, item: str, value: Value | None) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, int):
            return numbers.show(value, self.acceptance.report.form.cells[item].kind)
        flat = " ".join(value.split())
        return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…（{len(value)}字）"

    def _figure(self, item: str) -> tuple[int | None, str]:
        report = self.acceptance.report
        return report.figure(item), report.form.cells[item].kind

    def _check_state(self, item: str) -> Qt.CheckState | None:
        if self.merging is None or item not in self._differing:
            return None
        chosen = item in self.merging.chosen
        return Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked

    def _ink(self, item: str, column: str) -> QColor | None:
        colours = theme.colours()
        if self.acceptance.is_open(item):
            return QColor(colours.warning) if column in (VALUE, STATE) else None
        is_kept = self.merging is not None and item not in self.merging.chosen
        worked_out = self.acceptance.report.is_worked_out(item)
        if column in (SOURCE, PLACE, STATE) or (column == VALUE and (worked_out or is_kept)):
            return QColor(colours.quiet)
        return None

    def _heading_data(self, row: Row, column: int, role: int) -> Any:  # noqa: ANN401
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._heading(row) if column == 0 else ""
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(theme.colours().head)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.colours().ink)
        return None

    def _heading(self, row: Row) -> str:
        if row is not self.rows[0] or not self._first:
            return row.heading
        still = len(self.acceptance.open_items)
        return f"{row.heading}：还有{still}项" if still else f"{row.heading}：已全部核对"
