"""The equations of the form: sums, balances and comparisons inside the tables.

Equations are data in the form file. A blank is no zero: an equation over blanks is judged only
where no figure in the blanks could make it hold. A worked-out total is right by construction in its
own equation and counts in all others.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.checks import suspect
from app.checks.finding import Finding, Mend, Suspect
from app.checks.rule import NOW, Case, Prose, places_in, rule
from app.form import SIGNED, Equation, Form

_OFFERED = 3
"""Likely causes that get a button of their own."""
_COLUMN = 40
"""A finding names the cells behind a worked-out total, but not those of a whole table."""


@dataclass(frozen=True, slots=True)
class Balance:
    """How an equation stands in a report: Σ coefficient × figure, and the cells without figure."""

    equation: Equation
    residual: int
    blanks: tuple[tuple[int, str], ...]

    @property
    def is_broken(self) -> bool:
        """Say whether no figure in the blanks can make it hold."""
        at_least = self.equation.relation == ">="
        if not self.blanks:
            return self.residual < 0 if at_least else self.residual != 0
        if at_least:
            return self.residual < 0 and all(c < 0 for c, _ in self.blanks)
        return all(c * self.residual > 0 for c, _ in self.blanks)


def balances(case: Case) -> list[Balance]:
    """Return how every equation stands, but for those that a worked-out total fulfils."""
    report, figures = case.report, case.figures
    found = []
    for equation in case.form.equations:
        total = equation.works_out
        if total and (report.is_worked_out(total) or total not in figures):
            continue
        residual, blanks = 0, []
        for coefficient, cell in equation.terms:
            value = figures.get(cell)
            if value is not None:
                residual += coefficient * value
            if value is None or report.is_incomplete(cell):
                blanks.append((coefficient, cell))
        if any(case.form.cells[cell].kind == SIGNED for _, cell in blanks):
            continue
        found.append(Balance(equation, residual, tuple(blanks)))
    return found


@rule(
    "T2.STOCK.MIN", "T2O.PUB.MAX", "T2O.ITEM.NEG", "T3.ROWSUM", "T3.TOT", "T3.BALANCE", "T3.DIAG",
    "T4.SUM.REV", "T4.SUM.DIR", "T4.SUM.AFT",
    pace=NOW,
)  # fmt: skip
def equations(case: Case) -> Iterator[Finding]:
    """Every equation of the form file must hold: the form prints them, the notices demand them.

    T3.DIAG, the diagnosis, is not a finding of its own: it is the suspects of each of these.
    """
    standing = balances(case)
    broken = [b for b in standing if b.is_broken]
    if not broken:
        return
    likely = _likely(case, standing)
    for balance in broken:
        yield _finding(case, balance, *likely.get(balance.equation, ((), [])))


def _likely(
    case: Case, standing: list[Balance]
) -> Mapping[Equation, tuple[Collection[str], list[suspect.Cause]]]:
    """Ask for the likely causes over the cells that were entered, totals resolved into them.

    Returns for each broken equation the entered cells that stand in it, and the causes.
    """
    judged = [b for b in standing if b.equation.relation == "=" and not b.blanks]
    worked_out = frozenset(filter(case.report.is_worked_out, case.form.total_of))
    entered = _over_entered(case.form, worked_out)
    puzzle = suspect.Puzzle(
        sums=[entered[b.equation] for b in judged],
        residuals=[b.residual for b in judged],
        figures=case.figures,
        signed=frozenset(c for c, about in case.form.cells.items() if about.kind == SIGNED),
        hints=_hints(case),
    )
    found = suspect.causes(puzzle)
    return {judged[k].equation: (puzzle.sums[k], causes) for k, causes in found.items()}


@lru_cache(maxsize=16)
def _over_entered(form: Form, worked_out: frozenset[str]) -> Mapping[Equation, dict[str, int]]:
    """Write every equation over entered cells: worked-out totals become what they add up."""
    return {equation: _entered(form, worked_out, equation) for equation in form.equations}


def _entered(form: Form, worked_out: frozenset[str], equation: Equation) -> dict[str, int]:
    terms: dict[str, int] = {}
    pending = list(equation.terms)
    while pending:
        coefficient, cell = pending.pop()
        if cell in worked_out:
            total = form.total_of[cell]
            pending += [(-coefficient * c, part) for c, part in total.terms if part != cell]
        else:
            terms[cell] = terms.get(cell, 0) + coefficient
    return {cell: coefficient for cell, coefficient in terms.items() if coefficient}


def _hints(case: Case) -> Mapping[str, Mapping[int, str]]:
    """Figures known from elsewhere: what the prose and last year's report say of a cell."""
    told = _told(case.form, case.prose)
    if case.last is None:
        return told
    hints = dict(told)
    for cell, earlier in zip(
        case.cells("carried_in_row"), case.last.cells("carried_out_row"), strict=False
    ):
        value = case.last.figure(earlier)
        if value is not None:
            why = f"与上年报告的“结转下年度继续办理”{value}件一致"
            hints[cell] = {**hints.get(cell, {}), value: why}
    return hints


@lru_cache(maxsize=8)
def _told(form: Form, proses: tuple[Prose, ...]) -> Mapping[str, Mapping[int, str]]:
    hints: dict[str, dict[int, str]] = {}
    for place in places_in(form, proses):
        for told in place.passage.told:
            if told.number.exact and not told.part:
                for cell in (reading[0] for reading in told.readings if len(reading) == 1):
                    hints.setdefault(cell, {})[told.number.count] = "与正文所写一致"
    return hints


def _finding(
    case: Case, balance: Balance, entered: Collection[str], causes: list[suspect.Cause]
) -> Finding:
    equation = balance.equation
    sides = {1: 0, -1: 0}
    for coefficient, cell in equation.terms:
        sides[1 if coefficient > 0 else -1] += abs(coefficient) * case.figures.get(cell, 0)
    here = [cause for cause in causes if any(cell in entered for cell, _ in cause.values)]
    suspects = {
        (cell, value): Suspect(cell, value, why)
        for cause in here
        for (cell, value), why in zip(cause.values, cause.whys, strict=True)
        if cell in entered or len(cause.values) > 1
    }
    ranked = sorted(suspects.values(), key=lambda s: _rank(s, here, entered))
    further = [s.cell for s in ranked if s.cell in entered]
    if len(entered) <= _COLUMN:
        further += entered
    return Finding(
        id=equation.id,
        severity=equation.severity,
        section=equation.section,
        cells=tuple(dict.fromkeys((*equation.cells, *further))),
        message=_message(case, balance, sides[1], sides[-1]),
        expected=sides[-1] if equation.relation == "=" else None,
        found=sides[1] if equation.relation == "=" else None,
        suspects=tuple(ranked),
        sureness=here[0].sureness if here else 0,
        mends=tuple(_mend(case, cause) for cause in here[:_OFFERED]),
        cause=here[0].key if here else f"{equation.id} {equation.cells[0]}",
    )


def _rank(one: Suspect, causes: list[suspect.Cause], cells: Collection[str]) -> tuple[int, bool]:
    """Order by the likeliest cause that names the cell; cells of the equation itself first."""
    place = next(i for i, c in enumerate(causes) if (one.cell, one.value) in c.values)
    return place, one.cell not in cells


def _message(case: Case, balance: Balance, left: int, right: int) -> str:
    equation, first = balance.equation, balance.equation.cells[0]
    if equation.relation == ">=":
        return f"{equation.label}。"
    shown = [case.shown(first, value) for value in (left, right, abs(balance.residual))]
    single = sum(coefficient > 0 for coefficient, _ in equation.terms) == 1
    if balance.blanks:
        whole = f"{'总计' if single else '一边'}为{shown[0]}，另一边已填各项之和为{shown[1]}"
        return f"{equation.label}：{whole}，空白格无论填几都不能相等。"
    if single:
        return f"{equation.label}：应为{shown[1]}，现为{shown[0]}，相差{shown[2]}。"
    return f"{equation.label}：前者为{shown[0]}，后者为{shown[1]}，相差{shown[2]}。"


def _mend(case: Case, cause: suspect.Cause) -> Mend:
    told = [
        f"{case.name(cell) if len(cause.values) > 1 else ''}改为{case.shown(cell, value)}"
        for cell, value in cause.values
    ]
    return Mend("，".join(told), dict(cause.values))
