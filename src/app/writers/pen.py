"""Writes runs of text into a PDF so that they look right, and are copied and found right.

Every run stands at an absolute position. Readers of PDF files put words together by the distances
between characters, without letter space: they take a gap of 1/10 em for a space, and marks drawn
together for lines of their own. Where that would happen the characters are marked with their text
(ActualText); a marked piece reaches as far as the next one begins, so that no gap is seen.
"""

from itertools import pairwise

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from app.writers.fonts import Fonts
from app.writers.ink import Text
from app.writers.line import Run

_SEEN = 0.08
"""From so many em on a gap or overlap is marked; poppler takes 1/10 for a space."""
_LAST_COPIED = "\uffff"
"""Beyond it PDFium loses what is marked, and copies what is not."""


class Pen:
    """Writes lines on one sheet; what it wrote reaches the canvas when it is lifted."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self._canvas, self._fonts = canvas, fonts
        self._document = canvas._doc  # noqa: SLF001  (fonts keep their subsets by document)
        self._code = ["BT"]
        self._font, self._space = "", 0.0

    def draw(self, text: Text) -> None:
        """Write a line, each of its runs at its place."""
        y = -text.y
        for run, following in pairwise((*text.line.runs, None)):
            if run:
                self._run(run, following, text.x, y, text.size)

    def lift(self) -> None:
        """Hand what was written to the canvas."""
        self._canvas.addLiteral("\n".join([*self._code, "ET"]))

    def _run(self, run: Run, following: Run | None, x: float, y: float, size: float) -> None:
        """Write a run, in as many faces as its characters need, up to the one that follows."""
        end = x + following.x if following else None
        x += run.x
        parts = self._fonts.runs(run.text, run.role)
        for number, (font, part) in enumerate(parts, 1):
            width = self._fonts.width(part, run.role, size) + run.space * len(part)
            after = run.space  # what stands between its last character and what comes next
            if end is not None and number == len(parts):
                after += end - x - width
            loose = run.space > _SEEN * size
            if after == run.space or (abs(after) <= _SEEN * size and not loose):
                self._show(font, part, (x, y, size), run.space, marked=loose)
            else:
                if part[:-1]:
                    self._show(font, part[:-1], (x, y, size), run.space, marked=loose)
                last = x + width - run.space - self._fonts.width(part[-1], run.role, size)
                self._show(font, part[-1], (last, y, size), after, marked=True)
            x += width

    def _show(
        self,
        font_name: str,
        text: str,
        place: tuple[float, float, float],
        space: float,
        *,
        marked: bool = False,
    ) -> None:
        """Write text of one face at x, y in a size, with `space` after every character."""
        marked = marked and max(text) <= _LAST_COPIED
        x, y, size = place
        if marked:
            self._code.append(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex()}>>> BDC")
        if space != self._space:
            self._code.append(f"{space:.3f} Tc")
            self._space = space
        self._code.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm")
        font = pdfmetrics.getFont(font_name)
        for subset, codes in font.splitString(text, self._document):
            name = f"{font.getSubsetInternalName(subset, self._document)} {size:g} Tf"
            if name != self._font:
                self._code.append(name)
                self._font = name
            self._code.append(f"<{codes.hex()}> Tj")
        if marked:
            self._code.append(
                "0 Tc\nEMC"
            )  # else the space of the last character is taken off again
            self._space = 0.0
