"""Accepting a proposal: what a clerk makes of what was read, before it is part of any report.

The report in the making keeps its marks (`unsure.`, `refused.`) until somebody has looked at what
they stand for; so what is accepted unseen is still marked in the report that comes of it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from app import form_file, numbers, prose
from app.fingerprint import settled
from app.form import Form
from app.readers.proposal import Leftover, Proposal, Reading
from app.report import MARKS, Report, Value, narrative

UNSURE, REFUSED = MARKS
HEAD = ("org", "year")
"""What a file tells of the whole report; either may be in doubt."""
_NOT_READ = ("explanations.", *MARKS)


class Acceptance:
    """A proposal under review.

    Attributes:
        report: what would come of it now.
        readings: where the figures come from, by cell.
        leftovers: what found no place and nobody has decided on.
        confirmed, corrected: the items that somebody took as they were read, or put right.
    """

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.report = proposal.report()
        self.readings: dict[str, Reading] = {r.cell: r for r in proposal.readings}
        self.leftovers = list(proposal.leftovers)
        self.confirmed: set[str] = set()
        self.corrected: set[str] = set()

    @property
    def open_items(self) -> tuple[str, ...]:
        """What a person should still look at: unit, year, then cells in the order of the form."""
        return tuple(item for item in (*HEAD, *self.report.form.cells) if self.is_open(item))

    def is_open(self, item: str) -> bool:
        """Say whether an item is still marked as unsure, or as no figure."""
        return any(mark + item in self.report.items for mark in MARKS)

    def doubt(self, item: str) -> str:
        """Return why a person should look at an item; empty where nobody need."""
        if refused := self.report.text(REFUSED + item):
            return f"“{refused}”不是数，请填写，或确认为未填"
        return self.report.text(UNSURE + item)

    def confirm(self, items: Iterable[str]) -> None:
        """Take items as they were read; what is no figure stays blank."""
        items = [item for item in items if self.is_open(item)]
        self.report.set({mark + item: None for item in items for mark in MARKS})
        self.confirmed.update(items)

    def correct(self, cell: str, text: str) -> str:
        """Take what a person typed for a cell; returns what was converted, in words.

        Raises:
            NotAFigure: it is no figure of this cell; nothing has changed.
        """
        figure = numbers.parse(text, self.report.form.cells[cell].kind)
        self.report.set({cell: figure.value})
        self.corrected.add(cell)
        return f"已换算：{figure.note}" if figure.note else ""

    def set_org(self, org: str) -> None:
        """Name the unit."""
        if org.strip() != self.report.org:
            self.report.set({"org": org.strip(), f"{UNSURE}org": None})
            self.corrected.add("org")

    def set_year(self, year: int) -> None:
        """Name the year; the form stays the one that the file is written in."""
        if year != self.report.year:
            form = self.report.form
            self.report = Report(
                form_file.load(form.id, form.profile, year), year, self.report.items,
                self.report.further,
            )  # fmt: skip
            self.report.set({f"{UNSURE}year": None})
            self.corrected.add("year")

    def place(self, leftover: Leftover, item: str, text: str) -> None:
        """Put what was left over, as a person words it, into a cell or below a section's prose.

        Raises:
            NotAFigure: it is no figure of this cell; nothing has changed.
        """
        if item in self.report.form.cells:
            self.correct(item, text)
        else:
            above = self.report.items.get(item, "")
            self.report.set({item: prose.clean(f"{above}\n{text}")})
            self.corrected.add(item)
        self.leave_out([leftover])

    def leave_out(self, leftovers: Iterable[Leftover]) -> None:
        """Decide that leftovers have no place in the report, or have one now."""
        gone = {id(leftover) for leftover in leftovers}
        self.leftovers = [left for left in self.leftovers if id(left) not in gone]


def confirming(report: Report, items: Iterable[str]) -> dict[str, Value | None]:
    """Return the changes that take the marks of doubt from items of a report."""
    return {UNSURE + item: None for item in items if UNSURE + item in report.items}


def prose_items(form: Form) -> tuple[str, ...]:
    """Return the items that hold the prose of a report, in its order."""
    return tuple(narrative(part) for part in ("preface", *(s.id for s in form.sections)))


@dataclass(frozen=True)
class Merging:
    """What was read beside the report that is open, item by item; `chosen` is what is taken over.

    Items that were not read stay as they are. A figure in doubt does not replace another one unless
    it is chosen; everything else that differs is chosen from the start.
    """

    present: Report
    acceptance: Acceptance
    chosen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chosen.update(
            item for item in self.differences
            if not (self.acceptance.is_open(item) and self.old(item) is not None)
        )  # fmt: skip

    @property
    def differences(self) -> tuple[str, ...]:
        """The items that would change, in the order of the form, prose after the figures.

        A total that reads as the one that stands, but not as the other figures read would make it,
        is among them.
        """
        read = self._read()
        differing = [item for item in read if self._differs(item)]
        after = self.present.copy()
        after.set(self._values(differing))
        also = (
            item for item in read
            if item in after.form.cells and self.new(item) not in (None, after.figure(item))
        )  # fmt: skip
        found = {*differing, *also}
        return tuple(item for item in read if item in found)

    @property
    def same(self) -> tuple[str, ...]:
        """The items that were read as they stand."""
        differing = set(self.differences)
        return tuple(item for item in self._read() if item not in differing)

    @property
    def foreign(self) -> tuple[str, ...]:
        """The cells that were read and have no counterpart in the form of the open report."""
        read = self.acceptance.report
        return tuple(
            cell for cell in read.form.cells
            if (cell in read.items or self.acceptance.is_open(cell)) and not self._has(cell)
        )  # fmt: skip

    def old(self, item: str) -> Value | None:
        """Return what stands in the open report; None for nothing."""
        if item in self.present.form.cells:
            return self.present.figure(item)
        return self.present.text(item) or None

    def new(self, item: str) -> Value | None:
        """Return what was read; None for nothing, or for what is no figure."""
        return self.acceptance.report.items.get(item)

    def changes(self) -> dict[str, Value | None]:
        """Return the chosen items for `Draft.set`, with the marks of those that are in doubt."""
        return self._values(item for item in self.differences if item in self.chosen)

    def _values(self, items: Iterable[str]) -> dict[str, Value | None]:
        read = self.acceptance.report.items
        found: dict[str, Value | None] = {}
        for item in items:
            if item in read:
                found[item] = read[item]
            for mark in MARKS:
                if mark + item in read:
                    found[mark + item] = read[mark + item]
        return found

    def _read(self) -> list[str]:
        """Everything that was read and has a place in the open report."""
        read = self.acceptance.report
        cells = [
            cell for cell in read.form.cells
            if self._has(cell) and (cell in read.items or self.acceptance.is_open(cell))
        ]  # fmt: skip
        others = [
            item for item in (*prose_items(read.form), *sorted(read.items))
            if item in read.items and item not in read.form.cells and item != "org"
            and not item.startswith(_NOT_READ) and self._has_text(item)
        ]  # fmt: skip
        return list(dict.fromkeys([*cells, *others]))

    def _has(self, cell: str) -> bool:
        own, read = (r.form.cells.get(cell) for r in (self.present, self.acceptance.report))
        if own is None or read is None:
            return False
        return (own.column, own.unit, own.kind) == (read.column, read.unit, read.kind)

    def _has_text(self, item: str) -> bool:
        group, _, part = item.partition(".")
        sections: Collection[str] = {section.id for section in self.present.form.sections}
        return group not in ("narratives", "titles") or part in sections or part == "preface"

    def _differs(self, item: str) -> bool:
        old, new = self.old(item), self.new(item)
        if item in self.present.form.cells:
            if new is None:  # only a mark was read: it says nothing against a figure
                return old is None and not self._is_marked(item)
            return old != new
        return settled(str(old or "")) != settled(str(new))

    def _is_marked(self, cell: str) -> bool:
        return any(mark + cell in self.present.items for mark in MARKS)
