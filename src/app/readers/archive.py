"""Zip containers (.docx, .xlsx) and their XML, opened so that no file can do harm.

A part is inflated only as far as a report can need; XML knows no entities, no network and no
huge trees.
"""

import io
import zipfile
import zlib
from types import TracebackType

from lxml import etree

from app.errors import Unreadable
from app.readers.extract import TooLarge

LARGEST_PART = 40_000_000
"""Bytes of one inflated part; the largest document.xml seen in a report has 2 million."""
_MOST_PARTS = 5_000
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class Archive:
    """A zip file of XML parts; `name` is what the user calls it."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*_BAD_ZIP, RuntimeError) as error:
            raise Unreadable(f"“{name}”已损坏，请用Word、Excel或WPS打开后另存再试。") from error
        entries = self._zip.infolist()
        if len(entries) > _MOST_PARTS:
            raise TooLarge
        self.names = {entry.filename: entry for entry in entries}

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._zip.close()

    def bytes(self, part: str) -> bytes:
        """Return a part inflated.

        Raises:
            TooLarge: it inflates to more than any report needs, whatever it declares.
            Unreadable: it is missing, damaged or encrypted.
        """
        entry = self.names.get(part)
        if entry is None:
            raise Unreadable(f"“{self.name}”缺少内容，不是完整的文件，请重新获取后再试。")
        if entry.file_size > LARGEST_PART:
            raise TooLarge
        if entry.flag_bits & 1:
            raise Unreadable(f"“{self.name}”已加密，请取消密码、另存后再试。")
        try:
            with self._zip.open(entry) as file:
                data = file.read(LARGEST_PART + 1)
        except (*_BAD_ZIP, RuntimeError) as error:
            raise Unreadable(
                f"“{self.name}”已损坏，请用Word、Excel或WPS打开后另存再试。"
            ) from error
        if len(data) > LARGEST_PART:
            raise TooLarge
        return data

    def tree(self, part: str) -> "etree._Element":
        """Return the root of an XML part.

        Raises:
            TooLarge, Unreadable: as for `bytes`, and for XML that is broken or nested too deep.
        """
        return parse(self.bytes(part), self.name)


def parser() -> "etree.XMLParser":
    """Return a parser that resolves nothing and fetches nothing."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def parse(data: bytes, name: str) -> "etree._Element":
    """Parse XML that holds no document type.

    Raises:
        Unreadable: it is broken, nested too deep or declares entities.
    """
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise Unreadable(f"“{name}”含有不安全的内容，没有打开。请用Word、Excel或WPS另存后再试。")
    try:
        return etree.fromstring(data, parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"“{name}”已损坏，请用Word、Excel或WPS打开后另存再试。") from error
