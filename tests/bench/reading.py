"""Reading a report of six pages from the files that offices have."""

from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pdfplumber
from lxml import html
from tests.bench.line import Line, Target, in_turn
from tests.bench.place import WORK
from tests.bench.printing import six_pages

from app import readers
from app.writers.fonts import Fonts

_PDF_ROUNDS = 5


def lines() -> Iterator[Line]:
    """Measure in turn with the library that only opens such a file and lists what is in it."""
    folder = WORK / "read"
    folder.mkdir(exist_ok=True)
    for suffix, path in six_pages(folder, Fonts.find()).items():
        peer, what = _PEERS[suffix]
        is_pdf = suffix == ".pdf"
        rounds = {"rounds": _PDF_ROUNDS} if is_pdf else {}
        times = in_turn(_reading(path), _listing(peer, path), **rounds)
        yield Line(f"read a report, {suffix[1:]}", Target(1500 if is_pdf else 200), *times, what)


def _reading(path: Path) -> Callable[[], object]:
    def read() -> None:
        assert len(readers.read(path).report().figures()) > 150

    return read


def _listing(peer: Callable[[Path], object], path: Path) -> Callable[[], object]:
    return lambda: peer(path)


def _word(path: Path) -> object:
    opened = docx.Document(str(path))
    cells = [c.text for table in opened.tables for row in table.rows for c in row.cells]
    return [p.text for p in opened.paragraphs], cells


def _sheets(path: Path) -> object:
    return [list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(path)]


def _web(path: Path) -> object:
    return html.fromstring(path.read_bytes()).text_content()


def _pdf(path: Path) -> object:
    with pdfplumber.open(path) as opened:
        return [(p.extract_text(), p.extract_tables()) for p in opened.pages]


_PEERS: dict[str, tuple[Callable[[Path], object], str]] = {
    ".docx": (_word, "python-docx, its paragraphs and cells listed"),
    ".xlsx": (_sheets, "openpyxl, its rows listed"),
    ".html": (_web, "lxml, its text"),
    ".pdf": (_pdf, "pdfplumber, text and tables of its pages"),
}
