"""The page: what a printed document says, in which order and in which role, without a pen.

`compose` makes the page of a report. PDF, Word, Excel and HTML only draw it; further documents
(the sheet for signatures, comparisons, the manual) are further pages, not further pens.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from app.day import chinese_date
from app.form import Form, GridCell, Section
from app.report import Report

DOCUMENT = "政府信息公开工作年度报告"

LEVEL2 = re.compile(r"（[一二三四五六七八九十百]+）")
LEVEL3 = re.compile(r"\d{1,2}[.．、](?!\d)")

RULED_LINES = 6
"""Lines to write on, where a blank form asks for prose and not for a table."""
SHORT_LABEL = 12
"""Up to so many characters a label stands in the middle of the only label column."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the document; each line that is too long is broken into even ones."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 on a line of its own; `id` is the section, and the anchor to it."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a paragraph.

    `style` is "body", "level2" for a heading that runs into it, or where texts are compared "added"
    (underlined) and "removed" (struck through).
    """

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose.

    `style` is "body", "level2" (begins with a heading （一）…), "level3" (1.…) or "note" (small).
    """

    spans: tuple[Span, ...]
    style: str = "body"

    @property
    def text(self) -> str:
        """The words of the paragraph."""
        return "".join(span.text for span in self.spans)

    @property
    def is_heading(self) -> bool:
        """Whether all of it is a heading, which must not be parted from what follows."""
        return all(span.style == "level2" for span in self.spans)


@dataclass(frozen=True, slots=True)
class Ruled:
    """Empty lines to write on by hand."""

    lines: int


@dataclass(frozen=True)
class TableBlock:
    """A table: a grid of boxes with their final text.

    Boxes have the kinds of `form.GridCell`, or "text" for wrapped prose, "name" for a label in the
    middle, "qr" for a text that is drawn as a QR code. Empty lines in a text keep room for writing.
    `widths` are shares. The first `head_rows` rows are repeated on every further sheet. `size` is
    tried before the usual sizes, where a table is more than figures. A list begins wherever there
    is room and breaks between rows; any other table stays whole on one sheet if it fits on one.
    """

    id: str
    title: str
    widths: tuple[float, ...]
    row_count: int
    head_rows: int
    boxes: tuple[GridCell, ...]
    size: float | None = None
    is_list: bool = False

    def align(self, box: GridCell) -> str:
        """Say how a box sets its text: "left" or "centre", as on the statutory form."""
        if box.kind in ("head", "figure", "name") or box.vertical:
            return "centre"
        short = len(box.text) <= SHORT_LABEL
        return "centre" if box.kind == "label" and short and self._has_one_label_column else "left"

    @cached_property
    def _has_one_label_column(self) -> bool:
        return min((box.column for box in self.boxes if box.kind == "figure"), default=0) == 1


@dataclass(frozen=True, slots=True)
class Signature:
    """Unit and date at the end of the document (落款)."""

    unit: str
    date: str


Block = Title | Heading | Paragraph | Ruled | TableBlock | Signature


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands beside the page number: `text` on every sheet and, if wanted, 第 n 页 共 m 页."""

    text: str = ""
    count: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """A document: its blocks in reading order, and what goes over, under and about them.

    `watermark` is drawn across every sheet (草稿, 样例); `keywords` can carry a fingerprint.
    """

    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    subject: str = ""
    keywords: str = ""
    watermark: str = ""
    foot: Foot | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is to be composed.

    `signed` prints unit and date below it; `blank` gives the empty form for collecting figures on
    paper; `sections` restricts and orders the sections, None means all as in the form.
    """

    foot: Foot | None = None
    watermark: str = ""
    keywords: str = ""
    signed: date | None = None
    blank: bool = False
    sections: tuple[str, ...] | None = field(default=None)


def compose(report: Report, options: Options | None = None) -> Page:
    """Make the page of a report: title, preface, each section with its prose before its table."""
    options = options or Options()
    head = (f"{report.year}年{DOCUMENT}",)
    blocks: list[Block] = [Title((report.org, *head) if report.org else head)]
    if not options.blank:
        blocks += paragraphs(report.prose("preface"))
    for section in _sections(report.form, options):
        blocks.append(Heading(report.title(section.id), section.id))
        blocks += _blank_prose(section) if options.blank else _prose(report, section)
        if section.table:
            blocks.append(_table(report, section.table, options.blank))
    if options.signed and not options.blank:
        blocks.append(Signature(report.org, chinese_date(options.signed)))
    return Page(
        title=report.org + head[0],
        blocks=tuple(blocks),
        author=report.org,
        subject=f"{DOCUMENT}（{report.form.source}）" if report.form.source else DOCUMENT,
        keywords=options.keywords,
        watermark=options.watermark,
        foot=options.foot,
    )


def paragraphs(prose: str) -> list[Paragraph]:
    """Cut prose at its line feeds and tell headings by how they begin; empty lines fall away."""
    return [_paragraph(text) for text in map(str.strip, prose.split("\n")) if text]


def _paragraph(text: str) -> Paragraph:
    if LEVEL2.match(text):
        end = text.find("。") + 1 or len(text)
        spans = [Span(text[:end], "level2"), Span(text[end:])]
        return Paragraph(tuple(span for span in spans if span.text), "level2")
    return Paragraph((Span(text),), "level3" if LEVEL3.match(text) else "body")


def _sections(form: Form, options: Options) -> Iterator[Section]:
    if options.sections is None:
        yield from form.sections
    else:
        yield from map(form.section, options.sections)


def _prose(report: Report, section: Section) -> list[Paragraph]:
    return paragraphs(report.prose(section.id))


def _blank_prose(section: Section) -> list[Block]:
    blocks: list[Block] = []
    if section.requires:
        blocks.append(Paragraph((Span(f"（须写明：{'；'.join(section.requires)}。）"),), "note"))
    if not section.table:
        blocks.append(Ruled(RULED_LINES))
    return blocks


def _table(report: Report, table_id: str, blank: bool) -> TableBlock:
    table = report.form.tables[table_id]

    def filled(box: GridCell) -> GridCell:
        return replace(box, text="" if blank else report.shown(box.cell)) if box.cell else box

    return TableBlock(
        id=table.id,
        title=table.title,
        widths=table.widths,
        row_count=table.row_count,
        head_rows=table.head_rows,
        boxes=tuple(map(filled, table.boxes)),
    )
