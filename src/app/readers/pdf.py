"""PDF files through pdfium: the characters and rules of each page.

Runs in a process of its own (`apart`): crafted files can keep pdfium busy for hours.
"""

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from app.errors import Unreadable
from app.readers.extract import Extract, TooLarge
from app.readers.layout import Char, Page, blocks
from app.readers.ruling import Rule

MOST_PAGES = 200
_MOST_CHARS = 400_000
_MOST_OBJECTS = 300_000
_MOST_RULES = 60_000
_THIN = 3.0
_DEEPEST_FORM = 6
_WHITE = 240
_NO_CHARS = frozenset({0, 10, 13, 0xFFFE, 0xFFFF})

Matrix = tuple[float, float, float, float, float, float]


def read(data: bytes, name: str) -> Extract:
    """Read a PDF file.

    Raises:
        Unreadable: it is damaged, locked or scanned.
        TooLarge: it has far more pages, characters or lines than a report.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MOST_PAGES:
            raise TooLarge
        pages = []
        chars = 0
        for number in range(len(document)):
            pages.append(_page(document[number]))
            chars += len(pages[-1].chars)
            if chars > _MOST_CHARS:
                raise TooLarge
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", 0) == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable(f"“{name}”设有密码，请取消密码、另存后再试。") from error
        raise Unreadable(f"“{name}”已损坏，请重新获取后再试。") from error
    if not chars:
        raise Unreadable(
            f"“{name}”是扫描的图片，没有可以读取的文字，请改用Word或Excel原件，或照着录入。"
        )
    return Extract(tuple(blocks(pages)))


def _page(page: "pypdfium2.PdfPage") -> Page:
    width, height = page.get_size()
    turn = _turn(page)
    text = page.get_textpage()
    chars = tuple(_chars(text, turn, page.get_rotation()))
    rules: list[Rule] = []
    objects = [_MOST_OBJECTS]
    for rule in _rules(_page_objects(page), (1, 0, 0, 1, 0, 0), turn, objects, 0):
        rules.append(rule)
        if len(rules) > _MOST_RULES:
            raise TooLarge
    text.close()
    page.close()
    return Page(width, height, chars, tuple(rules))


def _turn(page: "pypdfium2.PdfPage") -> Matrix:
    """The matrix from the page's own space to one with y downwards from its seen top left."""
    left, bottom, right, top = page.get_cropbox()
    return {
        0: (1, 0, 0, -1, -left, top),
        90: (0, 1, 1, 0, -bottom, -left),
        180: (-1, 0, 0, 1, right, -bottom),
        270: (0, -1, -1, 0, top, right),
    }[page.get_rotation()]


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h = (then[0], then[2]), (then[1], then[3])
    x, y = _apply(then, e, f)
    return (
        g[0] * a + g[1] * b, h[0] * a + h[1] * b, g[0] * c + g[1] * d, h[0] * c + h[1] * d, x, y
    )  # fmt: skip


def _chars(text: "pypdfium2.PdfTextPage", turn: Matrix, rotation: int) -> Iterator[Char]:
    count = pdfium.FPDFText_CountChars(text)
    if count > _MOST_CHARS:
        raise TooLarge
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    turned = math.radians(rotation)
    high = 0
    for number in range(count):
        code = pdfium.FPDFText_GetUnicode(text, number)
        if 0xD800 <= code < 0xDC00:  # the first half of a rare character
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high & 0x3FF) << 10 | code & 0x3FF)
        if code in _NO_CHARS or pdfium.FPDFText_IsGenerated(text, number):
            continue
        if math.cos(pdfium.FPDFText_GetCharAngle(text, number) + turned) < 0.99:
            continue  # a watermark across the page
        pdfium.FPDFText_GetMatrix(text, number, matrix)
        size = pdfium.FPDFText_GetFontSize(text, number) * math.hypot(matrix.b, matrix.d)
        pdfium.FPDFText_GetLooseCharBox(text, number, box)
        if box.right - box.left > 3 * size > 0:
            _tight(text, number, box)  # upright writing: its advance is no width
        pdfium.FPDFText_GetCharOrigin(text, number, x, y)
        x0, x1 = (_apply(turn, at, level)[0]
                  for at, level in ((box.left, box.bottom), (box.right, box.top)))  # fmt: skip
        base = _apply(turn, x.value, y.value)[1]
        yield Char(chr(code), min(x0, x1), max(x0, x1), base, max(size, 1.0))


def _tight(text: "pypdfium2.PdfTextPage", number: int, box: "pdfium.FS_RECTF") -> None:
    """Replace a box by that of the ink."""
    edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(text, number, *edges)
    box.left, box.right, box.bottom, box.top = (edge.value for edge in edges)


def _page_objects(page: "pypdfium2.PdfPage") -> Iterator["pdfium.FPDF_PAGEOBJECT"]:
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        yield pdfium.FPDFPage_GetObject(page, number)


def _rules(
    objects: Iterator["pdfium.FPDF_PAGEOBJECT"], outer: Matrix, turn: Matrix, left: list[int],
    depth: int,
) -> Iterator[Rule]:  # fmt: skip
    """Yield the straight lines that are drawn, those inside of forms included."""
    for item in objects:
        left[0] -= 1
        if left[0] < 0:
            raise TooLarge
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _path_rules(item, _times(_times(_matrix(item), outer), turn))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = (
                pdfium.FPDFFormObj_GetObject(item, number)
                for number in range(pdfium.FPDFFormObj_CountObjects(item))
            )
            yield from _rules(inner, _times(_matrix(item), outer), turn, left, depth + 1)


def _matrix(item: "pdfium.FPDF_PAGEOBJECT") -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _path_rules(item: "pdfium.FPDF_PAGEOBJECT", matrix: Matrix) -> Iterator[Rule]:
    """Yield the lines of a path: strokes as they are, thin filled boxes as the line they show."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not (fill.value or stroke.value) or _is_white(item, stroked=bool(stroke.value)):
        return
    parts = list(_subpaths(item, matrix))
    if stroke.value:
        for points in parts:
            for (x0, y0), (x1, y1) in pairwise(points):
                yield from _rule(x0, y0, x1, y1)
        return
    for points in parts:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) - min(xs) <= _THIN:
            middle = (max(xs) + min(xs)) / 2
            yield from _rule(middle, min(ys), middle, max(ys))
        elif max(ys) - min(ys) <= _THIN:
            middle = (max(ys) + min(ys)) / 2
            yield from _rule(min(xs), middle, max(xs), middle)


def _subpaths(
    item: "pdfium.FPDF_PAGEOBJECT", matrix: Matrix
) -> Iterator[list[tuple[float, float]]]:
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    count = pdfium.FPDFPath_CountSegments(item)
    for number in range(min(count, _MOST_RULES)):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(_apply(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            points.append(points[0])
    if points:
        yield points


def _is_white(item: "pdfium.FPDF_PAGEOBJECT", *, stroked: bool) -> bool:
    channels = [ctypes.c_uint() for _ in range(4)]
    get = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    if not get(item, *channels):
        return False
    return min(c.value for c in channels[:3]) > _WHITE or channels[3].value == 0


def _rule(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """Yield a line if it is level or upright."""
    if abs(y1 - y0) <= 1 and abs(x1 - x0) > 1:
        yield Rule(is_level=True, at=(y0 + y1) / 2, start=min(x0, x1), end=max(x0, x1))
    elif abs(x1 - x0) <= 1 and abs(y1 - y0) > 1:
        yield Rule(is_level=False, at=(x0 + x1) / 2, start=min(y0, y1), end=max(y0, y1))
