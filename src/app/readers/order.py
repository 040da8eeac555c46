"""Rows out of step: text copied from a PDF may put figures before, behind or far from their label.

Where a whole row of figures stands without a label, labels and figures near it cannot be trusted
to belong together. If there are as many rows of figures as the table has, and taken in order they
agree with every sum of the table, they are taken so; else the rows around are marked.
"""

from collections.abc import Sequence

from app.form import Form
from app.readers import figure
from app.readers.column import balance
from app.readers.label import Index, Row
from app.readers.table import Found, Gathered, Loose, Slot

_TAKEN_IN_ORDER = "行名与数字错开，按表中次序认定，与各项合计相符"
_OUT_OF_STEP = "前后有没有行名的数字，行与数可能错开"


def straighten(form: Form, index: Index, gathered: Gathered) -> list[Found]:
    """Return the rows found, with those that are out of step put in order or marked."""
    found = list(gathered.found)
    for table in form.tables:
        rows = [row for row in index.rows if row.table == table and row.labels]
        own = [n for n, each in enumerate(found) if each.row in rows]
        counts = {len(row.cells) for row in rows}
        if not own or len(counts) != 1 or any(found[n].by_column for n in own):
            continue
        width = counts.pop()
        inside = [each for each in gathered.loose if own[0] < each.before <= own[-1] + 1]
        surplus = [n for n in own if len(_runs(found[n].slots, width)) > 1]
        full = [each for each in inside if len(each.slots) >= width]
        if not surplus and not full:
            continue
        ordered = _in_order(form, rows, _all_runs(found, own, inside, width))
        if ordered:
            found = [*found[: own[0]], *ordered, *(f for f in found[own[0] :] if f.row not in rows)]
        else:
            _mark(found, own, surplus, full)
    return found


def _runs(slots: Sequence[Slot], width: int) -> list[Sequence[Slot]]:
    """Cut slots into rows of the width, if that is what they are; one run if not."""
    if len(slots) < 2 * width or len(slots) % width:
        return [slots]
    return [slots[start : start + width] for start in range(0, len(slots), width)]


def _all_runs(
    found: Sequence[Found], own: Sequence[int], inside: Sequence[Loose], width: int
) -> list[Sequence[Slot]]:
    """Return every run of figures between the first and the last row, in reading order."""
    runs: list[Sequence[Slot]] = []
    for n in own:
        for each in inside:
            if each.before == n:
                runs += _runs(each.slots, width)
        runs += _runs(found[n].slots, width)
    for each in inside:
        if each.before > own[-1]:
            runs += _runs(each.slots, width)
    return [run for run in runs if run]


def _in_order(form: Form, rows: Sequence[Row], runs: Sequence[Sequence[Slot]]) -> list[Found]:
    """Give each row the run in its turn; empty if that does not come out even."""
    if len(runs) != len(rows):
        return []
    made = []
    values: dict[str, int | None] = {}
    for row, run in zip(rows, runs, strict=True):
        if len(run) != len(row.cells):
            return []
        for cell, slot in zip(row.cells, run, strict=True):
            values[cell] = figure.take(slot.text, form.cells[cell]).value
        made.append(Found(row, run[0].line.place, _TAKEN_IN_ORDER, slots=list(run)))
    equations = [e for e in form.totals if values.keys() >= set(e.cells)]
    return made if balance(equations, values) else []


def _mark(
    found: list[Found], own: Sequence[int], surplus: Sequence[int], full: Sequence[Loose]
) -> None:
    """Mark the rows before and behind figures that have no label."""
    near = set(surplus)
    near |= {behind for n in surplus for behind in own if behind > n and behind - n == 1}
    near |= {n for each in full for n in own if each.before - 1 <= n <= each.before}
    for n in near:
        each = found[n]
        each.doubt = "；".join(part for part in (each.doubt, _OUT_OF_STEP) if part)
