"""The word across a sheet: 草稿, 样例, 已变更.

Drawn as outlines, not as text, so that whoever copies or reads the figures of a draft finds the
figures alone.
"""

import math
import struct
from collections.abc import Iterator

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFontFace
from reportlab.pdfgen.canvas import FILL_NON_ZERO, Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from app.writers.fonts import Fonts

GREY = 0.92
LARGEST = 190.0
"""Size in pt of two characters."""
ANGLE = math.atan2(297, 210)
SHARE = 0.62
"""Of the diagonal of the sheet."""

_ON, _X_SHORT, _Y_SHORT, _REPEAT, _X_SAME, _Y_SAME = 1, 2, 4, 8, 16, 32
_Point = tuple[float, float, bool]  # x, y in font units, whether the outline goes through it


def draw(canvas: Canvas, text: str, fonts: Fonts, paper: tuple[float, float]) -> None:
    """Draw a word across the sheet from the lower left to the upper right, behind everything."""
    size = min(LARGEST, math.hypot(*paper) * SHARE / len(text))
    canvas.saveState()
    canvas.setFillGray(GREY)
    canvas.translate(paper[0] / 2, paper[1] / 2)
    canvas.rotate(math.degrees(ANGLE))
    canvas.translate(-size * len(text) / 2, -0.38 * size)
    path = canvas.beginPath()
    for index, character in enumerate(text):
        for font, part in fonts.runs(character, "hei"):
            face = pdfmetrics.getFont(font).face
            scale = size / face.unitsPerEm
            for contour in contours(face, face.charToGlyph[ord(part)]):
                _trace(path, [(x * scale + index * size, y * scale, on) for x, y, on in contour])
    canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_NON_ZERO)  # strokes of a glyph overlap
    canvas.restoreState()


def contours(face: TTFontFace, glyph: int) -> Iterator[list[_Point]]:
    """Yield the closed outlines of a glyph of a TrueType face, as its glyf table has them.

    A glyph that is composed of others is left out: no Han of the faces in use is.
    """
    start, end = face.glyphPos[glyph : glyph + 2]
    data: bytes = face.get_chunk(face.get_table_pos("glyf")[0] + start, end - start)
    count = struct.unpack_from(">h", data)[0] if data else 0
    if count <= 0:
        return
    ends = struct.unpack_from(f">{count}H", data, 10)
    at = 10 + 2 * count
    at += 2 + struct.unpack_from(">H", data, at)[0]
    flags: list[int] = []
    while len(flags) <= ends[-1]:
        flag, at = data[at], at + 1
        times = 1
        if flag & _REPEAT:
            times, at = data[at] + 1, at + 1
        flags += [flag] * times
    xs, at = _coordinates(data, at, flags, _X_SHORT, _X_SAME)
    ys, _ = _coordinates(data, at, flags, _Y_SHORT, _Y_SAME)
    points = [(x, y, bool(flag & _ON)) for x, y, flag in zip(xs, ys, flags, strict=True)]
    for first, last in zip((0, *(end + 1 for end in ends)), ends, strict=False):
        yield points[first : last + 1]


def _coordinates(
    data: bytes, at: int, flags: list[int], short: int, same: int
) -> tuple[list[float], int]:
    """Read one coordinate of every point: differences of one byte, two bytes or none."""
    value, found = 0, []
    for flag in flags:
        if flag & short:
            value += data[at] if flag & same else -data[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", data, at)[0]
            at += 2
        found.append(float(value))
    return found, at


def _trace(path: PDFPathObject, points: list[_Point]) -> None:
    """Draw a closed outline; its quadratic curves become cubic ones."""
    first = next((k for k, point in enumerate(points) if point[2]), 0)
    points = points[first:] + points[: first + 1]
    x, y, _ = points[0]
    path.moveTo(x, y)
    for index, (cx, cy, on) in enumerate(points[1:], 1):
        if on:
            if points[index - 1][2]:
                path.lineTo(cx, cy)
            x, y = cx, cy
            continue
        nx, ny, next_on = points[index + 1]
        if not next_on:  # two control points: the outline goes through their middle
            nx, ny = (cx + nx) / 2, (cy + ny) / 2
        path.curveTo(
            *(x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3),
            *(nx + (cx - nx) * 2 / 3, ny + (cy - ny) * 2 / 3),
            *(nx, ny),
        )
        x, y = nx, ny
    path.close()
