"""What findings mean for a table: which cells are framed or tinted, which rows and heads signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ui.style import theme
from ui.table.grid import Place, TableGrid

if TYPE_CHECKING:  # the rules are imported after the first paint
    from app.checks.finding import Finding

HINT = "hint"
_GRAVITY = tuple(theme.SIGNS)
"""The severities, the gravest first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong with a cell: the gravest severity, and every message, the gravest first.

    A framed cell may itself be wrong; one that is not framed only takes part in what is.
    """

    severity: str
    is_framed: bool
    messages: tuple[tuple[str, str], ...]
    """Pairs of severity and sentence."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a table: those of its cells, and the severity that signs a label or head."""

    cells: Mapping[str, Mark] = field(default_factory=dict)
    titles: Mapping[Place, str] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Finding], grid: TableGrid) -> Marks:
        """Gather what findings say about the cells of a table.

        A blank that is still to be filled is not broken, and what was explained is only told.
        """
        cells: dict[str, Mark] = {}
        titles: dict[Place, str] = {}
        broken = [finding for finding in findings if not finding.unfilled]
        for severity, finding in sorted(
            ((_severity(f), f) for f in broken), key=lambda pair: _GRAVITY.index(pair[0])
        ):
            named = [cell for cell in finding.cells if cell in grid.of_cell]
            suspects = [s.cell for s in finding.suspects if s.cell in grid.of_cell]
            for cell in dict.fromkeys(named + suspects):
                is_framed = severity != HINT and cell in (suspects or named)
                cells[cell] = _with(cells.get(cell), severity, is_framed, finding.message)
            if severity != HINT and (suspects or named):
                for title in _titles(grid, suspects or named):
                    titles.setdefault(title, severity)
        return cls(cells, titles)


def _severity(finding: Finding) -> str:
    return HINT if finding.explainable and finding.explanation.strip() else finding.severity


def _with(mark: Mark | None, severity: str, is_framed: bool, message: str) -> Mark:
    """Add a message to the mark of a cell; the gravest comes first."""
    if mark is None:
        return Mark(severity, is_framed, ((severity, message),))
    return Mark(mark.severity, mark.is_framed or is_framed, (*mark.messages, (severity, message)))


def _titles(grid: TableGrid, cells: list[str]) -> set[Place]:
    """The labels and heads to sign: of a whole row its label, of a whole column its head.

    In a table without labels, the head that the cells share stands for their row.
    """
    labels = {label for cell in cells if (label := grid.label(cell))}
    heads = {grid.column_head(cell) for cell in cells}
    if len(cells) > 1 and len(labels) == 1:
        return labels
    if len(cells) > 1 and len(heads) > 1 and not labels:
        shared = [t for t in grid.titles[cells[0]] if all(t in grid.titles[c] for c in cells)]
        return set(shared[:1]) or heads
    return heads if len(cells) > 1 and len(heads) == 1 else labels | heads
