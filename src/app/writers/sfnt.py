"""What the head of a TrueType file says: its names, and whether ReportLab may and can embed it.

Reads a few hundred bytes and no glyphs. Tables are those of the OpenType specification.
"""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

_LONGEST = 1 << 16  # bytes read of any one table
_FULL_NAME = 4
_CHINESE = 0x804
_FORBIDDEN, _NO_SUBSETS_OR_OUTLINES = 0x0002, 0x0300  # fsType in table OS/2
_UNICODE = (1, 10)  # encodings of platform 3 in table cmap


class Unusable(Exception):
    """A font file cannot be printed with; the text is one Chinese sentence naming it and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"字体文件“{path.name}”{reason}，已改用其他字体。")


def full_names(path: Path) -> list[tuple[str, ...]]:
    """Return the full names of each face in a font file or collection, Chinese ones first.

    Raises:
        Unusable: the file is damaged, forbids embedding, has outlines that ReportLab does not take
            or no Unicode map.
    """
    try:
        with path.open("rb") as stream:
            size = path.stat().st_size
            return [_face(path, stream, size, start) for start in _starts(stream)]
    except (OSError, struct.error, UnicodeDecodeError) as error:
        raise Unusable(path, "已损坏或无法读取") from error


def _starts(stream: BinaryIO) -> list[int]:
    """Return where in the file each face begins."""
    if stream.read(4) != b"ttcf":
        return [0]
    (count,) = struct.unpack(">4xL", stream.read(8))
    return list(struct.unpack(f">{count}L", stream.read(4 * min(count, 64))))


def _face(path: Path, stream: BinaryIO, size: int, start: int) -> tuple[str, ...]:
    stream.seek(start + 4)
    (count,) = struct.unpack(">H6x", stream.read(8))
    entries = [struct.unpack(">4s4xLL", stream.read(16)) for _ in range(count)]
    tables = {tag: (offset, length) for tag, offset, length in entries}
    if b"CFF " in tables or b"CFF2" in tables:
        raise Unusable(path, "的轮廓格式不能嵌入 PDF")
    if any(offset + length > size for offset, length in tables.values()):
        raise Unusable(path, "不完整")

    def table(tag: bytes) -> bytes:
        offset, length = tables.get(tag, (0, 0))
        stream.seek(offset)
        return stream.read(min(length, _LONGEST))

    _refuse(path, tables.keys() >= {b"glyf", b"loca", b"cmap", b"name"}, table)
    return tuple(name for _, name in sorted(_names(table(b"name"))))


def _refuse(path: Path, whole: bool, table: Callable[[bytes], bytes]) -> None:
    if not whole:
        raise Unusable(path, "已损坏或无法读取")
    (rights,) = struct.unpack(">H", table(b"OS/2")[8:10] or b"\0\0")
    if rights == _FORBIDDEN or rights & _NO_SUBSETS_OR_OUTLINES:
        raise Unusable(path, "不允许嵌入 PDF")
    cmap = table(b"cmap")
    (count,) = struct.unpack(">2xH", cmap[:4])
    maps = [struct.unpack(">HH", cmap[4 + 8 * n : 8 + 8 * n]) for n in range(count)]
    windows = [encoding for platform, encoding in maps if platform == 3]
    if windows and windows[-1] not in _UNICODE:  # the one ReportLab will read
        raise Unusable(path, "不是按统一码编排的")


def _names(table: bytes) -> Iterator[tuple[bool, str]]:
    """Yield (not Chinese, full name) for each full name written in UTF-16."""
    count, strings = struct.unpack(">2xHH", table[:6])
    for number in range(count):
        record = table[6 + 12 * number : 18 + 12 * number]
        platform, _, language, name, length, offset = struct.unpack(">6H", record)
        if name == _FULL_NAME and platform in (0, 3):
            text = table[strings + offset : strings + offset + length]
            yield language != _CHINESE, text.decode("utf-16-be").strip()
