"""Columns: which figure of a row belongs to which cell, where that is not plain from the heads.

A row may be a figure short, have a local column more, be glued together or cut off. What is
possible or balances in one way only is taken and said; everything else is left to people.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.form import Equation, Form
from app.readers import figure
from app.readers.proposal import Reading
from app.readers.table import Found, Slot

_NO_COLUMN = "表样没有的列"
_ASIDE = "表头与数据没有对齐，有的数不在表头各列之下"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The readings of the rows, and the slots that found no cell, each with the reason."""

    readings: tuple[Reading, ...]
    left: tuple[tuple[Slot, str], ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """One way to give a row its slots: None where a figure is lacking; `left` found no place."""

    slots: tuple[Slot | None, ...]
    left: tuple[Slot, ...] = ()
    doubt: str = ""
    lacking: str = ""
    """Why the cells without a slot are blank."""
    left_why: str = "多出的数"


class _Resolver:
    def __init__(self, form: Form, rows: Sequence[Found]) -> None:
        self.form = form
        self.rows = [row for row in rows if row.is_filled]
        self.extra = {table: self._extra_column(table) for table in form.tables}

    def resolve(self) -> Resolved:
        readings: dict[str, Reading] = {}
        left: list[tuple[Slot, str]] = []
        for row in self.rows:
            choice = self._choose(row, is_last=row is self.rows[-1])
            own = self._readings(row, choice)
            left += [(slot, choice.doubt or choice.left_why) for slot in choice.left]
            for reading in own:
                readings[reading.cell] = _of_two(readings.get(reading.cell), reading)
        return Resolved(tuple(readings.values()), tuple(left))

    # ── one row ─────────────────────────────────────────────────────────────────────────────

    def _choose(self, row: Found, *, is_last: bool) -> _Choice:
        if row.by_column:
            by_head = _Choice(row.by_column, row.beside, left_why=_NO_COLUMN)
            if self._balance(row, by_head.slots):
                return by_head
            for slots in _windows(row.slots, len(row.row.cells)):
                if self._balance(row, slots):
                    return _Choice(slots, (), "表头与数据没有对齐，按次序读取，与合计相符")
            fits = bool(row.beside) and bool(_windows(row.slots, len(row.row.cells)))
            return replace(by_head, doubt=_ASIDE) if fits else by_head
        return self._in_order(row, is_last=is_last)

    def _in_order(self, row: Found, *, is_last: bool) -> _Choice:
        count = len(row.row.cells)
        windows = _windows(row.slots, count)
        if len(windows) == 1:
            return _Choice(windows[0])
        if windows:
            sums = [slots for slots in windows if self._balance(row, slots)]
            if len(sums) == 1:
                return _Choice(sums[0], (), "各数所在的列按合计相符认定")
        slots = _filled(row.slots)
        if len(slots) > count:
            return self._too_many(row, slots)
        if len(slots) == 1 and count > 1:
            glued = self._glued(row, slots[0])
            if glued:
                return glued
        return self._too_few(row, slots, is_last=is_last)

    def _too_many(self, row: Found, slots: Sequence[Slot]) -> _Choice:
        count = len(row.row.cells)
        extra = self.extra[row.row.table]
        if len(slots) == count + 1 and extra is not None:
            rest = (*slots[:extra], *slots[extra + 1 :])
            return _Choice(rest, (slots[extra],), left_why=_NO_COLUMN)
        first = tuple(slots[:count])
        if self._balance(row, first) is not False:
            return _Choice(first, tuple(slots[count:]))
        for gap in range(len(slots) if len(slots) == count + 1 else 0):
            rest = (*slots[:gap], *slots[gap + 1 :])
            if self._balance(row, rest):
                doubt = f"本行有{len(slots)}个数，去掉“{slots[gap].text}”后与合计相符"
                return _Choice(rest, (slots[gap],), doubt)
        return _Choice((None,) * count, tuple(slots), _mismatch(len(slots), count))

    def _too_few(self, row: Found, slots: Sequence[Slot], *, is_last: bool) -> _Choice:
        cells = row.row.cells
        missing = len(cells) - len(slots)
        if missing == 1 and self._is_row_total(cells):
            return self._without_total(row, slots)
        padded = (*slots, *(None,) * missing)
        if is_last and row.place.line:  # only text is cut off in the middle
            doubt = "文件到此中断，本行不全" if len(cells) > 1 else ""
            return _Choice(padded, (), doubt, "文件到此中断，没有读到")
        why = _mismatch(len(slots), len(cells))
        return _Choice((None,) * len(cells), tuple(slots), why, why)

    def _is_row_total(self, cells: Sequence[str]) -> bool:
        """Whether the last cell is the total of all the others."""
        equation = self.form.total_of.get(cells[-1])
        totals = [e for e in self.form.equations_of[cells[-1]] if set(e.cells) == set(cells)]
        return equation is not None and bool(totals)

    def _without_total(self, row: Found, slots: Sequence[Slot]) -> _Choice:
        """A figure short: the parts are read, the total stays blank (domain notes, part C)."""
        lacking = f"本行只有{len(slots)}个数，缺合计"
        doubt = ""
        values = [self._value(cell, slot, row.unit)
                  for cell, slot in zip(row.row.cells, slots, strict=False)]  # fmt: skip
        known = [value or 0 for value in values]
        if known[-1] and known[-1] == sum(known[:-1]):
            doubt = f"本行只有{len(slots)}个数，末数等于前面各数之和，也可能是合计而缺了中间一个"
        return _Choice((*slots, None), (), doubt, lacking)

    def _glued(self, row: Found, slot: Slot) -> _Choice | None:
        """Cut a run of digits apart if that is possible, or balances, in one way only."""
        ways = [
            tuple(Slot(text, slot.line, slot.column) for text in texts)
            for texts in figure.split(slot.text, len(row.row.cells))
        ]
        fitting = [slots for slots in ways if self._balance(row, slots)]
        if len(fitting) == 1:
            return _Choice(fitting[0], (), f"原文“{slot.text}”各数相连，按合计相符拆开")
        if len(ways) == 1 and self._balance(row, ways[0]) is None:
            return _Choice(ways[0], (), f"原文“{slot.text}”各数相连，只有一种拆法")
        return None

    # ── a whole table ───────────────────────────────────────────────────────────────────────

    def _extra_column(self, table: str) -> int | None:
        """Find the place of a local column in a table whose rows are a figure too long.

        It is dropped only if it is the sum of neighbours in every row and the rest balances.
        """
        rows = [r for r in self.rows if r.row.table == table and not r.by_column]
        longer = [r for r in rows if len(_filled(r.slots)) == len(r.row.cells) + 1]
        if len(longer) < 2 or len(longer) * 2 < len(rows):
            return None
        votes: Counter[int] = Counter()
        for row in longer:
            slots = _filled(row.slots)
            for gap in range(len(slots)):
                rest = (*slots[:gap], *slots[gap + 1 :])
                if self._balance(row, rest) and self._is_subtotal(row, slots, gap):
                    votes[gap] += 1
        full = [gap for gap, count in votes.items() if count == len(longer)]
        return full[0] if full else None

    def _is_subtotal(self, row: Found, slots: Sequence[Slot], gap: int) -> bool:
        """Whether a slot is the sum of the run of figures right before or right behind it."""
        values = [self._value(row.row.cells[0], slot, "") for slot in slots]
        if any(value is None for value in values):
            return False
        known = [value or 0 for value in values]
        total = known[gap]
        before = (sum(known[start:gap]) for start in range(max(gap - 1, 0)))
        behind = (sum(known[gap + 1 : stop]) for stop in range(gap + 3, len(known)))
        return total in (*before, *behind)

    # ── figures ─────────────────────────────────────────────────────────────────────────────

    def _value(self, cell: str, slot: Slot | None, unit: str) -> int | None:
        return figure.take(slot.text, self.form.cells[cell], unit).value if slot else None

    def _balance(self, row: Found, slots: Sequence[Slot | None]) -> bool | None:
        """Say whether the row's own equations hold; None where none can be told."""
        values = {
            cell: self._value(cell, slot, row.unit)
            for cell, slot in zip(row.row.cells, slots, strict=True)
        }
        return balance(self._own_equations(row), values)

    def _own_equations(self, row: Found) -> Iterator[Equation]:
        cells = set(row.row.cells)
        for equation in self.form.equations_of[row.row.cells[-1]]:
            if equation.relation == "=" and cells.issuperset(equation.cells):
                yield equation
        for cell in row.row.cells[:-1]:
            equation_ = self.form.total_of.get(cell)
            if equation_ and cells.issuperset(equation_.cells):
                yield equation_

    def _readings(self, row: Found, choice: _Choice) -> Iterator[Reading]:
        doubt = "；".join(text for text in (row.doubt, choice.doubt) if text)
        for cell, slot in zip(row.row.cells, choice.slots, strict=True):
            if slot is None:
                if choice.lacking:
                    yield Reading(cell, None, "", row.place, choice.lacking)
                continue
            taken = figure.take(slot.text, self.form.cells[cell], row.unit)
            if taken.value is None and not taken.refused:
                continue
            why = "；".join(text for text in (doubt, taken.doubt) if text)
            yield Reading(cell, taken.value, slot.text, slot.place, why)


def balance(equations: Iterable[Equation], values: Mapping[str, int | None]) -> bool | None:
    """Say whether sums agree: True, False, or None where a figure is lacking in all of them."""
    told = None
    for equation in equations:
        terms = [(factor, values.get(cell)) for factor, cell in equation.terms]
        if any(value is None for _, value in terms):
            continue
        if sum(factor * (value or 0) for factor, value in terms) != 0:
            return False
        told = True
    return told


def resolve(form: Form, rows: Sequence[Found]) -> Resolved:
    """Give the figures of found rows their cells."""
    return _Resolver(form, rows).resolve()


def _mismatch(have: int, want: int) -> str:
    return f"本行应有{want}个数，读到{have}个，无法判断各在哪一列"


def _of_two(earlier: Reading | None, later: Reading) -> Reading:
    """Keep the first of two readings of a cell; another value is named as a doubt."""
    if earlier is None or (earlier.value is None and not earlier.source):
        return later
    if later.value is None or later.value == earlier.value:
        return earlier
    doubt = f"文件中另一处（{later.place}）为“{later.source}”"
    return replace(earlier, doubt="；".join(part for part in (earlier.doubt, doubt) if part))


def _filled(slots: Sequence[Slot]) -> list[Slot]:
    """Drop empty boxes at both ends; marks like “/” stay."""
    filled = [n for n, slot in enumerate(slots) if slot.text.strip()]
    return list(slots[filled[0] : filled[-1] + 1]) if filled else []


def _windows(slots: Sequence[Slot], count: int) -> list[tuple[Slot, ...]]:
    """Return every run of so many slots that holds all the filled ones."""
    filled = [n for n, slot in enumerate(slots) if slot.text.strip()]
    if not filled:
        return []
    starts = range(max(filled[-1] - count + 1, 0), min(filled[0], len(slots) - count) + 1)
    return [tuple(slots[start : start + count]) for start in starts]
