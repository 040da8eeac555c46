"""A PDF of 7 pages, in a running program and as a process of its own."""

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table
from tests.bench import content
from tests.bench.line import ROUNDS, Line, Target, in_turn, left_out
from tests.bench.place import WORK, environment

from app import resources
from app.report import Report
from app.writers import document, page, pdf
from app.writers.fonts import Fonts

PAGES = 7
WARM, PROCESS = "a PDF of 7 pages in a running program", "nianbao convert to PDF, whole process"
PLATYPUS = "ReportLab's Platypus with the same words and boxes"
OFFICE = "LibreOffice with the same report as .docx"
_OFFICE_ROUNDS = 3
_TIGHT = tuple((f"{side}PADDING", (0, 0), (-1, -1), 1) for side in ("LEFT", "RIGHT"))


def lines() -> Iterator[Line]:
    """Measure in turn with Platypus, and with LibreOffice where there is one."""
    fonts = Fonts.find()
    characters = length_for(PAGES, fonts)
    editions = iter([content.report(2024, characters, i) for i in range(ROUNDS + 1)])
    platypus = _platypus(content.report(2024, characters))
    ours = in_turn(lambda: pdf.render(page.compose(next(editions)), fonts), platypus)
    yield Line(WARM, Target(100), *ours, PLATYPUS)
    yield _process(content.report(2024, characters))


def length_for(pages: int, fonts: Fonts) -> int:
    """Return how many characters of prose fill so many pages."""
    for characters in range(1000, 5000, 50):
        made = page.compose(content.report(2024, characters))
        if pdf.write(made, io.BytesIO(), fonts).page_count == pages:
            return characters
    raise ValueError(f"no length fills {pages} pages")


def _platypus(report: Report) -> Callable[[], object]:
    pdfmetrics.registerFont(TTFont("bench", str(resources.root() / "fonts" / "body.ttf")))
    style = ParagraphStyle("prose", fontName="bench", fontSize=16, leading=29, wordWrap="CJK")
    small = ParagraphStyle("cell", style, fontSize=7, leading=8)

    def story() -> Iterator[Flowable]:
        for section in report.form.sections:
            yield Paragraph(report.title(section.id), style)
            for paragraph in report.prose(section.id).splitlines():
                yield Paragraph(paragraph, style)
            if section.table:
                table = report.form.tables[section.table]
                grid: list[list[object]] = [
                    [""] * table.column_count for _ in range(table.row_count)
                ]
                spans = [("GRID", (0, 0), (-1, -1), 0.5, "black"), *_TIGHT]
                for box in table.boxes:
                    words = box.text or report.shown(box.cell)
                    grid[box.row][box.column] = Paragraph(words, small)
                    end = (box.column + box.columns - 1, box.row + box.rows - 1)
                    spans.append(("SPAN", (box.column, box.row), end))
                yield Table(grid, style=spans, repeatRows=table.head_rows)

    return lambda: SimpleDocTemplate(io.BytesIO(), pagesize=A4).build(list(story()))


def _process(report: Report) -> Line:
    target = Target(0.5, is_ratio=True)
    office = shutil.which("soffice")
    if office is None:
        return left_out(PROCESS, target, "LibreOffice is not installed")
    folder = WORK / "convert"
    folder.mkdir(exist_ok=True)
    source, word = folder / "report.nianbao", folder / "report.docx"
    for path in (source, word):
        document.write(report, path)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    theirs = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "lo")]
    ours = [sys.executable, "-m", "app.cli", "convert", str(source), str(folder / "report.pdf")]
    times = in_turn(_run(ours), _run([*theirs, str(word)]), rounds=_OFFICE_ROUNDS)
    assert all(path.is_file() for path in (folder / "report.pdf", folder / "lo" / "report.pdf"))
    return Line(PROCESS, target, *times, OFFICE)


def _run(command: list[str]) -> Callable[[], object]:
    env = environment()
    return lambda: subprocess.run(command, env=env, check=True, capture_output=True, timeout=300)


def six_pages(folder: Path, fonts: Fonts) -> dict[str, Path]:
    """Write a report of six pages as every kind that is read; returns the files by suffix."""
    report = content.report(2024, length_for(6, fonts))
    files = {suffix: folder / f"six{suffix}" for suffix in (".docx", ".xlsx", ".html", ".pdf")}
    for path in files.values():
        document.write(report, path, fonts=fonts)
    return files
