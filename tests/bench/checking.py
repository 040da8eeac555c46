"""The checks of a full report with 5,000 characters of prose."""

import difflib
import re
from collections.abc import Callable, Iterator

from tests.bench import content
from tests.bench.line import ROUNDS, Line, Target, in_turn

from app import checks
from app.checks import equations
from app.report import Report, narrative

_FIGURE = re.compile(r"\d[\d,.]*")
SUMS = "the same sums in plain Python"
SCAN = "one regular expression over the same prose, and the sums"
DIFFLIB = "difflib.SequenceMatcher on the same two sections"


def lines() -> Iterator[Line]:
    """Measure after an edit of one figure, and with everything new to the checker."""
    report = content.report(2024)
    form = report.form
    turn = iter(range(1000))

    def edited() -> Report:
        report.set({"t3.new.natural": next(turn)})
        return report

    def sums() -> None:
        figures = report.figures()
        for equation in form.equations:
            sum(factor * figures.get(cell, 0) for factor, cell in equation.terms)

    def scan() -> None:
        for section in form.sections:
            _FIGURE.findall(report.prose(section.id))
        sums()

    tables = in_turn(lambda: _tables(edited()), sums)
    yield Line("tables: every sum and balance", Target(1), *tables, SUMS)
    every = in_turn(lambda: checks.run(edited()), scan)
    yield Line("all checks after an edit of a figure", Target(10), *every, SCAN)
    first = in_turn(_in_turn_editions(checks.run), scan)
    yield Line("all checks of prose seen for the first time", Target(10), *first, SCAN)
    yield _similarity(report)


def _tables(report: Report) -> object:
    return list(equations.equations(checks.Case(report, None, checks.Context())))


def _in_turn_editions(check: Callable[[Report], object]) -> Callable[[], object]:
    """Give another edition each time, so that nothing is known from the time before."""
    editions = iter([content.report(2024, edition=1 + i) for i in range(ROUNDS + 1)])
    return lambda: check(next(editions))


def _similarity(report: Report) -> Line:
    last = content.report(2023, edition=50)
    both = [narrative("s1"), narrative("s5")]

    def peer() -> None:
        for item in both:
            difflib.SequenceMatcher(None, report.text(item), last.text(item)).ratio()

    ours = in_turn(lambda: checks.run(report, last), peer, rounds=3)
    return Line("all checks, with similarity to last year", Target(50), *ours, DIFFLIB)
