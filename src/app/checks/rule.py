"""How a rule is written: a small function over a `Case`, registered with its ids.

A rule asks for roles, not for cells or years; where the form or last year's report lacks a role the
rule is silent. Its docstring gives its reason and its source (domain notes, part B, unless named).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from app.checks.finding import Context, Finding, Limits
from app.form import AMOUNT, Form
from app.numbers import show
from app.report import Report

Check = Callable[["Case"], Iterable[Finding]]


@dataclass(frozen=True)
class Case:
    """A report under check, with last year's report of the same unit where there is one."""

    report: Report
    last_year: Report | None
    context: Context

    @property
    def form(self) -> Form:
        """The form of the report."""
        return self.report.form

    @property
    def limits(self) -> Limits:
        """The thresholds in force."""
        return self.context.limits

    @cached_property
    def figures(self) -> dict[str, int]:
        """Every figure that is not blank, worked-out totals included."""
        return self.report.figures()

    @cached_property
    def last(self) -> "Case | None":
        """Last year's report as a case of its own."""
        return Case(self.last_year, None, self.context) if self.last_year else None

    @property
    def last_of_same_form(self) -> "Case | None":
        """Last year's, if its tables count the same things: 表二 changed its meaning (A.6)."""
        return self.last if self.last and self.last.form.id == self.form.id else None

    def figure(self, cell: str) -> int | None:
        """Return a figure, None for a blank."""
        return self.figures.get(cell)

    def value(self, *roles: str) -> int | None:
        """Return the sum of the cells of roles; None where a role is lacking or a cell blank."""
        total = 0
        for role in roles:
            cells = self.form.role(role)
            for cell in cells:
                value = self.figures.get(cell)
                if value is None:
                    return None
                total += value
            if not cells:
                return None
        return total

    def cells(self, *roles: str) -> tuple[str, ...]:
        """Return the cells of roles, in order."""
        return tuple(cell for role in roles for cell in self.form.role(role))

    def rows(self, *roles: str) -> Iterator[tuple[str, ...]]:
        """Yield the cells of several roles side by side, one row of the table at a time."""
        yield from zip(*(self.form.role(role) for role in roles), strict=False)

    def known(self, *cells: str) -> tuple[int, ...] | None:
        """Return the figures of cells, None as soon as one is blank."""
        values = tuple(self.figures[cell] for cell in cells if cell in self.figures)
        return values if len(values) == len(cells) else None

    def name(self, cell: str) -> str:
        """Return what people call a cell."""
        return f"“{self.form.cells[cell].name}”"

    def shown(self, cell: str, value: int | None) -> str:
        """Return a figure as the form prints it, amounts with their unit."""
        about = self.form.cells[cell]
        unit = about.unit if about.kind == AMOUNT else ""
        return show(value, about.kind) + unit if value is not None else "空白"

    def section_of(self, cell: str) -> str:
        """Return the section in which a cell stands."""
        return self.form.cells[cell].section


@dataclass(frozen=True, slots=True)
class Rule:
    """A check and the ids of the findings it can make."""

    ids: tuple[str, ...]
    live: bool
    check: Check


RULES: list[Rule] = []


def rule(*ids: str, live: bool = False) -> Callable[[Check], Check]:
    """Register a rule; `live` ones are cheap enough to run on every edit."""

    def register(check: Check) -> Check:
        RULES.append(Rule(ids, live, check))
        return check

    return register
