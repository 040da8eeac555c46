"""Single cells: what could not be read, is not certain, is blank or far too large (B.1)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from app import numbers
from app.checks.equations import balances
from app.checks.finding import ERROR, HINT, WARNING, Finding, Mend, Suspect
from app.checks.rule import NOW, Case, rule
from app.form import AMOUNT, SIGNED, Cell

_NAMED = 4
"""Blank cells that a message names; the finding lists them all."""
_FEN = Decimal("0.000001")


@rule("CELL.INT", "CELL.SIGN", "CELL.DEC", "CELL.TEXT", pace=NOW)
def unreadable(case: Case) -> Iterator[Finding]:
    """What stood in a file and is no figure of its cell: quoted, never guessed (B.1, part C)."""
    for item, value in case.report.items.items():
        cell = case.form.cells.get(item.removeprefix("refused."))
        if cell is None or not item.startswith("refused."):
            continue
        text = str(value)
        id, severity, why, mends = _refusal(case, cell, text)
        finding = case.about(id, severity, (cell.id,), f"{case.name(cell.id)}读到“{text}”，{why}")
        yield replace(finding, excerpt=text, mends=mends)


def _refusal(case: Case, cell: Cell, text: str) -> tuple[str, str, str, tuple[Mend, ...]]:
    """Tell which rule a text breaks, how gravely, in what words, and what may be done."""
    number = _number(text)
    if number is None:
        return "CELL.TEXT", ERROR, "不是数，请核对后填写数字。", ()
    if cell.kind == AMOUNT:
        if number < 0:
            return "CELL.DEC", ERROR, "金额不能是负数，请核对后重新填写。", ()
        if number >= numbers.LARGEST:
            return "CELL.DEC", ERROR, "金额过大，请核对数字和单位（万元）。", ()
        rounded = number.quantize(_FEN, ROUND_HALF_UP)
        label = f"四舍五入到分：{numbers.show(int(rounded.scaleb(6)), AMOUNT)}"
        mend = Mend(label, {cell.id: int(rounded.scaleb(6))})
        return "CELL.DEC", WARNING, "小数超过六位（不足1分），请按万元填写到分。", (mend,)
    if number < 0 and cell.kind != SIGNED:
        signs = any(other.kind == SIGNED for other in case.form.cells.values())
        id = "CELL.SIGN" if signs else "CELL.INT"
        return id, ERROR, "这里不能是负数，请核对后重新填写。", ()
    why = "件数只能是整数" if number != number.to_integral_value() else "数字过大"
    return "CELL.INT", ERROR, f"{why}，请核对后重新填写。", ()


def _number(text: str) -> Decimal | None:
    plain = re.sub(r"[\s,，]|[件项个元万]+$", "", text.replace("−", "-").replace("－", "-"))
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 40 else None


@rule("CELL.UNIT", "CELL.UNSURE", pace=NOW)
def unsure(case: Case) -> Iterator[Finding]:
    """A figure read with a unit was converted, or is not certain: a person confirms it (part C)."""
    for item, why in case.report.items.items():
        cell = item.removeprefix("unsure.")
        if not item.startswith("unsure.") or cell not in case.form.cells:
            continue
        value = case.figure(cell)
        id = "CELL.UNIT" if "→" in str(why) else "CELL.UNSURE"
        told = f"{case.name(cell)}：{why}，请与原件核对"
        confirm = Mend(f"核对无误，就是{case.shown(cell, value)}", {cell: value})
        yield replace(
            case.about(id, WARNING, (cell,), f"{told}。"),
            excerpt=str(why),
            mends=() if value is None else (confirm,),
        )


@rule("CELL.UNKNOWN", pace=NOW)
def unknown(case: Case) -> Iterator[Finding]:
    """Cells of a file that the form does not have: kept in the file, named once (design 4)."""
    further = case.report.further.get("cells")
    if isinstance(further, Mapping) and further:
        names = "、".join(map(str, list(further)[:_NAMED])) + (
            "等" if len(further) > _NAMED else ""
        )
        message = (
            f"文件中有{len(further)}个数据项不属于本格式的表格，已原样保留、不参与核对：{names}。"
        )
        yield Finding("CELL.UNKNOWN", HINT, "", message, cause="CELL.UNKNOWN")


@rule("CELL.BLANK", pace=NOW)
def blank(case: Case) -> Iterator[Finding]:
    """Blank is not zero: one warning a table, with the blanks that the equations determine (B.1).

    That blanks must be 0 is not confirmed by any source, so it is a warning.
    """
    blanks = [c for c in case.report.blanks() if f"refused.{c}" not in case.report.items]
    if not blanks:
        return
    due = _determined(case, frozenset(blanks))
    for table in case.form.tables.values():
        cells = tuple(c for c in blanks if case.form.cells[c].table == table.id)
        if not cells:
            continue
        suspects = tuple(
            Suspect(c, due[c], "其他各格和总计已填，只能是这个数") for c in cells if c in due
        )
        filled = {s.cell: s.value for s in suspects}
        zeros = {c: 0 for c in cells if not filled.get(c)}
        mends = [Mend(f"按勾稽关系填入{len(filled)}格", filled)] if any(filled.values()) else []
        mends += [Mend("填0" if len(zeros) == len(cells) else "其余填0", zeros)] if zeros else []
        names = "、".join(case.name(c) for c in cells[:_NAMED]) + (
            "等" if len(cells) > _NAMED else ""
        )
        yield Finding(
            "CELL.BLANK", WARNING, table.section, f"“{table.title}”有{len(cells)}格未填：{names}。",
            cells=cells, suspects=suspects, sureness=60 if suspects else 0, mends=tuple(mends),
            cause=f"CELL.BLANK {table.id}",
        )  # fmt: skip


def _determined(case: Case, blanks: frozenset[str]) -> dict[str, int]:
    """Blanks that equations with no other blank determine, all to the same figure."""
    found: dict[str, set[int]] = {}
    for balance in balances(case):
        if balance.equation.relation != "=" or len(balance.blanks) != 1:
            continue
        coefficient, cell = balance.blanks[0]
        value, odd = divmod(-balance.residual, coefficient)
        if cell in blanks:
            found.setdefault(cell, set()).add(-1 if odd else value)
    return {cell: min(v) for cell, v in found.items() if len(v) == 1 and min(v) >= 0}


@rule("CELL.HUGE", pace=NOW)
def huge(case: Case) -> Iterator[Finding]:
    """Nine digits, or over a million applications, is a slip rather than a figure (B.1)."""
    requests = set(case.cells("requests"))
    large = min(case.limits.huge_requests, 10 ** (case.limits.huge_digits - 1) - 1)
    for cell, value in case.figures.items():
        if abs(value) <= large:
            continue
        about = case.form.cells[cell]
        whole = abs(value) // numbers.FEN_PER_WAN if about.kind == AMOUNT else abs(value)
        many = cell in requests and whole > case.limits.huge_requests
        if (many or len(str(whole)) >= case.limits.huge_digits) and not case.report.is_worked_out(
            cell
        ):
            message = f"{case.name(cell)}为{case.shown(cell, value)}，数字过大，请核对位数和单位。"
            yield Finding("CELL.HUGE", WARNING, about.section, message, cells=(cell,), cause=cell)


@rule("CELL.SCALE", pace=NOW)
def scale(case: Case) -> Iterator[Finding]:
    """An amount a thousand times last year's, or a thousandth: 元 taken for 万元 (B.1)."""
    if case.last_of_same_form is None:
        return
    for cell in case.cells("amounts"):
        now, before = case.figure(cell), case.last_of_same_form.figure(cell)
        if not now or not before:
            continue
        if max(now, before) >= case.limits.scale_ratio * min(now, before):
            shown = [case.shown(cell, value) for value in (now, before)]
            message = (
                f"{case.name(cell)}为{shown[0]}，上年为{shown[1]}，相差上千倍，是否把元和万元写混。"
            )
            yield Finding(
                "CELL.SCALE",
                WARNING,
                case.form.cells[cell].section,
                message,
                cells=(cell,),
                cause=cell,
            )
