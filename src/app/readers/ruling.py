"""Ruled tables: from the lines drawn on a page to boxes, joined where no line parts them.

Lengths in points; y grows downwards.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SLACK = 3.0
"""How far lines that belong together may miss one another: double rules, thick rules, rounding."""
_SHORTEST = 4.0
_MOST_RULES = 1500
_MOST_LINES = 300
_FEWEST_BOXES = 3
"""A frame of one or two boxes round the text is decoration, no table."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line at `at` from `start` to `end`; along x if it is level, else along y."""

    is_level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table as drawn: the places of its lines, and for each elementary box the box it is part of.

    `owner[row][column]` is the (row, column) of the box's first elementary box.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the box at a point of the page, None outside of the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return None

    @property
    def boxes(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The spans (rows, columns) of each box by its first place."""
        last: dict[tuple[int, int], tuple[int, int]] = {}
        for row, owners in enumerate(self.owner):
            for column, first in enumerate(owners):
                below, right = last.get(first, (row, column))
                last[first] = (max(below, row), max(right, column))
        return {f: (r - f[0] + 1, c - f[1] + 1) for f, (r, c) in last.items()}


def tables(rules: Iterable[Rule]) -> list[Ruled]:
    """Return the tables that rules make, from the top of the page."""
    merged = _merged([r for r in rules if r.end - r.start >= 0])
    if len(merged) > _MOST_RULES:
        return []
    found = [made for group in _groups(merged) if (made := _table(group))]
    return sorted(found, key=lambda table: (table.ys[0], table.xs[0]))


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Join pieces of one line: rules are drawn box by box, or dashed."""
    merged: list[Rule] = []
    for is_level in (True, False):
        own = sorted((r for r in rules if r.is_level == is_level), key=lambda r: (r.at, r.start))
        for cluster in _clusters(own):
            at = sum(r.at for r in cluster) / len(cluster)
            start, end = None, 0.0
            for rule in sorted(cluster, key=lambda r: r.start):
                if start is not None and rule.start > end + SLACK:
                    merged.append(Rule(is_level, at, start, end))
                    start = None
                if start is None:
                    start, end = rule.start, rule.end
                end = max(end, rule.end)
            if start is not None:
                merged.append(Rule(is_level, at, start, end))
    return [rule for rule in merged if rule.end - rule.start >= _SHORTEST]


def _clusters(rules: Sequence[Rule]) -> Iterable[list[Rule]]:
    """Part sorted rules where they are further apart than drawing a line twice explains."""
    cluster: list[Rule] = []
    for rule in rules:
        if cluster and rule.at - cluster[0].at > SLACK / 2:
            yield cluster
            cluster = []
        cluster.append(rule)
    if cluster:
        yield cluster


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Part rules into those that touch one another."""
    group = list(range(len(rules)))

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    level = [n for n, r in enumerate(rules) if r.is_level]
    upright = [n for n, r in enumerate(rules) if not r.is_level]
    for n in level:
        for m in upright:
            if _touch(rules[n], rules[m]):
                group[root(n)] = root(m)
    parts: dict[int, list[Rule]] = defaultdict(list)
    for n, rule in enumerate(rules):
        parts[root(n)].append(rule)
    return list(parts.values())


def _touch(level: Rule, upright: Rule) -> bool:
    return (
        level.start - SLACK <= upright.at <= level.end + SLACK
        and upright.start - SLACK <= level.at <= upright.end + SLACK
    )


def _table(rules: Sequence[Rule]) -> Ruled | None:
    level = [r for r in rules if r.is_level]
    upright = [r for r in rules if not r.is_level]
    if len(level) < 2 or not upright:
        return None
    edges = (min(r.start for r in level), max(r.end for r in level))
    xs = _places([*(r.at for r in upright), *edges])
    ys = _places([*(r.at for r in level), min(r.start for r in upright),
                  max(r.end for r in upright)])  # fmt: skip
    if len(xs) > _MOST_LINES or len(ys) > _MOST_LINES or (len(xs) - 1) * (len(ys) - 1) < 2:
        return None
    owner = _owners(xs, ys, level, upright)
    made = Ruled(tuple(xs), tuple(ys), tuple(map(tuple, owner)))
    return made if len(made.boxes) >= _FEWEST_BOXES else None


def _places(values: Iterable[float]) -> list[float]:
    """Return where lines stand, those that nearly coincide as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > SLACK:
            places.append(value)
    return places


def _owners(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> list[list[tuple[int, int]]]:
    """Join elementary boxes that no line parts; each names the first of its box."""
    owner = [[(row, column) for column in range(len(xs) - 1)] for row in range(len(ys) - 1)]
    for row in range(len(ys) - 1):
        middle_y = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            middle_x = (xs[column] + xs[column + 1]) / 2
            if row and not _parts(level, ys[row], middle_x):
                owner[row][column] = owner[row - 1][column]
            elif column and not _parts(upright, xs[column], middle_y):
                owner[row][column] = owner[row][column - 1]
    return owner


def _parts(rules: Sequence[Rule], at: float, middle: float) -> bool:
    return any(abs(r.at - at) <= SLACK and r.start <= middle <= r.end for r in rules)
