"""The internal check sheet (核对表): findings, explanations, last year's figures, signatures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app import fingerprint, numbers
from app.checks.finding import Finding
from app.form import Cell, GridCell
from app.report import Report
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

WORDS = {"error": "✗ 错误", "warning": "！疑问", "hint": "提示"}
FINDING_WIDTHS = (10.0, 20.0, 76.0, 50.0)
"""In mm: number, gravity, what was found, its explanation or what was done about it."""
FIGURE_WIDTHS = (84.0, 24.0, 24.0, 24.0)
"""In mm: the cell, this year, last year, the difference."""
SIGNED = ("核对人", "复核人")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked: a report at a revision, what was found, and last year's report."""

    report: Report
    revision: int
    findings: Sequence[Finding]
    last_year: Report | None


def compose(checked: Checked) -> Page:
    """Make the page of the check sheet."""
    report, code = checked.report, fingerprint.code(checked.report)
    title = f"{report.year}年{DOCUMENT}核对表"
    blocks: list[Block] = [Title((report.org, title) if report.org else (title,))]
    note = f"核对文本：第{checked.revision}步　核对码：{code}　仅供内部核对，不对外公开。"
    blocks.append(Paragraph((Span(note),), "note"))
    blocks.append(Heading("一、核对中发现的问题"))
    blocks += _findings(checked.findings)
    blocks.append(Heading("二、本年与上年数据"))
    blocks += _figures(checked)
    blocks.append(_signatures())
    foot = Foot(f"核对表　第{checked.revision}步　核对码 {code}")
    return Page(title, tuple(blocks), author=report.org, keywords=code, foot=foot)


def _findings(findings: Sequence[Finding]) -> Iterator[Block]:
    if not findings:
        yield Paragraph((Span("核对通过，未发现问题。"),))
        return
    rows = [
        (str(number), WORDS[f.severity], _told(f), f.explanation)
        for number, f in enumerate(findings, 1)
    ]
    heads = ("序号", "程度", "问题", "说明或处理情况")
    yield _table("findings", heads, rows, FINDING_WIDTHS, kinds=("name", "name", "text", "text"))


def _told(finding: Finding) -> str:
    quoted = finding.excerpt and finding.excerpt not in finding.message
    return f"{finding.message}\n原文：{finding.excerpt}" if quoted else finding.message


def _figures(checked: Checked) -> Iterator[Block]:
    report, before = checked.report, checked.last_year
    if before is None:
        yield Paragraph((Span("没有上年报告，未作比较。"),))
        return
    rows = [row for cell in report.form.cells.values() if (row := _row(cell, report, before))]
    if rows:
        heads = ("项目", f"{report.year}年", f"{before.year}年", "增减")
        kinds = ("text", "figure", "figure", "figure")
        yield _table("figures", heads, rows, FIGURE_WIDTHS, kinds)
    yield Paragraph((Span("两年均为0或均未填的项目没有列出。"),), "note")


def _row(cell: Cell, report: Report, before: Report) -> tuple[str, ...]:
    """The figures of a cell in both years; nothing where there is nothing to compare."""
    now, then = report.figure(cell.id), _last(cell, before)
    if not now and not then:
        return ()
    difference = ""
    if now is not None and then is not None:
        sign = "+" if now > then else "-" if now < then else ""
        difference = sign + numbers.show(abs(now - then), cell.kind)
    return cell.name, report.shown(cell.id), numbers.show(then, cell.kind), difference


def _last(cell: Cell, before: Report) -> int | None:
    """Last year's figure, where that form counted the same thing under the same id."""
    same = before.form.cells.get(cell.id)
    if same is None or (same.column, same.unit) != (cell.column, cell.unit):
        return None
    return before.figure(cell.id)


def _signatures() -> TableBlock:
    boxes = []
    for column, word in enumerate(SIGNED):
        boxes.append(GridCell(0, 2 * column, 1, 1, "name", word))
        boxes.append(GridCell(0, 2 * column + 1, 1, 1, "text", "\n\n　　　　年　　月　　日"))
    return TableBlock("signatures", "签名", (22.0, 56.0, 22.0, 56.0), 1, 0, tuple(boxes))


def _table(
    id: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: tuple[float, ...],
    kinds: Sequence[str],
) -> TableBlock:
    boxes = [GridCell(0, column, 1, 1, "head", head) for column, head in enumerate(heads)]
    count = 1
    for count, row in enumerate(rows, 2):
        boxes += [GridCell(count - 1, n, 1, 1, kinds[n], text) for n, text in enumerate(row)]
    return TableBlock(id, id, widths, count, 1, tuple(boxes), is_list=True)
