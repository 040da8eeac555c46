"""The sheet for signatures (送审单): which content goes round, what was found, who signs it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app import fingerprint
from app.checks.finding import ERROR, HINT, Finding
from app.day import chinese_date
from app.form import GridCell
from app.report import Report
from app.signoff import Post
from app.store.record import Signature
from app.writers.page import (
    DOCUMENT,
    Block,
    Foot,
    Page,
    Paragraph,
    Span,
    TableBlock,
    Title,
)

WIDTHS = (38.0, 54.0, 30.0, 34.0)
"""In mm: the desk, its opinion, the signature, the date."""
SIZE = 12.0
"""小四: the sheet is read standing, and written on."""
_SIGNS = {"error": "✗", "warning": "！"}
_TO_WRITE = "\n\n"


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes round: a report at a revision, saved when and by whom, with what was found in it.

    `signed` holds the signatures that are known already, by desk.
    """

    report: Report
    revision: int
    saved: str
    findings: Sequence[Finding]
    chain: Sequence[Post]
    signed: Mapping[str, Signature]


def compose(sending: Sending) -> Page:
    """Make the page of the sheet for signatures."""
    report, code = sending.report, fingerprint.code(sending.report)
    rows = _Rows()
    rows.head(
        (
            ("报送单位", report.org),
            ("报告名称", f"{report.year}年{DOCUMENT}"),
            ("送审文本", f"第{sending.revision}步　{sending.saved}"),
            ("核对码", code),
        ),
        code,
    )
    told = [f for f in sending.findings if f.severity != HINT]
    rows.wide("核对情况", _counted(told, len(report.blanks())), "label")
    rows.columns("环节", "意见", "签名", "日期")
    for post in sending.chain:
        rows.post(post, sending.signed.get(post.title))
    rows.wide("盖章", _TO_WRITE * 2 + "（单位公章）", "name")
    table = TableBlock("signoff", "送审单", WIDTHS, rows.count, 0, tuple(rows.boxes), SIZE)
    title = f"{report.year}年{DOCUMENT}送审单"
    foot = Foot(f"第{sending.revision}步　核对码 {code}")
    blocks: list[Block] = [Title((title,)), table, *_found(told)]
    return Page(title, tuple(blocks), author=report.org, keywords=code, foot=foot)


class _Rows:
    """Rows of boxes, one under another."""

    def __init__(self) -> None:
        self.boxes: list[GridCell] = []
        self.count = 0

    def head(self, entries: Sequence[tuple[str, str]], code: str) -> None:
        """What goes round; the code as a picture beside it."""
        self.boxes.append(GridCell(self.count, 3, len(entries), 1, "qr", code))
        for name, text in entries:
            self._add((1, "name", name), (2, "label", text))

    def wide(self, name: str, text: str, kind: str) -> None:
        """One box over the whole width."""
        self._add((1, "name", name), (3, kind, text))

    def columns(self, *names: str) -> None:
        """The heads of the boxes below."""
        self._add(*((1, "head", name) for name in names))

    def post(self, post: Post, signed: Signature | None) -> None:
        """A desk: what is asked there, room for the opinion, the signature and the date."""
        asked = f"\n（{post.question}）" if post.question else ""
        named = f"\n{post.name}" if post.name else ""
        opinion = f"{signed.opinion}\n" if signed else _TO_WRITE
        day = chinese_date(signed.day) if signed else "　　年　月　日"
        self._add(
            (1, "name", post.title + asked + named), (1, "text", opinion),
            (1, "name", ""), (1, "name", day),
        )  # fmt: skip

    def _add(self, *boxes: tuple[int, str, str]) -> None:
        column = 0
        for columns, kind, text in boxes:
            self.boxes.append(GridCell(self.count, column, 1, columns, kind, text))
            column += columns
        self.count += 1


def _counted(told: Sequence[Finding], blanks: int) -> str:
    errors = sum(f.severity == ERROR for f in told)
    explained = sum(bool(f.explanation) for f in told)
    words = f"错误{errors}处，疑问{len(told) - errors}处"
    words += f"，其中已说明{explained}处" if told else ""
    return f"{words}；未填{blanks}项。" + ("逐条见表后。" if told else "")


def _found(told: Sequence[Finding]) -> Iterator[Paragraph]:
    """What was found and what was said to it, below the table, on as many sheets as it takes."""
    for number, finding in enumerate(told, 1):
        words = f"{number}. {_SIGNS[finding.severity]} {finding.message}"
        if finding.explanation:
            words += f"说明：{finding.explanation}"
        yield Paragraph((Span(words),), "note")
