"""Font files as workstations have them, made from the bundled ones; reports to write."""

import struct
from pathlib import Path

import pytest

from app import resources
from app.report import Report, narrative
from app.writers.fonts import Fonts


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


PREFACE = (
    "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）的规定，编制本报告。本报告所列数据的统计期限为"
    "2024年1月1日至2024年12月31日，电子版可在“示例市人民政府”门户网站（www.example.gov.cn）下载。如有疑问，"
    "请与示例市人民政府办公室联系（地址：示例市示例路1号；邮编：000000；电话：0000-12345678）。"
)
PROSE = """2024年，示例市坚持“以公开为常态、不公开为例外”，持续提升政府信息公开工作的规范化水平。
（一）主动公开情况。全年公开政府信息12,345条，其中机构职能类126条、政策文件类358条；发布政策解读87件，解读比例达到100%。
（二）依申请公开情况
1.完善制度。修订《示例市政府信息公开工作规程（试行）》，明确“谁公开谁审查、谁审查谁负责”，落实“三审三校”制度……
2.规范办理。全年新收申请3119件，同比增长12.5%，其中自然人申请3001件——占96.2%；全部在规定期限内答复。
（三）监督保障情况。将政务公开纳入年度考核，分值权重4%；龑、𬬭、㛃等生僻字均可正常显示。"""


@pytest.fixture(scope="session")
def fonts():
    """The faces that come with the program."""
    return Fonts.find(folders=())


@pytest.fixture(scope="session")
def invented():
    """Return a report of an invented unit with every figure and section filled in."""

    def fill(year: int = 2024, profile: str | None = None) -> Report:
        report = Report.new("示例市人民政府", year, profile)
        totals = report.form.total_of
        cells = [cell for cell in report.form.cells.values() if cell.id not in totals]
        figures = {
            cell.id: n * 37 % 5000 * (1_000_000 if cell.kind == "amount" else 1)
            for n, cell in enumerate(cells, 3)
        }
        prose = {narrative(section.id): PROSE for section in report.form.sections}
        report.set({**figures, **prose, "narratives.preface": PREFACE})
        return report

    return fill
