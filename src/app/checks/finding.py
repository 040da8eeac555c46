"""What the checker says: findings with the cells, the sentence, the likely cause and its mending.

Wrong figures are values of this kind, never exceptions. Figures are ints in the smallest unit of
their cell (件, 项, 分); `as_json` turns a finding into the contract of `nianbao check --json`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app import numbers
from app.form import AMOUNT, COUNT, Form
from app.report import Value

ERROR, WARNING, HINT = "error", "warning", "hint"
SEVERITIES = (ERROR, WARNING, HINT)

_FINAL = frozenset(
    {"T3.ROWSUM", "T3.TOT", "T3.BALANCE", "NARR.SECTION", "NARR.PERIOD", "NARR.TITLEYEAR"}
    | {"PRIV.IDCARD", "SEC.MARK"}
)
_FINAL_GROUPS = ("CELL.", "T4.SUM.")
_UNFILLED = frozenset({"CELL.BLANK", "NARR.SECTION"})


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell that may hold the wrong figure, the value it should have, and why so."""

    cell: str
    value: int
    why: str


@dataclass(frozen=True, slots=True)
class Mend:
    """A repair by one click: `Draft.set(mend.changes, mend.label)`."""

    label: str
    changes: Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or doubtful in a report.

    `section` is a section id or "preface", `item` the text item in which `excerpt` stands from
    `start` to `end`. Findings with the same `cause` belong together: the window shows one entry.
    `sureness` (0–100) says how sure the first suspect is.
    """

    id: str
    severity: str
    section: str
    message: str
    cells: tuple[str, ...] = ()
    excerpt: str = ""
    expected: int | None = None
    found: int | None = None
    suspects: tuple[Suspect, ...] = ()
    sureness: int = 0
    item: str = ""
    start: int = 0
    end: int = 0
    mends: tuple[Mend, ...] = ()
    cause: str = ""
    explanation: str = ""

    @property
    def explainable(self) -> bool:
        """Say whether a written 说明 lets it pass: hints need none, some errors stand (2.4)."""
        if self.severity == ERROR:
            return self.id not in _FINAL and not self.id.startswith(_FINAL_GROUPS)
        return self.severity == WARNING

    @property
    def unfilled(self) -> bool:
        """Say whether it only tells what is not filled in yet: counted apart in the window."""
        return self.id in _UNFILLED


@dataclass(frozen=True, slots=True)
class Limits:
    """Thresholds of the plausibility rules; the defaults are those of the domain notes, part B."""

    scale_ratio: int = 1000
    huge_digits: int = 9
    huge_requests: int = 1_000_000
    misc_share: int = 15
    carried_share: int = 25
    overview_shortest: int = 200
    overview_longest: int | None = None
    problems_shortest: int = 80
    similar_warning: int = 80
    similar_hint: int = 60
    similar_shortest: int = 60
    jump_least: int = 10
    jump_share: int = 50
    same_figures: int = 5
    zero_from: int = 20


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know beside the report; everything may be left out.

    Rules about dates and signatures run only where the window hands in `today`. `due` is the
    office's own date, `unsigned` the reviewers whose entry is missing before the final copy,
    `units` the names of other offices, `restructured` an office merged or split since last year.
    """

    limits: Limits = field(default_factory=Limits)
    file_name: str = ""
    units: tuple[str, ...] = ()
    restructured: bool = False
    today: date | None = None
    due: date | None = None
    reviewing: bool = False
    unsigned: tuple[str, ...] = ()
    changed_since_review: bool = False


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: errors, warnings, hints; within each those with the surest suspect first."""
    return sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), -f.sureness))


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Return what stops the final copy: errors without appeal and what nobody has explained."""
    return [
        f for f in findings if f.severity != HINT and not (f.explainable and f.explanation.strip())
    ]


def as_json(finding: Finding, form: Form) -> dict[str, object]:
    """Return a finding as the object of `check --json`; figures are exact, in the printed unit."""
    kind = form.cells[finding.cells[0]].kind if finding.cells else COUNT
    entry: dict[str, object] = {
        "id": finding.id,
        "severity": finding.severity,
        "cells": list(finding.cells),
        "section": finding.section,
        "excerpt": finding.excerpt,
        "message": finding.message,
        "expected": _printed(finding.expected, kind),
        "found": _printed(finding.found, kind),
        "suspects": [
            {"cell": s.cell, "value": _printed(s.value, form.cells[s.cell].kind), "why": s.why}
            for s in finding.suspects
        ],
        "explanation": finding.explanation,
    }
    return {key: value for key, value in entry.items() if value not in (None, "", [])}


def _printed(value: int | None, kind: str) -> int | Decimal | None:
    return numbers.exact(value, kind) if value is not None and kind == AMOUNT else value
