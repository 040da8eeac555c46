"""Explanations (说明): why a finding stands, kept with the report while what it explains stands.

Each is a report item `explanations.<key>` holding JSON: the contract's rule, cells, excerpt and
text, and the `values` that the cells showed. It lives as long as these figures and this sentence;
one that came without values, as long as its rule finds the same cells and sentence. One that lapsed
is kept and shown as a hint until somebody deletes or renews it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app import numbers
from app.checks.finding import HINT, Finding, Mend
from app.checks.rule import SOON, Case, rule
from app.report import Report, Value

PREFIX = "explanations."
_EXPECTED = "expected"
"""Among the values: the figure that another year or sentence led to expect."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One explanation as it stands in the report; `values` are figures as printed, by cell."""

    item: str
    rule: str
    section: str
    cells: tuple[str, ...]
    excerpt: str
    text: str
    values: Mapping[str, str] | None

    def explains(self, report: Report, finding: Finding) -> bool:
        """Say whether it was written for this finding and nothing has changed since."""
        if self.rule != finding.id or set(self.cells) != set(finding.cells):
            return False
        if self.excerpt != finding.excerpt or (self.section or finding.section) != finding.section:
            return False
        return self.values is None or self.values == _values(report, finding)


def explain(report: Report, finding: Finding, text: str) -> dict[str, Value | None]:
    """Return the changes that put an explanation into the report; an empty text removes it.

    A lapsed explanation of the same rule, cells and section is renewed rather than doubled.
    """
    known = [x for x in explanations(report) if _is_of(x, finding)]
    same = [x for x in known if x.excerpt == finding.excerpt] or known
    item = same[0].item if same else _item(finding)
    if not text.strip():
        return {item: None}
    entry = {
        "rule": finding.id,
        "cells": list(finding.cells),
        "excerpt": finding.excerpt,
        "text": text.strip(),
        "section": finding.section,
        "values": _values(report, finding),
    }
    return {item: json.dumps(entry, ensure_ascii=False)}


def explanations(report: Report) -> Iterator[Explanation]:
    """Yield the explanations of a report; what is none by the contract is passed over."""
    for item, value in report.items.items():
        if not item.startswith(PREFIX):
            continue
        try:
            entry = json.loads(str(value))
        except ValueError:
            continue
        if isinstance(entry, dict) and entry.get("text"):
            values, cells = entry.get("values"), entry.get("cells")
            yield Explanation(
                item=item,
                rule=str(entry.get("rule", "")),
                section=str(entry.get("section", "")),
                cells=tuple(map(str, cells)) if isinstance(cells, list) else (),
                excerpt=str(entry.get("excerpt", "")),
                text=str(entry["text"]),
                values={k: str(v) for k, v in values.items()} if isinstance(values, dict) else None,
            )


def explained(report: Report, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings with the explanations that live."""
    known = list(explanations(report))
    for finding in findings:
        lives = next((x for x in known if x.explains(report, finding)), None)
        yield replace(finding, explanation=lives.text) if lives else finding


@rule("EXPLAIN.LAPSED", pace=SOON)
def lapsed(case: Case) -> Iterator[Finding]:
    """An explanation whose figures or sentence changed no longer counts; its words are kept."""
    for known in explanations(case.report):
        if not _has_changed(case, known):
            continue
        cells = tuple(cell for cell in known.cells if cell in case.form.cells)
        section = case.form.cells[cells[0]].section if cells else known.section
        yield Finding(
            "EXPLAIN.LAPSED", HINT, section,
            f"所说明的数字或文字已经改动，原说明失效：“{known.text}”。",
            cells=cells, mends=(Mend("删除这条说明", {known.item: None}),), cause=known.item,
        )  # fmt: skip


def _has_changed(case: Case, known: Explanation) -> bool:
    texts = (str(v) for item, v in case.report.items.items() if not item.startswith(PREFIX))
    if known.excerpt and not any(known.excerpt in text for text in texts):
        return True
    shown = known.values or {}
    return any(
        cell in case.form.cells and _shown(case.report, cell) != value
        for cell, value in shown.items()
    )


def _is_of(known: Explanation, finding: Finding) -> bool:
    return (
        known.rule == finding.id
        and set(known.cells) == set(finding.cells)
        and (known.section or finding.section) == finding.section
    )


def _item(finding: Finding) -> str:
    basis = "|".join((*finding.cells, finding.section, finding.excerpt))
    return f"{PREFIX}{finding.id}.{hashlib.sha256(basis.encode()).hexdigest()[:8]}"


def _values(report: Report, finding: Finding) -> dict[str, str]:
    values = {cell: _shown(report, cell) for cell in finding.cells}
    if finding.expected is not None:
        values[_EXPECTED] = str(finding.expected)
    return values


def _shown(report: Report, cell: str) -> str:
    return numbers.show(report.figure(cell), report.form.cells[cell].kind)
