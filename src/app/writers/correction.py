"""The correction note (更正说明): what was changed in a published report, and why."""

from collections.abc import Iterator
from datetime import date

from app import fingerprint
from app.comparison import Comparison, TextChange
from app.day import chinese_date
from app.writers.comparison import figures
from app.writers.page import (
    DOCUMENT,
    Block,
    Page,
    Paragraph,
    Signature,
    Span,
    Title,
)


def compose(comparison: Comparison, reason: str, published: date | None, today: date) -> Page:
    """Make the page; `published` is the day on which the report was published."""
    report = comparison.after
    title = f"关于更正{report.year}年{DOCUMENT}的说明"
    day = f"于{chinese_date(published)}" if published else ""
    opening = (
        f"{report.org}{day}公开的《{comparison.before.org}{report.year}年{DOCUMENT}》，"
        f"因{reason.strip().rstrip('。')}，现更正如下："
    )
    blocks: list[Block] = [Title((title,)), _paragraph(opening)]
    if comparison.figures:
        blocks.append(_paragraph("表格中的下列数字予以更正："))
        blocks.append(figures(comparison, ("项目", "原为", "更正为")))
    for text in comparison.texts:
        blocks += [_paragraph(sentence) for sentence in _sentences(text)]
    if comparison.is_same:
        blocks.append(_paragraph("（内容没有改动。）"))
    blocks.append(_paragraph("更正后的年度报告已重新公开，以更正后的内容为准。特此说明。"))
    blocks.append(Signature(report.org, chinese_date(today)))
    code = fingerprint.code(report)
    return Page(report.org + title, tuple(blocks), author=report.org, keywords=code)


def _sentences(text: TextChange) -> Iterator[str]:
    for passage in text.passages:
        before, after = (words.replace("\n", "") for words in (passage.before, passage.after))
        if before == after:
            continue  # paragraphs were parted or joined, no word has changed
        if not before:
            yield f"“{text.name}”增加：“{after}”"
        elif not after:
            yield f"“{text.name}”删去：“{before}”"
        else:
            yield f"“{text.name}”中的“{before}”更正为“{after}”"


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Span(words),))
