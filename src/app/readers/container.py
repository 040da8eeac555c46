"""Which reader reads a file: told by its content first, by its suffix where content cannot tell."""

from collections.abc import Callable
from pathlib import Path

from app import report_file
from app.errors import Unreadable
from app.readers.extract import Extract, TooLarge
from app.readers.matcher import match
from app.readers.proposal import Proposal, of_report

LARGEST = 64_000_000
"""Bytes of the largest file that is opened; reports with many pictures stay below a third of it."""
LARGEST_TEXT = 12_000_000
_BEGINNINGS = {b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole", b"%PDF-": "pdf", b"{\\rtf": "rtf"}
_PAGE_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<div", b"<p>", b"<p ")
_ADVICE = "请用Word、Excel或WPS打开后另存为.docx或.xlsx再试。"


def read(path: Path) -> Proposal:
    """Read a file; see `app.readers.read`."""
    name = path.name
    data = _bytes(path, name)
    kind = _kind(data, path.suffix.lower())
    try:
        if kind == "json":
            return of_report(report_file.loads(data, name), name)
        extract = _extract(kind, data, path)
    except TooLarge as failure:
        raise Unreadable(f"“{name}”{failure}") from failure
    if not extract.blocks:
        raise Unreadable(f"“{name}”里没有可以读取的文字，请确认选对了文件。")
    return match(extract, name)


def _bytes(path: Path, name: str) -> bytes:
    try:
        if not path.is_file():
            raise Unreadable(f"没有找到文件“{name}”，请确认它还在原处。")
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"“{name}”过大（超过64兆），请只保留年度报告部分后再试。")
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"“{name}”打不开，请确认它没有被移走、没有被其他程序占用。") from error
    if not data.strip(b"\0 \r\n\t"):
        raise Unreadable(f"“{name}”是空文件，请重新获取后再试。")
    return data


def _kind(data: bytes, suffix: str) -> str:
    """Tell the kind of a file by how it begins; the suffix decides only between texts."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data)
    for beginning, kind in _BEGINNINGS.items():
        if head.startswith(beginning):
            return kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    level = head[:2048].replace(b"\0", b"").lower()
    if any(mark in level for mark in _PAGE_MARKS):
        return "html"
    if head.startswith(b"{") or suffix in (".json", ".nianbao"):
        return "json"
    return "text"


def _zipped(data: bytes) -> str:
    """Tell Word from Excel by the names of the parts, which the end of a zip file lists."""
    if b"word/document.xml" in data:
        return "docx"
    return "xlsx" if b"xl/workbook.xml" in data else "zip"


def _extract(kind: str, data: bytes, path: Path) -> Extract:
    reader = _READERS.get(kind)
    if reader is None:
        raise Unreadable(f"“{path.name}”不是本程序能读取的文件。{_ADVICE}")
    if kind in ("html", "text") and len(data) > LARGEST_TEXT:
        raise TooLarge
    return reader(data, path)


def _docx(data: bytes, path: Path) -> Extract:
    from app.readers import word  # noqa: PLC0415  (each reader brings in its own library)

    return word.read(data, path.name)


def _xlsx(data: bytes, path: Path) -> Extract:
    from app.readers import sheet  # noqa: PLC0415

    return sheet.read(data, path.name)


def _html(data: bytes, path: Path) -> Extract:
    from app.readers import web  # noqa: PLC0415

    return web.read(data, path.name)


def _text(data: bytes, path: Path) -> Extract:
    from app.readers import text  # noqa: PLC0415

    return text.read(data, path.name, path.suffix.lower())


def _pdf(data: bytes, path: Path) -> Extract:
    from app.readers import pdf  # noqa: PLC0415

    return pdf.read(data, path.name)


_READERS: dict[str, Callable[[bytes, Path], Extract]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "html": _html,
    "pdf": _pdf,
    "text": _text,
}
