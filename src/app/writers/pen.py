"""Writes runs of text into a PDF so that they look right, and are copied and found right.

Every run stands at an absolute position, and the Han of every face on one middle: faces place them
differently over the base line, some 仿宋 lower than 宋体 by a tenth of a character.

Readers of PDF files put words together by the distances between characters, without letter space:
they take a gap of 1/10 em for a space, less where the base line changes too, and marks drawn
together for lines of their own. So the last character before a gap is marked with its text
(ActualText): a marked piece reaches as far as the next one begins, and no gap is seen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from app.writers.fonts import Fonts
from app.writers.glyphs import registered
from app.writers.ink import CENTRE, Text
from app.writers.line import Run

_SEEN = 0.02
"""From so many em on a gap or overlap is marked."""
_LOOSE = 0.07
"""From so many em of letter space on a line is marked whole, since every gap in it is seen."""
_LAST_MARKED = "\uffff"
"""Beyond it PDFium loses what is marked, and copies what is not."""


class Pen:
    """Writes lines on one sheet; what it wrote reaches the canvas when it is lifted."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self._canvas, self._fonts = canvas, fonts
        self._document = canvas._doc  # noqa: SLF001  (fonts keep their subsets by document)
        self._code = ["BT"]
        self._font, self._space, self._is_marked = "", 0.0, False
        self._shifts: dict[str, float] = {}

    def draw(self, text: Text) -> None:
        """Write a line, each of its runs at its place."""
        runs = text.line.runs
        loose = max((run.space for run in runs), default=0.0) > _LOOSE * text.size
        with self._marked(text.line.text if loose else ""):
            for run, following in zip_longest(runs, runs[1:]):
                self._run(run, following, text)

    def lift(self) -> None:
        """Hand what was written to the canvas."""
        self._canvas.addLiteral("\n".join([*self._code, "ET"]))

    def _run(self, run: Run, following: Run | None, line: Text) -> None:
        """Write a run in the faces of its characters; its last is marked if a gap follows it."""
        x, size = line.x + run.x, line.size
        parts = self._fonts.runs(run.text, run.role)
        for number, (font, part) in enumerate(parts, 1):
            width = self._fonts.width(part, run.role, size) + run.space * len(part)
            gap = run.space
            if number == len(parts):
                gap += line.x + following.x - x - width if following else -run.space
            if abs(gap) <= _SEEN * size:
                self._show(font, part, (x, line.y, size), run.space)
            else:
                if part[:-1]:
                    self._show(font, part[:-1], (x, line.y, size), run.space)
                last = x + width - run.space - self._fonts.width(part[-1], run.role, size)
                with self._marked(part[-1]):
                    self._show(font, part[-1], (last, line.y, size), gap)
            x += width

    @contextmanager
    def _marked(self, text: str) -> Iterator[None]:
        """Mark what is written with its text; nothing is marked twice."""
        if not text or self._is_marked or max(text) > _LAST_MARKED:
            yield
            return
        words = text.encode("utf-16-be", "replace").hex()  # halves of characters become marks
        self._code.append(f"/Span <</ActualText <FEFF{words}>>> BDC")
        self._is_marked = True
        yield
        self._is_marked = False
        self._code.append("0 Tc\nEMC")  # else the space of the last character is taken off again
        self._space = 0.0

    def _show(
        self, font_name: str, text: str, place: tuple[float, float, float], space: float
    ) -> None:
        """Write text of one face at x, y in a size, with `space` after every character."""
        x, y, size = place
        if space != self._space:
            self._code.append(f"{space:.3f} Tc")
            self._space = space
        self._code.append(f"1 0 0 1 {x:.3f} {self._shift(font_name) * size - y:.3f} Tm")
        font = pdfmetrics.getFont(font_name)
        for subset, codes in font.splitString(text, self._document):
            name = f"{font.getSubsetInternalName(subset, self._document)} {size:g} Tf"
            if name != self._font:
                self._code.append(name)
                self._font = name
            self._code.append(f"<{codes.hex()}> Tj")

    def _shift(self, font_name: str) -> float:
        """How far up to draw a face so that its Han stand where those of others do, in em."""
        if font_name not in self._shifts:
            box = registered(font_name).box("国")
            self._shifts[font_name] = CENTRE - (box[1] + box[3]) / 2000 if box else 0.0
        return self._shifts[font_name]
