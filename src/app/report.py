"""A report: what a person entered, and the totals that follow from it. No I/O; see `report_file`.

Everything entered lies in one flat mapping from item to value, so that one kind of change serves
figures, prose, cover and titles alike. Items are

- a cell id (`t3.new.natural`): an int in the smallest unit of the cell (件, 项, 分);
- `narratives.preface`, `narratives.s1` …: prose, its paragraphs joined by line feeds;
- `titles.s2` …: a section title that differs from the standard one;
- `cover.address`, `cover.telephone` …: what the preface is generated from;
- `org`, `unit_type`, `published`;
- `unsure.t2.fees.amount`: why a figure that was read from a file is not certain;
- `refused.t3.new.other`: what stood in a file where no figure could be made of it;
- `explanations.…`: why a finding stands (see `checks.explanation`).

Blank is absent: no item is ever None or an empty text.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from app import numbers
from app.errors import AppError
from app.form import AMOUNT, COUNT, Equation, Form
from app.form_file import for_year

Value = int | str
UNIT_TYPES = {
    "government": "人民政府",
    "department": "政府部门",
    "township": "乡镇人民政府、街道办事处",
    "other": "其他单位",
}
COVER = {
    "legal_basis": "编制依据",
    "address": "地址",
    "postcode": "邮编",
    "telephone": "电话",
    "mail": "电子邮箱",
}
CONTACT = ("address", "postcode", "telephone", "mail")
PREFACE = "narratives.preface"
MARKS = ("unsure.", "refused.")
_FREE = ("explanations.", *MARKS)


class Invalid(AppError):
    """A change would put something into the report that cannot stand there."""


def narrative(section_id: str) -> str:
    """Return the item that holds the prose of a section."""
    return f"narratives.{section_id}"


def _is_cover(item: str) -> bool:
    return item == "org" or item.startswith("cover.")


@dataclass(slots=True)
class Report:
    """The report of one unit for one year, with its totals worked out.

    `further` keeps what a file held that this program does not know, so that writing it back loses
    nothing. Copy a report before handing it to another thread.
    """

    form: Form
    year: int
    items: dict[str, Value] = field(default_factory=dict)
    further: dict[str, object] = field(default_factory=dict)
    _totals: dict[str, int] = field(default_factory=dict)
    _incomplete: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._work_out(self.form.totals)

    @classmethod
    def new(cls, org: str, year: int, profile: str | None = None) -> "Report":
        """Return an empty report in the form that is in force for the year.

        Raises:
            NoForm: the year is earlier than every form.
        """
        return cls(for_year(year, profile), year, {"org": org} if org else {})

    @property
    def org(self) -> str:
        """The name of the unit."""
        return self.text("org")

    def figure(self, cell: str) -> int | None:
        """Return a figure in its smallest unit, typed or worked out; None for a blank."""
        value = self.items.get(cell)
        if value is None:
            return self._totals.get(cell)
        return value if isinstance(value, int) else None

    def shown(self, cell: str) -> str:
        """Return a figure as the form prints it, with the unit where the form prints one."""
        value, about = self.figure(cell), self.form.cells[cell]
        return numbers.show(value, about.kind) + about.printed_unit if value is not None else ""

    def figures(self) -> dict[str, int]:
        """Return every figure that is not blank, totals included, in the order of the form."""
        found = ((cell, self.figure(cell)) for cell in self.form.cells)
        return {cell: value for cell, value in found if value is not None}

    def is_worked_out(self, cell: str) -> bool:
        """Say whether a total, or the preface, is shown that nobody typed."""
        return cell in self._totals or (cell == PREFACE and cell not in self.items)

    def is_incomplete(self, cell: str) -> bool:
        """Say whether a worked-out total adds up some blanks."""
        return cell in self._incomplete

    def blanks(self) -> list[str]:
        """Return the cells that are to be filled in and are not; totals are not among them."""
        totals = self.form.total_of
        return [c for c in self.form.cells if c not in self.items and c not in totals]

    def text(self, item: str) -> str:
        """Return a text, empty where nothing was entered.

        Where there are cover fields, the preface is generated from them until somebody edits it.
        """
        value = self.items.get(item, "")
        if not value and item == PREFACE and self.has_cover():
            return self.generated_preface()
        return value if isinstance(value, str) else ""

    def title(self, section_id: str) -> str:
        """Return the title of a section: the edited one, else that of the form."""
        return self.text(f"titles.{section_id}") or self.form.section(section_id).title

    def prose(self, part: str) -> str:
        """Return the prose of a section, or of the part "preface"."""
        return self.text(narrative(part))

    def has_cover(self) -> bool:
        """Say whether any cover field is filled, so that a preface can be generated."""
        return any(self.text(f"cover.{key}") for key in COVER)

    def generated_preface(self) -> str:
        """Return the preface that follows from the cover fields."""
        org = self.org or "本机关"
        basis = self.text("cover.legal_basis") or self.form.legal_basis
        given = ((COVER[key], self.text(f"cover.{key}")) for key in CONTACT)
        details = "，".join(f"{label}：{text}" for label, text in given if text)
        contact = self.form.contact.replace("{org}", org).replace("{details}", details)
        filled = self.form.preface.replace("{contact}", contact if details else "")
        filled = filled.replace("{year}", str(self.year)).replace("{legal_basis}", basis)
        return filled.replace("{org}", org)

    def set(self, changes: Mapping[str, Value | None]) -> frozenset[str]:
        """Apply changes (None blanks) and work the totals out again.

        Returns:
            The items whose value differs now, worked-out totals and a generated preface included.

        Raises:
            Invalid: an item or value cannot stand in this report; nothing has changed.
        """
        return self.apply(self.resolve(changes))

    def apply(self, resolved: Mapping[str, Value | None]) -> frozenset[str]:
        """Apply changes that `resolve` returned, or that lead back from them; returns as `set`."""
        for item, value in resolved.items():
            if value is None:
                self.items.pop(item, None)
            else:
                self.items[item] = value
        changed: AbstractSet[str] = set(resolved)
        if PREFACE not in self.items and any(_is_cover(item) for item in changed):
            changed |= {PREFACE}
        if any(item in self.form.cells for item in changed):
            changed |= self._work_out(self._touched(changed))
        return frozenset(changed)

    def resolve(self, changes: Mapping[str, Value | None]) -> dict[str, Value | None]:
        """Return what changes really come to: those that differ, and the marks that they settle.

        A figure that is set is no longer unsure, and what could not be read in its place is gone.

        Raises:
            Invalid: an item or value cannot stand in this report.
        """
        resolved = {item: self.checked(item, value) for item, value in changes.items()}
        preface = resolved.get(PREFACE)
        if preface and PREFACE not in self.items and preface == self.text(PREFACE):
            del resolved[PREFACE]  # nobody has edited it
        for item in changes:
            for mark in MARKS:
                if mark + item in self.items:
                    resolved.setdefault(mark + item, None)
        return {item: v for item, v in resolved.items() if self.items.get(item) != v}

    def checked(self, item: str, value: Value | None) -> Value | None:
        """Return a value as it is kept: empty texts are None.

        Raises:
            Invalid: no such item, a text for a figure, a negative count, a figure too large.
        """
        cell = self.form.cells.get(item)
        if cell is not None:
            if value is None:
                return None
            if not isinstance(value, int) or isinstance(value, bool):
                raise Invalid(f"“{cell.name}”只能填数字。")
            if value < 0 and cell.kind in (COUNT, AMOUNT):
                raise Invalid(f"“{cell.name}”不能填负数。")
            if abs(value) > numbers.LARGEST:
                raise Invalid(f"“{cell.name}”的数字过大，请核对。")
            return value
        if not self._is_text_item(item) or not (value is None or isinstance(value, str)):
            raise Invalid(f"这份报告里没有“{item}”这一项。")
        return value or None

    def accepts(self, item: str, value: Value | None) -> bool:
        """Say whether `checked` would take a value."""
        try:
            self.checked(item, value)
        except Invalid:
            return False
        return True

    def copy(self) -> "Report":
        """Return a report of its own with the same content."""
        return Report(self.form, self.year, dict(self.items), dict(self.further))

    def _is_text_item(self, item: str) -> bool:
        group, _, name = item.partition(".")
        if not name:
            return item in ("org", "unit_type", "published")
        sections = {section.id for section in self.form.sections}
        return (
            (group == "narratives" and (name == "preface" or name in sections))
            or (group == "titles" and name in sections)
            or (group == "cover" and name in COVER)
            or item.startswith(_FREE)
        )

    def _touched(self, changed: Iterable[str]) -> list[Equation]:
        """The totals that a change can reach, each after those it adds up."""
        reached = set(changed)
        touched = []
        for equation in self.form.totals:
            if not reached.isdisjoint(equation.cells):
                reached.add(equation.works_out or "")
                touched.append(equation)
        return touched

    def _work_out(self, equations: Iterable[Equation]) -> AbstractSet[str]:
        """Work totals out; returns those that differ from before.

        A sum over blanks alone is blank; over some blanks it is shown and marked incomplete.
        """
        changed = set()
        for equation in equations:
            total = equation.works_out or ""
            before = (self._totals.pop(total, None), total in self._incomplete)
            self._incomplete.discard(total)
            if total not in self.items:
                cells = [cell for cell in equation.cells if cell != total]
                present = [v for v in map(self.figure, cells) if v is not None]
                if present:
                    self._totals[total] = sum(present)
                    if len(present) < len(cells) or not self._incomplete.isdisjoint(cells):
                        self._incomplete.add(total)
            if before != (self._totals.get(total), total in self._incomplete):
                changed.add(total)
        return changed
