"""The Excel pen: the statutory tables with real numbers and live totals, and the prose.

A sheet a table, as printed, so that it can be added up, filled in and sent on; the sheet 正文 holds
everything else, one paragraph a row.
"""

import io
import re

from lxml import etree
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from app.report import Report
from app.writers import archive, excel_table
from app.writers.excel_table import DIGIT, Content, write_text
from app.writers.office_table import height
from app.writers.page import Block, Heading, Page, Paragraph, Ruled, Signature, TableBlock, Title
from app.writers.paper import HEIGHT, LEFT, PAPER, TOP, WIDTH

_PROSE = "正文"
_A4 = 9
_INCH = 72
_LONGEST_NAME, _LONGEST_HEADER, _HIGHEST = 31, 200, 409
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FONTS = {
    Title: Font(name="方正小标宋简体", size=22),
    Heading: Font(name="黑体", size=14),
}
_BODY = Font(name="仿宋_GB2312", size=14)
_LEFT = Alignment("left", "top", wrap_text=True)
_CENTRE = Alignment("center", "center", wrap_text=True)
_RIGHT = Alignment("right", "center")


def draw(page: Page, report: Report) -> bytes:
    """Return the page of a report as .xlsx; the report knows the figures behind its texts.

    Raises:
        NotSaved: a paragraph is longer than a cell of Excel can be.
    """
    book = Workbook()
    _prose(book.active, page)
    contents: list[dict[str, Content]] = [{}]
    for block in page.blocks:
        if isinstance(block, TableBlock):
            sheet = book.create_sheet(_NOT_IN_NAMES.sub(" ", block.title)[:_LONGEST_NAME])
            contents.append(excel_table.table(sheet, block, report))
            _prepare_print(sheet, f"{page.title}　{block.title}")
    buffer = io.BytesIO()
    book.save(buffer)
    parts = archive.unpack(buffer.getvalue())
    for number, content in enumerate(contents, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _filled(parts[name], content)
    return archive.pack(parts, page)


def _prose(sheet: Worksheet, page: Page) -> None:
    sheet.title = _PROSE
    sheet.column_dimensions["A"].width = WIDTH / DIGIT
    row = 0
    for block in page.blocks:
        texts, alignment = _texts(block)
        for text in texts:
            row += 1
            cell = sheet.cell(row, 1)
            write_text(cell, text)
            cell.alignment = alignment
            cell.font = _FONTS.get(type(block), _BODY)
            sheet.row_dimensions[row].height = min(height(text, cell.font.size), _HIGHEST)
    _prepare_print(sheet, "")


def _texts(block: Block) -> tuple[tuple[str, ...], Alignment]:
    match block:
        case Title():
            return block.lines, _CENTRE
        case Heading() | Paragraph():
            return (block.text,), _LEFT
        case Signature():
            return (block.unit, block.date), _RIGHT
        case Ruled():
            return ("",) * block.lines, _LEFT
        case TableBlock():
            return (), _LEFT


def _prepare_print(sheet: Worksheet, header: str) -> None:
    """A4 upright, the text block of official documents, as wide as one page."""
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = _A4, "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.top, margins.left = TOP / _INCH, LEFT / _INCH
    margins.right = (PAPER[0] - LEFT - WIDTH) / _INCH
    margins.bottom = (PAPER[1] - TOP - HEIGHT) / _INCH
    # an ampersand begins a command there
    sheet.oddHeader.center.text = header[:_LONGEST_HEADER].replace("&", "&&") or None
    sheet.oddFooter.center.text = "— &P —"


def _filled(sheet: bytes, content: dict[str, Content]) -> bytes:
    """Put figures and formulas into the XML of a sheet as they are, digit by digit.

    openpyxl would write numbers as binary floats, and formulas without what they come to.
    """
    root = etree.fromstring(sheet)
    for merged in root.iter(f"{_MAIN}mergeCells"):  # openpyxl keeps them in a set
        merged[:] = sorted(merged, key=lambda cell: str(cell.get("ref")))
    for cell in root.iter(f"{_MAIN}c"):
        if found := content.get(cell.get("r")):
            if found.formula:
                etree.SubElement(cell, f"{_MAIN}f").text = found.formula
            if not found.value:
                cell.set("t", "str")
            etree.SubElement(cell, f"{_MAIN}v").text = found.value
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
