"""The rows that can still be read from a damaged database, page by page.

SQLite gives up a table when the page at its root is gone, and the whole file when the first one is.
The rows themselves lie in other pages, each complete in itself: they are read here as the file
format describes them (https://www.sqlite.org/fileformat2.html), believing nothing. A row is taken
only if its lengths agree to the byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

Cell = int | float | str | bytes | None
MAGIC = b"SQLite format 3\0"
_USUAL_PAGE = 4096
_TABLE_LEAF, _TABLE_INNER, _INDEX_LEAF, _INDEX_INNER = 13, 5, 10, 2
_TREE = (_TABLE_LEAF, _TABLE_INNER, _INDEX_LEAF, _INDEX_INNER)
_WIDTHS = (0, 1, 2, 3, 4, 6, 8)


class Illegible(ValueError):
    """These bytes are not what stands in a sound file."""


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a row in the order they are stored, and its number in tables that have one."""

    number: int | None
    values: tuple[Cell, ...]


@dataclass(slots=True)
class Wreck:
    """What was read.

    Attributes:
        rows: every legible row, indexes included.
        lost: pages of which something could not be read; what stood there is unknown.
    """

    rows: list[Row] = field(default_factory=list)
    lost: int = 0


def read(content: bytes) -> Wreck:
    """Read every legible row of a database file."""
    size = int.from_bytes(content[16:18]) if content.startswith(MAGIC) else _USUAL_PAGE
    size = size if size in (512, 1024, 2048, 4096, 8192, 16384, 32768) else _USUAL_PAGE
    content = content.ljust(-(-len(content) // size) * size, b"\0")
    file = _File(content, size)
    wreck = Wreck()
    illegible = set()
    for number in file.numbers() - file.free:
        try:
            wreck.rows += file.rows(number)
        except Illegible:
            illegible.add(number)
    wreck.lost = len(illegible - file.overflow - {1}) + file.torn
    return wreck


class _File:
    """The pages of a file; remembers those that hold the rest of long rows."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content, self._size = content, size
        self.overflow: set[int] = set()
        self.torn = 0
        self.free = self._free_pages() if content.startswith(MAGIC) else set()

    def numbers(self) -> set[int]:
        return set(range(1, len(self._content) // self._size + 1))

    def page(self, number: int) -> bytes:
        if number not in range(1, len(self._content) // self._size + 1):
            raise Illegible(number)
        return self._content[(number - 1) * self._size : number * self._size]

    def rows(self, number: int) -> list[Row]:
        """Return the legible rows of a page of a tree; a row that is not counts the page as torn.

        Raises:
            Illegible: it is none.
        """
        page = self.page(number)
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind not in _TREE:
            raise Illegible(number)
        count = int.from_bytes(page[start + 3 : start + 5])
        first = start + (8 if kind in (_TABLE_LEAF, _INDEX_LEAF) else 12)
        if first + 2 * count > self._size:
            raise Illegible(number)
        if kind == _TABLE_INNER:
            return []
        found, failed = [], False
        for at in range(first, first + 2 * count, 2):
            try:
                found.append(self._row(page, int.from_bytes(page[at : at + 2]), kind))
            except Illegible:
                failed = True
        self.torn += failed
        return found

    def _row(self, page: bytes, at: int, kind: int) -> Row:
        at += 4 if kind == _INDEX_INNER else 0  # the page with smaller keys
        length, at = _varint(page, at)
        number = None
        if kind == _TABLE_LEAF:
            number, at = _varint(page, at)
        local = self._local(length, kind)
        payload = page[at : at + local]
        if local < length:
            payload += self._rest(page[at + local : at + local + 4], length - local)
        if len(payload) != length:
            raise Illegible(at)
        return Row(number, _record(payload))

    def _local(self, length: int, kind: int) -> int:
        """Return how much of a payload lies in the page itself (section 1.6 of the format)."""
        usable = self._size
        index_most = (usable - 12) * 64 // 255 - 23
        most = usable - 35 if kind == _TABLE_LEAF else index_most
        if length <= most:
            return length
        least = (usable - 12) * 32 // 255 - 23
        fitting = least + (length - least) % (usable - 4)
        return fitting if fitting <= most else least

    def _rest(self, pointer: bytes, length: int) -> bytes:
        if length > len(self._content):
            raise Illegible(length)
        parts, seen = [], []
        while length > 0:
            number = int.from_bytes(pointer)
            page = self.page(number)
            pointer, part = page[:4], page[4 : 4 + length]
            seen.append(number)
            parts.append(part)
            length -= len(part)
        self.overflow.update(seen)
        return b"".join(parts)

    def _free_pages(self) -> set[int]:
        """Return the pages without content, by the list whose first page the header names."""
        free: set[int] = set()
        trunk = int.from_bytes(self._content[32:36])
        try:
            while trunk and trunk not in free:
                page = self.page(trunk)
                count = min(int.from_bytes(page[4:8]), self._size // 4 - 2)
                free.add(trunk)
                free.update(int.from_bytes(page[at : at + 4]) for at in range(8, 8 + 4 * count, 4))
                trunk = int.from_bytes(page[:4])
        except Illegible:
            pass
        return free


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        if at >= len(page):
            raise Illegible(at)
        byte = page[at]
        at += 1
        if count == 8:
            return (value << 8) | byte, at
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at
    raise Illegible(at)


def _record(payload: bytes) -> tuple[Cell, ...]:
    head, at = _varint(payload, 0)
    kinds = []
    while at < head:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if at != head:
        raise Illegible(at)
    return tuple(_values(payload, head, kinds))


def _values(payload: bytes, at: int, kinds: list[int]) -> Iterator[Cell]:
    for kind in kinds:
        if kind in (10, 11):
            raise Illegible(kind)
        width = _WIDTHS[kind] if kind < 7 else {7: 8, 8: 0, 9: 0}.get(kind, (kind - 12) // 2)
        raw = payload[at : at + width]
        if len(raw) != width:
            raise Illegible(at)
        at += width
        yield _value(kind, raw)
    if at != len(payload):
        raise Illegible(at)


def _value(kind: int, raw: bytes) -> Cell:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind < 7:
        return int.from_bytes(raw, signed=True)
    if kind == 7 or kind % 2 == 0:
        return raw  # the tables of this program hold neither fractions nor bytes
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Illegible(kind) from error
