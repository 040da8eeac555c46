"""Faces inside ReportLab: parsed and registered once a process, embedded whole and copyable."""

import lzma
import struct
import sys
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.pdfdoc import PDFDocument

from app.errors import AppError
from app.writers.fontfile import FontFile
from app.writers.sfnt import Unusable

#: What ReportLab's parser lets out of itself over a damaged file.
_DAMAGE = (
    ttfonts.TTFError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    struct.error,
    MemoryError,
    EOFError,
    lzma.LZMAError,
)
_BLOCK = 100  # entries of a bfchar block (Adobe Technical Note 5411)
_SPACES = " \u3000"
_parsing = Lock()
_faces: "dict[str, Face]" = {}

# Old Chinese fonts have no PostScript name that ReportLab reads: let it take the file's.
rl_config.autoGenerateTTFMissingTTFName = True


class DamagedFont(AppError):
    """A font file that looked sound turned out not to be while its glyphs were embedded."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"字体文件“{Path(path).name}”已损坏，没有生成文件；请在设置中改用其他字体后重试。"
        )


class Face:
    """A face ready to draw with: `name` is what a canvas calls it.

    Raises:
        Unusable: ReportLab cannot parse the file.
    """

    def __init__(self, name: str, file: FontFile) -> None:
        try:
            packed = file.path.suffix == ".xz"
            data = _Unpacked(file.path) if packed else str(file.path)
            pdfmetrics.registerFont(_Font(name, data, file.index))
        except _DAMAGE as error:
            raise Unusable(file.path, "已损坏或无法读取") from error
        self.name = name
        # Two files with one PostScript name are one font to ReportLab, so ask it which it draws.
        self._face: Any = pdfmetrics.getFont(self.name).face
        self._outlines: int = self._face.get_table_pos("glyf")[0]

    def advance(self, ch: str) -> float | None:
        """Return the width of a character in 1/1000 em, or None if the face would leave a blank."""
        if ch not in _SPACES and self.box(ch) is None:
            return None
        width: float | None = self._face.charWidths.get(ord(ch))
        return width

    def box(self, ch: str) -> tuple[float, float, float, float] | None:
        """Return the bounds of the ink (left, bottom, right, top) in 1/1000 em, None without ink.

        The origin is on the base line at the left edge of the character.
        """
        glyph = self._face.charToGlyph.get(ord(ch), 0)
        if not 0 < glyph < self._face.numGlyphs:
            return None
        start, end = self._face.glyphPos[glyph : glyph + 2]
        head = self._face.get_chunk(self._outlines + start, 10)
        contours, *bounds = struct.unpack(">5h", head) if len(head) == 10 else (0,)
        if start == end or not contours:
            return None
        left, bottom, right, top = (value * 1000 / self._face.unitsPerEm for value in bounds)
        return left, bottom, right, top


class _Unpacked(BytesIO):
    """What is packed in a file: rare ideographs, which few reports need (0.4 s)."""

    def __init__(self, path: Path) -> None:
        super().__init__(lzma.decompress(path.read_bytes()))
        self.name = str(path)  # ReportLab asks for it


class _Font(ttfonts.TTFont):  # type: ignore[misc]
    """A TrueType font whose text can be copied: ReportLab's map is wrong above U+FFFF."""

    def __init__(self, name: str, data: str | BytesIO, index: int) -> None:
        super().__init__(name, data, subfontIndex=index, asciiReadable=False)

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab's
        """Add the subsets of this font to a document, their ToUnicode maps put right."""
        state = self.state[doc]
        subsets, name = list(state.subsets), state.internalName
        try:
            super().addObjects(doc)
        except _DAMAGE as error:
            raise DamagedFont(self.face.filename) from error
        fonts = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(subsets):
            stream = doc.idToObject[fonts[f"{name}+{number}"].ToUnicode.name]
            stream.content = to_unicode(subset)


def load(file: FontFile) -> Face:
    """Return the face of a file, parsed (2 to 90 ms) at the first call of the process only.

    Raises:
        Unusable: ReportLab cannot parse the file.
    """
    name = f"{file.path}#{file.index}"
    with _parsing:
        if name not in _faces:
            _faces[name] = Face(name, file)
        return _faces[name]


def registered(name: str) -> Face:
    """Return a face that `load` gave, by its name."""
    return _faces[name]


def to_unicode(subset: list[int]) -> str:
    """Return the CMap by which readers copy text: position in `subset` to UTF-16BE."""
    pairs = [
        f"<{position:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for position, code in enumerate(subset)
        if code
    ]
    blocks = [pairs[start : start + _BLOCK] for start in range(0, len(pairs), _BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def embed_all(font_name: str) -> None:
    """Make a registered font the one ReportLab reaches for where it would take Helvetica.

    Helvetica is never embedded, and comes in by three doors: the first font of a canvas, the cells
    of a Table and the state of a drawing (QR codes). The latter two copy the setting when their
    modules are first imported, which takes too long (0.1 s) to do here for who never draws one.
    """
    rl_config.canvas_basefontname = rl_config.defaultGraphicsFontName = font_name
    if styles := sys.modules.get("reportlab.lib.styles"):
        vars(styles)["_baseFontName"] = font_name
    if tables := sys.modules.get("reportlab.platypus.tables"):
        tables.CellStyle.fontname = font_name
    if shapes := sys.modules.get("reportlab.graphics.shapes"):
        shapes.STATE_DEFAULTS["fontName"] = font_name
