"""What is done to the figures of a table, each as one step of the draft.

Every method returns a sentence for the foot (empty where there is nothing to say) and raises an
AppError with its sentence where it could not be done; then nothing has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from app import numbers
from app.form import Table
from app.report import MARKS
from ui.table import block

if TYPE_CHECKING:  # with the draft comes the database, after the first paint
    from app.draft import Draft

Scope = Literal["row", "selection", "table"]
_REFUSED = MARKS[1]


class FigureEntry:
    """Writes the figures of one table into its draft."""

    def __init__(self, draft: Draft, table: Table) -> None:
        self._draft, self._table = draft, table

    def keep(self, cell: str, text: str) -> str:
        """Keep what was typed into a cell.

        Raises:
            NotAFigure: it is no figure of this kind of cell.
            StoreError: it could not be written.
        """
        about = self._draft.report.form.cells[cell]
        figure = numbers.parse(text, about.kind)
        word = "清空" if figure.value is None else "填写"
        self._draft.set({cell: figure.value}, f"{word}“{about.name}”")
        if figure.value is None and text.strip():
            return f"“{text.strip()}”按未填处理；确实没有的，请填0。"
        return f"已换算：{figure.note}" if figure.note else ""

    def blank(self, cells: Sequence[str], word: str = "清空") -> str:
        """Blank cells; a typed total is worked out again."""
        items = self._draft.report.items
        there = [c for c in cells if c in items or _REFUSED + c in items]
        if there:
            self._draft.set(dict.fromkeys(there), self._label(word, there))
        return ""

    def fill_zero(self, cells: Iterable[str], scope: Scope) -> str:
        """Fill 0 into the blank input cells among some cells; totals stay worked out.

        Where a file held something that is no figure, nothing is filled: that is to be looked at.
        """
        report = self._draft.report
        totals = report.form.total_of
        blanks = [c for c in cells if report.figure(c) is None and c not in totals]
        unread = [c for c in blanks if _REFUSED + c in report.items]
        to_fill = [c for c in blanks if c not in unread]
        if to_fill:
            self._draft.set(dict.fromkeys(to_fill, 0), self._zero_label(to_fill, scope))
        told = f"已填0：{len(to_fill)}格。" if to_fill else "没有需要填0的空格。"
        if unread:
            told += f"另有{len(unread)}格在原文件中有内容但不是数，没有填0，请核对后填写。"
        return told

    def copied(self, cells: Sequence[str]) -> str:
        """Return cells as Excel and WPS take them."""
        return block.copied(self._draft.report, self._table, cells)

    def paste(self, text: str, start: str, selected: Sequence[str]) -> str:
        """Paste a block from a cell on, or where its labels say.

        Raises:
            PasteRefused: not all of it is a figure with a place in the table.
        """
        report = self._draft.report
        pasted = block.pasted(text, report.form, self._table, start, selected)
        changed = [c for c, value in pasted.changes.items() if report.items.get(c) != value]
        self._draft.set(pasted.changes, self._label("粘贴", changed))
        if not changed:
            return "粘贴的数与表中相同，没有改动。"
        blanked = sum(pasted.changes[cell] is None for cell in changed)
        told = [f"已粘贴{len(changed)}格", f"其中清空{blanked}格" if blanked else "", *pasted.notes]
        return "；".join(part for part in told if part) + "。"

    def _label(self, word: str, cells: Sequence[str]) -> str:
        """Name a step on one cell by the cell, on several by their number."""
        if len(cells) == 1:
            return f"{word}“{self._draft.report.form.cells[cells[0]].name}”"
        return f"{word} {len(cells)} 格"

    def _zero_label(self, cells: Sequence[str], scope: Scope) -> str:
        form = self._draft.report.form
        if scope == "table":
            return f"填0（表{form.section(self._table.section).title[:1]}）"
        if scope == "row":
            about = form.cells[cells[0]]
            return f"填0（{about.name.removesuffix('：' + about.column)}）"
        return f"填0（{len(cells)} 格）"
