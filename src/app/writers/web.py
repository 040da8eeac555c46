"""The HTML pen: a whole page, and the fragment that the editor of a portal takes.

Looks are said in attributes and a few inline styles, since such editors throw style sheets away;
where they drop the styles too, the headings, the rules and the merged boxes remain.
"""

from collections.abc import Iterator
from html import escape

from app.form import GridCell
from app.writers.markup import legal
from app.writers.office_table import repeated_rows
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

_STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { max-width: 210mm; margin: 1em auto; padding: 0 1em; color: #000; background: #fff;
  font: 16pt/1.8 "Times New Roman", 仿宋_GB2312, 仿宋, FangSong, STFangsong, serif; }
h1 { font: 22pt/1.5 方正小标宋简体, 宋体, SimSun, serif; margin: 0 0 1.2em; }
h2 { font: 16pt/1.8 黑体, SimHei, sans-serif; margin: 0; text-indent: 2em; break-after: avoid; }
p { margin: 0; }
strong { font-family: 楷体_GB2312, 楷体, KaiTi, serif; font-weight: normal; }
table { font: 10.5pt/1.3 "Times New Roman", 宋体, SimSun, serif; margin: 0.5em 0 1em; }
table, tr { break-inside: avoid; }
thead { display: table-header-group; }
@media print {
  body { max-width: none; margin: 0; padding: 0; }
  th, td { padding: 1pt 2.5pt; }
}
"""
_INDENT = ' style="text-indent:2em"'
_TAGS = {"level2": "strong", "added": "ins", "removed": "del"}
_TABLE = (
    '<table border="1" cellspacing="0" cellpadding="4" width="100%"'
    ' style="border-collapse:collapse;width:100%">'
)


def draw(page: Page) -> bytes:
    """Return a whole page: UTF-8, for browsers and for paper, without anything from outside."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{_escaped(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{fragment(page)}</body>\n</html>\n"
    ).encode()


def fragment(page: Page) -> str:
    """Return the content alone, to be pasted into a page: no style sheet, no script, no classes."""
    return "".join(f"{line}\n" for block in page.blocks for line in _block(block))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Title():
            lines = "<br>".join(_escaped(line) for line in block.lines)
            yield f'<h1 style="text-align:center">{lines}</h1>'
        case Heading():
            yield f"<h2>{_escaped(block.text)}</h2>"
        case Paragraph():
            text = "".join(map(_span, block.spans))
            yield f"<p{_INDENT}>{f'<small>{text}</small>' if block.style == 'note' else text}</p>"
        case Ruled():
            yield from ["<p>&nbsp;</p><hr>"] * block.lines
        case TableBlock():
            yield from _table(block)
        case Signature():
            lines = f"{_escaped(block.unit)}<br>{_escaped(block.date)}"
            yield f'<p style="text-align:right">{lines}</p>'


def _span(span: Span) -> str:
    text, tag = _escaped(span.text), _TAGS.get(span.style)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _table(block: TableBlock) -> Iterator[str]:
    yield _TABLE
    yield "<colgroup>"
    for width in block.widths:
        yield f'<col width="{width / sum(block.widths):.2%}">'
    yield "</colgroup>"
    head_rows = repeated_rows(block)
    parts = {"thead": range(head_rows), "tbody": range(head_rows, block.row_count)}
    for name, rows in parts.items():
        if rows:
            yield f"<{name}>"
            yield from (_row(block, row) for row in rows)
            yield f"</{name}>"
    yield "</table>"


def _row(block: TableBlock, row: int) -> str:
    boxes = sorted((b for b in block.boxes if b.row == row), key=lambda b: b.column)
    return f"<tr>{''.join(_box(box, block.align(box)) for box in boxes)}</tr>"


def _box(box: GridCell, align: str) -> str:
    """One box; heads and labels are header cells for those who hear the table."""
    name = {"head": "th", "band": "th", "label": "th"}.get(box.kind, "td")
    spans = "".join(
        f' {key}="{count}"'
        for key, count in (("colspan", box.columns), ("rowspan", box.rows))
        if count > 1
    )
    side = "center" if align == "centre" else "left"
    style = f"text-align:{side}"
    style += ";font-weight:normal" if name == "th" else ""
    style += ";writing-mode:vertical-rl" if box.vertical else ""
    text = _escaped(box.text).replace("\n", "<br>")
    return f'<{name}{spans} align="{side}" style="{style}">{text}</{name}>'


def _escaped(text: str) -> str:
    return escape(legal(text))
