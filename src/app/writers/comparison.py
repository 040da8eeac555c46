"""The page of a comparison: figures side by side with their difference, changed words marked."""

from collections.abc import Iterator

from app import fingerprint
from app.comparison import SAME, Comparison, Passage, TextChange
from app.form import AMOUNT, GridCell
from app.writers.page import (
    DOCUMENT,
    Block,
    Foot,
    Heading,
    Page,
    Paragraph,
    Span,
    TableBlock,
    Title,
)

WIDTHS = (84.0, 24.0, 24.0, 24.0)
"""In mm: the cell, its figure before and after, the difference."""
LEGEND = "文字中加下划线的是增加的，加删除线的是删去的。"


def compose(comparison: Comparison, before: str, after: str) -> Page:
    """Make the page; `before` and `after` say in words what is compared."""
    report = comparison.after
    title = f"{report.year}年{DOCUMENT}改动对照"
    blocks: list[Block] = [Title((report.org, title) if report.org else (title,))]
    codes = [fingerprint.code(each) for each in (comparison.before, report)]
    blocks.append(_note(f"原为：{before}（核对码{codes[0]}）"))
    blocks.append(_note(f"现为：{after}（核对码{codes[1]}）"))
    if comparison.is_same:
        blocks.append(Paragraph((Span("两者内容相同。"),)))
    if comparison.figures:
        blocks += [Heading("一、数字"), figures(comparison, ("项目", "原为", "现为", "增减"))]
    if comparison.texts:
        blocks.append(Heading(f"{'二' if comparison.figures else '一'}、文字"))
        blocks.append(_note(LEGEND))
        blocks += [block for text in comparison.texts for block in _text(text)]
    foot = Foot(f"改动对照　核对码 {codes[1]}")
    return Page(title, tuple(blocks), author=report.org, keywords=codes[1], foot=foot)


def figures(comparison: Comparison, heads: tuple[str, ...]) -> TableBlock:
    """Return the figures that differ as a table; with three heads without their difference."""
    boxes = [GridCell(0, column, 1, 1, "head", head) for column, head in enumerate(heads)]
    for row, figure in enumerate(comparison.figures, 1):
        about = figure.cell
        has_unit = about.kind != AMOUNT or about.unit in about.name
        name = about.name if has_unit else f"{about.name}（{about.unit}）"
        boxes.append(GridCell(row, 0, 1, 1, "text", name))
        shown = figure.shown[: len(heads) - 1]
        boxes += [GridCell(row, n, 1, 1, "figure", text) for n, text in enumerate(shown, 1)]
    widths, count = WIDTHS[: len(heads)], len(comparison.figures) + 1
    return TableBlock("figures", "数字改动", widths, count, 1, tuple(boxes), is_list=True)


def _text(text: TextChange) -> Iterator[Block]:
    yield Paragraph((Span(text.name, "level2"),), "level2")
    for passage in text.passages:
        yield Paragraph(tuple(_spans(passage)))


def _spans(passage: Passage) -> Iterator[Span]:
    for piece in passage.shown_pieces:
        yield Span(piece.text, "body" if piece.mark == SAME else piece.mark)


def _note(words: str) -> Paragraph:
    return Paragraph((Span(words),), "note")
