"""The checker: an accountant who reads the whole report and says which figure to look at.

`live` is what runs on every edit, `later` what may wait for a pause in typing; `run` is both.
Pure: no clock, no files, no window. What each rule means: docs/checks.md.
"""

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
from app.checks.rule import RULES, Case
from app.report import Report

__all__ = ["Context", "Finding", "Mend", "Suspect", "as_json", "blocking", "later", "live"]
__all__ += ["ordered", "run"]

_RULE_MODULES = (
    equations, cell, table, year, text, ratio, itemised, claim, content, period, writing, printable,
    privacy, similarity, due, explanation,
)  # fmt: skip
"""To import them is to register their rules."""
_NOTHING = Context()


def run(
    report: Report, last_year: Report | None = None, context: Context = _NOTHING
) -> list[Finding]:
    """Return every finding: errors, warnings, hints; the surest suspects first."""
    return ordered(_findings(report, last_year, context, (True, False)))


def live(
    report: Report, last_year: Report | None = None, context: Context = _NOTHING
) -> list[Finding]:
    """Return the findings about figures: tables, years, text against tables."""
    return ordered(_findings(report, last_year, context, (True,)))


def later(
    report: Report, last_year: Report | None = None, context: Context = _NOTHING
) -> list[Finding]:
    """Return the findings about words: prose, privacy, likeness to last year."""
    return ordered(_findings(report, last_year, context, (False,)))


def _findings(
    report: Report, last_year: Report | None, context: Context, speeds: tuple[bool, ...]
) -> list[Finding]:
    if last_year is not None and last_year.year != report.year - 1:
        last_year = None
    case = Case(report, last_year, context)
    found = [
        _feasible(report, f) for rule in RULES if rule.live in speeds for f in rule.check(case)
    ]
    return list(explanation.explained(report, found))


def _feasible(report: Report, finding: Finding) -> Finding:
    """Leave out what the report would refuse: sums of very large figures cannot be entered."""
    suspects = tuple(s for s in finding.suspects if report.accepts(s.cell, s.value))
    mends = tuple(m for m in finding.mends if all(report.accepts(*c) for c in m.changes.items()))
    if len(suspects) == len(finding.suspects) and len(mends) == len(finding.mends):
        return finding
    return replace(finding, suspects=suspects, mends=mends)
