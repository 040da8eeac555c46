"""QR codes as ink, so that a code on paper is read by a scanner as well as by people."""

from itertools import groupby

from app.writers.ink import Frame

SIZE = 72 / 25.4 * 22
"""22 mm: a module of the smallest code is 0.75 mm, 6 dots at 200 dpi."""
QUIET = 4
"""Modules left blank on every side (ISO/IEC 18004)."""


def draw(text: str, x: float, y: float, size: float = SIZE) -> list[Frame]:
    """Return the dark modules of the code of a text, in a square with its quiet zone, in pt."""
    from reportlab.graphics.barcode.qrencoder import (  # noqa: PLC0415  (70 ms: all of platypus)
        QRCode,
        QRErrorCorrectLevel,
    )

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    module = size / (count + 2 * QUIET)
    frames = []
    for row in range(count):
        column = 0
        for dark, run in groupby(code.isDark(row, at) for at in range(count)):
            width = len(list(run))
            if dark:
                left, top = (QUIET + column) * module, (QUIET + row) * module
                frames.append(Frame(x + left, y + top, width * module, module, filled=True))
            column += width
    return frames
