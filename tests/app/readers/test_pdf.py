"""PDF files of other programs: ruled by strokes, by thin boxes or not at all, upright or turned."""

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from app.readers import read

FACE = "STSong-Light"
WIDTH, HEIGHT, ROW = 595, 842, 18


class Press:
    """Prints a report of invented figures as other programs do."""

    def __init__(self, path, writer, rules, turn):
        pdfmetrics.registerFont(UnicodeCIDFont(FACE))
        self.canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
        self.writer, self.rules, self.turn = writer, rules, turn

    def run(self):
        form = self.writer.form
        self._begin()
        self._words(self.writer.title, 16)
        self._words(form.sections[0].title, 14)
        self._words("　　一切正常。", 12)
        for section in form.sections:
            if section.table:
                self._begin()
                self._words(section.title, 14)
                self._table(form.tables[section.table])
        self.canvas.save()

    def _begin(self):
        if self.canvas.getPageNumber() > 1 or self.canvas._code:
            self.canvas.showPage()
        self.canvas.setPageRotation(self.turn)
        self.wide, self.high = (WIDTH, HEIGHT) if self.turn in (0, 180) else (HEIGHT, WIDTH)
        corner = {0: (0, 0), 90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[self.turn]
        self.canvas.translate(*corner)
        self.canvas.rotate(self.turn)
        self.y = self.high - 40

    def _words(self, text, size):
        self.canvas.setFont(FACE, size)
        self.canvas.drawString(40, self.y, text)
        self.y -= 2 * size

    def _table(self, table):
        share = (self.wide - 80) / sum(table.widths)
        xs = [40 + share * sum(table.widths[:n]) for n in range(table.column_count + 1)]
        for box in table.boxes:
            left, right = xs[box.column], xs[box.column + box.columns]
            top = self.y - box.row * ROW
            bottom = top - box.rows * ROW
            self._rule(left, bottom, right - left, top - bottom)
            text = self.writer.figure(box.cell) if box.kind == "figure" else box.text
            self._box(text, left, right, (top + bottom) / 2)

    def _rule(self, x, y, wide, high):
        if self.rules == "strokes":
            self.canvas.rect(x, y, wide, high)
        elif self.rules == "thin boxes":
            for each in ((x, y, wide, 0.6), (x, y, 0.6, high), (x, y + high, wide, 0.6)):
                self.canvas.rect(*each, stroke=0, fill=1)
            self.canvas.rect(x + wide, y, 0.6, high, stroke=0, fill=1)

    def _box(self, text, left, right, middle):
        size = 6
        fit = max(int((right - left - 2) / size), 1)
        lines = [text] if text.isascii() else [text[n : n + fit] for n in range(0, len(text), fit)]
        self.canvas.setFont(FACE, size)
        y = middle + len(lines) * size / 2 - size
        for line in lines:
            self.canvas.drawString(left + 1, y + 1, line)
            y -= size


@pytest.mark.parametrize("turn", [0, 90, 270])
@pytest.mark.parametrize("rules", ["strokes", "thin boxes", "none"])
def test_tables_of_other_programs(scribe, same, tmp_path, rules, turn):
    writer = scribe(2024, None, f"{rules}{turn}", largest=300)
    path = tmp_path / "报告.pdf"
    Press(path, writer, rules, turn).run()
    same(read(path), writer, prose=False)
