"""Office files are zip archives: packed here so that they tell nothing but the document.

No author, no company, no time, no computer (SEC.META of the domain notes); the same content gives
the same bytes, on every day and every computer.
"""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from app.writers.markup import legal
from app.writers.page import Page

ABOUT = "docProps/core.xml"
"""The part that says what a document is and, in other programs, who made it."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip archive cannot do without a date
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject>"
    "<cp:keywords>{keywords}</cp:keywords><dc:language>zh-CN</dc:language>"
    "</cp:coreProperties>\n"
)


def pack(parts: Mapping[str, bytes], page: Page) -> bytes:
    """Return the archive of these parts, with what the page is about added or put in its place."""
    words = {"title": page.title, "subject": page.subject, "keywords": page.keywords}
    about = _CORE.format(**{key: escape(legal(text)) for key, text in words.items()})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {**parts, ABOUT: about.encode()}.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else it tells Windows from the others
            archive.writestr(entry, content)
    return buffer.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the parts of an archive in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
