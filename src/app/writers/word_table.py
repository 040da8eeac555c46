"""Tables of a .docx: merged boxes, repeated heads, the sizes and heights of the printed table."""

from itertools import accumulate, pairwise
from xml.sax.saxutils import quoteattr

from app.form import GridCell
from app.writers.markup import legal
from app.writers.office_table import Setting, repeated_rows, setting
from app.writers.page import TableBlock
from app.writers.paper import WIDTH
from app.writers.table import LEADING, LONG_TEXT, SIDE
from app.writers.word_text import paragraph, run

AFTER = paragraph("", "TableText", '<w:spacing w:line="160" w:lineRule="exact"/>')
"""What stands below every table: Word wants a paragraph there, and the eye some room."""
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_SIDES = "".join(f'<w:{side} w:w="{SIDE * 20:.0f}" w:type="dxa"/>' for side in ("left", "right"))


def table(block: TableBlock) -> str:
    """Return a table as wide as the text block, its boxes merged as in the printed one."""
    shares = [0.0, *accumulate(block.widths)]
    edges = [round(share / shares[-1] * WIDTH * 20) for share in shares]
    columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    about = (
        f'<w:tblPr><w:tblW w:w="{edges[-1]}" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_SIDES}</w:tblCellMar>'
        f"<w:tblCaption w:val={quoteattr(legal(block.title))}/></w:tblPr>"
    )
    set_as = setting(block)
    rows = "".join(_row(block, row, edges, set_as) for row in range(block.row_count))
    return f"<w:tbl>{about}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _row(block: TableBlock, row: int, edges: list[int], set_as: Setting) -> str:
    over = {b.column: b for b in block.boxes if b.row <= row < b.row + b.rows}
    boxes = "".join(
        _box(block, box, row, edges[box.column + box.columns] - edges[box.column], set_as)
        for _, box in sorted(over.items())
    )
    repeated = "<w:tblHeader/>" if row < repeated_rows(block) else ""
    height = f'<w:trHeight w:val="{set_as.heights[row] * 20:.0f}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeated}</w:trPr>{boxes}</w:tr>"


def _box(block: TableBlock, box: GridCell, row: int, width: int, set_as: Setting) -> str:
    first = row == box.row
    spans = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    if box.rows > 1:
        spans += '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    upright = '<w:textDirection w:val="tbRlV"/>' if box.vertical else ""
    about = f'<w:tcW w:w="{width}" w:type="dxa"/>{spans}{upright}<w:vAlign w:val="center"/>'
    size = set_as.figure_size if box.kind == "figure" else set_as.size
    # a table that fits on a sheet is not parted: every row but the last stays with the next
    keep = "<w:keepNext/>" if row + 1 < block.row_count and set_as.whole else ""
    line = f'<w:spacing w:line="{size * LEADING * 20:.0f}" w:lineRule="exact"/>'
    text = run(box.text, size=size) if first and box.text else ""
    words = paragraph(text, "TableText", keep + line + _side(block, box))
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{words}</w:tc>"


def _side(block: TableBlock, box: GridCell) -> str:
    """The style sets text in the middle."""
    if block.align(box) == "centre":
        return ""
    return f'<w:jc w:val="{"both" if len(box.text) > LONG_TEXT else "left"}"/>'
