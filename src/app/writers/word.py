"""The Word pen: a .docx that looks like the PDF and goes on being edited in Word or WPS.

Styles, settings and footers are files in resources/word, used as they are; only the text is written
here. Lengths in the file are twentieths of a point.
"""

from collections.abc import Iterator

from app import resources
from app.writers import archive, word_table
from app.writers.office_table import width
from app.writers.page import (
    Block,
    Heading,
    Page,
    Paragraph,
    Ruled,
    Signature,
    Span,
    TableBlock,
    Title,
)
from app.writers.paper import (
    CELL,
    HEIGHT,
    LEFT,
    LINES,
    NUMBER_DROP,
    NUMBER_SIZE,
    PAPER,
    SIZE,
    TITLE_PITCH,
    TOP,
    WIDTH,
)
from app.writers.word_text import paragraph, run

_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/footer_odd.xml": "footer_odd.xml",
    "word/footer_even.xml": "footer_even.xml",
}
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    "<w:body>{blocks}{section}</w:body></w:document>\n"
)
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:footerReference w:type="even" r:id="rId5"/>'
    '<w:pgSz w:w="{paper[0]}" w:h="{paper[1]}"/>'
    '<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
    ' w:header="851" w:footer="{footer}" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="{pitch}" w:charSpace="{space}"/></w:sectPr>'
)
_STYLES = {"body": "", "level2": "", "level3": "Level3", "note": "Note"}
_RUN_STYLES = {"level2": "Heading2Char", "added": "Added", "removed": "Removed"}
_DATE_INDENT = 4  # characters from the right edge to the date (GB/T 9704-2012, 7.3.5)
_RULE = "".join(  # Word draws one border around paragraphs of the same kind: hence “between”
    f'<w:{edge} w:val="single" w:sz="4" w:space="1" w:color="auto"/>'
    for edge in ("bottom", "between")
)


def draw(page: Page) -> bytes:
    """Return a page as .docx.

    Foot and watermark are left out: they mark printed copies, and this is a file to go on with.
    """
    folder = resources.root() / "word"
    parts = {name: (folder / file).read_bytes() for name, file in _PARTS.items()}
    blocks = "".join(xml for block in page.blocks for xml in _block(block))
    parts["word/document.xml"] = _DOCUMENT.format(blocks=blocks, section=_section()).encode()
    return archive.pack(parts, page)


def _section() -> str:
    """The page: margins, and the grid of 22 lines of 28 characters."""
    bottom = PAPER[1] - TOP - HEIGHT
    return _SECTION.format(
        paper=[round(side * 20) for side in PAPER],
        top=round(TOP * 20),
        right=round((PAPER[0] - LEFT - WIDTH) * 20),
        bottom=round(bottom * 20),
        left=round(LEFT * 20),
        footer=round((bottom - NUMBER_DROP - NUMBER_SIZE / 2) * 20),
        pitch=int(HEIGHT / LINES * 20),
        space=round((CELL - SIZE) * 4096),
    )


def _block(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield from _title(block)
        case Heading():
            yield paragraph(run(block.text), "Heading1")
        case Paragraph():
            style = "Heading2" if block.is_heading else _STYLES[block.style]
            yield paragraph("".join(map(_run, block.spans)), style)
        case Ruled():
            yield from [paragraph("", "", f"<w:pBdr>{_RULE}</w:pBdr>")] * block.lines
        case TableBlock():
            yield word_table.table(block)
            yield word_table.AFTER
        case Signature():
            yield from _signature(block)


def _title(title: Title) -> Iterator[str]:
    """The lines of the title, and as much below the last as leaves one line of the grid blank."""
    *before, last = title.lines
    for line in before:
        yield paragraph(run(line), "Title")
    after = (len(title.lines) + 1) * HEIGHT / LINES - len(title.lines) * TITLE_PITCH
    spacing = f'w:after="{after * 20:.0f}" w:line="{TITLE_PITCH * 20:.0f}" w:lineRule="exact"'
    yield paragraph(run(last), "Title", f"<w:spacing {spacing}/>")


def _run(span: Span) -> str:
    return run(span.text, _RUN_STYLES.get(span.style, ""))


def _signature(signature: Signature) -> Iterator[str]:
    """The date four characters in from the right, the unit in the middle above it."""
    wider = width(signature.unit, "", 1) - width(signature.date, "", 1)
    unit = max(_DATE_INDENT - wider / 2, 0)
    blank_lines = '<w:spacing w:beforeLines="200" w:before="1158"/>'
    yield paragraph(run(signature.unit), "", "<w:keepNext/>" + blank_lines + _right(unit))
    yield paragraph(run(signature.date), "", _right(_DATE_INDENT))


def _right(characters: float) -> str:
    return (
        f'<w:ind w:rightChars="{characters * 100:.0f}" w:right="{characters * CELL * 20:.0f}"'
        ' w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>'
    )
