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

BATCH = 8
"""So many pages are drawn at once: starting a process takes longer than drawing them."""
MOST_PIXELS = 12_000_000
"""An A4 page twice as wide as a large screen has no more."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as rows of pixels of four bytes: blue, green, red and one that says nothing.

    `stride` is the bytes of a row, `scale` the pixels a pt of the page. Pages are mostly white, so
    the pixels are kept packed.
    """

    width: int
    height: int
    stride: int
    scale: float
    packed: bytes

    @property
    def pixels(self) -> bytes:
        """All rows from the top."""
        return zlib.decompress(self.packed)


def of_pages(path: Path, page: int, scale: float) -> dict[int, Picture]:
    """Return the batch in which a page is, by page counted from 1, at so many pixels a pt.

    Raises:
        Unreadable: the file has gone, or a page cannot be drawn.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"“{path.name}”打不开了，看不到原件；读到的内容都在右边。") from error
    first = (page - 1) // BATCH * BATCH + 1
    return {
        first + number: Picture(
            int(plain["width"]), int(plain["height"]), int(plain["stride"]), float(plain["scale"]),
            base64.b64decode(plain["pixels"]),
        )
        for number, plain in enumerate(apart.draw(first, scale, data, path.name))
    }  # fmt: skip


def draw(data: bytes, first: int, scale: float) -> list[Mapping[str, Any]]:
    """Draw a batch of pages in this process; returns their pictures as plain values."""
    document = pypdfium2.PdfDocument(data)
    last = min(first - 1 + BATCH, len(document))
    return [_drawn(document[number], scale) for number in range(first - 1, last)]


def _drawn(page: "pypdfium2.PdfPage", scale: float) -> Mapping[str, Any]:
    width, height = page.get_size()
    fitting = min(scale, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=fitting, prefer_bgrx=True)
    return {
        "width": bitmap.width,
        "height": bitmap.height,
        "stride": bitmap.stride,
        "scale": bitmap.width / width,
        "pixels": base64.b64encode(zlib.compress(bytes(bitmap.buffer), 1)).decode(),
    }
