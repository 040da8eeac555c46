"""How a rule is written: a small function over a `Case`, registered with its ids.

A rule asks for roles, not for cells or years; where the form or last year's report lacks a role the
rule is silent. Its docstring gives its reason and its source (domain notes, part B, unless named).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.checks.finding import Context, Finding, Limits
from app.checks.lexicon import lexicon
from app.checks.reading import paragraphs
from app.checks.sentence import around
from app.checks.statement import Passage
from app.form import AMOUNT, Form
from app.numbers import show
from app.report import PREFACE, Report, narrative

Check = Callable[["Case"], Iterable[Finding]]
NOW, SOON, LATER = "now", "soon", "later"
"""When a rule runs after an edit: within it, right after its paint, after a rest in typing."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of one section, or of the preface, and the item that holds it."""

    item: str
    section: str
    text: str

    def quoted(self, id: str, severity: str, span: tuple[int, int], message: str) -> Finding:
        """Return a finding about a piece of the text, with the sentence around it."""
        start, end = around(self.text, *span)
        return Finding(
            id, severity, self.section, message, excerpt=self.text[start:end], item=self.item,
            start=start, end=end, cause=f"{self.item}:{start}",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph that was read for figures: its text and where it begins in it."""

    prose: Prose
    offset: int
    passage: Passage

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of the flat paragraph stands in the text."""
        first, last = self.passage.flat.span(start, end)
        return self.offset + first, self.offset + last


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

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """Every text of the report that is not empty, the preface first."""
        items = [(PREFACE, "preface")]
        items += [(narrative(section.id), section.id) for section in self.form.sections]
        texts = (Prose(item, section, self.report.text(item)) for item, section in items)
        return tuple(prose for prose in texts if prose.text)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every paragraph, read for figures."""
        return places_in(self.form, self.prose)

    def text_of(self, role: str) -> Prose:
        """Return the text of the section in a role, empty where there is none."""
        section = self.form.section_in_role(role)
        name = section.id if section else ""
        return next((p for p in self.prose if p.section == name), Prose(narrative(name), name, ""))

    @property
    def last_of_same_form(self) -> "Case | None":
        """Last year's, if its tables count the same things: 表二 changed its meaning (A.6)."""
        return self.last if self.last and self.last.form.id == self.form.id else None

    def figure(self, cell: str) -> int | None:
        """Return a figure, None for a blank."""
        return self.figures.get(cell)

    def value(self, *roles: str) -> int | None:
        """Return the sum of the cells of roles; None where a role is lacking or a cell blank."""
        if not all(self.form.role(role) for role in roles):
            return None
        return self.sum(self.cells(*roles))

    def cells(self, *roles: str) -> tuple[str, ...]:
        """Return the cells of roles, in order."""
        return tuple(cell for role in roles for cell in self.form.role(role))

    def rows(self, *roles: str) -> Iterator[tuple[str, ...]]:
        """Yield the cells of several roles side by side, one row of the table at a time."""
        yield from zip(*(self.form.role(role) for role in roles), strict=False)

    def sum(self, cells: Iterable[str]) -> int | None:
        """Return the sum of cells; None where one is blank, unknown or adds up only some cells."""
        total = 0
        for cell in cells:
            value = self.figures.get(cell)
            if value is None or self.report.is_incomplete(cell):
                return None
            total += value
        return total

    def known(self, *cells: str) -> tuple[int, ...] | None:
        """Return the figures of cells, None as soon as one is blank."""
        values = tuple(self.figures[cell] for cell in cells if cell in self.figures)
        return values if len(values) == len(cells) else None

    def about(self, id: str, severity: str, cells: tuple[str, ...], message: str) -> Finding:
        """Return a finding about figures; the first cell is the one to look at."""
        section = self.form.cells[cells[0]].section
        return Finding(id, severity, section, message, cells=cells, cause=cells[0])

    def name(self, cell: str) -> str:
        """Return what people call a cell."""
        return f"“{self.form.cells[cell].name}”"

    def shown(self, cell: str, value: int | None) -> str:
        """Return a figure as the form prints it, amounts with their unit."""
        about = self.form.cells[cell]
        unit = about.unit if about.kind == AMOUNT else ""
        return show(value, about.kind) + unit if value is not None else "空白"


@lru_cache(maxsize=8)
def places_in(form: Form, proses: tuple[Prose, ...]) -> tuple[Place, ...]:
    """Return every paragraph of texts, read for figures; kept, as most edits change no text."""
    words = lexicon(form)
    return tuple(
        Place(prose, offset, passage)
        for prose in proses
        for offset, passage in paragraphs(prose.text, words, prose.section)
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """A check and the ids of the findings it can make."""

    ids: tuple[str, ...]
    pace: str
    check: Check


RULES: list[Rule] = []


def rule(*ids: str, pace: str = LATER) -> Callable[[Check], Check]:
    """Register a rule; `pace` says how soon after an edit it is cheap enough to run."""

    def register(check: Check) -> Check:
        RULES.append(Rule(ids, pace, check))
        return check

    return register
