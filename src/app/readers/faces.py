"""The faces by which pdfium knows characters that a PDF names without bringing their face along.

Without any Chinese face pdfium takes such a character for one without extent: upright it is read,
on a turned page it is dropped, and in a picture of the page it is a box. So the bundled faces serve
where the system has none. Windows has its own, which pdfium finds by itself.
"""

import ctypes
import sys

import pypdfium2.raw as pdfium

from app import resources

_SYSTEM = ("/usr/share/fonts", "/usr/share/X11/fonts", "/usr/local/share/fonts")
"""Where pdfium looks by itself; it no longer does once it is told where to look."""
_kept: list[object] = []
"""pdfium goes on reading the list it was given."""


def offer() -> None:
    """Start pdfium anew with the bundled faces beside those of the system; no file may be open."""
    if sys.platform == "win32":
        return
    folders = [*_SYSTEM, str(resources.root() / "fonts")]
    texts = [ctypes.create_string_buffer(folder.encode()) for folder in folders]
    text = ctypes.POINTER(ctypes.c_char)
    paths = (text * (len(texts) + 1))(*(ctypes.cast(each, text) for each in texts))
    _kept[:] = [texts, paths]
    pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))
