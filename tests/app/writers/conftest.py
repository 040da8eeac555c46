"""Font files as workstations have them, made from the bundled ones."""

import struct
from pathlib import Path

import pytest

from app import resources


@pytest.fixture(scope="session")
def bundled_font():
    """Return the bytes of a bundled face with some of its names replaced by names as long."""

    def read(role: str, **names: str) -> bytes:
        data = (resources.root() / "fonts" / f"{role}.ttf").read_bytes()
        for old, new in names.items():
            old, new = old.replace("_", " "), new.ljust(len(old))
            assert len(old) == len(new)
            assert old.encode("utf-16-be") in data
            data = data.replace(old.encode("utf-16-be"), new.encode("utf-16-be"))
        return data

    return read


@pytest.fixture(scope="session")
def with_rights():
    """Return a font whose OS/2 table says that `rights` of embedding are left."""

    def change(data: bytes, rights: int) -> bytes:
        offset, _ = _tables(data)[b"OS/2"]
        return data[: offset + 8] + struct.pack(">H", rights) + data[offset + 10 :]

    return change


@pytest.fixture(scope="session")
def collection():
    """Return several fonts as one collection (.ttc)."""

    def join(*fonts: bytes) -> bytes:
        start = 12 + 4 * len(fonts)
        starts, bodies = [], []
        for font in fonts:
            starts.append(start)
            bodies.append(_moved(font, start))
            start += len(font)
        header = struct.pack(f">4sLL{len(fonts)}L", b"ttcf", 0x00010000, len(fonts), *starts)
        return header + b"".join(bodies)

    return join


@pytest.fixture
def office(tmp_path):
    """Return a folder of fonts and a function that puts files there."""
    folder = tmp_path / "字体"
    folder.mkdir()

    def put(name: str, data: bytes) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return folder, put


def _tables(data: bytes) -> dict[bytes, tuple[int, int]]:
    (count,) = struct.unpack(">4xH6x", data[:12])
    entries = [struct.unpack(">4s4xLL", data[12 + 16 * n : 28 + 16 * n]) for n in range(count)]
    return {tag: (offset, length) for tag, offset, length in entries}


def _moved(data: bytes, by: int) -> bytes:
    (count,) = struct.unpack(">4xH6x", data[:12])
    moved = bytearray(data)
    for entry in range(12 + 8, 12 + 16 * count, 16):
        (offset,) = struct.unpack(">L", moved[entry : entry + 4])
        moved[entry : entry + 4] = struct.pack(">L", offset + by)
    return bytes(moved)
