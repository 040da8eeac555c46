"""Who did it: the cells whose figures explain the equations that do not hold.

A wrong figure breaks every equation in which it stands by the same difference. So the likely cause
of a set of broken equations is the smallest set of cells whose correction mends them all and breaks
none: a crossing of row and column nearly always names one cell alone. Errors far apart are told
apart; where several explanations are equally small, what people typically do wrong (digits swapped,
a zero too many, a figure in the next column …) ranks them, and all of them are offered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.checks.slip import slip
from app.numbers import LARGEST

Errors = frozenset[tuple[str, int]]
"""Cells and by how much each is too large."""

_MOST = 12
"""Explanations of one set of equations that are kept; more would help nobody."""
_DEEPEST = 3
"""Figures wrong in one tangle (same row or column) that are still told apart."""
_KNOWN = 8
"""What it weighs that prose or last year's report has the same figure."""
_BUDGET = 1500
"""Steps of one search: some milliseconds. A table wrong all over is not worth more."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Figures that are wrong together: the cells with the values they should have, and why.

    `key` is the same for all explanations of the same broken equations; `sureness` 0–100.
    """

    key: str
    values: tuple[tuple[str, int], ...]
    whys: tuple[str, ...]
    score: int
    sureness: int


@dataclass(frozen=True)
class Puzzle:
    """Equations as sums over entered cells, what each leaves over, and what else is known.

    `hints` gives figures known from elsewhere: cell → {value: in which words}.
    """

    sums: Sequence[Mapping[str, int]]
    residuals: Sequence[int]
    figures: Mapping[str, int]
    signed: frozenset[str] = frozenset()
    hints: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    @cached_property
    def standing(self) -> dict[str, dict[int, int]]:
        """For each cell the equations in which it stands, with its coefficient."""
        found: dict[str, dict[int, int]] = {}
        for k, terms in enumerate(self.sums):
            for cell, coefficient in terms.items():
                found.setdefault(cell, {})[k] = coefficient
        return found

    @cached_property
    def most_equations(self) -> int:
        """In how many equations a cell can stand."""
        return max(map(len, self.standing.values()), default=0)

    def can_be(self, cell: str, error: int) -> bool:
        """Say whether the figure without the error is one that the cell can hold."""
        value = self.figures[cell] - error
        return abs(value) <= LARGEST and (value >= 0 or cell in self.signed)

    def without(self, residuals: Mapping[int, int], cell: str, error: int) -> dict[int, int]:
        """Return what is left over once a cell is put right."""
        left = dict(residuals)
        for k, coefficient in self.standing[cell].items():
            rest = left.get(k, 0) - coefficient * error
            if rest:
                left[k] = rest
            else:
                left.pop(k, None)
        return left


def causes(puzzle: Puzzle) -> dict[int, list[Cause]]:
    """Return for each broken equation its likely causes, the likeliest first."""
    broken = {k: r for k, r in enumerate(puzzle.residuals) if r}
    found: dict[int, list[Cause]] = {}
    rest = dict(broken)
    for group, culprits in _groups(puzzle, broken):
        covers = _covers(puzzle, group, culprits)
        if covers:
            ranked = _ranked(puzzle, covers)
            found |= dict.fromkeys(group, ranked)
            rest = {k: r for k, r in rest.items() if k not in group}
    steps = iter(range(_BUDGET))
    for depth in range(1, _DEEPEST + 1):
        for k in sorted(rest, key=lambda k: len(puzzle.sums[k])):
            if k in rest:
                knot, closed = _knot(puzzle, rest, k, depth, steps)
                found |= dict.fromkeys(knot, _ranked(puzzle, closed))
                rest = {j: r for j, r in rest.items() if j not in knot}
    return found


def _culprits(puzzle: Puzzle, broken: Mapping[int, int]) -> dict[str, int]:
    """Cells that alone explain every equation in which they stand, with their error."""
    found = {}
    for cell in {cell for k in broken for cell in puzzle.sums[k]}:
        error = _one_error(puzzle, broken, cell)
        if error and puzzle.can_be(cell, error):
            found[cell] = error
    return found


def _one_error(puzzle: Puzzle, broken: Mapping[int, int], cell: str) -> int:
    """Return the error that all equations of a cell show alike, 0 if they differ."""
    error = 0
    for k, coefficient in puzzle.standing[cell].items():
        here, odd = divmod(broken.get(k, 0), coefficient)
        if odd or not here or (error and here != error):
            return 0
        error = here
    return error


def _groups(
    puzzle: Puzzle, broken: Mapping[int, int]
) -> Iterator[tuple[frozenset[int], dict[str, int]]]:
    """Yield broken equations that compete for the same culprits, with these culprits."""
    pending = _culprits(puzzle, broken)
    while pending:
        first = next(iter(pending))
        group = {first: pending.pop(first)}
        reached = set(puzzle.standing[first])
        grown = True
        while grown:
            near = [c for c in pending if not reached.isdisjoint(puzzle.standing[c])]
            grown = bool(near)
            for cell in near:
                group[cell] = pending.pop(cell)
                reached |= puzzle.standing[cell].keys()
        yield frozenset(reached), group


def _covers(puzzle: Puzzle, group: frozenset[int], culprits: Mapping[str, int]) -> list[Errors]:
    """Return the smallest sets of culprits that explain each equation of a group exactly once."""
    steps = iter(range(_BUDGET))
    likely = sorted(culprits, key=lambda cell: -_slip(puzzle, cell, culprits[cell])[0])
    found: list[tuple[str, ...]] = []

    def extend(open_: frozenset[int], chosen: tuple[str, ...], free: Sequence[str]) -> None:
        if not open_:
            found.append(chosen)
            return
        options = {k: [c for c in free if k in puzzle.standing[c]] for k in open_}
        pivot = min(options, key=lambda k: len(options[k]))
        for cell in options[pivot]:
            if next(steps, None) is None or len(found) >= _MOST:
                return
            taken = puzzle.standing[cell].keys()
            left = [c for c in free if taken.isdisjoint(puzzle.standing[c])]
            extend(open_ - taken, (*chosen, cell), left)

    extend(group, (), likely)
    least = min(map(len, found), default=0)
    return [frozenset((c, culprits[c]) for c in cells) for cells in found if len(cells) == least]


def _knot(
    puzzle: Puzzle, rest: dict[int, int], first: int, depth: int, steps: Iterator[int]
) -> tuple[frozenset[int], list[Errors]]:
    """Return broken equations around a first one that a few errors mend, and these errors.

    Errors in the same row or column add up there, so no cell alone explains such an equation; but
    all errors together mend every equation that any of them touches.
    """
    closed: dict[Errors, frozenset[int]] = {}
    _close(puzzle, rest, frozenset({first}), depth, frozenset(), closed, steps)
    if not closed or next(steps, None) is None:  # what was cut short would look surer than it is
        return frozenset(), []
    best = max(closed, key=lambda errors: (_weigh(puzzle, errors), sorted(errors)))
    knot = closed[best] & rest.keys()
    return knot, [errors for errors, touched in closed.items() if touched & rest.keys() == knot]


def _close(
    puzzle: Puzzle,
    residuals: dict[int, int],
    touched: frozenset[int],
    depth: int,
    chosen: Errors,
    closed: dict[Errors, frozenset[int]],
    steps: Iterator[int],
) -> None:
    """Gather the sets of `depth` further errors after which every touched equation holds."""
    open_ = [k for k in touched if k in residuals]
    if not open_ or depth == 0:
        if not open_ and depth == 0:
            closed[chosen] = touched
        return
    if len(open_) > depth * puzzle.most_equations:
        return
    pivot = min(open_, key=lambda k: len(puzzle.sums[k]))
    taken = {cell for cell, _ in chosen}
    for cell in puzzle.sums[pivot].keys() - taken:
        here = puzzle.standing[cell]
        if depth == 1 and not here.keys() >= set(open_):
            continue
        for error in {residuals[k] // c for k, c in here.items() if k in residuals}:
            if next(steps, None) is None:
                return
            if puzzle.can_be(cell, error):
                left = puzzle.without(residuals, cell, error)
                reached = touched | here.keys()
                _close(puzzle, left, reached, depth - 1, chosen | {(cell, error)}, closed, steps)


def _ranked(puzzle: Puzzle, found: Sequence[Errors]) -> list[Cause]:
    """Order explanations by how much they look like slips; those without any lead stay last."""
    weighed = sorted(
        ((_weigh(puzzle, errors), sorted(errors)) for errors in found),
        key=lambda w: (-w[0], w[1]),
    )[:_MOST]
    if not weighed:
        return []
    best = weighed[0][0]
    alike = sum(score == best for score, _ in weighed)
    lead = best - weighed[alike][0] if alike < len(weighed) else best
    sureness = 100 if len(weighed) == 1 else max(0, min(90, 100 // alike - 10 + 2 * lead))
    return [
        Cause(
            key=min(cell for cell, _ in weighed[0][1]),
            values=tuple((cell, puzzle.figures[cell] - error) for cell, error in errors),
            whys=tuple(_why(puzzle, cell, error, len(weighed)) for cell, error in errors),
            score=score,
            sureness=sureness - len(errors) + 1,
        )
        for score, errors in weighed
    ]


def _weigh(puzzle: Puzzle, errors: Errors) -> int:
    """Sum the likeness of each error to a slip; two figures that only changed places count more."""
    score = sum(_slip(puzzle, cell, error)[0] for cell, error in errors)
    before = sorted(puzzle.figures[cell] for cell, _ in errors)
    after = sorted(puzzle.figures[cell] - error for cell, error in errors)
    return score + 8 * (before == after)


def _slip(puzzle: Puzzle, cell: str, error: int) -> tuple[int, str]:
    """Weigh one error; what is known from elsewhere speaks for a figure, wrong or as it is."""
    now, known = puzzle.figures[cell], puzzle.hints.get(cell, {})
    score, why = slip(now, now - error)
    if now - error in known:
        return score + _KNOWN, known[now - error]
    return (score - _KNOWN if now in known else score), why


def _why(puzzle: Puzzle, cell: str, error: int, rivals: int) -> str:
    """Say in words what speaks for a suspect."""
    crossing = len(puzzle.standing[cell])
    parts = []
    if crossing > 1 and rivals == 1:
        parts.append(f"它所在的{crossing}个等式都相差{abs(error)}，只有这一格能同时解释")
    elif crossing > 1:
        parts.append(f"它所在的{crossing}个等式改后都成立")
    else:
        parts.append("改后等式成立")
    slip_words = _slip(puzzle, cell, error)[1]
    return "；".join([*parts, slip_words] if slip_words else parts)
