"""Pictures of the pages of a PDF, for people who compare what was read with what stands there.

Drawn where reading is done, apart: a page that reads well may still be made to draw for hours.
"""

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

from app.errors import Unreadable
from app.readers import apart

MOST_PIXELS = 12_000_000
"""An A4 page twice as wide as a large screen has no more."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as rows of pixels of four bytes: blue, green, red and one that says nothing.

    `stride` is the bytes of a row, `scale` the pixels a pt of the page.
    """

    width: int
    height: int
    stride: int
    pixels: bytes
    scale: float


def of_page(path: Path, page: int, scale: float) -> Picture:
    """Return a page, counted from 1, drawn at so many pixels a pt.

    Raises:
        Unreadable: the file has gone, or the page cannot be drawn.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"“{path.name}”打不开了，看不到原件；读到的内容都在右边。") from error
    plain = apart.draw(page, scale, data, path.name)
    pixels = zlib.decompress(base64.b64decode(plain["pixels"]))
    width, height, stride = (int(plain[name]) for name in ("width", "height", "stride"))
    return Picture(width, height, stride, pixels, float(plain["scale"]))


def draw(data: bytes, page: int, scale: float) -> Mapping[str, Any]:
    """Draw a page in this process; returns its picture as plain values."""
    document = pypdfium2.PdfDocument(data)
    sheet = document[page - 1]
    width, height = sheet.get_size()
    scale = min(scale, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = sheet.render(scale=scale, prefer_bgrx=True)
    rows = bytes(bitmap.buffer)
    return {
        "width": bitmap.width,
        "height": bitmap.height,
        "stride": bitmap.stride,
        "scale": bitmap.width / width,
        "pixels": base64.b64encode(zlib.compress(rows, 1)).decode(),
    }
