"""Entries of the list of findings: one for each cause, grouped by section. No Qt widgets here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.style import theme

if TYPE_CHECKING:
    from app.checks.finding import Finding

BLANK = "blank"
"""The kind of what is only not filled in yet: neither error nor doubt."""
KINDS = ("error", "warning", "hint", BLANK)
SIGNS = theme.SIGNS | {BLANK: "○"}
WORDS = theme.WORDS | {BLANK: "未填"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Findings with one cause, the gravest first."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all of them."""
        return self.findings[0]

    @property
    def kind(self) -> str:
        """The severity of the first, or `BLANK`."""
        return BLANK if self.first.unfilled else self.first.severity

    @property
    def is_explained(self) -> bool:
        """Say whether somebody has explained all of them."""
        return all(finding.explanation for finding in self.findings)

    @property
    def key(self) -> tuple[object, ...]:
        """What stays the same while figures and words change: the rule and where it looks."""
        first = self.first
        return first.id, first.section, first.cells, first.item, "" if first.cells else first.cause

    @property
    def note(self) -> str:
        """What is told in passing under the message."""
        parts = [f"同一原因，共{len(self.findings)}处"] if len(self.findings) > 1 else []
        if self.is_explained:
            parts.append(f"已说明：{self.first.explanation}")
        return "；".join(parts)

    def __str__(self) -> str:
        words = (WORDS[self.kind], f"{self.first.message}{self.note}")
        return "：".join(words)


Row = Entry | str
"""An entry, or the heading of a section."""


def entries(findings: Iterable[Finding]) -> list[Entry]:
    """Put findings of one cause together; the order is that of the first of each."""
    causes: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        causes.setdefault(finding.cause or number, []).append(finding)
    return [Entry(tuple(found)) for found in causes.values()]


def count_open(found: Iterable[Entry]) -> Counter[str]:
    """Count by kind what nobody has explained; one cause counts once, wherever it is counted."""
    return Counter(entry.kind for entry in found if not entry.is_explained)


def grouped(found: Iterable[Entry], sections: Sequence[str], titles: Sequence[str]) -> list[Row]:
    """Return the rows of the list: for each section its title, its errors, doubts, hints, blanks.

    What is explained comes last in its section; sections that nobody named, last of all.
    """

    def place(entry: Entry) -> int:
        section = entry.first.section
        return sections.index(section) if section in sections else len(sections)

    ordered = sorted(found, key=lambda e: (place(e), e.is_explained, KINDS.index(e.kind)))
    rows: list[Row] = []
    last = -1
    for entry in ordered:
        if place(entry) != last:
            last = place(entry)
            rows.append([*titles, "其他"][last])
        rows.append(entry)
    return rows
