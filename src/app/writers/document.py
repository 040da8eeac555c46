"""The one door by which a report becomes a file: its suffix says which pen writes it.

Every file is written whole or not at all: a full disk or a read-only folder leaves the old one.
Pens are imported when they are wanted, since each brings a large library.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import AppError
from app.report import Report
from app.report_file import dumps
from app.writers.file import save
from app.writers.page import Options, Page, compose

if TYPE_CHECKING:
    from app.writers.fonts import Fonts

KINDS = {
    ".nianbao": "年报文件",
    ".json": "年报文件（JSON）",
    ".pdf": "PDF文件",
    ".docx": "Word文档",
    ".xlsx": "Excel工作簿",
    ".html": "网页",
}
"""What can be written, by suffix, and what people call it."""


class UnknownKind(AppError):
    """No pen writes files with this suffix."""


def write(
    report: Report, path: Path, options: Options | None = None, fonts: "Fonts | None" = None
) -> tuple[str, ...]:
    """Write a report to a file of the kind that its suffix says.

    Args:
        report: what is written.
        path: where to; a file of that name is replaced.
        options: how it is composed; a report file (.nianbao, .json) holds everything anyway.
        fonts: the faces for a PDF; those of this workstation if None.

    Returns:
        The characters that no face has, which a PDF shows as 〓; none for the other kinds.

    Raises:
        UnknownKind: there is no such kind of file.
        NotSaved: the file could not be written; one that was there before is unharmed.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UnknownKind(
            f"不能写出“{path.name}”这种格式的文件；请把文件名的后缀改为{'、'.join(KINDS)}之一。"
        )
    page = compose(report, options)
    if kind == ".pdf":
        return _write_pdf(page, path, fonts)
    save(path, _content(kind, report, page))
    return ()


def fragment(report: Report, options: Options | None = None) -> str:
    """Return a report as HTML to be pasted into the editor of a portal (复制为网页代码)."""
    from app.writers import web  # noqa: PLC0415

    return web.fragment(compose(report, options))


def _write_pdf(page: Page, path: Path, fonts: "Fonts | None") -> tuple[str, ...]:
    from app.writers import pdf  # noqa: PLC0415
    from app.writers.fonts import Fonts  # noqa: PLC0415

    return pdf.write(page, path, fonts or Fonts.find()).missing


def _content(kind: str, report: Report, page: Page) -> bytes:
    match kind:
        case ".docx":
            from app.writers import word  # noqa: PLC0415

            return word.draw(page)
        case ".xlsx":
            from app.writers import excel  # noqa: PLC0415

            return excel.draw(page, report)
        case ".html":
            from app.writers import web  # noqa: PLC0415

            return web.draw(page)
        case _:
            return dumps(report).encode()
