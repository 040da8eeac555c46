"""The checker: an accountant who reads the whole report and says which figure to look at.

Pure: no clock, no files, no window. What each rule means: docs/checks.md.
"""

from collections.abc import Collection
from dataclasses import replace

from app.checks import (
    cell,
    claim,
    content,
    due,
    equations,
    explanation,
    itemised,
    period,
    printable,
    privacy,
    ratio,
    similarity,
    table,
    text,
    writing,
    year,
)
from app.checks.finding import Context, Finding, Mend, Suspect, as_json, blocking, ordered
from app.checks.rule import LATER, NOW, RULES, SOON, Case
from app.report import Report

__all__ = ["LATER", "NOW", "PACES", "SOON", "Context", "Finding", "Mend", "Suspect", "as_json"]
__all__ += ["blocking", "ordered", "run"]

_RULE_MODULES = (
    equations, cell, table, year, text, ratio, itemised, claim, content, period, writing, printable,
    privacy, similarity, due, explanation,
)  # fmt: skip
"""To import them is to register their rules."""
PACES = (NOW, SOON, LATER)
_NOTHING = Context()


def run(
    report: Report,
    last_year: Report | None = None,
    context: Context = _NOTHING,
    paces: Collection[str] = PACES,
) -> list[Finding]:
    """Return every finding: errors, warnings, hints; the surest suspects first.

    `paces` leaves out rules: NOW are those about figures alone, SOON figures against texts, LATER
    prose, privacy and likeness to last year.
    """
    if last_year is not None and last_year.year != report.year - 1:
        last_year = None
    case = Case(report, last_year, context)
    found = [_feasible(report, f) for rule in RULES if rule.pace in paces for f in rule.check(case)]
    return ordered(explanation.explained(report, found))


def _feasible(report: Report, finding: Finding) -> Finding:
    """Leave out what the report would refuse: sums of very large figures cannot be entered."""
    suspects = tuple(s for s in finding.suspects if report.accepts(s.cell, s.value))
    mends = tuple(m for m in finding.mends if all(report.accepts(*c) for c in m.changes.items()))
    if len(suspects) == len(finding.suspects) and len(mends) == len(finding.mends):
        return finding
    return replace(finding, suspects=suspects, mends=mends)
