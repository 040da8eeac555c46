"""What is no question of speed: figures read, errors found, the text block on paper.

The tests hold all of it in many more ways; here it is counted, beside what there was to count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from tests.bench import content
from tests.bench.line import Line, Target
from tests.bench.place import WORK

from app import checks, readers
from app.checks.finding import ERROR
from app.report import Report
from app.writers import document, page, pdf
from app.writers.fonts import Fonts

KINDS = (".docx", ".xlsx", ".html", ".pdf", ".json")
NONE = Target(0)
_DPI = 600
_MM = _DPI / 25.4
_FOOT_MM = 265
"""Below stands the number of the page."""


def lines() -> Iterator[Line]:
    """Count, and measure on paper."""
    yield _reading()
    yield from _checking()
    yield _block()


def _reading() -> Line:
    folder = WORK / "kinds"
    folder.mkdir(exist_ok=True)
    wrong, written = 0, 0
    for year in (2020, 2024):
        report = content.report(year)
        figures = report.figures()
        for kind in KINDS:
            document.write(report, path := folder / f"{year}{kind}")
            found = readers.read(path).report().figures()
            wrong += sum(figures.get(c) != found.get(c) for c in figures.keys() | found.keys())
            written += len(figures)
    name = "figures wrong, missing or invented, read from files of five kinds"
    return Line(name, NONE, wrong, written, "figures in these files", "figures")


@dataclass
class _Score:
    """Broken figures: how many there were, were not found, and were not put right first."""

    broken: int = 0
    missed: int = 0
    unmended: int = 0


def _checking() -> Iterator[Line]:
    report = content.report(2024)
    report.set({c: v for c, v in report.figures().items() if c in report.form.total_of})
    for finding in checks.run(report):  # as a clerk does until nothing is left
        if finding.severity == ERROR and finding.mends:
            report.set(finding.mends[0].changes)
    alarms = sum(finding.severity == ERROR for finding in checks.run(report))
    scores = {table: _break_each(report, table) for table in ("t3", "t4")}
    broken = sum(score.broken for score in scores.values())
    yield Line("errors told of a sound report", NONE, alarms, None, "one sound report", "errors")
    yield Line(
        "a broken figure of 表三 or 表四 that is not found", NONE,
        sum(score.missed for score in scores.values()), broken, "figures broken, one at a time",
        "figures",
    )  # fmt: skip
    yield Line(
        "a broken figure of 表三 that is not put right at once", NONE, scores["t3"].unmended,
        scores["t3"].broken, "figures broken, one at a time", "figures",
    )  # fmt: skip


def _break_each(report: Report, table: str) -> _Score:
    """Break every figure of a table in turn: one more, ten times, its first digits swapped."""
    score = _Score()
    for cell in (c for c in report.form.cells if c.startswith(f"{table}.")):
        right = report.figure(cell)
        if right is None:
            continue
        digits = str(right)
        swapped = int(digits[1] + digits[0] + digits[2:]) if len(digits) > 1 else right
        for wrong in {right + 1, right * 10, swapped} - {right}:
            report.set({cell: wrong})
            found = [f for f in checks.run(report) if f.severity == ERROR and cell in f.cells]
            first = [(f.suspects[0].cell, f.suspects[0].value) for f in found if f.suspects]
            score.broken += 1
            score.missed += not found
            score.unmended += (cell, right) not in first[:1]
            report.set({cell: right})
    return score


def _block() -> Line:
    """Two pages full of 国: how far the ink, and the blank around 国, are off where they belong."""
    fonts, name = Fonts.find(), "text block of 156 × 225 mm: off by at most"
    paragraph = page.Paragraph((page.Span("国" * (28 * 44 - 2)),))
    pdf.write(page.Page("题", (paragraph,)), target := BytesIO(), fonts)
    opened = pypdfium2.PdfDocument(target.getvalue())
    left, under, right, over = (16 * edge / 1000 / 72 * 25.4 for edge in fonts.box("国", "body"))
    character = 16 / 72 * 25.4
    blank = (character - (over - under)) / 2
    off = 0.0
    for sheet in list(opened)[:2]:
        image = sheet.render(scale=_DPI / 72, grayscale=True).to_pil()
        dark = image.crop((0, 0, image.width, int(_FOOT_MM * _MM))).point(lambda g: 255 * (g < 160))
        x0, y0, x1, y1 = (edge / _MM for edge in dark.getbbox())
        seen = (x0 - left, y0 - blank, x1 + character - right, y1 + blank)
        off = max(off, *(abs(a - b) for a, b in zip(seen, (28, 37, 184, 262), strict=True)))
    opened.close()
    return Line(name, Target(0.5), off, None, "GB/T 9704-2012, measured on the ink", "mm")
