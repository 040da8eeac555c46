"""What a form is: sections, tables with merged boxes, cells, equations and roles.

A form is data (`resources/forms/*.toml`, read by `form_file`); no label and no year stands in code.
Everything here is frozen: one form is shared by every report of its year.
"""

from dataclasses import dataclass, field
from functools import cached_property

from app.words import Words

COUNT, SIGNED, AMOUNT = "count", "signed", "amount"
"""Kinds of cell: whole numbers ≥ 0, whole numbers of either sign, money in 万元 kept as 分."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the form.

    `row` and `column` are the printed labels (a row path is joined by "/"), `article` the clause of
    the regulation that heads its block, `printed_unit` a unit that is printed behind the figure.
    """

    id: str
    table: str
    section: str
    row: str
    column: str
    unit: str
    kind: str = COUNT
    article: str = ""
    printed_unit: str = ""
    about: str = ""
    source: str = ""
    name: str = ""
    """What people call it in one phrase: “（一）予以公开：总计”."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One box of a printed table: its place, its spans (≥ 1) and what stands in it.

    `kind` is "band" (a row of its own over a block), "head", "note" (the long text in the head),
    "label" or "figure"; a figure has the id of its cell, every other box its text.
    """

    row: int
    column: int
    rows: int
    columns: int
    kind: str
    text: str = ""
    cell: str = ""
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A statutory table as a grid of boxes; `widths` are shares of the width, one a grid column.

    The first `head_rows` rows are repeated where the table breaks over pages.
    """

    id: str
    title: str
    section: str
    row_count: int
    column_count: int
    head_rows: int
    widths: tuple[float, ...]
    boxes: tuple[GridCell, ...]
    rows: tuple[tuple[str, ...], ...]
    """The cell ids of each data row, in printed order."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report: `requires` says what it must hold, `outline` offers headings.

    `role` is what rules know it by. `treats` are the subjects that its prose must treat, each with
    the words that tell of it; `treats_government` those of governments only.
    """

    id: str
    title: str
    short: str
    """Its name where there is little room."""
    table: str | None = None
    keywords: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    outline: tuple[str, ...] = ()
    role: str = ""
    treats: tuple[tuple[str, ...], ...] = ()
    treats_government: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Equation:
    """Σ coefficient × cell `relation` 0; `works_out` is the total it yields if nobody typed one.

    Equal only to itself, as its form is.
    """

    id: str
    severity: str
    section: str
    terms: tuple[tuple[int, str], ...]
    relation: str
    label: str
    works_out: str | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The ids of its cells, in the order of the form file."""
        return tuple(cell for _, cell in self.terms)


@dataclass(frozen=True, eq=False)
class Form:
    """The form of a year: what a report of that year is made of; equal only to itself."""

    id: str
    profile: str | None
    year: int
    source: str
    legal_basis: str
    """What a preface names as its basis unless the office says otherwise."""
    preface: str
    """The pattern of a generated preface: {org}, {legal_basis}, {year} and {contact} are filled."""
    contact: str
    """The pattern of its last sentence: {org}, {details}; left out where there are no details."""
    sections: tuple[Section, ...]
    tables: dict[str, Table]
    cells: dict[str, Cell]
    equations: tuple[Equation, ...]
    roles: dict[str, tuple[str, ...]]
    profiles: dict[str, str] = field(default_factory=dict)
    """Every profile of this form: its id and what people call it."""
    words: Words = field(default_factory=Words)
    """How prose names its figures."""

    def section(self, section_id: str) -> Section:
        """Return the section with this id."""
        return next(s for s in self.sections if s.id == section_id)

    def section_in_role(self, role: str) -> Section | None:
        """Return the section that plays a role, None where the form has none."""
        return next((s for s in self.sections if s.role == role), None)

    def role(self, name: str) -> tuple[str, ...]:
        """Return the cells that carry a role; none where the form lacks it: the rule is silent."""
        return self.roles.get(name, ())

    @cached_property
    def equations_of(self) -> dict[str, tuple[Equation, ...]]:
        """The equations in which each cell stands."""
        found: dict[str, list[Equation]] = {cell: [] for cell in self.cells}
        for equation in self.equations:
            for cell in equation.cells:
                found[cell].append(equation)
        return {cell: tuple(equations) for cell, equations in found.items()}

    @cached_property
    def totals(self) -> tuple[Equation, ...]:
        """The equations that work a total out, each after those whose totals it adds up."""
        pending = [e for e in self.equations if e.works_out]
        made = {e.works_out for e in pending}
        ordered: list[Equation] = []
        while pending:
            ready = [e for e in pending if not (set(e.cells) - {e.works_out}) & made]
            if not ready:
                raise ValueError(f"form {self.id}: totals that need one another")
            ordered += ready
            pending = [e for e in pending if e not in ready]
            made -= {e.works_out for e in ready}
        return tuple(ordered)

    @cached_property
    def total_of(self) -> dict[str, Equation]:
        """For each cell that can be worked out, the equation that does it."""
        return {e.works_out: e for e in self.totals if e.works_out}
