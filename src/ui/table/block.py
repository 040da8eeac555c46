"""Blocks of figures as Excel and WPS exchange them: tab-separated text, one row a line.

Copying writes what is shown. Pasting understands a block of figures, one value a line, and rows
that begin with their label, with or without the heads of the table; nothing is dropped silently:
what cannot be placed refuses the whole paste in one sentence.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from app import numbers
from app.errors import AppError
from app.form import AMOUNT, SIGNED, Form, GridCell, Table
from app.prose import plain
from app.report import Report

_LONGEST = 200_000
_NUMBERING = re.compile(r"^(?:[(（]?(?:[一二三四五六七八九十]+|\d+)[)）、.．。,，:：]\s*)+")
_MARKS = re.compile(r"[\W_]+")
_SEVERAL = re.compile(r"[\n\t]")
"""What parts several figures that stand in one quoted field."""


class PasteRefused(AppError):
    """A block cannot be placed whole; nothing was pasted."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a block comes to: the cells with their figures (None blanks), what was converted."""

    changes: dict[str, int | None]
    notes: tuple[str, ...]


def copied(report: Report, table: Table, cells: Sequence[str]) -> str:
    """Return the figures of some cells as they are shown, in the rectangle that holds them all.

    Merged boxes leave the places that they cover empty, as Excel does.
    """
    boxes = [box for box in table.boxes if box.cell in cells]
    rows = sorted({box.row for box in boxes})
    first = min((box.column for box in boxes), default=0)
    last = max((box.column for box in boxes), default=0)
    texts = {(box.row, box.column): report.shown(box.cell) for box in boxes}
    columns = range(first, last + 1)
    return "".join("\t".join(texts.get((r, c), "") for c in columns) + "\n" for r in rows)


def pasted(text: str, form: Form, table: Table, start: str, selected: Sequence[str]) -> Pasted:
    """Find out which cells a block fills, from the cell `start` on or by its labels.

    A single figure fills all `selected` cells.

    Raises:
        PasteRefused: something is no figure, or has no place in the table.
    """
    block = _Block(form, table)
    rows = block.data_rows(_fields(text))
    if not rows:
        raise PasteRefused("没有粘贴：剪贴板中没有数字。请先在表格软件中复制要粘贴的数据。")
    if len(rows) == 1 and len(rows[0].fields) == 1 and not rows[0].words and len(selected) > 1:
        placed = [_Placed(cell, rows[0].fields[0], rows[0].number, 1) for cell in selected]
    elif sum(row.words > 0 for row in rows) * 2 > len(rows):
        placed = block.by_label(rows, start)
    else:
        placed = block.by_place(rows, start)
    return block.read(placed)


def normal(text: str) -> str:
    """Return a label without numbering, blanks and punctuation, for comparing."""
    return _MARKS.sub("", _NUMBERING.sub("", plain(text).strip()))


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the block: its number, its fields, and how many of them are its label."""

    number: int
    fields: list[str]
    words: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """A field that has found its cell; row and column count from 1 in the block."""

    cell: str
    text: str
    row: int
    column: int


def _fields(text: str) -> list[list[str]]:
    if len(text) > _LONGEST:
        raise PasteRefused("没有粘贴：剪贴板中的内容过长，不像是一张表。请只复制要粘贴的表格部分。")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    try:
        # strict: a quote that nobody closes would join what follows, two figures into one
        reader = csv.reader(io.StringIO(lines), delimiter="\t", strict=True)
        return list(reader) if lines.strip() else []
    except csv.Error as error:
        raise PasteRefused("没有粘贴：剪贴板中的内容不是表格。请在表格软件中重新复制。") from error


def _is_blank(field: str) -> bool:
    return field.strip() in numbers.BLANKS


def _is_words(field: str) -> bool:
    """Say whether a field can only be a label or head: no kind of cell would take it."""
    for kind in (SIGNED, AMOUNT):
        try:
            numbers.parse(field, kind)
        except numbers.NotAFigure:
            continue
        return False
    return bool(re.search(r"[^\W\d_]", field))


class _Block:
    """Places the rows of a block in a table."""

    def __init__(self, form: Form, table: Table) -> None:
        self._form, self._table = form, table
        figures: dict[int, list[GridCell]] = {}
        for box in sorted(table.boxes, key=lambda b: (b.row, b.column)):
            if box.cell:
                figures.setdefault(box.row, []).append(box)
        self._rows = list(figures.values())
        """The figure boxes of each data row."""
        self._labels = [self._row_labels(row[0]) for row in self._rows]
        texts = [
            b.text
            for b in table.boxes
            if b.kind in ("head", "note", "band") or (b.kind == "label" and b.rows > 1)
        ]
        self._heads = {normal(text) for text in [*texts, table.title]} - {""}

    def _row_labels(self, figure: GridCell) -> list[str]:
        """What the label of a row may read: as in the law, and as printed with local hints."""
        if not figure.column:
            return []
        own = max(
            (b for b in self._table.boxes if b.kind == "label" and _covers(b, figure.row)),
            key=lambda b: b.column,
        )
        name = self._form.cells[figure.cell].row.rsplit("/", 1)[-1]
        return [normal(name), normal(own.text)]

    # ── reading the block ───────────────────────────────────────────────────────────────────

    def data_rows(self, lines: list[list[str]]) -> list[_Row]:
        """Return the rows without the heads of the table and without empty lines at the end."""
        rows = []
        for number, fields in enumerate(lines, 1):
            words = 0
            for at, field in enumerate(fields):
                if _is_words(field):
                    words = at + 1
                elif not _is_blank(field):
                    break
            row = _Row(number, fields or [""], words)
            if not self._is_head(row):
                rows.append(row)
        while rows and all(map(_is_blank, rows[-1].fields)) and len(rows) > 1:
            rows.pop()
        return rows

    def _is_head(self, row: _Row) -> bool:
        texts = [normal(field) for field in row.fields if not _is_blank(field)]
        if not texts or not all(any(_alike(t, head) for head in self._heads) for t in texts):
            return False
        return len(texts) > 1 or not any(texts[0] in labels for labels in self._labels)

    def read(self, placed: list[_Placed]) -> Pasted:
        """Read the figures of placed fields."""
        changes: dict[str, int | None] = {}
        notes = []
        for field in placed:
            cell = self._form.cells[field.cell]
            if _SEVERAL.search(field.text.strip()):
                raise PasteRefused(
                    f"没有粘贴：第{field.row}行第{field.column}列（{cell.name}）的一格里有几行字，"
                    "不能当作一个数。请分成几格后再粘贴。"
                )
            try:
                figure = numbers.parse(field.text, cell.kind)
            except numbers.NotAFigure as error:
                raise PasteRefused(
                    f"没有粘贴：第{field.row}行第{field.column}列（{cell.name}）的{error}"
                ) from error
            changes[field.cell] = figure.value
            if figure.note:
                notes.append(figure.note)
        return Pasted(changes, tuple(notes))

    # ── by place ────────────────────────────────────────────────────────────────────────────

    def by_place(self, rows: list[_Row], start: str) -> list[_Placed]:
        """Place rows of figures from a cell on, downwards and to the right."""
        first = next(i for i, row in enumerate(self._rows) if any(b.cell == start for b in row))
        column = next(b.column for b in self._rows[first] if b.cell == start)
        below = self._rows[first:]
        if any(not all(map(_is_blank, row.fields)) for row in rows[len(below) :]):
            raise PasteRefused(
                f"没有粘贴：要粘贴{len(rows)}行，而从当前格往下只有{len(below)}行。"
                "请从更靠上的格开始粘贴，或只复制需要的行。"
            )
        placed: list[_Placed] = []
        for row, boxes in zip(rows, below, strict=False):
            placed += self._placed(row, 0, boxes, column)
        return placed

    def _placed(self, row: _Row, skip: int, boxes: list[GridCell], column: int) -> list[_Placed]:
        """Place the fields of a row, those after the first `skip`, from a grid column on.

        A merged box takes one field, with or without empty fields for the places it covers.
        """
        fields = row.fields[skip:]
        targets = [box for box in boxes if box.column + box.columns > column]
        by_grid = {max(box.column - column, 0): box for box in targets}
        in_order = dict(enumerate(targets))
        for where in (by_grid, in_order):
            if all(_is_blank(f) for at, f in enumerate(fields) if at not in where):
                return [
                    _Placed(box.cell, fields[at], row.number, skip + at + 1)
                    for at, box in where.items()
                    if at < len(fields)
                ]
        count = sum(not _is_blank(field) for field in fields)
        raise PasteRefused(
            f"没有粘贴：第{row.number}行有{count}个数，而表中从当前列起只有{len(targets)}格。"
            "请从更靠左的格开始粘贴，或只复制需要的列。"
        )

    # ── by label ────────────────────────────────────────────────────────────────────────────

    def by_label(self, rows: list[_Row], start: str) -> list[_Placed]:
        """Place rows by the label with which each begins, wherever the current cell is."""
        rows = [row for row in rows if not all(map(_is_blank, row.fields))]
        is_even = len({len(row.fields) for row in rows}) == 1
        begin = self._figures_begin(rows, start) if is_even else None
        placed: list[_Placed] = []
        taken: dict[int, int] = {}
        previous = -1
        for row in rows:
            previous = self._match(row, previous)
            if previous in taken:
                raise PasteRefused(
                    f"没有粘贴：第{taken[previous]}行和第{row.number}行的行名相同，"
                    "请去掉重复的一行。"
                )
            taken[previous] = row.number
            skip, column = begin or self._figures_begin([row], start)
            boxes = self._rows[previous]
            if len(row.fields) - skip == len(boxes):
                column = boxes[0].column
            placed += self._placed(row, skip, boxes, column)
        return placed

    def _match(self, row: _Row, previous: int) -> int:
        """Find the row of the table that a label means; of equal ones the next after the last."""
        if not row.words:
            raise PasteRefused(
                f"没有粘贴：第{row.number}行没有行名，而其他行有。请让每一行都带行名，或都不带。"
            )
        field = row.fields[row.words - 1]
        name = normal(field)
        order = (*range(previous + 1, len(self._rows)), *range(previous + 1))
        exact: list[int] = [i for i in order if name in self._labels[i]]
        close = [i for i in order if any(_alike(name, label) for label in self._labels[i])]
        if not name or not (exact or len(close) == 1):
            raise PasteRefused(
                f"没有粘贴：第{row.number}行的“{field.strip()[:30]}”既不是数，也不是本表的行名。"
                "请改正后再粘贴。"
            )
        return (exact or close)[0]

    def _figures_begin(self, rows: list[_Row], start: str) -> tuple[int, int]:
        """Tell how many fields belong to the labels, and the grid column of the first figure.

        Rows of full width fill the table from its first column; shorter ones begin in the column
        of the current cell. Labels merged over columns leave empty fields behind them.
        """
        first = min(row[0].column for row in self._rows)
        width = len(rows[0].fields)
        words = max(row.words for row in rows)
        full = self._table.column_count - first

        def is_empty(at: int) -> bool:
            return all(_is_blank(row.fields[at]) for row in rows)

        begins = [
            begin
            for begin in range(words, width - full + 1)
            if all(map(is_empty, (*range(words, begin), *range(begin + full, width))))
        ]
        if len(begins) == 1 or (begins and all(map(is_empty, range(words, width)))):
            return begins[0], first
        if not begins and (words == width or not is_empty(words)):
            current = next(b.column for row in self._rows for b in row if b.cell == start)
            return words, current if width - words < full else first
        raise PasteRefused(
            "没有粘贴：无法确定各个数属于哪一栏。请复制整行（从行名到最后一栏），或只复制数字部分。"
        )


def _covers(box: GridCell, row: int) -> bool:
    return box.row <= row < box.row + box.rows


def _alike(one: str, other: str) -> bool:
    """Say whether two labels are the same but for a hint behind one of them."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= 2 and long.startswith(short))
