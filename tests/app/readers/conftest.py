"""Small writers of the ugly forms in which reports reach a clerk, from invented figures."""

import html
import random
import zipfile

import pytest

from app import numbers
from app.form_file import for_year
from app.report import Report

ORG = "示例市示例区人民政府"
FORMS = [(2020, None), (2020, "hubei"), (2024, None), (2023, "single_other")]
PROSE = {
    "preface": "本报告由示例市示例区人民政府办公室编制。"
    "所列数据的统计期限自{year}年1月1日至{year}年12月31日。",
    "s1": "{year}年，全区主动公开政府信息217条，其中网站125条。\n（一）主动公开情况。持续公开。",
    "s5": "存在的问题主要是公开形式不够多样。\n下一步将丰富公开形式。",
    "s6": "全年未收取信息处理费。",
}


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def paragraph(text):
    return f"<w:p><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>"


def word_box(text, high, wide, _):
    merge = {1: "", -1: "<w:vMerge/>"}.get(high, '<w:vMerge w:val="restart"/>')
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/>{merge}</w:tcPr>{paragraph(text)}</w:tc>'


def small(chance, largest):
    """A count as most reports have it: mostly nought, at times large."""
    return chance.choice([0, 0, 0, 1, 3, 12, 105, chance.randrange(largest)])


class Scribe:
    """Writes one report of invented figures in many ways; `report` is what must be read.

    `label` changes every label, `blank` stands for figures that are not filled in, `extra` adds a
    local column 法人小计 behind the kinds of organisations.
    """

    def __init__(self, year, profile, seed, *, blanks=False, largest=5000):
        self.chance = random.Random(f"{year}{profile}{seed}")
        self.form = for_year(year, profile)
        self.report = Report(self.form, year, {})
        self.label = lambda text: text
        self.blank = ""
        self.extra = False
        figures = {}
        for cell, about in self.form.cells.items():
            if cell in self.form.total_of or (blanks and self.chance.random() < 0.15):
                continue
            figures[cell] = small(self.chance, largest)
            if about.kind == "amount":
                figures[cell] = self.chance.randrange(10**10)
            elif about.kind == "signed":
                figures[cell] = self.chance.randrange(-8, 20)
        self.report.set(figures)
        self.report.set({cell: self.report.figure(cell) for cell in self.form.total_of})
        self.report.set({"org": ORG})
        known = {"preface", *(section.id for section in self.form.sections)}
        for name in known & PROSE.keys():
            text = PROSE[name]
            self.report.set({f"narratives.{name}": text.format(year=year)})

    @property
    def title(self):
        return f"{ORG}{self.report.year}年政府信息公开工作年度报告"

    def figure(self, cell):
        value = self.report.figure(cell)
        return self.blank if value is None else numbers.show(value, self.form.cells[cell].kind)

    def rows(self, table):
        """The boxes of a table that begin in each row: (text, rows, columns, column)."""
        rows = [[] for _ in range(table.row_count)]
        for box in sorted(table.boxes, key=lambda b: (b.row, b.column)):
            text = self.figure(box.cell) if box.kind == "figure" else self.label(box.text)
            rows[box.row].append((text, box.rows, box.columns, box.column))
        if self.extra and table.id == "t3":
            self._add_extra(table, rows)
        return rows

    def _add_extra(self, table, rows):
        """Add the local column before the last; heads reach over it."""
        place = table.column_count - 1
        for number, row in enumerate(rows):
            for n, (text, high, wide, column) in enumerate(row):
                if column >= place:
                    row[n] = (text, high, wide, column + 1)
                elif column + wide > place:
                    row[n] = (text, high, wide + 1, column)
            cells = [b.cell for b in table.boxes if b.row == number and b.kind == "figure"]
            head = number == table.head_rows - 1
            if cells or head:
                values = [self.report.figure(c) or 0 for c in cells[1:-1]]
                at = next((n for n, box in enumerate(row) if box[3] > place), len(row))
                row.insert(at, ("法人小计" if head else str(sum(values)), 1, 1, place))

    def sections(self):
        """What stands in the report in order: ("text", text) and ("table", Table)."""
        yield "text", self.title
        yield "text", self.report.text("narratives.preface")
        for section in self.form.sections:
            yield "text", self.report.title(section.id)
            for line in filter(None, self.report.text(f"narratives.{section.id}").split("\n")):
                yield "text", line
            if section.table:
                yield "table", self.form.tables[section.table]

    def text(self, row):
        """The whole as text, each table row through `row(boxes, width)`."""
        lines = []
        for kind, item in self.sections():
            if kind == "text":
                lines.append(item)
            else:
                width = item.column_count + (self.extra and item.id == "t3")
                lines += [row(boxes, width) for boxes in self.rows(item)]
        return "\n".join(lines) + "\n"

    def tabs(self):
        """Every place of the table, merged ones empty but for the first."""

        def row(boxes, width):
            cells = [""] * width
            for text, _, _, column in boxes:
                cells[column] = text
            return "\t".join(cells)

        return self.text(row)

    def ragged(self, mark="\t"):
        """Boxes only, one after another, as text extraction leaves them."""
        return self.text(lambda boxes, _: mark.join(text for text, *_ in boxes))

    def lines(self):
        """One box a line."""
        return self.text(lambda boxes, _: "\n\n".join(text for text, *_ in boxes))

    def html(self, *, cut=False):
        """A page of a portal: navigation, a metadata table, nested tables, footer."""
        parts = []
        for kind, item in self.sections():
            if kind == "text":
                parts.append(f'<p style="text-indent:2em"><span>{html.escape(item)}</span></p>')
            else:
                parts.append(self._html_table(item, cut=cut))
        body = "\n".join(parts)
        return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{self.title}_示例门户</title><style>p{{margin:0}}</style></head><body>
<div class="nav"><a>首页</a> &gt; <a>政务公开</a> &gt; 政府信息公开年报</div>
<table><tr><td>索 引 号</td><td>01431849/2025-00012</td><td>发布机构</td><td>示例办</td></tr>
<tr><td>发文日期</td><td>2025-01-27</td><td>文号</td><td>无</td></tr></table>
<table><tr><td><div id="zoom">{body}</div></td></tr></table>
<div class="foot">主办：示例办公室 浏览次数：1024</div><script>var a = 1 < 2;</script>
</body></html>"""

    def _html_table(self, table, *, cut):
        rows = self.rows(table)
        stop = self.chance.randrange(2, len(rows)) if cut else len(rows)
        rows = [list(row) for row in rows]
        for number, row in enumerate(rows[:stop]):
            for n, (text, high, wide, column) in enumerate(row):
                if number + high > stop:  # a page cuts boxes that reach over it in two
                    row[n] = (text, stop - number, wide, column)
                    rows[stop] = sorted(
                        [*rows[stop], ("", number + high - stop, wide, column)], key=lambda b: b[3]
                    )
        made = ""
        for part in (rows[:stop], rows[stop:]):
            lines = "".join(
                "<tr>"
                + "".join(
                    f'<td colspan="{wide}" rowspan="{high}"><p><span>{html.escape(text)}</span>'
                    "<span>&nbsp;</span></p></td>"
                    for text, high, wide, _ in row
                )
                + "</tr>\n"
                for row in part
            )
            made += f"<table border=1><tbody>{lines}</tbody></table><p>&nbsp;</p>" if part else ""
        return made

    def docx(self, path):
        """A Word file as Word writes it: merged boxes go on empty in the rows below."""
        parts = []
        for kind, item in self.sections():
            if kind == "text":
                parts.append(paragraph(item))
                continue
            rows = self.rows(item)
            for number, row in enumerate(rows):
                for _, high, wide, column in [box for box in row if box[1] > 1]:
                    for below in rows[number + 1 : number + high]:
                        below.append(("", -1, wide, column))
            lines = "".join(
                "<w:tr>" + "".join(word_box(*box) for box in sorted(row, key=lambda b: b[3]))
                + "</w:tr>"
                for row in rows
            )  # fmt: skip
            width = item.column_count + (self.extra and item.id == "t3")
            columns = '<w:gridCol w:w="700"/>' * width
            parts.append(f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl><w:p/>")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", CONTENT_TYPES)
            archive.writestr("_rels/.rels", RELATIONS)
            archive.writestr("word/document.xml", f"<w:document {W}><w:body>{''.join(parts)}"
                             "</w:body></w:document>")  # fmt: skip

    def xlsx(self, path, *, sheets=False, merged=True, texts=False):
        """An Excel file: all in one sheet or a sheet for each table, figures as numbers or text."""
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        at = 1
        for kind, item in self.sections():
            if kind == "text":
                sheet.cell(at, 1, item)
                if merged:
                    sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=15)
                at += 1
                continue
            if sheets:
                sheet, at = book.create_sheet(item.title), 3
            for row in self.rows(item):
                for text, high, wide, column in row:
                    value = text if texts or not text.lstrip("-").isdigit() else int(text)
                    sheet.cell(at, column + 2, value or (0 if value == 0 else None))
                    if merged and (high > 1 or wide > 1):
                        sheet.merge_cells(
                            start_row=at, end_row=at + high - 1,
                            start_column=column + 2, end_column=column + wide + 1,
                        )  # fmt: skip
                at += 1
            if sheets:
                sheet, at = book.create_sheet("文字" + item.id), 1
        book.save(path)


@pytest.fixture
def scribe():
    """Return the writer of a report of a form, by year, profile and seed."""
    return Scribe


@pytest.fixture(params=FORMS, ids=lambda form: f"{form[0]}-{form[1] or 'national'}")
def writer(request):
    """A writer for each form and profile, every figure filled in."""
    return Scribe(*request.param, seed=1)


@pytest.fixture(params=FORMS, ids=lambda form: f"{form[0]}-{form[1] or 'national'}")
def gappy(request):
    """A writer for each form and profile, some figures not filled in."""
    return Scribe(*request.param, seed=2, blanks=True)


@pytest.fixture
def same():
    """Hold what was read against what was written."""

    def check(proposal, writer, *, prose=True):
        report = proposal.report()
        assert (report.form.id, report.form.profile) == (writer.form.id, writer.form.profile)
        assert (report.year, report.org) == (writer.report.year, ORG)
        written = {c: v for c, v in writer.report.items.items() if c in writer.form.cells}
        read_back = {c: v for c, v in report.items.items() if c in report.form.cells}
        assert read_back == written
        if prose:
            told = {k: report.text(f"narratives.{k}") for k in PROSE}
            assert told == {k: writer.report.text(f"narratives.{k}") for k in PROSE}

    return check
