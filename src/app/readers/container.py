"""Which reader reads a file: told by its content first, by its suffix where content cannot tell."""

import importlib
import zipfile
from io import BytesIO
from pathlib import Path

from app import report_file
from app.errors import Unreadable
from app.readers.extract import Extract, TooLarge
from app.readers.proposal import Proposal, of_report

LARGEST = 64_000_000
"""Bytes of the largest file that is opened; reports with many pictures stay below a third of it."""
_LARGEST_TEXT = 12_000_000
_LARGE = 5_000_000
"""Bytes of text or XML above which a file is read in a process that can be stopped."""
_BEGINNINGS = {b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole", b"{\\rtf": "doc", b"%PDF-": "pdf"}
_PAGE_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<div", b"<p>", b"<p ")
_READERS = {"docx": "word", "xlsx": "sheet", "xls": "old_sheet", "html": "web", "pdf": "pdf",
            "text": "text", "csv": "text"}  # fmt: skip
_TEXTS = frozenset({".txt", ".md", ".markdown", ".csv", ".tsv"})
_APART = frozenset({"pdf", "xls"})
_ADVICE = "请用Word、Excel或WPS打开后另存为.docx或.xlsx再试。"


def read(path: Path) -> Proposal:
    """Read a file; see `app.readers.read`."""
    name = path.name
    data = _bytes(path, name)
    kind = _kind(data, path.suffix.lower())
    if kind == "json":
        return of_report(report_file.loads(data, name), name)
    from app.readers import matcher  # noqa: PLC0415  (our own files do without)

    if kind == "doc":
        from app.readers import office  # noqa: PLC0415  (rarely needed)

        kind, data = "docx", office.to_docx(data, name)
    try:
        found = _extract(kind, data, name)
        if not found.blocks:
            raise Unreadable(f"“{name}”里没有可以读取的文字，请确认选对了文件。")
        return matcher.match(found, name)
    except TooLarge as failure:
        raise Unreadable(f"“{name}”{failure}") from failure


def extract(kind: str, data: bytes, name: str) -> Extract:
    """Read a file of a kind into an extract, in this process.

    Raises:
        Unreadable, TooLarge: as the reader of that kind says.
    """
    # each reader brings in its own library, and only when it is wanted
    reader = importlib.import_module(f"app.readers.{_READERS[kind]}")
    found: Extract = reader.read(data, name, ".csv") if kind == "csv" else reader.read(data, name)
    return found


def _extract(kind: str, data: bytes, name: str) -> Extract:
    if kind == "locked":
        raise Unreadable(f"“{name}”设有密码，请取消密码、另存后再试。")
    if kind not in _READERS:
        raise Unreadable(f"“{name}”已损坏，或者不是本程序能读取的文件。{_ADVICE}")
    size = _size(data) if kind in ("docx", "xlsx") else len(data)
    if kind in ("html", "text", "csv") and size > _LARGEST_TEXT:
        raise TooLarge
    if kind in _APART or size > _LARGE:
        from app.readers import apart  # noqa: PLC0415  (small files do without)

        return apart.read(kind, data, name)
    return extract(kind, data, name)


def _size(data: bytes) -> int:
    """Return how much XML a zip file says it holds; a lie is found out while it is inflated."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return sum(e.file_size for e in archive.infolist() if e.filename.endswith(".xml"))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        return 0


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
            return _ole(data, suffix) if kind == "ole" else kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    level = head[:2048].replace(b"\0", b"").lower()
    is_text = suffix in _TEXTS and not level.startswith(b"<")
    if not is_text and any(mark in level for mark in _PAGE_MARKS):
        return "html"
    if head.startswith(b"{") or suffix in (".json", ".nianbao"):
        return "json"
    return "csv" if suffix == ".csv" else "text"


def _zipped(data: bytes) -> str:
    """Tell Word from Excel by the names of the parts, which the end of a zip file lists."""
    if b"word/document.xml" in data:
        return "docx"
    if b"opendocument.text" in data[:200]:
        return "doc"
    return "xlsx" if b"xl/workbook.xml" in data else "zip"


def _ole(data: bytes, suffix: str) -> str:
    """Tell the kinds of old Office files by the names of their streams."""
    for stream, kind in (("EncryptedPackage", "locked"), ("WordDocument", "doc"),
                         ("Workbook", "xls"), ("Book", "xls")):  # fmt: skip
        if stream.encode("utf-16-le") in data:
            return kind
    return "doc" if suffix in (".doc", ".wps") else "ole"
